"""What values a schema allows, in words: its datatypes as forms with examples, several forms of date as one list.

One type alone is described by `datatypes`; here is what it cannot know: which forms stand side by side, which of the regular
expressions that TEI uses says what, and which examples a pattern leaves true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from siglum.schema import datatypes
from siglum.schema.datatypes.names import is_ncname
from siglum.schema.datatypes.words import WITHOUT_SPACES

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
"""The commonest first."""
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
"""1936-00-00: what is not known is left out."""
_ADDRESSES = ("https://example.org/", "#p1", "example:p1")


def forms(types: Sequence[datatypes.Datatype]) -> list[str]:
    """Noun phrases for types of which one will do, the dates among them as one list of examples."""
    names = {each.name for each in types}
    dates = [words for name, words in _DATES.items() if name in names]
    if len(dates) < 2:
        return _short([form(each) for each in types], "forms", _FORMS)
    return [
        *_short(dates, "forms of date and time", _DATES_SHOWN),
        *_short([form(each) for each in types if each.name not in _TEMPORAL], "forms", _FORMS),
    ]


def _short(words: list[str], what: str, most: int) -> list[str]:
    words = list(dict.fromkeys(words))
    return words if len(words) <= most + 1 else [*words[:most], f"one of {len(words) - most} other {what}"]


def all_dates(types: Sequence[datatypes.Datatype]) -> bool:
    return len(types) > 1 and all(each.name in _TEMPORAL for each in types)


def form(type_: datatypes.Datatype) -> str:
    known = known_form(type_)
    if known or type_.name != "anyURI":
        return known or type_.words
    fitting = [each for each in _ADDRESSES if type_.check(each)]
    if fitting == ["#p1"]:
        return "a pointer to an element of this document (such as #p1)"
    patterns = _patterns(type_)
    if not patterns:
        return type_.words
    examples = f" (such as {' or '.join(fitting[:2])})" if fitting else ""
    return f"a web address or pointer{examples} of the form {' and '.join(patterns)}"


def known_form(type_: datatypes.Datatype) -> str:
    """What the regular expression of a type means, if it is one of TEI's."""
    return next((_PATTERNS[value] for name, value in type_.params if name == "pattern" and value in _PATTERNS), "")


def _patterns(type_: datatypes.Datatype) -> list[str]:
    return [f'"{value}"' for name, value in type_.params if name == "pattern" and value not in WITHOUT_SPACES]


def suggestion(types: Iterable[datatypes.Datatype], value: str) -> str:
    """A value that was plainly meant; "" where nothing is, as where the types would have different ones."""
    found = {each for type_ in types if (each := _suggestion(type_, value))}
    return found.pop() if len(found) == 1 else ""


def _suggestion(type_: datatypes.Datatype, value: str) -> str:
    if type_.name == "anyURI":
        return next((each for each in _addresses(value) if each != value and type_.check(each)), "")
    if type_.name in _TEMPORAL and _BARE.fullmatch(value):
        return ""
    known = _UNKNOWN.sub("", value) if type_.name in _TEMPORAL else value
    if known != value and type_.check(known):
        return known
    found = (datatypes.nearest(type_, known) or "").strip()
    if type_.name == "IDREF" and found != value.lstrip("# "):  # another's name is not to be made up
        return ""
    return found


def _addresses(value: str) -> Iterable[str]:
    """What may be meant by an address that is none: a name without its mark, a file's name with spaces, a bracket."""
    name = value.lstrip("# ")
    if is_ncname(name):
        yield f"#{name}"
    if " " in value and ("/" in value or "." in value):
        yield value.replace(" ", "%20")
    if " " not in value:
        yield datatypes.nearest(datatypes.datatype(datatypes.XSD, "anyURI"), value) or ""
