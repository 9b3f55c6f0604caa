"""Numbers (XML Schema Part 2, sections 3.2.3-3.2.5 and 3.3.13-3.3.25): parse text, and compare values.

A decimal stays a string of digits and never becomes an `int`: a million digits cost no more than reading them.
"""

from __future__ import annotations

import math
import struct

from siglum.schema.datatypes.lazy_regex import match_whole

Decimal = tuple[int, int, str, str]
"""Sign (-1, 0, 1), number of digits before the point, these digits, the digits after it; without superfluous zeros."""
Float = float | str
"""A float, or "NaN", which equals itself here and is neither less nor greater than any number."""

_decimal = match_whole(r"([+-]?)0*+([0-9]*+)(?:\.([0-9]*+))?")
_integer = match_whole(r"[+-]?[0-9]+")
_float = match_whole(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SPECIAL: dict[str, Float] = {"INF": math.inf, "-INF": -math.inf, "NaN": "NaN"}
_EXPONENT_DIGITS = 18

INTEGERS: dict[str, tuple[str, str]] = {
    "integer": ("", ""),
    "nonPositiveInteger": ("", "0"),
    "negativeInteger": ("", "-1"),
    "long": ("-9223372036854775808", "9223372036854775807"),
    "int": ("-2147483648", "2147483647"),
    "short": ("-32768", "32767"),
    "byte": ("-128", "127"),
    "nonNegativeInteger": ("0", ""),
    "unsignedLong": ("0", "18446744073709551615"),
    "unsignedInt": ("0", "4294967295"),
    "unsignedShort": ("0", "65535"),
    "unsignedByte": ("0", "255"),
    "positiveInteger": ("1", ""),
}
"""The types derived from `decimal`, with their least and greatest values ("" for none)."""


def parse_decimal(text: str) -> Decimal | None:
    found = _decimal(text)
    if found is None or not text.strip("+-."):
        return None
    sign, match_whole, fraction = found.groups("")
    fraction = fraction.rstrip("0")
    if not (match_whole or fraction):
        return (0, 0, "", "")
    return (-1 if sign == "-" else 1, len(match_whole), match_whole, fraction)


def parse_integer(text: str) -> Decimal | None:
    return parse_decimal(text) if _integer(text) else None


def is_decimal_less(one: Decimal, other: Decimal) -> bool:
    if one[0] != other[0]:
        return one[0] < other[0]
    return one[1:] < other[1:] if one[0] > 0 else other[1:] < one[1:]


def count_total_digits(text: str) -> int:
    """Count the digits of a decimal as written, from the first that is not zero."""
    return len(text.lstrip("+-").replace(".", "").lstrip("0"))


def count_fraction_digits(text: str) -> int:
    return len(text.partition(".")[2])


def parse_double(text: str) -> Float | None:
    if _float(text):
        return float(text)
    return _SPECIAL.get(text)


def parse_single(text: str) -> Float | None:
    """Parse the nearest 32-bit float, rounded once (rounding to 64 bits first may go wrong halfway between two floats)."""
    value = parse_double(text)
    if value is None or isinstance(value, str) or math.isinf(value):
        return value
    near = _to_single(value)
    if near == value or math.isinf(near):
        return near
    return _break_tie(text, value, near)


def _to_single(value: float) -> float:
    try:
        rounded: float = struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)
    return rounded


def _break_tie(text: str, value: float, near: float) -> float:
    """Return `near`, or its neighbour beyond `value` if `value` lies exactly halfway and the text does not."""
    other = _to_single(value + (value - near))
    if abs(other - value) != abs(near - value) or len(text.lower().partition("e")[2]) > _EXPONENT_DIGITS:
        return near
    from decimal import Decimal as Exact  # slow to import, and needed once in a million values

    exact, halfway = Exact(text), Exact(value)
    if exact == halfway:
        return near
    return max(near, other) if exact > halfway else min(near, other)


def is_float_less(one: Float, other: Float) -> bool:
    return not isinstance(one, str) and not isinstance(other, str) and one < other
