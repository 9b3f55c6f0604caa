"""Dates and times (XML Schema Part 2, sections 3.2.7-3.2.14): parse text, convert to a point in time, compare.

Section 3.2.7 allows limits: a time has 64 bits of milliseconds (292 million years), and finer fractions are dropped.
Second 60 is a leap second, hour 24 is rejected (both as in jing). There is no year 0: year -1 is 1 BC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siglum.schema.datatypes.lazy_regex import match_whole
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

_YEAR, _TWO = "(-?(?:[1-9][0-9]*)?[0-9]{4})", "([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]*))?"
_NONE, _NO_TIME = "()", "()()()()"
_ZONE = "(Z|[+-][0-9]{2}:[0-5][0-9])"

_SHAPES = {  # year, month, day, hour, minute, second, fraction of the second
    "dateTime": f"{_YEAR}-{_TWO}-{_TWO}T{_TIME}",
    "time": f"{_NONE}{_NONE}{_NONE}{_TIME}",
    "date": f"{_YEAR}-{_TWO}-{_TWO}{_NO_TIME}",
    "gYearMonth": f"{_YEAR}-{_TWO}{_NONE}{_NO_TIME}",
    "gYear": f"{_YEAR}{_NONE}{_NONE}{_NO_TIME}",
    "gMonthDay": f"{_NONE}--{_TWO}-{_TWO}{_NO_TIME}",
    "gDay": f"{_NONE}{_NONE}---{_TWO}{_NO_TIME}",
    "gMonth": f"{_NONE}--{_TWO}{_NONE}{_NO_TIME}",
}
KINDS = (*_SHAPES, "dateTimeStamp")

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP_YEAR = "2000"
_GREATEST_YEAR = 292278994
_FARTHEST = 2**63
_DAY, _HOUR, _MINUTE = 86_400_000, 3_600_000, 60_000
_GREATEST_ZONE = 14 * 60

Instant = tuple[int, int, bool]
"""Milliseconds since 1 January 1970 (UTC if a zone is given), milliseconds into a leap second, whether a zone is given."""


@frozen
class Fields:
    """The fields as written: year -1 is 1 BC, `zone` is in minutes or None; an absent field has its first value."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    millisecond: int
    zone: int | None


def make_reader(kind: str) -> Callable[[str], Instant | None]:
    """Return the function that parses one kind of date or time."""

    def read(text: str) -> Instant | None:
        found = parse_fields(kind, text)
        if found is None or find_fault(found):
            return None
        moment = to_instant(found)
        return moment if -_FARTHEST <= moment[0] < _FARTHEST else None

    return read


def parse_fields(kind: str, text: str) -> Fields | None:
    """Parse a text of the right shape, without checking that the fields are sensible."""
    found = _MATCHERS[kind](text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    if len(year) > 12:
        year = f"{year[0]}99999999999"  # out of range anyway: avoid parsing a long number
    return Fields(
        int(year or _LEAP_YEAR), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0),
        int(((fraction or "") + "000")[:3]), _parse_zone(zone),
    )  # fmt: skip


_MATCHERS = {kind: match_whole(f"{shape}{_ZONE}?") for kind, shape in _SHAPES.items()}
_MATCHERS["dateTimeStamp"] = match_whole(f"{_SHAPES['dateTime']}{_ZONE}")


def _parse_zone(zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:])
    return -minutes if zone[0] == "-" else minutes


def find_fault(found: Fields) -> str:
    """Return a sentence about the first invalid field; "" if all are valid."""
    if found.year == 0:
        return "there is no year 0"
    if abs(found.year) > _GREATEST_YEAR:
        return "the year is too far away"
    if not 1 <= found.month <= 12:
        return f"{found.month:02} is not a month"
    return _find_day_fault(found) or _find_time_fault(found)


def _find_day_fault(found: Fields) -> str:
    if not 1 <= found.day <= 31:
        return f"{found.day:02} is not a day of a month"
    if found.day > _DAYS[found.month - 1]:
        return f"there is no {found.day} {MONTHS[found.month - 1]}"
    if found.day == 29 and found.month == 2 and not is_leap(_to_astronomical(found.year)):
        return f"there is no 29 February in {found.year}"
    return ""


def _find_time_fault(found: Fields) -> str:
    if found.hour > 23:
        return "midnight is written 00:00:00, on the next day" if found.hour == 24 else f"{found.hour} is not an hour"
    if found.minute > 59:
        return f"{found.minute} is not a minute"
    if found.second > 60:
        return f"{found.second} is not a second"
    if found.zone is not None and abs(found.zone) > _GREATEST_ZONE:
        return "a time zone is at most 14 hours away"
    return ""


def to_instant(found: Fields) -> Instant:
    leap = 0
    seconds, milliseconds = found.second, found.millisecond
    if seconds == 60:
        leap, seconds, milliseconds = milliseconds + 1, 59, 999
    days = count_days(_to_astronomical(found.year), found.month, found.day)
    time = found.hour * _HOUR + (found.minute - (found.zone or 0)) * _MINUTE + seconds * 1000 + milliseconds
    return (days * _DAY + time, leap, found.zone is not None)


def is_less(one: Instant, other: Instant) -> bool:
    """Return whether `one` is certainly earlier.

    If only one of them has a time zone, the other may lie 14 hours to either side (section 3.2.7.3).
    """
    early, late = one[0], other[0]
    if one[2] and not other[2]:
        late -= _GREATEST_ZONE * _MINUTE
    elif other[2] and not one[2]:
        early += _GREATEST_ZONE * _MINUTE
    return (early, one[1]) < (late, other[1])


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def count_days(year: int, month: int, day: int) -> int:
    """Count days since 1 January 1970 in the proleptic Gregorian calendar; `year` is astronomical (0 is 1 BC)."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def _to_astronomical(year: int) -> int:
    return year + 1 if year < 0 else year
