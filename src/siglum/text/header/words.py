"""Read words, names, dates and identifiers from single elements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from siglum.text.header.records import Date, Idno, Name
from siglum.text.tei import TEI, WHITE, XML_ID, Element, attribute, name, squeeze, tokens
from siglum.text.views import Joins, Omitted, Read, View, decide_in_view

NAMES = ("persName", "orgName", "name", "rs", "placeName", "geogName", "settlement", "country", "region")
"""Elements that hold a name."""

_KINDS = {"persName": "person", "orgName": "org", "placeName": "place", "geogName": "place"}
_OTHER_NAMES = frozenset({"pen", "pseudonym", "pseudo", "alt", "alternative", "variant", "birth", "maiden", "short", "label"})
_DATED = {"when": "when", "start": "from", "end": "to", "not_before": "notBefore", "not_after": "notAfter"}
_SPAN = ("from", "to", "notBefore", "notAfter")
_BEFORE_OUR_ERA = re.compile(r"(?<![^/])-(\d{4,})")
_NOT_OF_THE_NUMBER = frozenset({"note", "idno"})
_PARTS = [TEI + kind for kind in ("surname", "forename", "nameLink", "genName")]
_LINK = TEI + "nameLink"
_PARTS_OF_A_NAME = frozenset({"forename", "surname", "nameLink", "genName", "addName", "roleName"})
_NOT_OF_THE_NAME = frozenset({"idno", "affiliation", "email", "address", "note", "date", "resp"})


def plain(element: Element, without: frozenset[str] = frozenset({"note"})) -> str:
    """Read the words of an element: without notes, with the corrected side of a `choice`, white space squeezed."""
    if not len(element):  # most parts of most descriptions: half the time of reading a bibliography
        return squeeze(element.text or "")
    return squeeze("".join(_list_words(element, without)))


def join_words(element: Element, without: frozenset[str] = frozenset({"note"})) -> str:
    """Read the words of an element, with commas between its children if it holds only elements."""
    own = [element.text or "", *(child.tail or "" for child in element)]
    if any(not isinstance(child.tag, str) or squeeze(text) for child, text in zip(element, own[1:], strict=True)) or squeeze(
        own[0]
    ):
        return plain(element, without)
    return ", ".join(filter(None, (join_words(child, without) for child in element if name(child) not in without)))


def line_of(element: Element) -> int:
    """The line on which the start tag of the element ends; 0 if unknown."""
    found = element.sourceline
    return found if isinstance(found, int) else 0


def read_idnos(element: Element, within: str) -> list[Idno]:
    """Read the identifier in an `idno`, or those in an `idno` that holds others."""
    own = plain(element, _NOT_OF_THE_NUMBER)
    inner = [found for child in children(element, "idno") for found in read_idnos(child, within)]
    return [Idno(own, attribute(element, "type"), within, line_of(element)), *inner] if own else inner


def children(element: Element | None, *names: str) -> list[Element]:
    """The children with one of these names, in document order."""
    return [child for child in element if name(child) in names] if element is not None else []


def read_names(element: Element) -> list[Name]:
    """Read all people whom an `author`, `editor`, `name` … names. Variant names of one person count once."""
    marked = [child for child in children(element, *NAMES) if attribute(child, "type") not in _OTHER_NAMES]
    if name(element) in NAMES or not marked or (name(element) == "publisher" and len(marked) > 1):
        found = read_name(element)
        return [found] if found.text or found.refs else []
    kinds = {name(child) for child in marked}
    if "persName" in kinds:  # what else stands beside a person is where she works
        marked = [child for child in marked if name(child) == "persName"]
    outer = read_name(element)
    found_names = [read_name(child, outer.refs if len(marked) == 1 else (), outer.id) for child in marked]
    return [found for found in found_names if found.text or found.refs]


def read_name(element: Element, refs: tuple[str, ...] = (), identifier: str = "") -> Name:
    """Read the name in an element. `refs` and `identifier` are those of the element around it."""
    pointers = tuple(dict.fromkeys((*tokens(element, "ref"), *refs)))
    known = attribute(element, XML_ID) or identifier
    if not len(element):
        return Name(plain(element), _find_kind(element), refs=pointers, id=known)
    parts = _read_name_parts(element)
    return Name(
        _read_name_words(element),
        _find_kind(element),
        parts.get("surname", ""),
        parts.get("forename", ""),
        parts.get("nameLink", ""),
        parts.get("genName", ""),
        parts.get("dropping", ""),
        parts.get("non-dropping", ""),
        pointers,
        known,
    )


def _read_name_parts(element: Element) -> dict[str, str]:
    """Read the encoded parts of a name; a `nameLink` also by its type."""
    found: dict[str, str] = {}
    for part in element.iter(*_PARTS):
        words = plain(part)
        for kind in (name(part), attribute(part, "type") if part.tag == _LINK else ""):
            if kind and words:
                found[kind] = f"{found[kind]} {words}" if kind in found else words
    return found


def _find_kind(element: Element) -> str:
    said = attribute(element, "type")
    return "literal" if said == "literal" else _KINDS.get(name(element), _KINDS.get(said, ""))


def read_date(element: Element) -> Date:
    """Read a `date` or `origDate` with the attributes of att.datable.w3c, or else of att.datable.iso. Years are ISO's."""
    given = {str(key): str(value).strip(WHITE) for key, value in element.attrib.items()}
    if not given:
        return Date(plain(element), line=line_of(element))
    customs = (value for key in _SPAN if (value := given.get(f"{key}-custom")))
    dated = {field: to_iso(given.get(key, "")) or given.get(f"{key}-iso", "") for field, key in _DATED.items()}
    return Date(
        text=plain(element),
        cert=given.get("cert", ""),
        type=given.get("type", ""),
        calendar=given.get("calendar") or given.get("datingMethod", ""),
        custom=to_iso(given.get("when-custom") or "/".join(customs)),
        line=line_of(element),
        **dated,
    )


def to_iso(w3c: str) -> str:
    """Convert @when (XML Schema 1.0: -0001 is 1 BCE, no year is 0) to ISO 8601 and EDTF (1 BCE is 0000)."""
    return _BEFORE_OUR_ERA.sub(_count_from_zero, w3c) if "-" in w3c else w3c


def _count_from_zero(year: re.Match[str]) -> str:
    before = int(year[1]) - 1
    return f"-{before:04}" if before > 0 else "0000"


def _read_name_words(element: Element) -> str:
    parts = {name(child) for child in element} - _NOT_OF_THE_NAME - {""}
    if len(parts) > 1 and parts <= _PARTS_OF_A_NAME and not any(child.tail for child in list(element)[:-1]):
        return " ".join(filter(None, (plain(child) for child in element if name(child))))  # <forename/><surname/>, side by side
    words = join_words if parts and parts <= set(NAMES) else plain
    return words(element, _NOT_OF_THE_NAME)


def _list_words(element: Element, without: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and name(child) not in without:
            match decide_in_view(child, View.READING):
                case Read():
                    yield from [" "] if name(child) == "lb" else _list_words(child, without)
                case Joins():
                    yield from _list_words(child, without)
                case Omitted():
                    pass
                case decision:
                    assert_never(decision)
        yield child.tail or ""
