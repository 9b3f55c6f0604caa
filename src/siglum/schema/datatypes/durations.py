"""Durations (XML Schema Part 2, section 3.2.6): parse text, and compare by the partial order.

Two durations are equal if all six fields are equal (P1Y is not P12M: the value space has six dimensions). One is less
than another if it ends earlier from each of the four moments of section 3.2.6.2. Fields stay digits: they may be long.
"""

from __future__ import annotations

from operator import lt
from typing import TYPE_CHECKING

from siglum.schema.datatypes.dates import count_days
from siglum.schema.datatypes.lazy_regex import match_whole

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from decimal import Context, Decimal

Duration = tuple[str, str, str, str, str, str]
"""Years, months, days, hours, minutes, seconds: digits without leading zeros, with a minus sign if negative."""

_ABSENT = {"duration": (), "yearMonthDuration": (2, 3, 4, 5), "dayTimeDuration": (0, 1)}
"""The fields that a kind of duration must not have (the last two kinds come from XML Schema 1.1)."""
KINDS = tuple(_ABSENT)
_MOMENTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))

_match = match_whole(
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)S)?)?"
)


def make_reader(kind: str) -> Callable[[str], Duration | None]:
    """Return the function that parses one kind of duration."""
    absent = _ABSENT[kind]

    def read(text: str) -> Duration | None:
        if text[-1:] in {"P", "T", ""}:
            return None
        found = _match(text)
        if found is None or any(found[position + 2] is not None for position in absent):
            return None
        return _parse_fields(found)

    return read


def _parse_fields(found: re.Match[str]) -> Duration:
    sign, *digits, seconds = found.groups("")
    match_whole, _, fraction = seconds.partition(".")
    fraction = fraction.rstrip("0")
    plain = [part.lstrip("0") for part in (*digits, match_whole)]
    if fraction:
        plain[5] += f".{fraction}"
    years, months, days, hours, minutes, seconds = (sign + part if part else "" for part in plain)
    return (years, months, days, hours, minutes, seconds)


def is_less(one: Duration, other: Duration) -> bool:
    """Return whether `one` is certainly shorter."""
    from decimal import Context  # slow to import, and few schemas limit durations

    context = Context(prec=max(map(len, (*one, *other))) + 20)

    def ends(duration: Duration) -> list[Decimal]:
        months, seconds = _to_months_and_seconds(duration, context)
        return [context.add(_count_seconds(months, moment, context), seconds) for moment in _MOMENTS]

    return all(map(lt, ends(one), ends(other)))


def _to_months_and_seconds(value: Duration, context: Context) -> tuple[Decimal, Decimal]:
    """Return the duration as months and seconds."""
    years, months, days, hours, minutes, seconds = (context.create_decimal(part or "0") for part in value)
    time = days
    for factor, part in ((24, hours), (60, minutes), (60, seconds)):
        time = context.fma(time, context.create_decimal(factor), part)
    return context.fma(years, context.create_decimal(12), months), time


def _count_seconds(months: Decimal, moment: tuple[int, int], context: Context) -> Decimal:
    """Return the length of this many months from a moment (months into the past count the same days, as in jing)."""
    cycle = context.create_decimal(4800)
    size = context.abs(months)
    cycles, rest = context.divide_int(size, cycle), int(context.remainder(size, cycle))
    year, month = moment
    carry, index = divmod(month - 1 + rest, 12)
    days = count_days(year + carry, index + 1, 1) - count_days(year, month, 1)
    total = context.multiply(
        context.fma(cycles, context.create_decimal(146097), context.create_decimal(days)), context.create_decimal(86400)
    )
    return context.minus(total) if months < 0 else total
