"""Read the lists of a document: persons, organisations, places, bibliographic records, languages, changes."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.text.element_index import ElementIndex
from siglum.text.header.description import BIBLS, read_bibl
from siglum.text.header.records import Bibl, Change, Entry, Fact, Language, Name
from siglum.text.header.words import children, plain, read_idnos, read_name
from siglum.text.tei import XML_ID, Element, attribute, elements, name, tokens

_KINDS = {
    "person": ("persName", "name"),
    "personGrp": ("name", "persName", "orgName"),
    "org": ("orgName", "name"),
    "place": ("placeName", "geogName", "name", "settlement", "country", "region"),
}
_NAMING = ("name", "persName", "orgName", "author", "editor", "respStmt")
_LISTS = frozenset({"standOff", "listBibl", "sourceDesc"})


def read_entries(index: ElementIndex) -> dict[str, Entry]:
    """Read the records with an xml:id, wherever they are listed (`standOff`, `particDesc`, `back` …); the first one wins."""
    found: dict[str, Entry] = {}
    for element in index.named(*_KINDS):
        if attribute(element, XML_ID):
            found.setdefault(attribute(element, XML_ID), _read_entry(element))
    return found


def read_bibls(index: ElementIndex) -> dict[str, Bibl]:
    """Read the bibliographic records with an xml:id that stand in a list, in `standOff` or in `sourceDesc`."""
    found: dict[str, Bibl] = {}
    for element in index.named(*BIBLS):
        if attribute(element, XML_ID) and any(name(above) in _LISTS for above in element.iterancestors()):
            found.setdefault(attribute(element, XML_ID), read_bibl(element))
    return found


def read_identified_names(header: Element | None) -> dict[str, Name]:
    """Read the names in the header that have an xml:id or whose statement has one."""
    found: dict[str, Name] = {}
    for element in elements(header, *_NAMING) if header is not None else ():
        if attribute(element, XML_ID):
            named = next(iter(children(element, "persName", "orgName", "name")), element)
            found.setdefault(attribute(element, XML_ID), read_name(named))
    return found


def read_languages(header: Element | None) -> Iterator[Language]:
    """Read the languages of `langUsage`."""
    for element in elements(header, "langUsage") if header is not None else ():
        for child in children(element, "language"):
            yield Language(attribute(child, "ident"), plain(child))


def read_changes(header: Element | None) -> Iterator[Change]:
    """Read the entries of `revisionDesc`, in document order."""
    for element in elements(header, "revisionDesc") if header is not None else ():
        for change in elements(element, "change"):
            when = attribute(change, "when") or next((plain(date) for date in children(change, "date")), "")
            yield Change(plain(change), when, tuple(tokens(change, "who")))


def _read_entry(element: Element) -> Entry:
    named = _KINDS[name(element)]
    parts = [child for child in element if name(child)]
    names = [read_name(part) for part in parts if name(part) in named and plain(part)]
    facts = [
        Fact(name(part), plain(part, frozenset()), tuple(part.get("ref", "").split()))
        for part in parts
        if name(part) not in {*named, "idno", *_KINDS}
    ]
    return Entry(
        attribute(element, XML_ID),
        name(element),
        tuple(names),
        tuple(fact for fact in facts if fact.text),
        tuple(found for child in children(element, "idno") for found in read_idnos(child, "")),
    )
