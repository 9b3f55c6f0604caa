"""Short reasons why a value is invalid: "13 is not a month", "spaces are not allowed", "more than 3 characters"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from siglum.schema.datatypes import dates, names, numbers, uri
from siglum.schema.datatypes.builtin import find_built_in
from siglum.schema.datatypes.descriptions import UNITS, WITHOUT_SPACES, format_count
from siglum.schema.datatypes.facets import DIGITS, LENGTHS, LIMITS
from siglum.schema.datatypes.library import Datatype, datatype
from siglum.schema.datatypes.whitespace import SPACE, collapse

if TYPE_CHECKING:
    from collections.abc import Callable

_OTHER_DATES = (
    ("date", "a whole date"),
    ("gYear", "a year only"),
    ("gYearMonth", "a year and a month only"),
    ("dateTime", "a date with a time"),
)
_SPACES = "spaces are not allowed"
_NUMBERS = frozenset({"decimal", "float", "double", *numbers.INTEGERS})
_NAMES = frozenset({"Name", "NCName", "ID", "IDREF", "ENTITY", "NMTOKEN", "QName", "NOTATION"})
_LISTS = {"NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"}
_IN_LENGTH = {"length": ("fewer than", "more than"), "minLength": ("fewer than", ""), "maxLength": ("", "more than")}
_IN_DIGITS = {"totalDigits": "more than {}", "fractionDigits": "more than {} after the point"}
_IN_ORDER = {
    "minInclusive": ("less than {}", "before {}"),
    "maxInclusive": ("more than {}", "after {}"),
    "minExclusive": ("not more than {}", "not after {}"),
    "maxExclusive": ("not less than {}", "not before {}"),
}


def why_not(datatype: Datatype, value: str) -> str:
    """Return the reason why the type rejects the value; "" if it accepts it, or if no short reason exists."""
    if datatype.check(value):
        return ""
    base = find_built_in(datatype.name)
    if base is not None and not base.accepts(value):
        return _explain_base(datatype.name, base.space(value))
    for param in datatype.params:
        reason = _explain_param(datatype, param, value)
        if reason:
            return reason
    return ""


def _explain_base(name: str, text: str) -> str:
    """Explain why the type without its parameters rejects this text."""
    if not text:
        return "it is empty"
    if name in _LISTS:
        return _explain_list(_LISTS[name], text)
    if name in dates.KINDS:
        return _explain_date(name, text)
    for these, explain in _EXPLAINERS:
        if name in these:
            return explain(name, text)
    return _SPACES if " " in text and name != "base64Binary" else ""


def _explain_list(name: str, text: str) -> str:
    for item in text.split(" "):
        reason = "" if _accepts(name, item) else _explain_base(name, item)
        if reason:
            return f'"{item}": {reason}'
    return ""


def _accepts(name: str, text: str) -> bool:
    base = find_built_in(name)
    return base is not None and base.accepts(text)


def _explain_date(name: str, text: str) -> str:
    found = dates.parse_fields(name, text)
    if found is not None:
        return dates.find_fault(found) or "the year is too far away"
    if " " in text:
        return _SPACES
    for other, called in _OTHER_DATES:
        if other != name and len(text) != 8 and _accepts(other, text):
            return f"this is {called}"
    return ""


def _explain_name(name: str, text: str) -> str:
    if " " in text:
        return _SPACES
    if ":" in text and name not in {"Name", "NMTOKEN", "QName", "NOTATION"}:
        return "a colon is not allowed"
    for char in text:
        if not names.is_nmtoken(char):
            return f'"{char}" is not allowed'
    if not names.starts_name(text[0]):
        return f'it must not begin with "{text[0]}"'
    return "the colon must stand between two names" if ":" in text else ""


def _explain_number(name: str, text: str) -> str:
    if re.fullmatch("[+-]?[0-9]+,[0-9]+", text):
        return "the decimal sign is a point"
    if " " in text:
        return _SPACES
    if name not in numbers.INTEGERS or numbers.parse_decimal(text) is None:
        odd = re.search("[^0-9.+-]", text) if name in {"decimal", *numbers.INTEGERS} else None
        return f'"{odd[0]}" is not allowed' if odd else ""
    return _explain_bounds(name, text) if numbers.parse_integer(text) else "it must be a whole number"


def _explain_bounds(name: str, text: str) -> str:
    least, greatest = numbers.INTEGERS[name]
    value, floor = numbers.parse_integer(text), numbers.parse_integer(least)
    if value and floor and numbers.is_decimal_less(value, floor):
        return f"less than {least}"
    return f"more than {greatest}" if greatest else ""


def _explain_uri(_: str, text: str) -> str:
    return uri.find_fault(text)


_EXPLAINERS: tuple[tuple[frozenset[str], Callable[[str, str], str]], ...] = (
    (_NAMES, _explain_name),
    (_NUMBERS, _explain_number),
    (frozenset({"anyURI"}), _explain_uri),
)


def _explain_param(whole: Datatype, param: tuple[str, str], value: str) -> str:
    """Explain why this parameter rejects a value of the type."""
    if datatype(whole.library, whole.name, (param,)).check(value):
        return ""
    name, limit = param
    if name in LIMITS:
        return _IN_ORDER[name][whole.name in dates.KINDS].format(collapse(limit))
    if name in DIGITS:
        return _IN_DIGITS[name].format(format_count(collapse(limit), "digit"))
    if name in LENGTHS:
        return _explain_length(whole, param, value)
    return _explain_pattern(limit, whole.restriction.base.space(value))


def _explain_length(whole: Datatype, param: tuple[str, str], value: str) -> str:
    if not collapse(value):
        return "it is empty"
    name, limit = param[0], collapse(param[1])
    shorter, longer = _IN_LENGTH[name]
    is_longer = not datatype(whole.library, whole.name, (("maxLength", limit),)).check(value)
    return f"{longer if is_longer else shorter} {format_count(limit, UNITS.get(whole.name, 'character'))}"


def _explain_pattern(pattern: str, text: str) -> str:
    if not text:
        return "it is empty"
    if pattern in WITHOUT_SPACES:
        if any(char in text for char in SPACE):
            return _SPACES
        odd = next((char for char in text if not char.isprintable()), "")
        return f"the invisible character U+{ord(odd):04X} is not allowed" if odd else ""
    return f'it is not of the form "{pattern}"'
