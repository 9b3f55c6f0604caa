"""Read `fileDesc`, `biblFull`, `biblStruct` and `bibl` in one walk over their parts.

Words between the parts are kept, so that a caller can report what it did not use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from siglum.text.header.manuscripts import read_manuscript
from siglum.text.header.records import (
    Agency,
    Availability,
    Bibl,
    Contributor,
    Date,
    Idno,
    Link,
    Meeting,
    Note,
    Scope,
    Source,
    Title,
    UnparsedWords,
)
from siglum.text.header.words import NAMES, children, join_words, line_of, plain, read_date, read_idnos, read_names
from siglum.text.tei import XML_ID, XML_LANG, Element, attribute, elements, language, name, squeeze, tokens

BIBLS = ("bibl", "biblStruct", "biblFull")
"""Elements that describe a text."""

_CONTRIBUTORS = ("author", "editor", "principal", "sponsor", "funder")
_AGENCIES = ("publisher", "distributor", "authority")
_KEEPING = ("country", "settlement", "repository", "institution", "collection", "msName")
_WITHIN = {"analytic": "analytic", "monogr": "monogr", "seriesStmt": "series", "msIdentifier": "ms"}
_NOT_OF_THE_REFERENCE = frozenset({"note", "bibl", "relatedItem", "availability", "msDesc"})
_APART = frozenset({"listBibl", "listPerson", "listOrg", "listPlace", "egXML"})
_POINTING = ("corresp", "sameAs", "copyOf", "source")


def read_bibl(element: Element, relation: str = "", *, without: frozenset[str] = frozenset()) -> Bibl:
    """Read a description. `relation` is the type of the `relatedItem` around it."""
    parts = _Parts(element, without)
    parts.walk(element)
    return Bibl(
        kind=name(element),
        id=attribute(element, XML_ID),
        type=attribute(element, "type"),
        relation=relation,
        text=_read_reference(element, parts),
        titles=tuple(parts.titles),
        contributors=tuple(parts.contributors),
        editions=tuple(parts.editions),
        extents=(*parts.extents, *filter(None, [attribute(element, "dur")])),
        agencies=tuple(parts.agencies),
        places=tuple(parts.places),
        dates=tuple(parts.dates),
        scopes=tuple(parts.scopes),
        idnos=tuple(parts.idnos),
        links=tuple(parts.links),
        availability=tuple(parts.availability),
        notes=tuple(parts.notes),
        related=tuple(parts.related),
        subtype=attribute(element, "subtype"),
        n=attribute(element, "n"),
        refers=tuple(dict.fromkeys(token for key in _POINTING for token in tokens(element, key))),
        language=parts.spoken,
        languages=tuple(dict.fromkeys(parts.languages)),
        cited=tuple(parts.cited),
        meetings=tuple(parts.meetings),
        kept=tuple(parts.kept),
        loose=tuple(parts.loose),
        line=line_of(element),
    )


def read_sources(element: Element | None) -> Iterator[Source]:
    """Read the descriptions in a `sourceDesc`. A paragraph of words counts as one."""
    for child in element if element is not None else ():
        kind = name(child)
        if kind == "listBibl":
            yield from read_sources(child)
        elif kind in {*BIBLS, "msDesc"}:
            yield read_source(child)
        elif kind in {"p", "ab", "recordingStmt", "scriptStmt"} and plain(child):
            yield read_bibl(child)


def read_source(element: Element, relation: str = "") -> Source:
    """Read the description of a text or of a manuscript."""
    return read_manuscript(element) if name(element) == "msDesc" else read_bibl(element, relation)


def _read_reference(element: Element, parts: _Parts) -> str:
    """The whole reference as words, if it is more than a row of parts."""
    if name(element) in {"fileDesc", "biblFull", "biblStruct"} or (parts.titles and not _own_words(element)):
        return ""
    return join_words(element, _NOT_OF_THE_REFERENCE)


class _Parts:
    """Collects the parts of a description by kind. It walks through statements, imprint and prose around them."""

    def __init__(self, element: Element, without: frozenset[str]) -> None:
        self.element = element
        self.spoken = language(element)
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
        self.notes: list[Note] = []
        self.related: list[Source] = []
        self.languages: list[str] = []
        self.cited: list[Scope] = []
        self.meetings: list[Meeting] = []
        self.kept: list[tuple[str, str]] = []
        self.loose: list[UnparsedWords] = []
        self.monographs = 0

    def walk(self, element: Element, within: str = "") -> None:
        """Read what is below the element."""
        self.keep_words(element.text, element)
        for child in element:
            kind = name(child)
            if kind and kind not in self.without:
                reader = _READERS.get(kind)
                if reader is not None:
                    reader(self, child, within)
                else:
                    self.walk(child, _WITHIN.get(kind, within))
            self.keep_words(child.tail, element)

    def keep_words(self, text: str | None, element: Element) -> None:
        """Keep words outside every part."""
        if text and not text.isspace():
            mark = attribute(element, "rend") or attribute(element, "rendition")
            self.loose.append(UnparsedWords(squeeze(text), name(element), mark, line_of(element)))

    def read_monograph(self, element: Element, _within: str) -> None:
        """Read a `monogr`. The first holds the analytic part; the next one holds the first."""
        self.monographs += 1
        self.walk(element, "monogr" if self.monographs == 1 else f"monogr{self.monographs}")

    def find_language(self, element: Element) -> str:
        """The language in force at a part, looked up no higher than the description."""
        at: Element | None = element
        while at is not None and at is not self.element:
            said = at.get(XML_LANG)
            if said is not None:
                return said.strip()
            at = at.getparent()
        return self.spoken

    def read_title(self, element: Element, within: str) -> None:
        words = plain(element)
        if words:
            level, kind = attribute(element, "level"), attribute(element, "type")
            self.titles.append(Title(words, level, kind, self.find_language(element), within, line_of(element)))
        if len(element):
            self.links += [found for child in elements(element, "ref", "ptr") for found in _read_links(child)]

    def read_series(self, element: Element, _within: str) -> None:
        before = len(self.loose)
        self.walk(element, "series")
        if not children(element, "title") and plain(element):
            del self.loose[before:]
            self.titles.append(Title(plain(element), "s", "", language(element), "series", line_of(element)))

    def read_contributor(self, element: Element, within: str) -> None:
        role = attribute(element, "role") or name(element)
        self.contributors += [Contributor(role, name, "", within, (), line_of(element)) for name in read_names(element)]

    def read_responsibility(self, element: Element, within: str) -> None:
        said = children(element, "resp")
        resp = "; ".join(filter(None, (plain(child) or attribute(child, "key") for child in said)))
        codes = tuple(code for child in said for key in ("key", "ref") for code in tokens(child, key))
        for holder in children(element, *NAMES):
            own = (*codes, *tokens(holder, "role"))
            self.contributors += [
                Contributor("resp", found, resp, within, own, line_of(holder)) for found in read_names(holder)
            ]
        for inner in children(element, "respStmt"):
            self.read_responsibility(inner, within)
        self.notes += (
            Note(plain(child), "", within, "", line_of(child)) for child in children(element, "note") if plain(child)
        )

    def read_agency(self, element: Element, _within: str) -> None:
        self.agencies += [Agency(name(element), name_, line_of(element)) for name_ in read_names(element)[:1]]

    def read_date(self, element: Element, _within: str) -> None:
        found = read_date(element)
        if found != Date("", cert=found.cert, type=found.type, calendar=found.calendar):
            self.dates.append(found)

    def read_scope(self, element: Element, within: str) -> None:
        self.scopes.append(_read_scope(element, within))

    def read_cited_range(self, element: Element, within: str) -> None:
        if plain(element) or attribute(element, "from"):
            self.cited.append(_read_scope(element, within))
        inner = [found for child in elements(element, "ref", "ptr") for found in _read_links(child)]
        self.links += [Link(link.target, "citedRange", link.text, link.line) for link in inner]
        self.links += [Link(target, "citedRange", "", line_of(element)) for target in tokens(element, "target")]

    def read_idno(self, element: Element, within: str) -> None:
        self.idnos += read_idnos(element, within)

    def read_link(self, element: Element, within: str) -> None:
        before = len(self.loose)
        self.walk(element, within)
        found = list(_read_links(element))
        self.links += found
        if found and within:  # in a row of parts the words of a link are its label; in prose they are the reference itself
            del self.loose[before:]

    def read_availability(self, element: Element, _within: str) -> None:
        given = elements(element, "licence")
        licences = (
            Link(attribute(licence, "target"), attribute(licence, "type"), plain(licence), line_of(licence))
            for licence in given
        )
        rest = squeeze(" ".join(plain(child) for child in element if name(child) not in {"", "licence"}))
        self.availability.append(Availability(attribute(element, "status"), tuple(licences), rest or _own_words(element)))

    def read_relation(self, element: Element, _within: str) -> None:
        kind = attribute(element, "type") or "related"
        self.related += [read_source(child, kind) for child in children(element, *BIBLS, "msDesc")]
        self.links += [Link(target, kind, "", line_of(element)) for target in tokens(element, "target")]
        self.links += [
            Link(inner_link.target, kind, inner_link.text, inner_link.line)
            for inner in children(element, "ref", "ptr")
            for inner_link in _read_links(inner)
        ]

    def read_nested(self, element: Element, _within: str) -> None:
        self.related.append(read_source(element))

    def read_source_descriptions(self, element: Element, _within: str) -> None:
        self.related += read_sources(element)

    def read_edition(self, element: Element, within: str) -> None:
        before = len(self.loose)
        self.walk(element, within)
        del self.loose[before:]
        self.editions += filter(None, [plain(element)])

    def read_extent(self, element: Element, _within: str) -> None:
        measures = [_read_measure(child) for child in children(element, "measure")]
        self.extents += filter(None, measures or [plain(element)])

    def read_address(self, element: Element, _within: str) -> None:
        """Read the lines of a postal address as one."""
        if join_words(element):
            self.loose.append(UnparsedWords(join_words(element), "address", "", line_of(element)))

    def read_place(self, element: Element, _within: str) -> None:
        self.places += filter(None, [plain(element)])

    def read_note(self, element: Element, within: str) -> None:
        """Read a note. Notes inside it (Zotero's tags) are notes of their own."""
        if plain(element):
            self.notes.append(
                Note(plain(element), attribute(element, "type"), within, attribute(element, "n"), line_of(element))
            )
        for child in children(element, "note"):
            self.read_note(child, within)

    def read_text_language(self, element: Element, _within: str) -> None:
        tags = [*tokens(element, "mainLang"), *tokens(element, "otherLangs")]
        self.languages += tags or filter(None, [plain(element)])

    def read_meeting(self, element: Element, _within: str) -> None:
        words = plain(element, frozenset({"note", "date", "placeName", "settlement", "idno"})).strip(" ,.;()")
        dated = next((read_date(child) for child in children(element, "date")), None)
        place = ", ".join(plain(child) for child in children(element, "placeName", "settlement"))
        numbers = tuple(found for child in children(element, "idno") for found in read_idnos(child, ""))
        self.meetings.append(Meeting(words, dated, place, numbers, line_of(element)))

    def read_holding(self, element: Element, within: str) -> None:
        """Read a part of an `msIdentifier`. Elsewhere such an element is a name."""
        if within == "ms":
            self.kept.append((name(element), plain(element)))
        else:
            self.walk(element, within)


def _read_links(element: Element) -> Iterator[Link]:
    for target in (*tokens(element, "target"), *tokens(element, "url")):
        yield Link(target, attribute(element, "type"), plain(element), line_of(element))


def _read_scope(element: Element, within: str) -> Scope:
    unit = attribute(element, "unit") or attribute(element, "type")
    return Scope(plain(element), unit, attribute(element, "from"), attribute(element, "to"), within, line_of(element))


def _read_measure(element: Element) -> str:
    """The words of a `measure`, with the unit if they are only a number."""
    words = plain(element) or attribute(element, "quantity")
    return f"{words} {attribute(element, 'unit')}".strip() if words.isdigit() else words


def _own_words(element: Element) -> str:
    """The words directly in an element, without its children."""
    return squeeze(" ".join([element.text or "", *(child.tail or "" for child in element)]))


_READERS: dict[str, Callable[[_Parts, Element, str], None]] = {
    "monogr": _Parts.read_monograph,
    "title": _Parts.read_title,
    "series": _Parts.read_series,
    "respStmt": _Parts.read_responsibility,
    "edition": _Parts.read_edition,
    "extent": _Parts.read_extent,
    "pubPlace": _Parts.read_place,
    "date": _Parts.read_date,
    "address": _Parts.read_address,
    "biblScope": _Parts.read_scope,
    "citedRange": _Parts.read_cited_range,
    "idno": _Parts.read_idno,
    "availability": _Parts.read_availability,
    "relatedItem": _Parts.read_relation,
    "sourceDesc": _Parts.read_source_descriptions,
    "note": _Parts.read_note,
    "textLang": _Parts.read_text_language,
    "meeting": _Parts.read_meeting,
    **dict.fromkeys(_KEEPING, _Parts.read_holding),
    **dict.fromkeys(_CONTRIBUTORS, _Parts.read_contributor),
    **dict.fromkeys(_AGENCIES, _Parts.read_agency),
    **dict.fromkeys(("ref", "ptr", "media"), _Parts.read_link),
    **dict.fromkeys((*BIBLS, "msDesc"), _Parts.read_nested),
}
