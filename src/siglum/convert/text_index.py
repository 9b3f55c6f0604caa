"""The words of a text in one string, and where in it each element's words stand: for contexts, for finding what is quoted.

The string is the running text in the view of the edition, the notes after it, each with a line break before it.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.running import JOIN, Origin, Piece
from siglum.text.tei import Element, squeeze

_JOINED = re.compile(rf"[ \t\r\n]*{JOIN}[ \t\r\n]*")
_RUN = re.compile(rf"[^ \t\r\n{JOIN}]+(?:[ \t\r\n]*{JOIN}[ \t\r\n]*[^ \t\r\n{JOIN}]+)*")
_WORD = re.compile(r"[^\W_]+")
_FAR = 600
"""Characters that are looked through for the words around a place."""


def clean(text: str) -> str:
    """A stretch of the string as a reader sees it."""
    return squeeze(_JOINED.sub("", text) if JOIN in text else text)


def index_text(edition: Edition) -> TextIndex:
    """Return the text index of an edition; it is built once."""
    return edition.memo(TextIndex, lambda: TextIndex(edition))


class TextIndex:
    """The words of an edition."""

    def __init__(self, edition: Edition) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._holders: list[Element] = []
        self._first: dict[Element, int] = {}
        self._last: dict[Element, int] = {}
        self._calls: dict[Element, int] = {}
        self._tails: dict[Element, int] = {}
        self._spans: dict[Element, tuple[int, int] | None] = {}
        self._streams = [0]
        self._take(running.body(edition))
        for note, pieces in running.notes(edition):
            self._parts.append("\n")
            self._length += 1
            self._streams.append(self._length)
            self._first.setdefault(note.element, self._length)
            self._take(pieces)
            self._last[note.element] = self._length
        self.text = "".join(self._parts)

    def _take(self, pieces: Iterable[Piece]) -> None:  # hot: a long text has 100,000 pieces
        at = self._length
        first, last = self._first, self._last
        for piece in pieces:
            element, note = piece.element, piece.note
            if note is not None:
                self._calls.setdefault(note.element, at)
                continue
            holder: Element | None = element
            if piece.origin is Origin.TAIL:
                self._tails.setdefault(element, at)
                holder = element.getparent()
            holder = element if holder is None else holder
            if holder not in first:
                first[holder] = at
            self._starts.append(at)
            self._holders.append(holder)
            self._parts.append(piece.text)
            at += len(piece.text)
            last[holder] = at
        self._length = at

    def span(self, element: Element) -> tuple[int, int] | None:
        """Where the words of an element begin and end, without its notes; None where it has none in this view."""
        if element not in self._spans:
            self._spans[element] = self._span(element)
        return self._spans[element]

    def _span(self, element: Element) -> tuple[int, int] | None:
        inside = [each for each in element.iter("*") if each in self._first]
        if not inside:
            return None
        start = min(self._first[each] for each in inside)
        end = self._end(start)
        return start, max((last for each in inside if (last := self._last.get(each, -1)) <= end), default=start)

    def _end(self, at: int) -> int:
        """Where the text or note ends in which a place is."""
        number = bisect.bisect_right(self._streams, at)
        return self._streams[number] - 1 if number < len(self._streams) else self._length

    def place(self, element: Element) -> int | None:
        """Where an element stands, also one without words: at its own break, or where the next words begin."""
        span = self.span(element)
        return span[0] if span is not None else self._tails.get(element)

    def call(self, note: Element) -> int | None:
        """Where a note is called."""
        return self._calls.get(note)

    def of(self, element: Element) -> str:
        """The words of an element."""
        span = self.span(element)
        return clean(self.text[span[0] : span[1]]) if span is not None else ""

    def count(self, start: int, end: int) -> int:
        """How many words stand between two places, parted by white space."""
        return bisect.bisect_left(self._begun, end) - bisect.bisect_left(self._begun, start)

    @cached_property
    def _begun(self) -> list[int]:
        return [found.start() for found in _RUN.finditer(self.text)]

    def before(self, at: int, count: int) -> str:
        """The last words before a place, in the same text or note."""
        stream = self._streams[bisect.bisect_right(self._streams, at) - 1]
        words = clean(self.text[max(stream, at - _FAR) : at]).split(" ")
        return " ".join(words[-count:])

    def after(self, at: int, count: int, end: int | None = None) -> str:
        """The first words behind a place, up to the end of the text or note or an earlier one."""
        last = self._end(at) if end is None else end
        following = bisect.bisect_left(self._begun, at) + count
        last = min(last, self._begun[following] if following < len(self._begun) else last, at + _FAR)
        return " ".join(clean(self.text[at:last]).split(" ")[:count])

    def shown(self, start: int, end: int, count: int) -> str:
        """A stretch in brackets, with the words around it."""
        stream = self._streams[bisect.bisect_right(self._streams, start) - 1]
        before = clean(self.text[max(stream, start - _FAR) : start] + "[")
        after = clean("]" + self.text[end : end + _FAR])
        before, after = " ".join(before.split(" ")[-count - 1 :]), " ".join(after.split(" ")[: count + 1])
        return f"{before}{clean(self.text[start:end])}{after}"

    def holder(self, at: int) -> Element:
        """The element whose text a character is."""
        return self._holders[max(bisect.bisect_right(self._starts, at) - 1, 0)]

    def find(self, words: str) -> list[tuple[int, int]]:
        """Where these words stand, whatever the white space, the marks, the hyphens, the accents and capitals.

        Three dots stand for words left out. Whole words before parts of words; the places are those of whole words.
        """
        parts = [wanted for part in re.split(r"\[?(?:…|\.\.\.)\]?", words) if (wanted := "".join(_folded(part)))]
        found = list(self._occurrences(parts)) if parts else []
        whole = [each for each in found if each[2]]
        return [each[:2] for each in whole or found]

    def _occurrences(self, parts: list[str]) -> Iterator[tuple[int, int, bool]]:
        text, starts, places = self._index
        at = text.find(parts[0])
        while at >= 0:
            end: int = at + len(parts[0])
            for part in parts[1:]:
                following = text.find(part, end, end + 4 * _FAR)
                end = following + len(part) if following >= 0 else -1
                if end < 0:
                    break
            if end >= 0:
                first, last = bisect.bisect_right(starts, at) - 1, bisect.bisect_right(starts, end - 1) - 1
                whole = starts[first] == at and (last + 1 == len(starts) or starts[last + 1] == end)
                yield places[first][0], places[last][1], whole
            at = text.find(parts[0], at + 1)

    @cached_property
    def _index(self) -> tuple[str, list[int], list[tuple[int, int]]]:
        """The letters of all words, where each word begins among them, and where it stands in the string."""
        places = [found.span() for found in _WORD.finditer(self.text)]
        letters = list(_folded(self.text))
        return "".join(letters), [0, *accumulate(map(len, letters))][:-1], places


def _folded(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text):
        word = found.group()
        if not word.isascii():
            word = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
        yield word.casefold()
