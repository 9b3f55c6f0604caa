"""Dates: from a header's `date` to years, months and days. The attributes count before the words."""

from __future__ import annotations

import re

from siglum.convert.cite.record import DateParts, When
from siglum.text.header import Date

_ISO = re.compile(r"^(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?Z?$")
_YEARS = re.compile(r"(?<!\d)(\d{4})(?:\s*[-–/]\s*(\d{4}|\d{2})(?!\d))?(?!\d)")
_ABOUT = re.compile(r"\bc(?:a|irca)?\b\.?|\?|\babout\b|\bum\b|\bvers\b|\[", re.IGNORECASE)
_UNSURE = frozenset({"low", "medium", "unknown"})


def when(date: Date) -> When:
    """The date as numbers; `literal` alone where neither an attribute nor the words hold a year."""
    circa = date.cert in _UNSURE
    single = _parts(date.when)
    start, end = _parts(date.start), _parts(date.end)
    earliest, latest = _parts(date.not_before), _parts(date.not_after)
    if single:
        return When(single, circa=circa)
    if start or end:
        return When(start or end, end if start and end != start else (), circa or not (start and end))
    if earliest or latest:
        return When(earliest or latest, latest if earliest and latest != earliest else (), circa=True)
    return _words(date.text, circa=circa)


def _parts(iso: str) -> DateParts:
    found = _ISO.match(iso)
    numbers = tuple(int(part) for part in found.groups() if part is not None) if found else ()
    return numbers if all(1 <= part <= limit for part, limit in zip(numbers[1:], (12, 31), strict=False)) else numbers[:1]


def _words(text: str, *, circa: bool) -> When:
    if not text:
        return When()
    whole = _parts(text)
    years = _YEARS.search(text)
    if whole:
        return When(whole, circa=circa)
    if years is None:
        return When(literal=text)
    first, second = years.groups()
    end = (int(first[: 4 - len(second)] + second),) if second else ()
    return When((int(first),), end if end > (int(first),) else (), circa or bool(_ABOUT.search(text)), text)
