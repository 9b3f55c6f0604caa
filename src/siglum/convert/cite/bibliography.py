"""Every work that a document describes: its sources, what it cites, the entries of its bibliographies.

In comes a document, out come records, each with its place. TEI P5, 3.12 (bibliographic references), 2.2.7 (sources), 11 (msDesc).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from siglum.convert.cite.record import Record
from siglum.text.document import Document
from siglum.text.tei import Element, name

Standing = Literal["source", "cited", "entry"]
"""What a description is for the document: its source, cited in its text or notes, an entry of a list of works."""


class Remark(NamedTuple):
    """What of a description could not be read, or only so; `line` is that of the part (0 where it is the whole)."""

    text: str
    line: int = 0

    def __str__(self) -> str:
        return self.text


class Entry(NamedTuple):
    """A work that a document describes. `id` is its xml:id, empty where it has none; the key of the record is unique."""

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


def bibliography(document: Document) -> list[Entry]:
    """Every work that the document describes, in its order; of several with one xml:id the first."""
    return []
