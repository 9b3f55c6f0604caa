"""Constraining facets (XML Schema Part 2, section 4.3), written as parameters of a RELAX NG `data` pattern.

Input: a built-in type and its parameters. Output: a restriction. Each parameter restricts what the earlier ones allow, so
a limit must itself be allowed by them. `enumeration` and `whiteSpace` are rejected (RELAX NG has `value`).
"""

from __future__ import annotations

from operator import eq, ge, le
from typing import TYPE_CHECKING, Any, TypeAlias

from siglum.schema.datatypes import numbers
from siglum.schema.datatypes.whitespace import SPACE, collapse
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

LENGTHS: dict[str, Callable[[int, int], bool]] = {"length": eq, "minLength": ge, "maxLength": le}
DIGITS: dict[str, Callable[[str], int]] = {
    "totalDigits": numbers.count_total_digits,
    "fractionDigits": numbers.count_fraction_digits,
}
LIMITS = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
_MOST = 2**31 - 1
Value: TypeAlias = Any
"""A value of some datatype: Python cannot say which type belongs to a name in a table."""


class DatatypeError(ValueError):
    """A schema asks for an unknown type or for parameters that do not fit it; the text is for the schema's author."""


@frozen
class BuiltIn:
    """A type without parameters: its white-space processing, its parser and the properties of its values."""

    name: str
    space: Callable[[str], str]
    read: Callable[[str], Value]
    """Parse processed text; None if it is invalid. Equal values compare equal and have equal hashes."""
    accepts: Callable[[str], bool]
    """Test raw text directly, which is faster."""
    less: Callable[[Value, Value], bool] | None = None
    length: Callable[[Value], int] | None = None
    is_decimal: bool = False
    is_name: bool = False
    """True for QName and NOTATION: the value depends on the namespaces in scope."""


@frozen
class Restriction:
    """A built-in type with the tests from its parameters: on the processed text, and on the value."""

    base: BuiltIn
    patterns: tuple[Callable[[str], bool], ...] = ()
    tests: tuple[Callable[[Value], bool], ...] = ()

    def read(self, text: str) -> Value:
        """Parse raw text; None if it is invalid."""
        text = self.base.space(text)
        if not all(fits(text) for fits in self.patterns):
            return None
        value = self.base.read(text)
        return value if value is not None and all(test(value) for test in self.tests) else None


def restrict(base: BuiltIn, params: tuple[tuple[str, str], ...]) -> Restriction:
    made = Restriction(base)
    for name, value in params:
        made = _add_facet(made, name, value)
    return made


def _add_facet(made: Restriction, name: str, value: str) -> Restriction:
    if name == "pattern" or name in DIGITS:
        fits = _make_pattern_test(value) if name == "pattern" else _make_digits_test(made.base, name, value)
        return Restriction(made.base, (*made.patterns, fits), made.tests)
    if name in LENGTHS:
        test = _make_length_test(made.base, name, value)
    elif name in LIMITS:
        test = _make_limit_test(made, name, value)
    else:
        raise DatatypeError(_explain_refusal(name))
    return Restriction(made.base, made.patterns, (*made.tests, test))


def _explain_refusal(name: str) -> str:
    if name == "enumeration":
        return 'the parameter "enumeration" is not allowed in RELAX NG: use a choice of "value" patterns'
    if name == "whiteSpace":
        return 'the parameter "whiteSpace" is not allowed in RELAX NG'
    return f'there is no parameter "{name}"'


_FAST_TESTS: dict[str, Callable[[str], bool]] = {
    r"\S+": lambda text: text != "" and not any(map(text.__contains__, SPACE)),
    r"[^\p{C}\p{Z}]+": lambda text: text.isprintable() and text != "" and " " not in text,
}
"""Fast tests for nine in ten of the patterns in TEI.

`isprintable` in Python means neither C nor Z, except for the space.
"""


def _make_pattern_test(source: str) -> Callable[[str], bool]:
    if source in _FAST_TESTS:
        return _FAST_TESTS[source]
    from siglum.schema.datatypes.regex import PatternError, compile_pattern  # most schemas need no other pattern

    try:
        return compile_pattern(source)
    except PatternError as error:
        raise DatatypeError(f'the pattern "{source}" is not a regular expression: {error}') from error


def _make_length_test(base: BuiltIn, name: str, value: str) -> Callable[[Value], bool]:
    measure, holds = base.length, LENGTHS[name]
    if measure is None:
        raise DatatypeError(f'the parameter "{name}" is not for the type "{base.name}": it has no length')
    wanted = _parse_count(name, value)
    return lambda found: holds(measure(found), wanted)


def _make_digits_test(base: BuiltIn, name: str, value: str) -> Callable[[str], bool]:
    """Count digits as written: 1.50 has two after the point, as in jing and as schema authors expect."""
    if not base.is_decimal:
        raise DatatypeError(f'the parameter "{name}" is not for the type "{base.name}": it is for decimal numbers')
    most, count = _parse_count(name, value), DIGITS[name]
    if name == "totalDigits" and most == 0:
        raise DatatypeError(f'the parameter "{name}" must be 1 or more')
    return lambda text: count(text) <= most


def _parse_count(name: str, value: str) -> int:
    number = numbers.parse_integer(collapse(value))
    if number is None or number[0] < 0:
        raise DatatypeError(f'the parameter "{name}" must be a whole number, 0 or more, not "{value}"')
    return int(number[2] or "0") if number[1] <= 10 else _MOST


def _make_limit_test(made: Restriction, name: str, value: str) -> Callable[[Value], bool]:
    less = made.base.less
    if less is None:
        raise DatatypeError(f'the parameter "{name}" is not for the type "{made.base.name}": its values have no order')
    limit = made.read(value)
    if limit is None:
        raise DatatypeError(f'the parameter "{name}" is not a value of the type "{made.base.name}" itself: "{value}"')
    return _make_comparison(less, name, limit)


def _make_comparison(less: Callable[[Value, Value], bool], name: str, limit: Hashable) -> Callable[[Value], bool]:
    match name:
        case "minInclusive":
            return lambda value: value == limit or less(limit, value)
        case "minExclusive":
            return lambda value: less(limit, value)
        case "maxInclusive":
            return lambda value: value == limit or less(value, limit)
        case _:
            return lambda value: less(value, limit)
