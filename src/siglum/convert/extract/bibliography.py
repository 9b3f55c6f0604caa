"""Every work that a text describes as a row, from the records that citations are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from siglum.convert.cite.record import Agent, Record
from siglum.convert.extract.context import Context
from siglum.text.document import Document
from siglum.text.tei import XML_ID, Element, attribute, name

_MODULE = "siglum.convert.cite.bibliography"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A work. `standing` is what it is for the document: source, cited, entry (of a list); `element` describes it."""

    number: int
    id: str
    key: str
    standing: str
    type: str
    author: str
    editor: str
    title: str
    container: str
    publisher: str
    publisher_place: str
    issued: str
    url: str
    element: str
    place: str
    line: int


def works(context: Context) -> Iterator[tuple[Element, WorkRow]]:
    """The works in the order of the document."""
    for number, entry in enumerate(entries(context.edition.document), 1):
        yield entry.element, _row(context, number, entry)


def records(document: Document) -> list[Record]:
    """The records of the works, for the formats of citations."""
    return [entry.record for entry in entries(document)]


def is_there() -> bool:
    """Whether works can be read from a document."""
    return find_spec(_MODULE) is not None


def entries(document: Document) -> list[Any]:
    """The works with their records; nothing where they cannot be read."""
    return list(import_module(_MODULE).bibliography(document)) if is_there() else []


def _row(context: Context, number: int, entry: Any) -> WorkRow:
    record, element = entry.record, entry.element
    return WorkRow(
        number=number,
        id=attribute(element, XML_ID),
        key=record.id,
        standing=str(getattr(entry, "standing", "")),
        type=record.type,
        author=_listed(record.author),
        editor=_listed(record.editor),
        title=record.title,
        container=record.container_title,
        publisher=record.publisher,
        publisher_place=record.publisher_place,
        issued=record.issued.iso,
        url=f"https://doi.org/{record.doi}" if record.doi else record.url,
        element=name(element),
        place=context.references.of(element),
        line=context.line(element),
    )


def _listed(agents: tuple[Agent, ...]) -> str:
    return "; ".join(each.inverted for each in agents)
