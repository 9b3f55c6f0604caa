"""A stretch of text as the source has it: the other side of what an editor corrected, regularised and expanded."""

from __future__ import annotations

from functools import cached_property

from siglum.text import running
from siglum.text.edition import Edition, resolve
from siglum.text.tei import Element, elements
from siglum.text.views import View

_TOUCHED = ("choice", "app", "supplied", "surplus", "del", "ex", "am", "gap")


class Found:
    """Reads the source's side; what no editor touched is the same on both."""

    def __init__(self, edition: Edition) -> None:
        self._read = edition

    @cached_property
    def edition(self) -> Edition:
        """The edition in the view of the transcript."""
        return resolve(self._read.document, View.TRANSCRIPT, self._read.policy)

    def words(self, element: Element, read: str) -> str:
        """The words of an element in the source; `read` are those in the reading text."""
        touched = next(elements(element, *_TOUCHED), None) is not None
        return running.within(self.edition, element) if touched else read
