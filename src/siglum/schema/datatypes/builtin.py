"""The built-in types (XML Schema Part 2, section 3) in one table, made type by type as they are asked for.

Beside those of 1.0 there are `dateTimeStamp`, `yearMonthDuration` and `dayTimeDuration` of 1.1. Whether an ENTITY is
declared is not asked: only the parser of a document with a DTD knows that.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from siglum.schema.datatypes import binary, dates, durations, names, numbers, uri
from siglum.schema.datatypes.facets import BuiltIn
from siglum.schema.datatypes.lazily import whole
from siglum.schema.datatypes.whitespace import SPACE, collapse, preserve, replace

if TYPE_CHECKING:
    from collections.abc import Callable

_language = whole("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")
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
_NUMBERS: dict[str, tuple[Callable[[str], Any], Callable[[Any, Any], bool]]] = {
    "decimal": (numbers.decimal, numbers.decimal_less),
    "double": (numbers.double, numbers.float_less),
    "float": (numbers.single, numbers.float_less),
}
_BINARIES = {"hexBinary": binary.hex_binary, "base64Binary": binary.base64_binary}

NAMES = (
    *_FREE, *_TEXTS, *_LISTS, *_NUMBERS, *numbers.INTEGERS, *_BINARIES, *dates.KINDS, *durations.KINDS,
    "boolean", "QName", "NOTATION",
)  # fmt: skip


@cache
def built_in(name: str) -> BuiltIn | None:
    """The type of this name, if there is one."""
    if name in _FREE:
        return BuiltIn(name, _FREE[name], preserve, _anything, length=len)
    if name in _TEXTS:
        return _text(name, _TEXTS[name])
    if name in _LISTS:
        return _plain(name, _items(_LISTS[name]), length=len)
    if name in _NUMBERS:
        read, less = _NUMBERS[name]
        return _plain(name, read, less=less, is_decimal=name == "decimal")
    if name in numbers.INTEGERS:
        read = _between(*numbers.INTEGERS[name])
        return _plain(name, read, less=numbers.decimal_less, is_decimal=True)
    if name in _BINARIES:
        return _plain(name, _BINARIES[name], length=len)
    if name in dates.KINDS:
        return _plain(name, dates.reader(name), less=dates.less)
    if name in durations.KINDS:
        return _plain(name, durations.reader(name), less=durations.less)
    return _odd(name)


def _odd(name: str) -> BuiltIn | None:
    if name == "boolean":
        return _plain(name, _BOOLEANS.get)
    if name in {"QName", "NOTATION"}:
        return _plain(name, _qname, is_name=True)
    return None


def _anything(_: str) -> bool:
    return True


def _text(name: str, fits: Callable[[str], bool]) -> BuiltIn:
    def read(text: str) -> str | None:
        return text if fits(text) else None

    def accepts(raw: str) -> bool:
        return fits(raw.strip(SPACE))  # white space within is never allowed here, but for anyURI it is, and harmless

    return BuiltIn(name, collapse, read, accepts, length=len)


def _plain(name: str, read: Callable[[str], Any], **facts: Any) -> BuiltIn:
    def accepts(raw: str) -> bool:
        return read(collapse(raw)) is not None

    return BuiltIn(name, collapse, read, accepts, **facts)


def _items(fits: Callable[[str], bool]) -> Callable[[str], tuple[str, ...] | None]:
    def read(text: str) -> tuple[str, ...] | None:
        items = tuple(text.split(" ")) if text else ()
        return items if items and all(map(fits, items)) else None

    return read


def _between(least: str, greatest: str) -> Callable[[str], numbers.Decimal | None]:
    floor = numbers.integer(least) if least else None
    ceiling = numbers.integer(greatest) if greatest else None
    less = numbers.decimal_less

    def read(text: str) -> numbers.Decimal | None:
        value = numbers.integer(text)
        if value is None or (floor and less(value, floor)) or (ceiling and less(ceiling, value)):
            return None
        return value

    return read


def _qname(text: str) -> tuple[str, str] | None:
    """Prefix and local name: a value only when the prefix is resolved."""
    if not names.is_qname(text):
        return None
    prefix, _, local = text.rpartition(":")
    return (prefix, local)
