"""The built-in types (XML Schema Part 2, section 3) in one table; each type is built on first use.

Besides the types of 1.0, the table has `dateTimeStamp`, `yearMonthDuration` and `dayTimeDuration` of 1.1. No type checks
whether an ENTITY is declared: only the parser of a document with a DTD knows that.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from siglum.schema.datatypes import binary, dates, durations, names, numbers, uri
from siglum.schema.datatypes.facets import BuiltIn, Value
from siglum.schema.datatypes.lazy_regex import match_whole
from siglum.schema.datatypes.whitespace import SPACE, collapse, preserve, replace

if TYPE_CHECKING:
    from collections.abc import Callable

_language = match_whole("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def _is_language(text: str) -> bool:
    return _language(text) is not None


_FREE = {"string": preserve, "normalizedString": replace, "token": collapse}
_TEXTS: dict[str, Callable[[str], bool]] = {
    "anyURI": uri.is_uri,
    "language": _is_language,
    "NMTOKEN": names.is_nmtoken,
    "Name": names.is_name,
    "NCName": names.is_ncname,
    "ID": names.is_ncname,
    "IDREF": names.is_ncname,
    "ENTITY": names.is_ncname,
}
"""Types whose value is the text itself."""
_LISTS = {"NMTOKENS": names.is_nmtoken, "IDREFS": names.is_ncname, "ENTITIES": names.is_ncname}
_NUMBERS: dict[str, tuple[Callable[[str], Value], Callable[[Value, Value], bool]]] = {
    "decimal": (numbers.parse_decimal, numbers.is_decimal_less),
    "double": (numbers.parse_double, numbers.is_float_less),
    "float": (numbers.parse_single, numbers.is_float_less),
}
_BINARIES = {"hexBinary": binary.read_hex, "base64Binary": binary.read_base64}

NAMES = (
    *_FREE, *_TEXTS, *_LISTS, *_NUMBERS, *numbers.INTEGERS, *_BINARIES, *dates.KINDS, *durations.KINDS,
    "boolean", "QName", "NOTATION",
)  # fmt: skip


@cache
def find_built_in(name: str) -> BuiltIn | None:
    if name in _FREE:
        return BuiltIn(name, _FREE[name], preserve, _accept_anything, length=len)
    if name in _TEXTS:
        return _make_text_type(name, _TEXTS[name])
    if name in _LISTS:
        return _make_type(name, _make_list_reader(_LISTS[name]), length=len)
    if name in _NUMBERS:
        read, less = _NUMBERS[name]
        return _make_type(name, read, less=less, is_decimal=name == "decimal")
    if name in numbers.INTEGERS:
        read = _make_integer_reader(*numbers.INTEGERS[name])
        return _make_type(name, read, less=numbers.is_decimal_less, is_decimal=True)
    if name in _BINARIES:
        return _make_type(name, _BINARIES[name], length=len)
    if name in dates.KINDS:
        return _make_type(name, dates.make_reader(name), less=dates.is_less)
    if name in durations.KINDS:
        return _make_type(name, durations.make_reader(name), less=durations.is_less)
    return _make_other(name)


def _make_other(name: str) -> BuiltIn | None:
    if name == "boolean":
        return _make_type(name, _BOOLEANS.get)
    if name in {"QName", "NOTATION"}:
        return _make_type(name, _read_qname, is_name=True)
    return None


def _accept_anything(_: str) -> bool:
    return True


def _make_text_type(name: str, fits: Callable[[str], bool]) -> BuiltIn:
    def read(text: str) -> str | None:
        return text if fits(text) else None

    def accepts(raw: str) -> bool:
        return fits(raw.strip(SPACE))  # collapsing inner white space matters only for anyURI, which allows it anyway

    return BuiltIn(name, collapse, read, accepts, length=len)


def _make_type(name: str, read: Callable[[str], Value], **facts: Any) -> BuiltIn:
    def accepts(raw: str) -> bool:
        return read(collapse(raw)) is not None

    return BuiltIn(name, collapse, read, accepts, **facts)


def _make_list_reader(fits: Callable[[str], bool]) -> Callable[[str], tuple[str, ...] | None]:
    def read(text: str) -> tuple[str, ...] | None:
        items = tuple(text.split(" ")) if text else ()
        return items if items and all(map(fits, items)) else None

    return read


def _make_integer_reader(least: str, greatest: str) -> Callable[[str], numbers.Decimal | None]:
    floor = numbers.parse_integer(least) if least else None
    ceiling = numbers.parse_integer(greatest) if greatest else None
    less = numbers.is_decimal_less

    def read(text: str) -> numbers.Decimal | None:
        value = numbers.parse_integer(text)
        if value is None or (floor and less(value, floor)) or (ceiling and less(ceiling, value)):
            return None
        return value

    return read


def _read_qname(text: str) -> tuple[str, str] | None:
    """Return prefix and local name; the caller resolves the prefix."""
    if not names.is_qname(text):
        return None
    prefix, _, local = text.rpartition(":")
    return (prefix, local)
