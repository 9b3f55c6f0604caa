"""The restrictions of clause 7 that the syntax alone does not enforce, checked on reachable elements (4.19).

Equal patterns are shared, so each pattern is checked once for each way in which others contain it. The pool makes none of the
changes that would hide a fault (see `pattern`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

from siglum.errors import SchemaError
from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.nameclass import NameClass
from siglum.schema.relaxng.pattern import (
    ATTRIBUTE,
    CHOICE,
    DATA,
    ELEMENT,
    EMPTY,
    GROUP,
    INTERLEAVE,
    LIST,
    NOT_ALLOWED,
    ONE_OR_MORE,
    TEXT,
    VALUE,
)
from siglum.text.frozen import frozen

NOTHING, COMPLEX, SIMPLE = 0, 1, 2
"""The content types of 7.2."""

_WORDS = {
    ATTRIBUTE: "an attribute",
    DATA: "data",
    ELEMENT: "an element",
    EMPTY: "empty",
    GROUP: "a group",
    INTERLEAVE: "an interleave",
    LIST: "a list",
    ONE_OR_MORE: "oneOrMore",
    TEXT: "text",
    VALUE: "a value",
}
_FORBIDDEN = {
    "attribute": (frozenset({ATTRIBUTE, ELEMENT}), "7.1.1"),
    "list": (frozenset({LIST, ELEMENT, ATTRIBUTE, TEXT, INTERLEAVE}), "7.1.3"),
    "except": (frozenset({ATTRIBUTE, ELEMENT, LIST, TEXT, GROUP, INTERLEAVE, ONE_OR_MORE, EMPTY}), "7.1.4"),
    "start": (frozenset({ATTRIBUTE, DATA, VALUE, LIST, TEXT, GROUP, INTERLEAVE, ONE_OR_MORE, EMPTY}), "7.1.5"),
}
"""Patterns that a place forbids, at any depth."""
_PLACES = {
    "attribute": "in the value of an attribute",
    "list": "in a list",
    "except": "in the except of data",
    "start": "at the start of a grammar: a document begins with an element",
}


@frozen
class _Around:
    """What contains a pattern: a key of `_FORBIDDEN` or ""; a repetition; a group or interleave in a repetition (7.1.2)."""

    place: str = ""
    repeated: bool = False
    repeated_group: bool = False


@dataclass(slots=True)
class _Names:
    """The name classes of the attributes, or of the elements, in a pattern."""

    names: set[str] = field(default_factory=set)
    open: list[NameClass] = field(default_factory=list)

    def add(self, name_class: NameClass) -> None:
        if isinstance(name_class, str):
            self.names.add(name_class)
        else:
            self.open.append(name_class)

    def update(self, other: _Names) -> None:
        self.names |= other.names
        self.open += other.open

    def overlap(self, other: _Names) -> str:
        """Describe a name that is in both; "" if there is none."""
        same = self.names & other.names
        if same:
            return nameclass.describe(min(same))
        mine, theirs = [*sorted(self.names), *self.open], [*sorted(other.names), *other.open]
        pairs = [(a, b) for a in self.open for b in theirs] + [(a, b) for a in mine for b in other.open]
        return next((nameclass.describe(a) for a, b in pairs if nameclass.overlaps(a, b)), "")


def restrict(grammar: Grammar, origins: Sequence[s.Origin]) -> None:
    """Check all restrictions. Raises SchemaError, naming the element and the rule that its definition breaks."""
    _Checker(grammar, origins).run()


class _Checker:
    def __init__(self, grammar: Grammar, origins: Sequence[s.Origin]) -> None:
        self.grammar = grammar
        self.nodes = grammar.pool.nodes
        self.origins = origins
        self.current = -1
        self.seen: set[tuple[int, _Around]] = set()
        self.types: dict[int, int] = {}
        self.attributes: dict[int, _Names] = {}
        self.elements: dict[int, _Names] = {}
        self.reached: list[int] = []

    def run(self) -> None:
        self.check_nesting(self.grammar.start, _Around("start"))
        done: set[int] = set()
        while self.reached:
            number = self.reached.pop()
            if number not in done:
                done.add(number)
                self.current = number
                content = self.grammar.elements[number][1]
                self.check_nesting(content, _Around())
                self.content_type(content)

    def refuse(self, message: str, section: str, help_: str) -> NoReturn:
        if self.current < 0:
            raise SchemaError(f"{message} ({section})", where=self.origins[0].path if self.origins else "", help=help_)
        origin = self.origins[self.current]
        name = nameclass.describe(self.grammar.elements[self.current][0])
        raise SchemaError(f"in the element {name}: {message} ({section})", where=f"{origin.path}:{origin.line}", help=help_)

    # 7.1, and the second half of 7.3: forbidden nesting

    def check_nesting(self, pattern: int, around: _Around) -> None:
        if (pattern, around) in self.seen:
            return
        self.seen.add((pattern, around))
        node = self.nodes[pattern]
        kind = node[0]
        forbidden, section = _FORBIDDEN.get(around.place, (frozenset(), ""))
        if kind in forbidden:
            self.refuse(
                f"{_WORDS[kind]} is not allowed {_PLACES[around.place]}", section, "see the RELAX NG specification, clause 7.1"
            )
        if kind == ELEMENT:
            self.reached.append(node[1])
        elif kind == ATTRIBUTE:
            self._attribute(node[1], node[2], around)
        elif kind == ONE_OR_MORE:
            self.check_nesting(node[1], replace(around, repeated=True))
        elif kind == LIST:
            self.check_nesting(node[1], _Around("list"))
        elif kind == DATA and node[4] != NOT_ALLOWED:
            self.check_nesting(node[4], _Around("except"))
        elif kind == CHOICE:
            for member in node[1]:
                self.check_nesting(member, around)
        elif kind in {GROUP, INTERLEAVE}:
            for member in node[1]:
                self.check_nesting(member, replace(around, repeated_group=around.repeated))
            self._check_members(pattern)

    def _attribute(self, name: NameClass, value: int, around: _Around) -> None:
        if around.repeated_group:
            message = f"the attribute {nameclass.describe(name)} is in a repeated group"
            self.refuse(message, "7.1.2", "move it out of oneOrMore or zeroOrMore: an attribute occurs once")
        if not around.repeated and not nameclass.is_finite(name):
            message = f"an attribute of an open name class ({nameclass.describe(name)}) is not repeated"
            self.refuse(message, "7.3", "put it in oneOrMore or zeroOrMore")
        self.check_nesting(value, _Around("attribute"))
        self.content_type(value)

    # 7.2: no strings beside elements

    def content_type(self, pattern: int) -> int:
        known = self.types.get(pattern)
        if known is None:
            known = self.types[pattern] = self._content_type(pattern)
        return known

    def _content_type(self, pattern: int) -> int:
        node = self.nodes[pattern]
        kind = node[0]
        if kind in {DATA, VALUE, LIST}:
            return SIMPLE
        if kind in {TEXT, ELEMENT}:
            return COMPLEX
        if kind == CHOICE:
            return max(map(self.content_type, node[1]))
        if kind == ONE_OR_MORE:
            inner = self.content_type(node[1])
            return self._combine_types(inner, inner)
        result = NOTHING
        if kind in {GROUP, INTERLEAVE}:
            for member in node[1]:
                result = self._combine_types(result, self.content_type(member))
        return result

    def _combine_types(self, one: int, other: int) -> int:
        if one and other and SIMPLE in {one, other}:
            message = "data, a value or a list is combined with other content, or is repeated"
            self.refuse(message, "7.2", "use a list for several values; elements cannot be mixed with data: use text")
        return max(one, other)

    # 7.3 and 7.4: attributes and elements side by side

    def _check_members(self, pattern: int) -> None:
        node = self.nodes[pattern]
        twice = self._overlap(node[1], self._attributes_in)
        if twice:
            self.refuse(f"the attribute {twice} may occur twice", "7.3", "name an attribute once, or put the two in a choice")
        if node[0] == INTERLEAVE:
            twice = self._overlap(node[1], self._elements_in)
            if twice:
                message = f"two parts of an interleave contain the element {twice}"
                self.refuse(message, "7.4", "use different element names in the parts of an interleave")
            if sum(self._has_text(member) for member in node[1]) > 1:
                self.refuse(
                    "two parts of an interleave allow text", "7.4", "keep it in one of them; <mixed> already allows text"
                )

    def _overlap(self, members: Sequence[int], names_in: Callable[[int], _Names]) -> str:
        so_far = _Names()
        for member in members:
            found = names_in(member)
            overlap = so_far.overlap(found)
            if overlap:
                return overlap
            so_far.update(found)
        return ""

    def _attributes_in(self, pattern: int) -> _Names:
        known = self.attributes.get(pattern)
        if known is None:
            known = self.attributes[pattern] = _Names()
            node = self.nodes[pattern]
            if node[0] == ATTRIBUTE:
                known.add(node[1])
            for member in self._iter_parts(pattern):
                known.update(self._attributes_in(member))
        return known

    def _elements_in(self, pattern: int) -> _Names:
        known = self.elements.get(pattern)
        if known is None:
            known = self.elements[pattern] = _Names()
            node = self.nodes[pattern]
            if node[0] == ELEMENT:
                known.add(self.grammar.elements[node[1]][0])
            for member in self._iter_parts(pattern):
                known.update(self._elements_in(member))
        return known

    def _has_text(self, pattern: int) -> bool:
        return pattern == TEXT or any(map(self._has_text, self._iter_parts(pattern)))

    def _iter_parts(self, pattern: int) -> Iterator[int]:
        node = self.nodes[pattern]
        if node[0] in {CHOICE, GROUP, INTERLEAVE}:
            yield from node[1]
        elif node[0] == ONE_OR_MORE:
            yield node[1]
