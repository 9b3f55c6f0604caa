"""Describe datatypes for scholars: "a whole number, 0 or more", "a number between 0 and 1"."""

from __future__ import annotations

from siglum.schema.datatypes import dates, numbers

_NUMBER = "a number"
_WHOLE = "a whole number"
_WORDS = {
    "string": "text",
    "normalizedString": "text",
    "token": "text",
    "boolean": "true or false (or 1 or 0)",
    "decimal": _NUMBER,
    "float": _NUMBER,
    "double": _NUMBER,
    "duration": "a length of time (such as P1Y6M or PT45M)",
    "yearMonthDuration": "a length of time in years and months (such as P1Y6M)",
    "dayTimeDuration": "a length of time in days and hours (such as P1DT12H)",
    "dateTime": "a date and time (YYYY-MM-DDThh:mm:ss, such as 1936-08-24T14:30:00)",
    "dateTimeStamp": "a date and time with a time zone (such as 1936-08-24T14:30:00Z)",
    "time": "a time (hh:mm:ss, such as 14:30:00)",
    "date": "a date (YYYY-MM-DD, such as 1936-08-24)",
    "gYearMonth": "a year and a month (YYYY-MM, such as 1936-08)",
    "gYear": "a year (YYYY, such as 1936)",
    "gMonthDay": "a month and a day (--MM-DD, such as --08-24)",
    "gDay": "a day of the month (---DD, such as ---24)",
    "gMonth": "a month (--MM, such as --08)",
    "hexBinary": "hexadecimal digits in pairs",
    "base64Binary": "data in base64",
    "anyURI": "a web address or pointer (such as https://example.org/ or #p1)",
    "language": "a language tag (such as en or de-CH)",
    "NMTOKEN": "a word of letters, digits and . - _ :",
    "NMTOKENS": "words of letters, digits and . - _ :",
    "Name": "an XML name",
    "NCName": "an XML name without a colon",
    "ID": "an identifier (an XML name without a colon, used once)",
    "IDREF": "the identifier of an element of this document",
    "IDREFS": "identifiers of elements of this document",
    "ENTITY": "the name of an entity",
    "ENTITIES": "names of entities",
    "QName": "an XML name, perhaps with a prefix (such as tei:p)",
    "NOTATION": "the name of a notation",
}
UNITS = {"hexBinary": "byte", "base64Binary": "byte", "NMTOKENS": "word", "IDREFS": "identifier", "ENTITIES": "name"}
"""The unit in which a type counts its length, if not characters."""
WITHOUT_SPACES = frozenset({r"\S+", r"[^\p{C}\p{Z}]+", r"[^\s]+"})
"""Patterns that stand for one word without spaces."""
_ONE_SIDE = {
    "minInclusive": "{} or more",
    "maxInclusive": "{} or less",
    "minExclusive": "more than {}",
    "maxExclusive": "less than {}",
}
_IN_TIME = {
    "minInclusive": "{} or later",
    "maxInclusive": "{} or earlier",
    "minExclusive": "after {}",
    "maxExclusive": "before {}",
}
_LENGTHS = {"length": "", "minLength": "at least ", "maxLength": "at most "}
_DIGITS = {"totalDigits": " with at most {} in all", "fractionDigits": " with at most {} after the point"}
_BOTH = {"minInclusive", "maxInclusive"}


def describe_type(name: str, params: tuple[tuple[str, str], ...]) -> str:
    """Describe the type and its parameters as a noun phrase."""
    least, greatest = numbers.INTEGERS.get(name, ("", ""))
    limits = [("minInclusive", least)] if least else []
    limits += [("maxInclusive", greatest)] if greatest else []
    limits = _narrow(limits, [param for param in params if param[0] in _ONE_SIDE])
    phrase = _name_type(name, [value for param, value in params if param == "pattern"])
    phrase += "".join(_describe_lengths(name, params))
    return phrase + _describe_limits(name, limits)


def format_count(number: str, unit: str) -> str:
    """Return the number with its unit: “1 character”, “3 characters”."""
    return f"{number} {unit}" if number.strip().lstrip("+0") == "1" else f"{number} {unit}s"


def _name_type(name: str, patterns: list[str]) -> str:
    rest = [f'"{pattern}"' for pattern in patterns if pattern not in WITHOUT_SPACES]
    noun = _WHOLE if name in numbers.INTEGERS else _WORDS[name]
    if len(rest) < len(patterns):
        noun = "a word without spaces" if noun == "text" else f"{noun}, without spaces"
    return f"{noun} of the form {' and '.join(rest)}" if rest else noun


def _describe_lengths(name: str, params: tuple[tuple[str, str], ...]) -> list[str]:
    unit, lead = UNITS.get(name, "character"), "," if name.endswith("S") else " of"
    found = [f"{lead} {_LENGTHS[param]}{format_count(value, unit)}" for param, value in params if param in _LENGTHS]
    return found + [_DIGITS[param].format(format_count(value, "digit")) for param, value in params if param in _DIGITS]


def _narrow(limits: list[tuple[str, str]], params: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Replace the type's own limit on each side that a parameter limits."""
    sides = {param[:3] for param, _ in params}
    return [limit for limit in limits if limit[0][:3] not in sides] + params


def _describe_limits(name: str, limits: list[tuple[str, str]]) -> str:
    if {limit for limit, _ in limits} == _BOTH and len(limits) == 2:
        ends = dict(limits)
        return f" between {ends['minInclusive']} and {ends['maxInclusive']}"
    sides = _IN_TIME if name in dates.KINDS else _ONE_SIDE
    return "".join(f", {sides[limit].format(value)}" for limit, value in limits)
