"""Derivatives of patterns by element and by text (James Clark, "An algorithm for RELAX NG validation"), without ancestors.

The derivative by a start tag is not one pattern that includes what follows the element. Instead `heads` returns the elements
that may begin here, each with what remains after its end. The caller keeps the two apart on a stack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.pattern import (
    ATTRIBUTE,
    CHOICE,
    DATA,
    ELEMENT,
    EMPTY,
    GROUP,
    HAS_ELEMENT,
    HAS_TEXT,
    INTERLEAVE,
    LIST,
    NOT_ALLOWED,
    NULLABLE,
    ONE_OR_MORE,
    TEXT,
    VALUE,
)

Head = tuple[int, int]
"""The number of an element that may begin, and the pattern after it."""


class Derivatives:
    """The derivatives of a grammar's patterns, memoised."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.pool = grammar.pool
        self._heads: dict[tuple[int, str], tuple[Head, ...]] = {}
        self._first: dict[int, frozenset[int]] = {}
        self._by_name: dict[int, tuple[dict[str, list[int]], list[int]]] = {}
        self._by_text: dict[int, int] = {}

    def forget(self) -> None:
        """Clear what is remembered for names, since documents may contain any number of them."""
        self._heads.clear()

    # By element

    def heads(self, pattern: int, name: str) -> tuple[Head, ...]:
        """Return the elements called `name` that may begin where `pattern` is expected."""
        if not self.pool.flags[pattern] & HAS_ELEMENT:
            return ()
        key = (pattern, name)
        known = self._heads.get(key)
        if known is None:
            known = self._heads[key] = tuple(dict.fromkeys(self._find_heads(pattern, name)))
        return known

    def _find_heads(self, pattern: int, name: str) -> Iterator[Head]:
        pool = self.pool
        node = pool.nodes[pattern]
        kind = node[0]
        if kind == ELEMENT:
            if nameclass.contains(self.grammar.elements[node[1]][0], name):
                yield node[1], EMPTY
        elif kind == CHOICE:
            for member in self._candidates(pattern, name):
                yield from self.heads(member, name)
        elif kind == ONE_OR_MORE:
            for element, rest in self.heads(node[1], name):
                yield element, pool.group(rest, pool.optional(pattern))
        elif kind == GROUP:
            members = node[1]
            for at, member in enumerate(members):
                for element, rest in self.heads(member, name):
                    yield element, pool.group(rest, *members[at + 1 :])
                if not pool.flags[member] & NULLABLE:
                    break
        elif kind == INTERLEAVE:
            members = node[1]
            for at, member in enumerate(members):
                for element, rest in self.heads(member, name):
                    yield element, pool.interleave(rest, *members[:at], *members[at + 1 :])

    def _candidates(self, choice: int, name: str) -> list[int]:
        """Return the members of a choice that may begin with `name`: choices of two hundred elements are common."""
        index = self._by_name.get(choice)
        if index is None:
            index = self._by_name[choice] = self._index_members(self.pool.nodes[choice][1])
        named, others = index
        return named.get(name, []) + others

    def _index_members(self, members: tuple[int, ...]) -> tuple[dict[str, list[int]], list[int]]:
        named: dict[str, list[int]] = {}
        others: list[int] = []
        for member in members:
            classes = [self.grammar.elements[number][0] for number in self.first(member)]
            if all(isinstance(one, str) for one in classes):
                for one in classes:
                    named.setdefault(str(one), []).append(member)
            else:
                others.append(member)
        return named, others

    def first(self, pattern: int) -> frozenset[int]:
        """Return the numbers of the elements that may begin here."""
        known = self._first.get(pattern)
        if known is None:
            known = self._first[pattern] = frozenset(self._find_first(pattern))
        return known

    def _find_first(self, pattern: int) -> Iterator[int]:
        node = self.pool.nodes[pattern]
        kind = node[0]
        if kind == ELEMENT:
            yield node[1]
        elif kind in {CHOICE, INTERLEAVE}:
            for member in node[1]:
                yield from self.first(member)
        elif kind == ONE_OR_MORE:
            yield from self.first(node[1])
        elif kind == GROUP:
            for member in node[1]:
                yield from self.first(member)
                if not self.pool.flags[member] & NULLABLE:
                    break

    # By text

    def by_any_text(self, pattern: int) -> int:
        """Return the derivative by text that only `text` can match; data and values are not tested."""
        if not self.pool.flags[pattern] & HAS_TEXT:
            return NOT_ALLOWED
        known = self._by_text.get(pattern)
        if known is None:
            known = self._by_text[pattern] = self.by_text(pattern, lambda _leaf: False)
        return known

    def by_text(self, pattern: int, accepts: Callable[[int], bool]) -> int:
        """Return the derivative by a text node; `accepts` tests a `data`, `value` or `list` pattern."""
        pool = self.pool
        node = pool.nodes[pattern]
        kind = node[0]
        if kind == TEXT:
            return TEXT
        if kind == CHOICE:
            return pool.choice(*[self.by_text(member, accepts) for member in node[1]])
        if kind == ONE_OR_MORE:
            once = self.by_text(node[1], accepts)
            if once == TEXT and pool.flags[pattern] & NULLABLE:  # (text | …)+ takes any number of texts: no new pattern
                return pattern
            return pool.group(once, pool.optional(pattern))
        if kind == GROUP:
            return self._group_by_text(node[1], accepts)
        if kind == INTERLEAVE:
            members = node[1]
            derived = ((at, self.by_text(member, accepts)) for at, member in enumerate(members))
            return pool.choice(*[pool.interleave(one, *members[:at], *members[at + 1 :]) for at, one in derived])
        if kind in {DATA, VALUE, LIST}:
            return EMPTY if accepts(pattern) else NOT_ALLOWED
        return NOT_ALLOWED

    def _group_by_text(self, members: tuple[int, ...], accepts: Callable[[int], bool]) -> int:
        pool = self.pool
        found: list[int] = []
        for at, member in enumerate(members):
            found.append(pool.group(self.by_text(member, accepts), *members[at + 1 :]))
            if not pool.flags[member] & NULLABLE:
                break
        return pool.choice(*found)

    # By attribute

    def by_attribute(self, pattern: int, name: str, accepts: Callable[[int], bool]) -> int:
        """Return the derivative by an attribute; `accepts` tests a pattern for its value."""
        pool = self.pool
        node = pool.nodes[pattern]
        kind = node[0]
        if kind == ATTRIBUTE:
            return EMPTY if nameclass.contains(node[1], name) and accepts(node[2]) else NOT_ALLOWED
        if kind == CHOICE:
            return pool.choice(*[self.by_attribute(member, name, accepts) for member in node[1]])
        if kind == ONE_OR_MORE:
            return pool.group(self.by_attribute(node[1], name, accepts), pool.optional(pattern))
        if kind in {GROUP, INTERLEAVE}:
            members = node[1]
            put = pool.group if kind == GROUP else pool.interleave
            derived = ((at, self.by_attribute(member, name, accepts)) for at, member in enumerate(members))
            return pool.choice(*[put(*members[:at], one, *members[at + 1 :]) for at, one in derived if one != NOT_ALLOWED])
        return NOT_ALLOWED

    def without_attributes(self, pattern: int, instead: int) -> int:
        """Return the pattern after the start tag: its attributes become `instead` (NOT_ALLOWED, or EMPTY to be lenient)."""
        pool = self.pool
        node = pool.nodes[pattern]
        kind = node[0]
        if kind == ATTRIBUTE:
            return instead
        if kind == CHOICE:
            return pool.choice(*[self.without_attributes(member, instead) for member in node[1]])
        if kind == GROUP:
            return pool.group(*[self.without_attributes(member, instead) for member in node[1]])
        if kind == INTERLEAVE:
            return pool.interleave(*[self.without_attributes(member, instead) for member in node[1]])
        if kind == ONE_OR_MORE:
            return pool.one_or_more(self.without_attributes(node[1], instead))
        return pattern
