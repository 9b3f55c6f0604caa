"""Every work that a text describes as a row, from the records that citations are made of."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.cite.bibliography import Entry, read_bibliography
from siglum.convert.cite.record import Agent
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.tei import XML_ID, Element, attribute, name


@frozen
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


def works(edition: Edition) -> Iterator[tuple[Element, WorkRow]]:
    """The works in the order of the document."""
    for number, entry in enumerate(read_bibliography(edition.document), 1):
        yield entry.element, _row(edition, number, entry)


def _row(edition: Edition, number: int, entry: Entry) -> WorkRow:
    record, element = entry.record, entry.element
    return WorkRow(
        number=number,
        id=attribute(element, XML_ID),
        key=record.id,
        standing=entry.standing,
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
        place=edition.references.of(element),
        line=edition.document.locate(element).line,
    )


def _listed(agents: tuple[Agent, ...]) -> str:
    return "; ".join(each.inverted for each in agents)
