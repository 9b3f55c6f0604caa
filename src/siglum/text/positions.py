"""Where tags and text stand in a file, found by one pass of expat.

Lines and columns count from 1, and a column counts characters. Elements are numbered in document order, from 0.
"""

from __future__ import annotations

import bisect
import re
from functools import cached_property
from xml.parsers import expat

from siglum.text.frozen import frozen
from siglum.text.source import Source


@frozen
class Position:
    """A point in a file, which is named as in messages. Line and column 0 mean that they are not known."""

    path: str = ""
    line: int = 0
    column: int = 0


@frozen
class Span:
    """The start tag and the end tag of an element; both are the same position for an empty tag."""

    start: Position
    end: Position


@frozen
class TextRun:
    """Characters that expat reports at once. `literal`: they stand in the file as they are, and not as a reference."""

    text: str
    line: int
    column: int
    literal: bool


RunKey = tuple[int, bool, int]
"""A stretch of text: the element it is in or follows, whether it follows, and the comments and instructions before it."""


class SourcePositions:
    """The positions in one file. With `with_text`, the pass also records runs of text, which costs as much again."""

    def __init__(self, source: Source, *, with_text: bool = False) -> None:
        self.source = source
        self.with_text = with_text
        self.runs: dict[RunKey, list[TextRun]] = {}
        self._starts: list[tuple[int, int]] = []
        self._ends: list[tuple[int, int]] = []
        self._record()

    def span(self, number: int) -> Span:
        """The tags of an element."""
        (line, column), (end_line, end_column) = self._starts[number], self._ends[number]
        name = self.source.name
        return Span(Position(name, line, column + 1), Position(name, end_line, end_column + 1))

    def offset(self, position: Position) -> int:
        """The index of a position in the text of the source."""
        return self._lines[position.line - 1] + position.column - 1

    def position(self, offset: int) -> Position:
        """The position of an index in the text of the source."""
        line = bisect.bisect_right(self._lines, offset)
        return Position(self.source.name, line, offset - self._lines[line - 1] + 1)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer("\r\n|\r|\n", self.source.text))]

    def _record(self) -> None:  # hot: 100,000 events in a long text, so the handlers are closures
        parser = expat.ParserCreate("utf-8")
        starts, ends, runs, source = self._starts, self._ends, self.runs, self.source
        open_: list[int] = []

        def start(_name: str, _attributes: object) -> None:
            here = parser.CurrentLineNumber, parser.CurrentColumnNumber
            open_.append(len(starts))
            starts.append(here)
            ends.append(here)

        def end(_name: str) -> None:
            ends[open_.pop()] = parser.CurrentLineNumber, parser.CurrentColumnNumber

        key: RunKey = (-1, False, 0)

        def start_with_text(name: str, attributes: object) -> None:
            nonlocal key
            key = (len(starts), False, 0)
            start(name, attributes)

        def end_with_text(name: str) -> None:
            nonlocal key
            key = (open_[-1], True, 0)
            end(name)

        def skip(*_content: str) -> None:
            nonlocal key
            key = (key[0], key[1], key[2] + 1)

        def characters(text: str) -> None:
            line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber
            literal = text != "&" and source.line(line).startswith(text, column)
            runs.setdefault(key, []).append(TextRun(text, line, column + 1, literal))

        parser.StartElementHandler = start_with_text if self.with_text else start
        parser.EndElementHandler = end_with_text if self.with_text else end
        if self.with_text:
            parser.CommentHandler = skip
            parser.ProcessingInstructionHandler = skip
            parser.CharacterDataHandler = characters
        parser.Parse(source.text.encode("utf-8"), True)
