"""What a walk through a text does with an element: one decision for the running text, the reading tree and all others.

Walks that come before notes and signs are resolved use `decide_in_view`, the part of the decision that needs the view alone.
"""

from __future__ import annotations

from typing import TypeAlias

from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.notes import Note, has_words
from siglum.text.tei import BREAKS, Element, attribute, name, squeeze
from siglum.text.views import JOINS, READ, Joins, Omitted, Read, View

__all__ = ["CalledHere", "Continues", "Decision", "decide", "is_written_call"]


@frozen
class CalledHere:
    """Calls stand in place of the element: of the `note` that it is, or of the notes that a `ref` or `ptr` calls."""

    note: Note | None
    called: tuple[Note, ...] = ()


@frozen
class Continues:
    """The `note` continues another one, and is read there."""


Decision: TypeAlias = Read | Omitted | CalledHere | Continues | Joins
_CONTINUES = Continues()


def decide(edition: Edition, element: Element) -> Decision:
    """Decide what a reader reads of an element. The notes that an element with words calls are called behind it."""
    notes = edition.notes
    own, called = notes.of(element), notes.called_by.get(element)
    if own is not None:
        return CalledHere(own, tuple(called or ()))
    if called and name(element) in {"ref", "ptr"} and not has_words(element, called) and not is_written_call(edition, element):
        return CalledHere(None, tuple(called))
    if notes.continues(element):
        return _CONTINUES
    if reason := edition.omission(element):
        return Omitted(reason)
    return JOINS if name(element) in BREAKS and attribute(element, "break") == "no" else READ


def is_written_call(edition: Edition, call: Element) -> bool:
    """Whether the source has the call itself, as “[45]”, and the view reads the source."""
    return edition.view is View.TRANSCRIPT and bool(squeeze("".join(map(str, call.itertext()))))
