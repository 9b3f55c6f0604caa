"""Where faults stand: a second reading of a document in which some were found, with expat, that stops at those places.

Elements are pointed at by their start tag, what they lack by their end tag, attributes by their name, and text by its first
character that is not white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from xml.parsers import expat

from siglum.schema.relaxng.fault import Fault, Kind, Names, Where
from siglum.schema.relaxng.run import Found

_WHITE = " \t\r\n"
_SIBLINGS = 60
_TAG = 100_000
_ATTRIBUTE = re.compile(r"""\s+([^\s=/>]+)\s*=\s*(?:"[^"]*"|'[^']*')""")


def placed(found: list[Found[int]], chunks: Iterable[bytes], path: str, encoding: str | None, charset: str) -> list[Fault]:
    """The faults with their places, in the order of the document. `charset`: what the bytes given to expat are encoded in."""
    reading = _Reading(found, path, encoding, charset)
    reading.read(chunks)
    faults = [reading.complete(one) for one in found]
    return sorted(faults, key=lambda fault: (fault.where.line, fault.where.column))


class _DoneError(Exception):
    """All that is wanted has been read."""


class _Reading:
    """`open` holds the name, the children so far and the place of each open element, the outermost being the document."""

    def __init__(self, found: list[Found[int]], path: str, encoding: str | None, charset: str) -> None:
        self.path = path
        self.charset = charset
        self.wanted = {(one.what, one.mark, one.depth) for one in found}
        self.firsts = {one.first for one in found if one.first is not None}
        self.indexes = {one.mark for one in found} | self.firsts
        self.last = max(self.indexes)
        self.attributes = {one.mark for one in found if one.fault.attribute} | self.firsts
        self.places: dict[tuple[str, int, int], tuple[Where, str, str, Names]] = {}
        self.by_attribute: dict[tuple[int, str], Where] = {}
        self.open: list[tuple[str, list[str], Where]] = [("", [], Where())]
        self.ends = any(one.what == "end" for one in found)
        self.text: Where | None = None
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

    def complete(self, one: Found[int]) -> Fault:
        fault = one.fault
        place = self.places.get((one.what, one.mark, one.depth))
        if place is None:
            return replace(fault, where=Where(self.path, 1, 1))
        where, element, parent, before = place
        if fault.attribute and fault.kind is not Kind.NO_ATTRIBUTE:
            where = self.by_attribute.get((one.mark, fault.attribute), where)
        first = self.by_attribute.get((one.first, fault.attribute), Where()) if one.first is not None else Where()
        return replace(fault, where=where, element=fault.element or element, parent=parent, before=before, first=first)

    def _start(self, tag: str, attributes: list[str]) -> None:
        index = self.parser.CurrentByteIndex
        if index > self.last:
            raise _DoneError
        parent, before, _ = self.open[-1]
        if index in self.indexes:
            self._started(index, tag, attributes, parent, before)
        self.text = None
        if not before or before[-1] != tag:
            before.append(tag)
            del before[:-_SIBLINGS]
        self.open.append((tag, [], Where(self.path, *self._here()) if self.ends else Where()))

    def _started(self, index: int, tag: str, attributes: list[str], parent: str, before: list[str]) -> None:
        depth = len(self.open) - 1
        self._text_ends(index, depth)
        line, column = self._here()
        if ("start", index, depth) in self.wanted:
            self.places["start", index, depth] = (Where(self.path, line, column), tag, parent, tuple(before))
        if index in self.attributes:
            self._attribute_places(index, line, column, attributes[::2])

    def _end(self, tag: str) -> None:
        index = self.parser.CurrentByteIndex
        if index in self.indexes:
            self._ended(index, tag)
        self.text = None
        self.open.pop()

    def _ended(self, index: int, tag: str) -> None:
        depth = len(self.open) - 1
        self._text_ends(index, depth)
        if ("end", index, depth) in self.wanted:
            _, children, start = self.open[-1]
            where = start if not children and not self._at_end_tag(tag) else Where(self.path, *self._here())
            self.places["end", index, depth] = (where, tag, self.open[-2][0], tuple(children))

    def _at_end_tag(self, tag: str) -> bool:
        """Whether there is one: the end of <a/> is no tag, and the place that expat gives for it is that of what follows."""
        found = re.match(r"</([^\s>]+)", self._context())
        return found is not None and found.group(1).rpartition(":")[2] == tag.rpartition("}")[2]

    def _context(self) -> str:
        """The text of the document from this event on."""
        return (self.parser.GetInputContext() or b"")[:_TAG].decode(self.charset, errors="replace")

    def _characters(self, data: str) -> None:
        index = self.parser.CurrentByteIndex
        if index in self.indexes:
            self._text_ends(index, len(self.open) - 1)
        if self.text is None and data.strip(_WHITE):
            line, column = self._here()
            self.text = Where(self.path, line, column + len(data) - len(data.lstrip(_WHITE)))

    def _text_ends(self, index: int, depth: int) -> None:
        """Text found at fault was found when it ended, that is: here."""
        if ("text", index, depth) in self.wanted and ("text", index, depth) not in self.places:
            where = self.text or Where(self.path, *self._here())
            tag, children, _ = self.open[-1]
            self.places["text", index, depth] = (where, tag, self.open[-2][0] if depth else "", tuple(children))

    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _attribute_places(self, index: int, line: int, column: int, names: list[str]) -> None:
        """Where the names of attributes stand in the tag that begins here; expat knows only where the tag does."""
        context = self._context()
        at = re.compile(r"<[^\s/>]+").match(context)
        position = at.end() if at else 0
        written: list[tuple[str, int]] = []
        while found := _ATTRIBUTE.match(context, position):
            written.append((found.group(1), found.start(1)))
            position = found.end()
        given = [one for one in written if one[0] != "xmlns" and not one[0].startswith("xmlns:")]
        for name, (_, offset) in zip(names, given, strict=False):
            before = context[:offset]
            down = before.count("\n")
            across = offset - before.rfind("\n") if down else column + offset
            self.by_attribute[index, name] = Where(self.path, line + down, across)
