"""Where every word of a reading tree stands in its file: asked for by the writers that lead back to the source.

A second pass (expat) hears each stretch of characters with its line and column. Text is cut where the next word is not as
many columns on as there are characters between: at the end of a line, at a run of spaces, at a reference such as `&amp;`.
So in every piece, character n stands n columns behind the first. White space at a cut stays with what is before it, so that
the tree says the same as one without places.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from itertools import pairwise

from siglum.convert.reading.tree import Text
from siglum.text.document import Document
from siglum.text.positions import Position, TextRun
from siglum.text.tei import Element

_UNEVEN = re.compile(r"[ \t\r\n]{2,}|[\r\n]")
_WORD = re.compile(r"[^ \t\r\n]")


class Places:
    """Finds the places in one document; what it has heard of a file is kept."""

    def __init__(self, document: Document) -> None:
        self._document = document
        document.with_text = True  # so that one pass records tags and text
        self._comments: dict[Element, tuple[Element, bool, int]] = {}

    def element(self, element: Element) -> Position:
        """Where the start tag begins."""
        return self._document.locate(element)

    def texts(self, holder: Element, text: str, *, tail: bool) -> Iterator[Text]:
        """The text in an element, or after it (`tail`), cut into pieces with their places.

        Text that an XInclude has joined from several places is one piece without a place.
        """
        element, is_tail, passed = self._stretch(holder, tail=tail)
        source, number = self._document.origin(element)
        heard = self._document.positions(source, with_text=True).runs.get((number, is_tail, passed), [])
        if not _WORD.search(text) or "".join(piece.text for piece in heard) != text:
            yield Text(text)
            return
        yield from _pieces(source.name, text, heard)

    def _stretch(self, holder: Element, *, tail: bool) -> tuple[Element, bool, int]:
        """The element that text belongs to which may follow a comment."""
        if isinstance(holder.tag, str):
            return holder, tail, 0
        if holder not in self._comments:
            before, parent = holder.getprevious(), holder.getparent()
            if before is not None:
                element, is_tail, passed = self._stretch(before, tail=True)
            else:
                element, is_tail, passed = parent if parent is not None else holder, False, 0
            self._comments[holder] = element, is_tail, passed + 1
        return self._comments[holder]


def _pieces(path: str, text: str, heard: list[TextRun]) -> Iterator[Text]:
    first = _WORD.search(text)
    if len(heard) == 1 and first and not _UNEVEN.search(text):  # most stretches: nothing to cut
        only = heard[0]
        yield Text(text, Position(path, only.line, only.column + (first.start() if only.literal else 0)))
        return
    starts = [0]
    for piece in heard:
        starts.append(starts[-1] + len(piece.text))
    uneven = {start for start, (before, after) in zip(starts[1:], pairwise(heard), strict=False) if not _goes_on(before, after)}
    wanted = uneven | {run.end() for run in _UNEVEN.finditer(text)}
    words = {word.start() for cut in wanted if (word := _WORD.search(text, cut))}
    cuts = [0, *sorted(words - {first.start() if first else 0}), len(text)]
    for start, end in pairwise(cuts):
        word = _WORD.search(text, start)
        begin = word.start() if word else start
        number = bisect.bisect_right(starts, begin) - 1
        piece = heard[number]
        yield Text(text[start:end], Position(path, piece.line, piece.column + (begin - starts[number] if piece.literal else 0)))


def _goes_on(before: TextRun, after: TextRun) -> bool:
    """Whether characters follow each other in the file; those of one entity all stand where it is named."""
    if before.literal is not after.literal:
        return False
    width = len(before.text) if before.literal else 0
    return (before.line, before.column + width) == (after.line, after.column)
