"""Durations (XML Schema Part 2, section 3.2.6): text to fields, and their partial order.

Two durations are equal if all six fields are (P1Y is not P12M: the value space has six dimensions). One is less than
another if it is so from each of the four moments of section 3.2.6.2. Fields are kept as digits: they may be long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from siglum.schema.datatypes.dates import day_number
from siglum.schema.datatypes.lazily import whole

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from decimal import Context, Decimal

Duration = tuple[str, str, str, str, str, str]
"""Years, months, days, hours, minutes, seconds: digits without idle zeros, a minus sign before each if negative."""

_ABSENT = {"duration": (), "yearMonthDuration": (2, 3, 4, 5), "dayTimeDuration": (0, 1)}
"""The fields that a kind of duration must not have (the last two are of XML Schema 1.1)."""
KINDS = tuple(_ABSENT)
_MOMENTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))

_match = whole(
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]*)?|\.[0-9]+)S)?)?"
)


def reader(kind: str) -> Callable[[str], Duration | None]:
    """The function that reads one kind of duration."""
    absent = _ABSENT[kind]

    def read(text: str) -> Duration | None:
        if text[-1:] in {"P", "T", ""}:
            return None
        found = _match(text)
        if found is None or any(found[position + 2] is not None for position in absent):
            return None
        return _fields(found)

    return read


def _fields(found: re.Match[str]) -> Duration:
    sign, *digits, seconds = found.groups("")
    whole, _, fraction = seconds.partition(".")
    fraction = fraction.rstrip("0")
    plain = [part.lstrip("0") for part in (*digits, whole)]
    if fraction:
        plain[5] += f".{fraction}"
    years, months, days, hours, minutes, seconds = (sign + part if part else "" for part in plain)
    return (years, months, days, hours, minutes, seconds)


def less(one: Duration, other: Duration) -> bool:
    """Surely shorter."""
    from decimal import Context  # costs milliseconds, and limits on durations are rare

    context = Context(prec=max(map(len, (*one, *other))) + 20)
    (months, seconds), (others, other_seconds) = _measure(one, context), _measure(other, context)
    return all(
        context.add(_seconds(months, moment, context), seconds) < context.add(_seconds(others, moment, context), other_seconds)
        for moment in _MOMENTS
    )


def _measure(value: Duration, context: Context) -> tuple[Decimal, Decimal]:
    """Months and seconds."""
    years, months, days, hours, minutes, seconds = (context.create_decimal(part or "0") for part in value)
    time = days
    for factor, part in ((24, hours), (60, minutes), (60, seconds)):
        time = context.fma(time, context.create_decimal(factor), part)
    return context.fma(years, context.create_decimal(12), months), time


def _seconds(months: Decimal, moment: tuple[int, int], context: Context) -> Decimal:
    """The length of so many months from a moment (into the past, it is the same number of days, as in jing)."""
    cycle = context.create_decimal(4800)
    size = context.abs(months)
    cycles, rest = context.divide_int(size, cycle), int(context.remainder(size, cycle))
    year, month = moment
    carry, index = divmod(month - 1 + rest, 12)
    days = day_number(year + carry, index + 1, 1) - day_number(year, month, 1)
    total = context.multiply(
        context.fma(cycles, context.create_decimal(146097), context.create_decimal(days)), context.create_decimal(86400)
    )
    return context.minus(total) if months < 0 else total
