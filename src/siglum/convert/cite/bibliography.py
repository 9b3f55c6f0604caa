"""Read every work that a document describes: its sources, the works it cites, the entries of its bibliographies.

Input: a document. Output: records with their elements and lines. TEI P5, 3.12 (references), 2.2.7 (sources), 11 (manuscripts).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from siglum.convert.cite import from_bibl, from_manuscript, keys, parts
from siglum.convert.cite.record import Record
from siglum.convert.cite.remark import Remark
from siglum.text import header as headers
from siglum.text.document import Document
from siglum.text.frozen import frozen
from siglum.text.header import Bibl, Header, description, manuscripts
from siglum.text.tei import XML_ID, Element, attribute, child, name, tokens

Standing = Literal["source", "cited", "entry"]
"""The part of a description in the document: its source, a work cited in text or notes, an entry of a list of works."""

_DESCRIPTIONS = (*description.BIBLS, "msDesc", "recording", "correspDesc")
_PASSED = frozenset({*description.BIBLS, "msDesc", "relatedItem", "recordingStmt", "recording", "broadcast", "scriptStmt"})
_POINTING = ("corresp", "sameAs", "copyOf", "source", "target")


@frozen
class Entry:
    """A work that a document describes. `id` is its xml:id or empty. The key of the record is unique."""

    record: Record
    element: Element
    line: int
    id: str
    remarks: tuple[Remark, ...] = ()
    standing: Standing = "cited"

    @property
    def kind(self) -> str:
        """The name of the element: bibl, biblStruct, biblFull, msDesc, recording, correspDesc."""
        return name(self.element)


def is_empty_entry(entry: Entry) -> bool:
    """Whether a description is empty or only points elsewhere."""
    return _is_empty(entry.record)


def read_bibliography(document: Document) -> list[Entry]:
    """Read every work that the document describes, in document order. A repeated description with the same xml:id counts once.

    Three kinds of description are not works of their own: a `bibl` that only points to another description and names a passage,
    the book of a review, and the original of a translation. A key from the document takes precedence over a generated one.
    """
    found = list(_read_entries(document))
    order = sorted(range(len(found)), key=lambda at: found[at].record.id != found[at].id)
    wanted = dict(zip(order, keys.distinguish([found[at].record.id for at in order]), strict=True))
    return [
        entry if entry.record.id == wanted[at] else replace(entry, record=replace(entry.record, id=wanted[at]))
        for at, entry in enumerate(found)
    ]


def _read_entries(document: Document) -> Iterator[Entry]:
    root = document.root
    described = list(document.index.named(*_DESCRIPTIONS))
    identifiers = {identifier for element in described if (identifier := attribute(element, XML_ID))}
    header = _read_header(document)
    first: dict[str, Record] = {}
    for element in described:
        identifier = attribute(element, XML_ID)
        if _only_points(element, identifiers) or _belongs_to_another(element):
            continue
        record, remarks = _read_record(element, header, root)
        if identifier and first.setdefault(identifier, record) is not record:
            if first[identifier] == record:
                continue
            remarks = (
                *remarks,
                Remark(f"the xml:id “{identifier}” belongs to another work too. Give every work its own xml:id"),
            )
        yield Entry(record, element, document.locate(element).line, identifier, remarks, _find_standing(element))


def _read_record(element: Element, header: Header, root: Element) -> tuple[Record, tuple[Remark, ...]]:
    kind = name(element)
    if kind == "msDesc":
        return _with_key(*from_manuscript.read_manuscript(manuscripts.read_manuscript(element), header))
    if kind == "correspDesc":
        title = child(root, "teiHeader", "fileDesc", "titleStmt", "title")
        called = headers.plain(title) if title is not None else ""
        return _with_key(*from_manuscript.read_letter(manuscripts.read_letter(element), header, called))
    described = description.read_bibl(element)
    record, remarks = from_bibl.read_bibl(described, header)
    if _is_empty(record):
        remarks = (*remarks, Remark(f"`{kind}` has no words: {_advise(described)}", described.line))
    return _with_key(record, remarks, parts.find_citekey(described))


def _with_key(record: Record, remarks: tuple[Remark, ...], own: str = "") -> tuple[Record, tuple[Remark, ...]]:
    """Set the key: the citation key of the description, a telling xml:id, or a generated key."""
    return replace(record, id=own or keys.choose_key(record)), remarks


def _is_empty(record: Record) -> bool:
    return record == Record(id=record.id, custom=record.custom, type=record.type)


def _advise(bibl: Bibl) -> str:
    return f"it only points to {' '.join(bibl.refers)}" if bibl.refers else "give it a title or take it out"


def _read_header(document: Document) -> Header:
    """Read the parts of the header that descriptions need: the language and the persons that they point to."""
    return Header(language=headers.language_of(document.root), entries=headers.read(document).entries)


def _only_points(element: Element, identifiers: set[str]) -> bool:
    """Whether a `bibl` only names another description of this document and a passage in it."""
    if name(element) != "bibl":
        return False
    inner = [child for child in element if name(child) not in {"", "citedRange", "biblScope"}]
    words = [
        element.text,
        *(child.tail for child in element),
        *(headers.plain(child) for child in inner if name(child) != "ref"),
    ]
    if any(word and any(map(str.isalnum, word)) for word in words):
        return False
    targets = [token for holder in (element, *inner) for key in _POINTING for token in tokens(holder, key)]
    return any(target.startswith("#") and target[1:] in identifiers for target in targets)


def _belongs_to_another(element: Element) -> bool:
    above = element.getparent()
    return above is not None and name(above) == "relatedItem" and from_bibl.is_part_of_another(attribute(above, "type"))


def _find_standing(element: Element) -> Standing:
    """Find the standing from the ancestors: a `listBibl` of the sources lists sources."""
    if name(element) == "correspDesc":
        return "source"
    above = element.getparent()
    listed = False
    while above is not None and name(above) in _PASSED | {"listBibl"}:
        listed = listed or name(above) == "listBibl"
        above = above.getparent() if name(above) != "msDesc" or not listed else None
    if above is not None and name(above) == "sourceDesc":
        return "source"
    return "entry" if listed or (above is not None and name(above) == "standOff") else "cited"
