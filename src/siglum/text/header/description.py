"""Descriptions of texts: `fileDesc`, `biblFull`, `biblStruct`, `bibl`, `msDesc`, all read by one walk over their parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from siglum.text.header.records import (
    Agency,
    Availability,
    Bibl,
    Contributor,
    Date,
    Idno,
    Link,
    Manuscript,
    Scope,
    Source,
    Title,
)
from siglum.text.header.words import NAMES, children, date, joined, names, plain
from siglum.text.tei import XML_ID, Element, attribute, child, elements, language, name, squeeze, tokens

BIBLS = ("bibl", "biblStruct", "biblFull")
"""Elements that describe a text."""

_CONTRIBUTORS = ("author", "editor", "principal", "sponsor", "funder", "meeting")
_AGENCIES = ("publisher", "distributor", "authority")
_WITHIN = {"analytic": "analytic", "monogr": "monogr", "seriesStmt": "series"}
_NOT_OF_THE_REFERENCE = frozenset({"note", "bibl", "relatedItem", "availability", "msDesc"})
_APART = frozenset({"listBibl", "listPerson", "listOrg", "listPlace", "egXML"})


def bibl(element: Element, relation: str = "", *, without: frozenset[str] = frozenset()) -> Bibl:
    """The description in an element; `relation` is the type of the `relatedItem` it stands in."""
    parts = _Parts(without)
    parts.walk(element)
    return Bibl(
        kind=name(element),
        id=attribute(element, XML_ID),
        type=attribute(element, "type"),
        relation=relation,
        text=_reference(element, parts),
        titles=tuple(parts.titles),
        contributors=tuple(parts.contributors),
        editions=tuple(parts.editions),
        extents=tuple(parts.extents),
        agencies=tuple(parts.agencies),
        places=tuple(parts.places),
        dates=tuple(parts.dates),
        scopes=tuple(parts.scopes),
        idnos=tuple(parts.idnos),
        links=tuple(parts.links),
        availability=tuple(parts.availability),
        notes=tuple(parts.notes),
        related=tuple(parts.related),
    )


def sources(element: Element | None) -> Iterator[Source]:
    """The descriptions in a `sourceDesc`; a paragraph of words counts as one."""
    for each in element if element is not None else ():
        kind = name(each)
        if kind == "listBibl":
            yield from sources(each)
        elif kind in {*BIBLS, "msDesc"}:
            yield source(each)
        elif kind in {"p", "ab", "recordingStmt", "scriptStmt"} and plain(each):
            yield bibl(each)


def source(element: Element, relation: str = "") -> Source:
    """A description of a text or of a manuscript."""
    return _manuscript(element) if name(element) == "msDesc" else bibl(element, relation)


def _reference(element: Element, parts: _Parts) -> str:
    """The whole as words, where it is more than a row of parts."""
    if name(element) in {"fileDesc", "biblFull", "biblStruct"} or (parts.titles and not _own_words(element)):
        return ""
    return joined(element, _NOT_OF_THE_REFERENCE)


class _Parts:
    """The parts of a description by kind; what lies around them (statements, imprint, prose) is passed through."""

    def __init__(self, without: frozenset[str]) -> None:
        self.without = without | _APART
        self.titles: list[Title] = []
        self.contributors: list[Contributor] = []
        self.editions: list[str] = []
        self.extents: list[str] = []
        self.agencies: list[Agency] = []
        self.places: list[str] = []
        self.dates: list[Date] = []
        self.scopes: list[Scope] = []
        self.idnos: list[Idno] = []
        self.links: list[Link] = []
        self.availability: list[Availability] = []
        self.notes: list[str] = []
        self.related: list[Source] = []

    def walk(self, element: Element, within: str = "") -> None:
        """Read what is below the element."""
        for each in element:
            kind = name(each)
            if not kind or kind in self.without:
                continue
            if kind in _READERS:
                _READERS[kind](self, each, within)
            else:
                self.walk(each, _WITHIN.get(kind, within))

    def title(self, element: Element, within: str) -> None:
        if plain(element):
            level, kind = attribute(element, "level"), attribute(element, "type")
            self.titles.append(Title(plain(element), level, kind, language(element), within))

    def series(self, element: Element, _within: str) -> None:
        self.walk(element, "series")
        if not children(element, "title") and plain(element):
            self.titles.append(Title(plain(element), "s", "", language(element), "series"))

    def contributor(self, element: Element, within: str) -> None:
        role = attribute(element, "role") or name(element)
        self.contributors += [Contributor(role, each, "", within) for each in names(element)]

    def responsibility(self, element: Element, within: str) -> None:
        resp = "; ".join(filter(None, (plain(each) or attribute(each, "key") for each in children(element, "resp"))))
        for each in children(element, *NAMES):
            self.contributors += [Contributor("resp", found, resp, within) for found in names(each)]
        for each in children(element, "respStmt"):
            self.responsibility(each, within)

    def agency(self, element: Element, _within: str) -> None:
        self.agencies += [Agency(name(element), each) for each in names(element)[:1]]

    def date(self, element: Element, _within: str) -> None:
        found = date(element)
        if found.text or found.when or found.start or found.end or found.not_before or found.not_after:
            self.dates.append(found)

    def scope(self, element: Element, within: str) -> None:
        unit = attribute(element, "unit") or attribute(element, "type")
        self.scopes.append(Scope(plain(element), unit, attribute(element, "from"), attribute(element, "to"), within))

    def idno(self, element: Element, within: str) -> None:
        if plain(element):
            self.idnos.append(Idno(plain(element), attribute(element, "type"), within))

    def link(self, element: Element, within: str) -> None:
        self.walk(element, within)
        kind = attribute(element, "type")
        self.links += [Link(target, kind, plain(element)) for target in tokens(element, "target")]

    def available(self, element: Element, _within: str) -> None:
        given = elements(element, "licence")
        licences = (Link(attribute(each, "target"), attribute(each, "type"), plain(each)) for each in given)
        rest = squeeze(" ".join(plain(each) for each in element if name(each) not in {"", "licence"}))
        self.availability.append(Availability(attribute(element, "status"), tuple(licences), rest or _own_words(element)))

    def relation(self, element: Element, _within: str) -> None:
        self.related += [source(each, attribute(element, "type") or "related") for each in children(element, *BIBLS, "msDesc")]

    def nested(self, element: Element, _within: str) -> None:
        self.related.append(source(element))

    def sources(self, element: Element, _within: str) -> None:
        self.related += sources(element)

    def edition(self, element: Element, within: str) -> None:
        self.walk(element, within)
        self.editions += filter(None, [plain(element)])

    def extent(self, element: Element, _within: str) -> None:
        measures = [_measured(each) for each in children(element, "measure")]
        self.extents += filter(None, measures or [plain(element)])

    def place(self, element: Element, _within: str) -> None:
        self.places += filter(None, [plain(element)])

    def note(self, element: Element, _within: str) -> None:
        self.notes += filter(None, [plain(element)])


def _measured(element: Element) -> str:
    """The words of a `measure`, with its unit where they are a bare number."""
    words = plain(element) or attribute(element, "quantity")
    return f"{words} {attribute(element, 'unit')}".strip() if words.isdigit() else words


def _own_words(element: Element) -> str:
    """The words that stand in an element itself."""
    return squeeze(" ".join([element.text or "", *(each.tail or "" for each in element)]))


_READERS: dict[str, Callable[[_Parts, Element, str], None]] = {
    "title": _Parts.title,
    "series": _Parts.series,
    "respStmt": _Parts.responsibility,
    "edition": _Parts.edition,
    "extent": _Parts.extent,
    "pubPlace": _Parts.place,
    "date": _Parts.date,
    "biblScope": _Parts.scope,
    "idno": _Parts.idno,
    "availability": _Parts.available,
    "relatedItem": _Parts.relation,
    "sourceDesc": _Parts.sources,
    "note": _Parts.note,
    **dict.fromkeys(_CONTRIBUTORS, _Parts.contributor),
    **dict.fromkeys(_AGENCIES, _Parts.agency),
    **dict.fromkeys(("ref", "ptr"), _Parts.link),
    **dict.fromkeys((*BIBLS, "msDesc"), _Parts.nested),
}


def _manuscript(element: Element) -> Manuscript:
    identifier = child(element, "msIdentifier")
    contents = child(element, "msContents")
    parts = _Parts(frozenset())
    for each in elements(contents, "msItem") if contents is not None else ():
        for part in children(each, "title", "author"):
            _READERS[name(part)](parts, part, "")
    for head in children(element, "head"):
        parts.walk(head)
    idnos = [each for each in elements(identifier, "idno") if plain(each)] if identifier is not None else []
    shelfmark = next((each for each in idnos if attribute(each, "type") in {"shelfmark", ""}), None)
    return Manuscript(
        id=attribute(element, XML_ID),
        type=attribute(element, "type"),
        settlement=_said(identifier, "settlement"),
        repository=_said(identifier, "repository") or _said(identifier, "institution"),
        shelfmark=plain(shelfmark) if shelfmark is not None else "",
        names=tuple(plain(each) for each in children(identifier, "msName", "objectName")),
        titles=tuple(parts.titles),
        contributors=tuple(dict.fromkeys(parts.contributors)),
        dates=tuple(date(each) for each in elements(element, "origDate")),
        idnos=tuple(Idno(plain(each), attribute(each, "type")) for each in idnos),
    )


def _said(element: Element | None, kind: str) -> str:
    return next((plain(each) for each in children(element, kind)), "")
