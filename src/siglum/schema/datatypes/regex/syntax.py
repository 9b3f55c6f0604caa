"""Parse regular expressions (XML Schema Part 2, appendix F) into a tree of frozen nodes.

The syntax has no anchors (`^` and `$` are letters outside brackets), no capturing groups and no lazy quantifiers.
"""

from __future__ import annotations

from typing import NoReturn

from siglum.schema.datatypes.regex.blocks import BLOCKS
from siglum.schema.datatypes.regex.charset import (
    ANY,
    CATEGORIES,
    CLASSES,
    Category,
    CharSet,
    Complement,
    Difference,
    Ranges,
    Union,
    of_char,
)
from siglum.text.frozen import frozen

_DEEPEST = 100
_LONGEST_COUNT = 9
_ESCAPED = {char: char for char in "\\|.?*+(){}-[]^"} | {"n": "\n", "r": "\r", "t": "\t"}
_QUANTIFIERS = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_NOT_ALONE = "?*+){}]"


class PatternError(ValueError):
    """A regular expression is wrong."""


@frozen
class Chars:
    """One character of a set."""

    chars: CharSet


@frozen
class Sequence:
    items: tuple[Node, ...]


@frozen
class Choice:
    items: tuple[Node, ...]


@frozen
class Repeat:
    """A repetition; `most` is None for no upper limit."""

    item: Node
    least: int
    most: int | None


Node = Chars | Sequence | Choice | Repeat


def parse(source: str) -> Node:
    reader = _Reader(source)
    node = reader.choice()
    if reader.more():
        reader.fail('")" has no matching "("')
    return node


def _make_choice(items: tuple[Node, ...]) -> Node:
    if len(items) == 1:
        return items[0]
    sets = tuple(item.chars for item in items if isinstance(item, Chars))
    return Chars(Union(sets)) if len(sets) == len(items) else Choice(items)


class _Reader:
    """Reads from left to right; each method reads the production that it is named after."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def fail(self, what: str) -> NoReturn:
        raise PatternError(f"{what} (at character {min(self.at, len(self.source)) + 1})")

    def more(self) -> bool:
        return self.at < len(self.source)

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        self.at += 1
        return char

    def skip(self, text: str) -> bool:
        if not self.source.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def enter(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            self.fail("groups are nested too deeply")

    def choice(self) -> Node:
        branches = [self.branch()]
        while self.skip("|"):
            branches.append(self.branch())
        return _make_choice(tuple(branches))

    def branch(self) -> Node:
        pieces: list[Node] = []
        while self.more() and self.peek() not in "|)":
            pieces.append(self.piece())
        return pieces[0] if len(pieces) == 1 else Sequence(tuple(pieces))

    def piece(self) -> Node:
        item = self.atom()
        mark = self.peek()
        if mark and mark in _QUANTIFIERS:
            self.at += 1
            return Repeat(item, *_QUANTIFIERS[mark])
        return Repeat(item, *self.quantity()) if self.skip("{") else item

    def quantity(self) -> tuple[int, int | None]:
        least = self.number()
        most: int | None = least
        if self.skip(","):
            most = None if self.peek() == "}" else self.number()
        if not self.skip("}"):
            self.fail('"}" is missing')
        if most is not None and most < least:
            self.fail("the second number of a quantity must not be less than the first")
        return least, most

    def number(self) -> int:
        start = self.at
        while self.peek() and self.peek() in "0123456789":
            self.at += 1
        digits = self.source[start : self.at]
        if not digits:
            self.fail("a number is missing")
        if len(digits.lstrip("0")) > _LONGEST_COUNT:
            self.fail("the number is too large")
        return int(digits)

    def atom(self) -> Node:
        char = self.take()
        if char == "(":
            return self.group()
        if char == "[":
            return Chars(self.bracket())
        if char == "\\":
            return Chars(self.escape())
        if char in _NOT_ALONE:
            self.at -= 1
            self.fail(f'"{char}" must follow something or be written "\\{char}"')
        return Chars(ANY if char == "." else of_char(char))

    def group(self) -> Node:
        self.enter()
        node = self.choice()
        if not self.skip(")"):
            self.fail('")" is missing')
        self.depth -= 1
        return node

    def escape(self) -> CharSet:
        char = self.take()
        if char in {"p", "P"}:
            chars = self.property()
            return Complement(chars) if char == "P" else chars
        if char in CLASSES:
            return CLASSES[char]
        if char not in _ESCAPED:
            self.at -= 1
            self.fail(f'"\\{char}" is not a valid escape' if char else "the expression ends in a backslash")
        return of_char(_ESCAPED[char])

    def property(self) -> CharSet:
        end = self.source.find("}", self.at)
        if not self.skip("{") or end < 0:
            self.fail('"{...}" must follow "\\p"')
        name = self.source[self.at : end]
        self.at = end + 1
        if name in CATEGORIES:
            return Category(name)
        if not name.startswith("Is") or name[2:] not in BLOCKS:
            self.at -= len(name) + 1
            self.fail(f'"{name}" is neither a category nor a block of Unicode')
        return Ranges(BLOCKS[name[2:]])

    def bracket(self) -> CharSet:
        """Read a class in brackets after its "[", with an optional subtraction."""
        self.enter()
        negative = self.skip("^")
        parts: list[CharSet] = []
        without: CharSet | None = None
        while without is None and (not parts or self.peek() != "]"):
            if parts and self.skip("-["):
                without = self.bracket()
            else:
                parts.append(self.part(first=not parts))
        if not self.skip("]"):
            self.fail('"]" is missing')
        self.depth -= 1
        chars: CharSet = parts[0] if len(parts) == 1 else Union(tuple(parts))
        chars = Complement(chars) if negative else chars
        return chars if without is None else Difference(chars, without)

    def part(self, *, first: bool) -> CharSet:
        """Read a character, an escape or a range."""
        start = self.end(first=first)
        if not isinstance(start, str) or self.peek() != "-" or self.source[self.at + 1 : self.at + 2] in ("[", "]"):
            return of_char(start) if isinstance(start, str) else start
        self.at += 1
        end = self.end(first=False)
        if not isinstance(end, str):
            self.fail("a range must end in a character")
        if end < start:
            self.fail(f'the range from "{start}" to "{end}" is empty')
        return Ranges(((ord(start), ord(end)),))

    def end(self, *, first: bool) -> str | CharSet:
        """Read a possible end of a range (a string), or a set."""
        char = self.take()
        if not char:
            self.fail('"]" is missing')
        if char in "[]" or (char == "-" and not self.is_literal_hyphen(first=first)):
            self.at -= 1
            self.fail(f'"{char}" must be written "\\{char}" here')
        if char != "\\":
            return char
        if self.peek() and self.peek() in _ESCAPED:
            return _ESCAPED[self.take()]
        return self.escape()

    def is_literal_hyphen(self, *, first: bool) -> bool:
        """Return whether the hyphen just read is literal: the first or last character of its class."""
        after = self.source[self.at : self.at + 2]
        return (not after.startswith("-") or after[1:] in {"[", "]"}) if first else after.startswith("]")
