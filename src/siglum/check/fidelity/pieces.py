"""The document as pieces of running text with both states of every declared intervention: edited, and as in the source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siglum.check.fidelity.tokens import tokenize
from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.notes import Note, has_words
from siglum.text.running import Origin, Piece
from siglum.text.tei import DIVISIONS, Element, attribute, name, squeeze

PRESENT = frozenset({"del", "add", "surplus", "am", "fw"})
"""Elements whose words the source has and a transcriber may have left out."""
ABSENT = frozenset({"supplied", "ex", "gap"})
EDITED = frozenset({"corr", "reg", "expan"})


class AllStatesEdition(Edition):
    """An edition that reads both states of every declared intervention."""

    def omission(self, element: Element) -> str:
        kind, parent = name(element), element.getparent()
        if kind in ABSENT or (kind in EDITED and parent is not None and name(parent) == "choice"):
            return ""
        return super().omission(element)


class AllStatesText:
    """The pieces of the body and of the notes; `in_state` selects those that the text has in a given state."""

    def __init__(self, edition: AllStatesEdition, skip: frozenset[str]) -> None:
        self.edition = edition
        self._skip = skip
        self._declared: dict[Element, tuple[tuple[Element, bool], ...]] = {}
        self.skipped: dict[str, int] = {}
        self.body = list(self._leave_out_skipped(running.body(edition)))
        self.notes = {
            note.element: list(self._leave_out_skipped(iter(pieces)))
            for note, pieces in running.notes(edition)
            if not note.editorial and not self._skipped_by(note.element)
        }
        self.typed = {
            call: notes
            for call, notes in edition.notes.called_by.items()
            if name(call) in {"ref", "ptr"} and _names_label(call, notes) and not has_words(call, notes)
        }

    def _leave_out_skipped(self, pieces: Iterator[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            by = self._skipped_by(_holder(piece)) if self._skip else ""
            if by:
                self.skipped[by] = self.skipped.get(by, 0) + len(tokenize(piece.text).words)
            else:
                if name(piece.element) == "gap" and piece.origin is Origin.TAIL:  # the transcript may print a sign for the gap
                    yield Piece("[…]", piece.element, Origin.MADE)
                yield piece

    def _skipped_by(self, element: Element | None) -> str:
        for ancestor in (element, *element.iterancestors()) if element is not None else ():
            if name(ancestor) in self._skip:
                return name(ancestor)
            if name(ancestor) in DIVISIONS and attribute(ancestor, "type") in self._skip:
                return attribute(ancestor, "type")
        return ""

    def interventions_around(self, piece: Piece) -> tuple[tuple[Element, bool], ...]:
        """Return the interventions around a piece, outermost first, each with whether its edited state has the piece."""
        holder = _holder(piece)
        if holder is None:
            return ()
        if holder not in self._declared:
            around = [holder, *holder.iterancestors()]
            self._declared[holder] = tuple(filter(None, map(_find_intervention, reversed(around))))
        return self._declared[holder]

    def in_state(self, pieces: Iterable[Piece], edited: dict[Element, None]) -> list[Piece]:
        """Select the pieces of the text in which the given interventions are edited and all others are as in the source."""
        return [piece for piece in pieces if self._stands(piece, edited)]

    def _stands(self, piece: Piece, edited: dict[Element, None]) -> bool:
        inside_edited = False
        for element, when_edited in self.interventions_around(piece):
            inside_edited = inside_edited or element in edited
            if when_edited != inside_edited:
                return False
            inside_edited = inside_edited and name(element) == "choice"
        return True


def _names_label(call: Element, called: list[Note]) -> bool:
    """Return whether a call is written out with the label of its note; a call with another text is read as text."""
    typed = "".join(map(str, call.itertext())).strip(" \t\r\n[](){}.*")
    return typed in {note.label for note in called} or (not typed and bool(squeeze("".join(map(str, call.itertext())))))


def _holder(piece: Piece) -> Element | None:
    return piece.element.getparent() if piece.origin is Origin.TAIL else piece.element


def _find_intervention(element: Element) -> tuple[Element, bool] | None:
    parent, kind = element.getparent(), name(element)
    if parent is not None and name(parent) == "choice":
        sides = {name(side) for side in parent}
        if sides & EDITED and kind in {*EDITED, "sic", "orig", "abbr"}:
            return parent, kind in EDITED
    return (element, kind in ABSENT) if kind in PRESENT | ABSENT else None
