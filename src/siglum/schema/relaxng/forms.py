"""Describe the values that a schema allows: datatypes with examples, and several forms of date as one list.

`datatypes` describes one type. This module knows what depends on the schema: alternative types, the meaning of TEI's regular
expressions, and the examples that a pattern accepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from siglum.schema import datatypes
from siglum.schema.datatypes.descriptions import WITHOUT_SPACES
from siglum.schema.datatypes.names import is_ncname

_DATES = {
    "gYear": "a year (1936)",
    "gYearMonth": "a month (1936-05)",
    "date": "a day (1936-05-03)",
    "dateTime": "a day with a time (1936-05-03T14:30:00)",
    "time": "a time (14:30:00)",
    "gMonthDay": "a day of any year (--05-03)",
    "gMonth": "a month of any year (--05)",
    "gDay": "a day of any month (---03)",
}
"""Most common first."""
_DATES_SHOWN = 3
_TEMPORAL = frozenset(_DATES)
_FORMS = 3
_PATTERNS = {
    r"(\-?[\d]+/\-?[\d]+)": "a fraction (such as 1/2)",
    r"(-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?)": "two numbers with a comma between them (such as 120,45.5)",
    r"[\d]+[a-z]*[\d]*(\.[\d]+[a-z]*[\d]*){0,3}": "a version number (such as 4.9.0)",
    r"[\d]+(\.[\d]+){0,2}": "a version number (such as 15.0)",
    r"[\-+]?\d+(\.\d+)?(%|cm|mm|in|pt|pc|px|em|ex|ch|rem|vw|vh|vmin|vmax)": "a number with its unit (such as 12cm or 50%)",
    r"[0-9.,DHMPRSTWYZ/:+\-]+": "a date, time or period as ISO 8601 writes it (such as 1936-05-03 or 1936/1937)",
    r"[a-z][a-z0-9\+\.\-]*": "a word in lower case (such as https)",
}
"""The regular expressions of TEI's own datatypes."""
_BARE = re.compile("-*[0-9]{1,2}")
"""26 may be short for 1926, or a day, or a month."""
_UNKNOWN = re.compile("(-00)+$")
"""In 1936-00-00, unknown parts must be left out."""
_ADDRESSES = ("https://example.org/", "#p1", "example:p1")


def describe_types(types: Sequence[datatypes.Datatype]) -> list[str]:
    """Describe alternative types as noun phrases, all dates as one list of examples."""
    names = {type_.name for type_ in types}
    dates = [words for name, words in _DATES.items() if name in names]
    if len(dates) < 2:
        return _shorten([describe_form(type_) for type_ in types], "forms", _FORMS)
    return [
        *_shorten(dates, "forms of date and time", _DATES_SHOWN),
        *_shorten([describe_form(type_) for type_ in types if type_.name not in _TEMPORAL], "forms", _FORMS),
    ]


def _shorten(words: list[str], what: str, most: int) -> list[str]:
    words = list(dict.fromkeys(words))
    return words if len(words) <= most + 1 else [*words[:most], f"one of {len(words) - most} other {what}"]


def are_all_dates(types: Sequence[datatypes.Datatype]) -> bool:
    return len(types) > 1 and all(type_.name in _TEMPORAL for type_ in types)


def describe_form(type_: datatypes.Datatype) -> str:
    known = find_known_form(type_)
    if known or type_.name != "anyURI":
        return known or type_.describe
    fitting = [address for address in _ADDRESSES if type_.check(address)]
    if fitting == ["#p1"]:
        return "a pointer to an element of this document (such as #p1)"
    patterns = _list_patterns(type_)
    if not patterns:
        return type_.describe
    examples = f" (such as {' or '.join(fitting[:2])})" if fitting else ""
    return f"a web address or pointer{examples} of the form {' and '.join(patterns)}"


def find_known_form(type_: datatypes.Datatype) -> str:
    """Return the meaning of a type's regular expression, if it is one of TEI's."""
    return next((_PATTERNS[value] for name, value in type_.params if name == "pattern" and value in _PATTERNS), "")


def _list_patterns(type_: datatypes.Datatype) -> list[str]:
    return [f'"{value}"' for name, value in type_.params if name == "pattern" and value not in WITHOUT_SPACES]


def suggest_value(types: Iterable[datatypes.Datatype], value: str) -> str:
    """Return a value that was obviously meant; "" if there is none, or if the types suggest different ones."""
    found = {value_ for type_ in types if (value_ := _suggest_for_type(type_, value))}
    return found.pop() if len(found) == 1 else ""


def _suggest_for_type(type_: datatypes.Datatype, value: str) -> str:
    if type_.name == "anyURI":
        return next((address for address in _iter_addresses(value) if address != value and type_.check(address)), "")
    if type_.name in _TEMPORAL and _BARE.fullmatch(value):
        return ""
    known = _UNKNOWN.sub("", value) if type_.name in _TEMPORAL else value
    if known != value and type_.check(known):
        return known
    found = (datatypes.nearest(type_, known) or "").strip()
    if type_.name == "IDREF" and found != value.lstrip("# "):  # never invent the identifier of another element
        return ""
    return found


def _iter_addresses(value: str) -> Iterable[str]:
    """Yield what an invalid address may mean: a name without its #, a file name with spaces, a bracket."""
    name = value.lstrip("# ")
    if is_ncname(name):
        yield f"#{name}"
    if " " in value and ("/" in value or "." in value):
        yield value.replace(" ", "%20")
    if " " not in value:
        yield datatypes.nearest(datatypes.datatype(datatypes.XSD, "anyURI"), value) or ""
