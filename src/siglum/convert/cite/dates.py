"""Read a `date` of a header into year, month and day. Attributes take precedence over words.

`literal` keeps the words unless they are a plain date that says no more than the numbers.
"""

from __future__ import annotations

import re
from dataclasses import replace

from siglum.convert.cite import prose_dates
from siglum.convert.cite.record import DateParts, When
from siglum.text.header import Date

_ISO = re.compile(r"^(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?(?:Z|[+-]\d\d:?\d\d)?$")
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
_UNSURE = frozenset({"low", "medium", "unknown"})


def parse_date(date: Date) -> When:
    """Parse a date. Only `literal` is set if neither an attribute nor the words hold a year."""
    if date.text.isdigit() and len(date.text) == 4 and date.when in {"", date.text} and not (date.start or date.not_before):
        return When((int(date.text),), circa=date.cert in _UNSURE)
    found = _parse_attributes(date) or _parse_custom(date)
    said = prose_dates.parse_words(date.text)
    if found is None and _is_foreign(date.calendar):
        return When(literal=date.text or date.custom)
    if found is None:
        return replace(said, circa=said.circa or bool(date.cert in _UNSURE and said.start))
    if said.season and said.start[:1] == found.start:
        found = replace(found, season=said.season)
    same = prose_dates.is_plain(date.text) and (said.start, said.end, said.season) == (found.start, found.end, found.season)
    return found if same or not date.text or _is_more_exact(found, said, date.text) else replace(found, literal=date.text)


def _is_more_exact(found: When, said: When, words: str) -> bool:
    """Whether the attributes are more exact than plain words: @when="1936-10-03" for “October 1936”."""
    if said.start and prose_dates.is_plain(words):
        return not said.end and not found.end and found.start[: len(said.start)] == said.start
    return False


def _parse_attributes(date: Date) -> When | None:
    circa = date.cert in _UNSURE
    if "/" in date.when:  # ISO 8601 and EDTF write a range so
        first, _, last = date.when.partition("/")
        return _make_range(parse_iso(first), parse_iso(last), circa=circa)
    single = parse_iso(date.when)
    if single:
        return When(single, circa=circa)
    start, end = parse_iso(date.start), parse_iso(date.end)
    if start or end:
        return _make_range(start, end, circa=circa or not (start and end))
    return _make_range(parse_iso(date.not_before), parse_iso(date.not_after), circa=True)


def _make_range(start: DateParts, end: DateParts, *, circa: bool) -> When | None:
    """Make a range. With one end only, the date begins there and is uncertain."""
    if not start and not end:
        return None
    return When(start or end, end if start and end != start else (), circa)


def _parse_custom(date: Date) -> When | None:
    """Parse @when-custom if it is a date in our calendar; otherwise the words are better."""
    if not date.custom or _is_foreign(date.calendar):
        return None
    first, _, last = date.custom.partition("/")
    return _make_range(parse_iso(first), parse_iso(last), circa=date.cert in _UNSURE)


def _is_foreign(calendar: str) -> bool:
    """Whether a calendar counts years otherwise, as the Hijra does."""
    return bool(calendar) and not re.search(r"greg|jul|iso|christ|proleptic", calendar, re.IGNORECASE)


def parse_iso(iso: str) -> DateParts:
    """Parse “1936-10-03” into numbers. An impossible month or day leaves only the year."""
    found = _ISO.match(iso) or _COMPACT.match(iso)
    numbers = tuple(int(part) for part in found.groups() if part is not None) if found else ()
    return numbers if all(1 <= part <= limit for part, limit in zip(numbers[1:], (12, 31), strict=False)) else numbers[:1]
