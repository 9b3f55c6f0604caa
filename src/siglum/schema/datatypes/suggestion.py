"""Suggest a valid value where the intended one is obvious: 1936-05-01 for 1.5.1936, true for True, my-id for "my id"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from siglum.schema.datatypes import dates, numbers
from siglum.schema.datatypes.descriptions import WITHOUT_SPACES
from siglum.schema.datatypes.names import is_nmtoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from siglum.schema.datatypes.library import Datatype

_LONGEST = 200
_YES_NO = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}
_FLOATS = {"inf": "INF", "+inf": "INF", "-inf": "-INF", "infinity": "INF", "-infinity": "-INF", "nan": "NaN"}
_MONTHS = {name.lower()[:size]: number for number, name in enumerate(dates.MONTHS, 1) for size in (3, 4, len(name))}
_MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"
_YEAR, _OLD = r"(?P<year>[0-9]{4})", r"(?P<year>-?[0-9]{1,4})"
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
_DAY, _NUMBER = r"(?P<day>[0-9]{1,2})", r"(?P<month>[0-9]{1,2})"
_DATES = (
    rf"{_DAY}\. ?{_NUMBER}\. ?{_YEAR}",
    rf"{_YEAR}([-./]){_NUMBER}\2{_DAY}",
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    rf"{_DAY}(?:st|nd|rd|th|\.)? {_MONTH},? {_YEAR}",
    rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    r"(?P<day>1[3-9]|2[0-9]|3[01])/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})",
    r"(?P<month>[0-9]{1,2})/(?P<day>1[3-9]|2[0-9]|3[01])/(?P<year>[0-9]{4})",
)
_SHAPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "date": ("{year:04}-{month:02}-{day:02}", _DATES),
    "dateTime": ("{year:04}-{month:02}-{day:02}T{hour:02}:{minute}:{second}",
                 (rf"{_YEAR}-{_NUMBER}-{_DAY}[Tt ]{_TIME}",)),
    "time": ("{hour:02}:{minute}:{second}", (_TIME,)),
    "gYearMonth": ("{year:04}-{month:02}",
                   (rf"{_YEAR}[-./]{_NUMBER}", rf"{_NUMBER}[./]{_YEAR}", rf"{_MONTH},? {_YEAR}")),
    "gYear": ("{year:04}", (_OLD, r"(?P<year>[0-9]{1,4}) (?:AD|CE)")),
    "gMonthDay": ("--{month:02}-{day:02}", (rf"-{{0,2}}{_NUMBER}-{_DAY}", rf"{_DAY}\. ?{_NUMBER}\.?",
                                            rf"{_DAY}\.? {_MONTH}", rf"{_MONTH} {_DAY}")),
    "gDay": ("---{day:02}", (rf"-{{0,3}}{_DAY}\.?",)),
    "gMonth": ("--{month:02}", (rf"-{{0,2}}{_NUMBER}(?:--)?", _MONTH)),
}  # fmt: skip


def nearest(datatype: Datatype, value: str) -> str | None:
    """Return an accepted value that the author obviously meant; None if the value is valid or nothing is obvious."""
    if len(value) > _LONGEST or datatype.check(value):
        return None
    for candidate in _iter_candidates(datatype, " ".join(value.split())):
        if candidate and datatype.check(candidate):
            return candidate
    return None


def _iter_candidates(datatype: Datatype, text: str) -> Iterator[str]:
    name = datatype.name
    yield text
    if name in _SHAPES:
        yield from _suggest_date(name, text)
    elif name in _BY_TYPE:
        yield from _BY_TYPE[name](text)
    elif name in numbers.INTEGERS:
        yield from _suggest_number(text)
    if any(param == "pattern" and pattern in WITHOUT_SPACES for param, pattern in datatype.params):
        yield text.replace(" ", "-")


def _suggest_date(name: str, text: str) -> Iterator[str]:
    template, shapes = _SHAPES[name]
    for shape in shapes:
        found = re.fullmatch(shape, text)
        if found:
            yield _fill_template(template, found.groupdict())


def _fill_template(template: str, parts: dict[str, str | None]) -> str:
    month = _MONTHS.get((parts.get("name") or "").lower(), 0) or int(parts.get("month") or 0)
    year, day, hour = (int(parts.get(part) or 0) for part in ("year", "day", "hour"))
    minute, second = parts.get("minute"), parts.get("second") or "00"
    filled = template.format(year=abs(year), month=month, day=day, hour=hour, minute=minute, second=second)
    return f"-{filled}" if year < 0 else filled


def _suggest_boolean(text: str) -> Iterator[str]:
    yield text.lower()
    yield _YES_NO.get(text.lower(), "")


def _suggest_number(text: str) -> Iterator[str]:
    text = text.replace("\N{MINUS SIGN}", "-")
    yield text
    if re.fullmatch("[+-]?[0-9]+,[0-9]+", text):
        yield text.replace(",", ".")
    if re.fullmatch("[+-]?[0-9]{1,3}([ ',_][0-9]{3})+", text):
        yield re.sub("[ ',_]", "", text)
    yield re.sub(r"\.0*$", "", text)


def _suggest_float(text: str) -> Iterator[str]:
    yield from _suggest_number(text)
    yield _FLOATS.get(text.lower(), "")


def _suggest_name(text: str) -> Iterator[str]:
    text = text.lstrip("#")
    yield text
    marked = "".join(char if is_nmtoken(char) and char != ":" else "\0" for char in text)
    plain = re.sub("-?\0+-?", "-", marked).strip("-")
    yield plain
    yield f"_{plain}" if plain else ""


def _suggest_names(text: str) -> Iterator[str]:
    items = [item for item in re.split("[ ,;]+", text) if item]
    yield " ".join(items)
    yield " ".join(item.lstrip("#") for item in items)


def _suggest_language(text: str) -> Iterator[str]:
    yield text.replace("_", "-").replace(" ", "")


def _suggest_uri(text: str) -> Iterator[str]:
    text = re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)
    yield text
    main, mark, fragment = text.partition("#")
    yield main + mark + fragment.replace("#", "%23")
    authority = re.match("(?:[^/?#]*//[^/?#]*)?", text)
    start = authority.end() if authority else 0
    yield text[:start] + text[start:].replace("[", "%5B").replace("]", "%5D")


def _suggest_hex(text: str) -> Iterator[str]:
    yield re.sub("^(?:0[xX]|#)|[ :-]", "", text)


def _suggest_upper(text: str) -> Iterator[str]:
    yield text.upper().replace(" ", "")


_BY_TYPE: dict[str, Callable[[str], Iterator[str]]] = {
    "boolean": _suggest_boolean,
    "decimal": _suggest_number,
    "float": _suggest_float,
    "double": _suggest_float,
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY", "Name", "NMTOKEN", "QName"), _suggest_name),
    **dict.fromkeys(("NMTOKENS", "IDREFS", "ENTITIES"), _suggest_names),
    "language": _suggest_language,
    "anyURI": _suggest_uri,
    "hexBinary": _suggest_hex,
    "duration": _suggest_upper,
}
