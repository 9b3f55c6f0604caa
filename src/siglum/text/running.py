"""Running text: the words of a document in order, each with the way back to where it stands in the file.

Quotation marks and note calls are made here as in every other output. Notes are runs of their own beside the text, in the
order of their calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import assert_never

from siglum.text.decision import CalledHere, Continues, decide, is_written_call
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.notes import Note, is_empty_pointer
from siglum.text.tei import BREAKS, Element, attribute, is_block, is_entry, is_filled, is_record, name, squeeze
from siglum.text.views import Joins, Omitted, Read, ornament


class Origin(Enum):
    """Where a piece comes from: the text in an element, the text after it, or siglum itself (a mark, a call, a break).

    END is the break at the end of a block.
    """

    TEXT = "text"
    TAIL = "tail"
    MADE = "made"
    END = "end"


@frozen
class Piece:
    """A stretch of text as it stands in the document, white space and all.

    `note` is set for the call of a note; a note that is not numbered (in the margin, say) has a call without text.
    """

    text: str
    element: Element
    origin: Origin
    note: Note | None = None


JOIN = "\0"
"""A piece with this text takes away the white space around it (`lb` with `@break="no"`); the character is none of XML's."""

_TOLD = frozenset({"gap", "space"})
"""What stands in these describes them."""


class _Walk:
    """`skip`: values of @type that are passed over; of the quotation `bare` the marks are."""

    def __init__(self, edition: Edition, skip: frozenset[str] = frozenset(), bare: Element | None = None) -> None:
        self.edition = edition
        self.skip = skip
        self.bare = bare

    def content(self, element: Element) -> Iterator[Piece]:
        gone = self.edition.deleted.texts
        if element.text and (element, False) not in gone:
            yield Piece(element.text, element, Origin.TEXT)
        parted = is_record(element)
        for each in element:
            if parted:
                yield Piece(" ", element, Origin.MADE)
            if isinstance(each.tag, str):
                yield from self.element(each)
            if each.tail and (each, True) not in gone:
                yield Piece(each.tail, *((each, Origin.TAIL) if isinstance(each.tag, str) else _before(each)))

    def whole(self, element: Element) -> Iterator[Piece]:
        """What stands in an element, and where a note goes on in others, in these."""
        yield from self.content(element)
        for each in self.edition.notes.rest_of(element):
            yield Piece("\n", each, Origin.MADE)
            yield from self.content(each)

    def element(self, element: Element) -> Iterator[Piece]:
        called = tuple(self.edition.notes.called_by.get(element, ()))
        match decide(self.edition, element):
            case CalledHere(note, called):
                if note is not None and note.stands_at_call:
                    yield Piece(note.label, element, Origin.MADE, note)
            case Continues():
                return
            case Omitted():
                pass
            case Joins():
                yield from self.line_break(JOIN, element)
            case Read():
                if called or not self.skipped(element):
                    yield from self.read(element)
            case decision:
                assert_never(decision)
        if called and not (name(element) in {"ref", "ptr"} and is_written_call(self.edition, element)):
            yield from (Piece(note.label, element, Origin.MADE, note) for note in called)

    def read(self, element: Element) -> Iterator[Piece]:
        """An element that is part of the text."""
        kind = name(element)
        if kind in BREAKS:
            yield from self.line_break("\n", element)
            return
        pointed = self.edition.identifiers.first(element, "target") if is_empty_pointer(element) else None
        if pointed is not None and (note := self.edition.notes.of(pointed)) is not None:
            yield from self.made(note.label, element)
            return
        if kind == "milestone" and (shown := ornament(element)):
            yield Piece(f" {shown} ", element, Origin.MADE)
        yield from self.marked(element)

    def line_break(self, sign: str, element: Element) -> Iterator[Piece]:
        yield Piece(sign, element, Origin.MADE)
        yield from self.content(element) if is_filled(element) else ()

    def marked(self, element: Element) -> Iterator[Piece]:
        quotation = self.edition.quotations.of(element)
        around = "\n" if is_block(element) or is_entry(element) or (quotation is not None and quotation.displayed) else ""
        yield from self.made(around, element)
        signed = self.edition.signs.of(element)
        yield from self.made(f"{signed.open}{JOIN}" if signed.open else "", element)
        yield from self.made(signed.inside, element)
        for mark in self.edition.quotations.opening(element):
            if mark.quotation.element is not self.bare:
                yield from self.made(mark.text + ("" if mark.text.endswith(" ") else JOIN), element)
        for piece in () if name(element) in _TOLD else self.content(element):
            yield piece if not signed.mark else replace(piece, text=signed.marked(piece.text))
        for mark in self.edition.quotations.closing(element):
            if mark.quotation.element is not self.bare:
                yield from self.made(("" if mark.text.startswith(" ") else JOIN) + mark.text, element)
        yield from self.made(f"{JOIN}{signed.close}" if signed.close else "", element)
        if around:
            yield Piece(around, element, Origin.END)

    def skipped(self, element: Element) -> bool:
        return attribute(element, "type") in self.skip

    @staticmethod
    def made(text: str, element: Element) -> Iterator[Piece]:
        if text:
            yield Piece(text, element, Origin.MADE)


def _before(node: Element) -> tuple[Element, Origin]:
    """What text after a comment is taken to follow: the element before it, or else the start tag of the one around it."""
    previous = node.getprevious()
    while previous is not None and not isinstance(previous.tag, str):
        previous = previous.getprevious()
    parent = node.getparent()
    if previous is not None or parent is None:
        return (previous if previous is not None else node), Origin.TAIL
    return parent, Origin.TEXT


def body(edition: Edition) -> Iterator[Piece]:
    """The text without its notes: every `text` of the document, in order."""
    walk = _Walk(edition)
    for text in edition.document.index.outermost_texts:
        yield from walk.marked(text)


def notes(edition: Edition) -> Iterator[tuple[Note, list[Piece]]]:
    """The notes in the order of their calls, each with its own text."""
    walk = _Walk(edition)
    for note in edition.notes:
        yield note, list(walk.whole(note.element))


def within(edition: Edition, element: Element, *, without: frozenset[str] = frozenset()) -> str:
    """The text inside one element, white space squeezed, note calls left out.

    `without`: values of `@type`; what has one of them is left out too (the “he said” inside a quotation).
    """
    return flat(piece for piece in _Walk(edition, without, element).whole(element) if piece.note is None)


def flat(pieces: Iterator[Piece]) -> str:
    """Pieces as one line of text, white space squeezed."""
    return squeeze(re.sub(rf"[ \t\r\n]*{JOIN}[ \t\r\n]*", "", "".join(piece.text for piece in pieces)))
