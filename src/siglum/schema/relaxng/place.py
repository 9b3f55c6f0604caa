"""Locate faults: read a document with faults again with expat and stop at each fault.

The place of an element is its start tag, that of an incomplete element its end tag, that of an attribute its name, and that of
text its first character that is not white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from xml.parsers import expat

from siglum.schema.relaxng.fault import Fault, Kind, Names
from siglum.schema.relaxng.run import PendingFault
from siglum.text.positions import Position

_WHITE = " \t\r\n"
_SIBLINGS = 60
_TAG = 100_000
_ATTRIBUTE = re.compile(r"""\s+([^\s=/>]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


def locate_faults(
    found: list[PendingFault[int]], chunks: Iterable[bytes], path: str, encoding: str | None, charset: str
) -> list[Fault]:
    """Return the faults with their places, in document order. `charset`: the encoding of the bytes given to expat."""
    reading = _Locator(found, path, encoding, charset)
    reading.read(chunks)
    faults = [reading.complete(one) for one in found]
    return sorted(faults, key=lambda fault: (fault.where.line, fault.where.column))


class _DoneError(Exception):
    """Every fault is located."""


class _Locator:
    """`open` holds the name, the children so far and the place of each open element; the first stands for the document."""

    def __init__(self, found: list[PendingFault[int]], path: str, encoding: str | None, charset: str) -> None:
        self.path = path
        self.charset = charset
        self.wanted = {(one.what, one.mark, one.depth) for one in found}
        self.firsts = {one.first for one in found if one.first is not None}
        self.indexes = {one.mark for one in found} | self.firsts
        self.last = max(self.indexes)
        self.attributes = {one.mark for one in found if one.fault.attribute} | self.firsts
        self.places: dict[tuple[str, int, int], tuple[Position, str, str, Names]] = {}
        self.by_attribute: dict[tuple[int, str], Position] = {}
        self.open: list[tuple[str, list[str], Position]] = [("", [], Position())]
        self.ends = any(one.what == "end" for one in found)
        self.text: Position | None = None
        self.parser = parser = expat.ParserCreate(encoding, "}")
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        if any(one.what == "text" for one in found):
            parser.CharacterDataHandler = self._characters

    def read(self, chunks: Iterable[bytes]) -> None:
        with suppress(_DoneError):
            for chunk in chunks:
                self.parser.Parse(chunk, False)
            self.parser.Parse(b"", True)

    def complete(self, one: PendingFault[int]) -> Fault:
        fault = one.fault
        place = self.places.get((one.what, one.mark, one.depth))
        if place is None:
            return replace(fault, where=Position(self.path, 1, 1))
        where, element, parent, before = place
        if fault.attribute and fault.kind is not Kind.NO_ATTRIBUTE:
            where = self.by_attribute.get((one.mark, fault.attribute), where)
        first = self.by_attribute.get((one.first, fault.attribute), Position()) if one.first is not None else Position()
        return replace(fault, where=where, element=fault.element or element, parent=parent, before=before, first=first)

    def _start(self, tag: str, attributes: list[str]) -> None:
        index = self.parser.CurrentByteIndex
        if index > self.last:
            raise _DoneError
        parent, before, _ = self.open[-1]
        if index in self.indexes:
            self._record_start(index, tag, attributes, parent, before)
        self.text = None
        if not before or before[-1] != tag:
            before.append(tag)
            del before[:-_SIBLINGS]
        self.open.append((tag, [], Position(self.path, *self._here()) if self.ends else Position()))

    def _record_start(self, index: int, tag: str, attributes: list[str], parent: str, before: list[str]) -> None:
        depth = len(self.open) - 1
        self._record_text(index, depth)
        line, column = self._here()
        if ("start", index, depth) in self.wanted:
            self.places["start", index, depth] = (Position(self.path, line, column), tag, parent, tuple(before))
        if index in self.attributes:
            self._locate_attributes(index, line, column, attributes[::2])

    def _end(self, tag: str) -> None:
        index = self.parser.CurrentByteIndex
        if index in self.indexes:
            self._record_end(index, tag)
        self.text = None
        self.open.pop()

    def _record_end(self, index: int, tag: str) -> None:
        depth = len(self.open) - 1
        self._record_text(index, depth)
        if ("end", index, depth) in self.wanted:
            _, children, start = self.open[-1]
            where = start if not children and not self._is_at_end_tag(tag) else Position(self.path, *self._here())
            self.places["end", index, depth] = (where, tag, self.open[-2][0], tuple(children))

    def _is_at_end_tag(self, tag: str) -> bool:
        """Return whether the element has an end tag: for <a/>, expat reports the position of what follows it."""
        found = re.match(r"</([^\s>]+)", self._context())
        return found is not None and found.group(1).rpartition(":")[2] == tag.rpartition("}")[2]

    def _context(self) -> str:
        """Return the text of the document from this event on."""
        return (self.parser.GetInputContext() or b"")[:_TAG].decode(self.charset, errors="replace")

    def _characters(self, data: str) -> None:
        index = self.parser.CurrentByteIndex
        if index in self.indexes:
            self._record_text(index, len(self.open) - 1)
        if self.text is None and data.strip(_WHITE):
            line, column = self._here()
            self.text = Position(self.path, line, column + len(data) - len(data.lstrip(_WHITE)))

    def _record_text(self, index: int, depth: int) -> None:
        """Record the place of invalid text, which is found where the text ends."""
        if ("text", index, depth) in self.wanted and ("text", index, depth) not in self.places:
            where = self.text or Position(self.path, *self._here())
            tag, children, _ = self.open[-1]
            self.places["text", index, depth] = (where, tag, self.open[-2][0] if depth else "", tuple(children))

    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _locate_attributes(self, index: int, line: int, column: int, names: list[str]) -> None:
        """Locate attribute names in the tag that begins here; expat reports only the tag."""
        context = self._context()
        at = re.compile(r"<[^\s/>]+").match(context)
        position = at.end() if at else 0
        written: list[tuple[str, int]] = []
        while found := _ATTRIBUTE.match(context, position):
            written.append((found.group(1), found.start(1)))
            position = found.end()
        given = [item for item in written if item[0] != "xmlns" and not item[0].startswith("xmlns:")]
        for name, (_, offset) in zip(names, given, strict=False):
            before = context[:offset]
            down = before.count("\n")
            across = offset - before.rfind("\n") if down else column + offset
            self.by_attribute[index, name] = Position(self.path, line + down, across)
