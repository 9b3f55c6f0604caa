"""Numbers (XML Schema Part 2, sections 3.2.3-3.2.5 and 3.3.13-3.3.25): text to value, and the order of values.

A decimal is kept as its digits, never as an `int`: a million digits then cost no more than reading them.
"""

from __future__ import annotations

import math
import struct

from siglum.schema.datatypes.lazily import whole

Decimal = tuple[int, int, str, str]
"""Sign (-1, 0, 1), number of digits before the point, these digits, the digits after it; without idle zeros."""
Float = float | str
"""A float, or "NaN", which here equals itself and is neither less nor greater than anything."""

_decimal = whole(r"([+-]?)0*+([0-9]*+)(?:\.([0-9]*+))?")
_integer = whole(r"[+-]?[0-9]+")
_float = whole(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
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
"""The types derived from `decimal`, with their least and greatest value ("" for none)."""


def decimal(text: str) -> Decimal | None:
    found = _decimal(text)
    if found is None or not text.strip("+-."):
        return None
    sign, whole, fraction = found.groups("")
    fraction = fraction.rstrip("0")
    if not (whole or fraction):
        return (0, 0, "", "")
    return (-1 if sign == "-" else 1, len(whole), whole, fraction)


def integer(text: str) -> Decimal | None:
    return decimal(text) if _integer(text) else None


def decimal_less(one: Decimal, other: Decimal) -> bool:
    if one[0] != other[0]:
        return one[0] < other[0]
    return one[1:] < other[1:] if one[0] > 0 else other[1:] < one[1:]


def total_digits(text: str) -> int:
    """The digits of a decimal as written, from the first that is not zero."""
    return len(text.lstrip("+-").replace(".", "").lstrip("0"))


def fraction_digits(text: str) -> int:
    return len(text.partition(".")[2])


def double(text: str) -> Float | None:
    if _float(text):
        return float(text)
    return _SPECIAL.get(text)


def single(text: str) -> Float | None:
    """The nearest 32-bit float, rounded once (rounding to 64 bits first may go wrong halfway between two)."""
    value = double(text)
    if value is None or isinstance(value, str) or math.isinf(value):
        return value
    near = _to_single(value)
    if near == value or math.isinf(near):
        return near
    return _tie(text, value, near)


def _to_single(value: float) -> float:
    try:
        rounded: float = struct.unpack("f", struct.pack("f", value))[0]
    except OverflowError:
        return math.copysign(math.inf, value)
    return rounded


def _tie(text: str, value: float, near: float) -> float:
    """`near`, or its neighbour on the other side of `value` where `value` lies halfway and the text does not."""
    other = _to_single(value + (value - near))
    if abs(other - value) != abs(near - value) or len(text.lower().partition("e")[2]) > _EXPONENT_DIGITS:
        return near
    from decimal import Decimal as Exact  # costs milliseconds, needed once in a million values

    exact, halfway = Exact(text), Exact(value)
    if exact == halfway:
        return near
    return max(near, other) if exact > halfway else min(near, other)


def float_less(one: Float, other: Float) -> bool:
    return not isinstance(one, str) and not isinstance(other, str) and one < other
