"""Constraining facets (XML Schema Part 2, section 4.3) as the parameters of a RELAX NG `data` pattern.

In: a built-in type and its parameters. Out: the restriction they make. Each parameter restricts what the ones before it
have left, so a limit must itself be allowed by them. `enumeration` and `whiteSpace` are refused (RELAX NG has `value`).
"""

from __future__ import annotations

from operator import eq, ge, le
from typing import TYPE_CHECKING, Any, NamedTuple

from siglum.schema.datatypes import numbers
from siglum.schema.datatypes.whitespace import SPACE, collapse

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

LENGTHS: dict[str, Callable[[int, int], bool]] = {"length": eq, "minLength": ge, "maxLength": le}
DIGITS: dict[str, Callable[[str], int]] = {
    "totalDigits": numbers.total_digits,
    "fractionDigits": numbers.fraction_digits,
}
LIMITS = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
_MOST = 2**31 - 1


class DatatypeError(ValueError):
    """A datatype that cannot be used (unknown, or parameters that do not fit): a sentence for the schema's author."""


class BuiltIn(NamedTuple):
    """A type before any parameter: how its white space is treated, how it is read, what can be asked of its values."""

    name: str
    space: Callable[[str], str]
    read: Callable[[str], Any]
    """Processed text to value; None if it has none. Equal values are equal and hash alike."""
    accepts: Callable[[str], bool]
    """The same question asked of raw text, for speed."""
    less: Callable[[Any, Any], bool] | None = None
    length: Callable[[Any], int] | None = None
    is_decimal: bool = False
    is_name: bool = False
    """QName or NOTATION: the value depends on the namespaces in scope."""


class Restriction(NamedTuple):
    """A built-in type with what its parameters demand: of the processed text, and of the value."""

    base: BuiltIn
    patterns: tuple[Callable[[str], bool], ...] = ()
    tests: tuple[Callable[[Any], bool], ...] = ()

    def read(self, text: str) -> Any:
        """Raw text to value; None if it is not valid."""
        text = self.base.space(text)
        if not all(fits(text) for fits in self.patterns):
            return None
        value = self.base.read(text)
        return value if value is not None and all(test(value) for test in self.tests) else None


def restrict(base: BuiltIn, params: tuple[tuple[str, str], ...]) -> Restriction:
    made = Restriction(base)
    for name, value in params:
        made = _add(made, name, value)
    return made


def _add(made: Restriction, name: str, value: str) -> Restriction:
    if name == "pattern" or name in DIGITS:
        fits = _pattern(value) if name == "pattern" else _digits_test(made.base, name, value)
        return Restriction(made.base, (*made.patterns, fits), made.tests)
    if name in LENGTHS:
        test = _length_test(made.base, name, value)
    elif name in LIMITS:
        test = _limit_test(made, name, value)
    else:
        raise DatatypeError(_refusal(name))
    return Restriction(made.base, made.patterns, (*made.tests, test))


def _refusal(name: str) -> str:
    if name == "enumeration":
        return 'the parameter "enumeration" is not allowed in RELAX NG: use a choice of "value" patterns'
    if name == "whiteSpace":
        return 'the parameter "whiteSpace" is not allowed in RELAX NG'
    return f'there is no parameter "{name}"'


_IN_HASTE: dict[str, Callable[[str], bool]] = {
    r"\S+": lambda text: text != "" and not any(map(text.__contains__, SPACE)),
    r"[^\p{C}\p{Z}]+": lambda text: text.isprintable() and text != "" and " " not in text,
}
"""Nine in ten of the patterns of TEI are one of these; "printable" in Python is neither C nor Z, but for the space."""


def _pattern(source: str) -> Callable[[str], bool]:
    if source in _IN_HASTE:
        return _IN_HASTE[source]
    from siglum.schema.datatypes.regex import PatternError, compile_pattern  # only some schemas need it

    try:
        return compile_pattern(source)
    except PatternError as error:
        raise DatatypeError(f'the pattern "{source}" is no regular expression: {error}') from error


def _length_test(base: BuiltIn, name: str, value: str) -> Callable[[Any], bool]:
    measure, holds = base.length, LENGTHS[name]
    if measure is None:
        raise DatatypeError(f'the parameter "{name}" is not for the type "{base.name}": it has no length')
    wanted = _count(name, value)
    return lambda found: holds(measure(found), wanted)


def _digits_test(base: BuiltIn, name: str, value: str) -> Callable[[str], bool]:
    """Digits are counted as written, 1.50 having two after the point: as in jing, and as authors of schemas mean it."""
    if not base.is_decimal:
        raise DatatypeError(f'the parameter "{name}" is not for the type "{base.name}": it is for decimal numbers')
    most, count = _count(name, value), DIGITS[name]
    if name == "totalDigits" and most == 0:
        raise DatatypeError(f'the parameter "{name}" must be 1 or more')
    return lambda text: count(text) <= most


def _count(name: str, value: str) -> int:
    number = numbers.integer(collapse(value))
    if number is None or number[0] < 0:
        raise DatatypeError(f'the parameter "{name}" must be a whole number, 0 or more, not "{value}"')
    return int(number[2] or "0") if number[1] <= 10 else _MOST


def _limit_test(made: Restriction, name: str, value: str) -> Callable[[Any], bool]:
    less = made.base.less
    if less is None:
        raise DatatypeError(f'the parameter "{name}" is not for the type "{made.base.name}": its values have no order')
    limit = made.read(value)
    if limit is None:
        raise DatatypeError(f'the parameter "{name}" is not a value of the type "{made.base.name}" itself: "{value}"')
    return _comparison(less, name, limit)


def _comparison(less: Callable[[Any, Any], bool], name: str, limit: Hashable) -> Callable[[Any], bool]:
    match name:
        case "minInclusive":
            return lambda value: value == limit or less(limit, value)
        case "minExclusive":
            return lambda value: less(limit, value)
        case "maxInclusive":
            return lambda value: value == limit or less(value, limit)
        case _:
            return lambda value: less(value, limit)
