"""Every note of a text as a row: its label, its words, whose it is, where it is called."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.extract.place_columns import AROUND, join_ids, name_targets, resolve_pointers
from siglum.convert.text_index import index_text
from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.notes import Note
from siglum.text.tei import XML_ID, Element, attribute


@frozen
class NoteRow:
    """A note. `stream` is the run of notes it is numbered in (empty: not numbered), `place` where the source has it.

    `called` is the canonical reference of the place it is called from, `called_line` that place's line (none where nothing
    calls it), `line` that of the note itself. `before` and `after` are the words around its call.
    """

    number: int
    id: str
    label: str
    stream: str
    place: str
    type: str
    resp_id: str
    resp: str
    text: str
    reference: str
    called: str
    called_line: int | None
    before: str
    after: str
    line: int


def notes(edition: Edition) -> Iterator[tuple[Element, NoteRow]]:
    """The notes of an edition in the order of their calls."""
    for number, note in enumerate(edition.notes, 1):
        yield note.element, _row(edition, number, note)


def _row(edition: Edition, number: int, note: Note) -> NoteRow:
    element = note.element
    responsible = resolve_pointers(edition, element, "resp")
    at = index_text(edition).call(element)
    return NoteRow(
        number=number,
        id=attribute(element, XML_ID),
        label=note.label,
        stream=note.stream,
        place=attribute(element, "place"),
        type=attribute(element, "type"),
        resp_id=join_ids(responsible),
        resp=name_targets(edition, responsible),
        text=running.within(edition, element),
        reference=edition.references.of(element),
        called="; ".join(dict.fromkeys(_calls(edition, note))),
        called_line=edition.document.locate(note.calls[0]).line if note.calls else None,
        before=index_text(edition).before(at, AROUND) if at is not None else "",
        after=index_text(edition).after(at, AROUND) if at is not None else "",
        line=edition.document.locate(element).line,
    )


def _calls(edition: Edition, note: Note) -> list[str]:
    """Where the note is called: for one that stands at its call, the unit around it."""
    around = (each.getparent() if each is note.element else each for each in note.calls)
    return [edition.references.of(each) for each in around if each is not None]
