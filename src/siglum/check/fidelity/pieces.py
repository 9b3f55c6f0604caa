"""The document as pieces of running text in which every state of what is declared is present: edited, and as in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siglum.check.fidelity.words import cut
from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.notes import Note, has_words
from siglum.text.running import Origin, Piece
from siglum.text.tei import DIVISIONS, Element, attribute, name, squeeze

PRESENT = frozenset({"del", "add", "surplus", "am", "fw"})
"""What stands in the source, and may have been left out by whoever transcribed it."""
ABSENT = frozenset({"supplied", "ex", "gap"})
EDITED = frozenset({"corr", "reg", "expan"})


class Whole(Edition):
    """An edition of which both states of every declared intervention are read."""

    def omission(self, element: Element) -> str:
        kind, parent = name(element), element.getparent()
        if kind in ABSENT or (kind in EDITED and parent is not None and name(parent) == "choice"):
            return ""
        return super().omission(element)


class WholeText:
    """The pieces of the body and of the notes, and which of them stand in the text in a given state."""

    def __init__(self, edition: Whole, skip: frozenset[str]) -> None:
        self.edition = edition
        self._skip = skip
        self._declared: dict[Element, tuple[tuple[Element, bool], ...]] = {}
        self.skipped: dict[str, int] = {}
        self.body = list(self._kept(running.body(edition)))
        self.notes = {
            note.element: list(self._kept(iter(pieces)))
            for note, pieces in running.notes(edition)
            if not note.editorial and not self._skipped_by(note.element)
        }
        self.typed = {
            each: notes
            for each, notes in edition.notes.called_by.items()
            if name(each) in {"ref", "ptr"} and _says(each, notes) and not has_words(each, notes)
        }

    def _kept(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            by = self._skipped_by(_holder(piece)) if self._skip else ""
            if by:
                self.skipped[by] = self.skipped.get(by, 0) + len(cut(piece.text).words)
            else:
                if name(piece.element) == "gap" and piece.origin is Origin.TAIL:  # a transcript may have a sign for it
                    yield Piece("[…]", piece.element, Origin.MADE)
                yield piece

    def _skipped_by(self, element: Element | None) -> str:
        for each in (element, *element.iterancestors()) if element is not None else ():
            if name(each) in self._skip:
                return name(each)
            if name(each) in DIVISIONS and attribute(each, "type") in self._skip:
                return attribute(each, "type")
        return ""

    def declared(self, piece: Piece) -> tuple[tuple[Element, bool], ...]:
        """The interventions that a piece stands in, from the outside; and whether it is there when they are edited."""
        holder = _holder(piece)
        if holder is None:
            return ()
        if holder not in self._declared:
            around = [holder, *holder.iterancestors()]
            self._declared[holder] = tuple(filter(None, map(_intervened, reversed(around))))
        return self._declared[holder]

    def in_state(self, pieces: Iterable[Piece], edited: dict[Element, None]) -> list[Piece]:
        """The pieces of the text in which these interventions are edited and all others as in the source."""
        return [piece for piece in pieces if self._stands(piece, edited)]

    def _stands(self, piece: Piece, edited: dict[Element, None]) -> bool:
        inside_edited = False
        for element, when_edited in self.declared(piece):
            inside_edited = inside_edited or element in edited
            if when_edited != inside_edited:
                return False
            inside_edited = inside_edited and name(element) == "choice"
        return True


def _says(call: Element, called: list[Note]) -> bool:
    """Whether a call is written out and says the label of its note; one that says another is text like any other."""
    typed = "".join(map(str, call.itertext())).strip(" \t\r\n[](){}.*")
    return typed in {note.label for note in called} or (not typed and bool(squeeze("".join(map(str, call.itertext())))))


def _holder(piece: Piece) -> Element | None:
    return piece.element.getparent() if piece.origin is Origin.TAIL else piece.element


def _intervened(element: Element) -> tuple[Element, bool] | None:
    parent, kind = element.getparent(), name(element)
    if parent is not None and name(parent) == "choice":
        sides = {name(each) for each in parent}
        if sides & EDITED and kind in {*EDITED, "sic", "orig", "abbr"}:
            return parent, kind in EDITED
    return (element, kind in ABSENT) if kind in PRESENT | ABSENT else None
