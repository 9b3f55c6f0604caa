"""The pool of patterns of the simple syntax (clause 5), hash-consed: a pattern is an int, and equal patterns are the same
int.

A node is a tuple of its kind and its parts, which are ints again. The constructors apply clauses 4.20 and 4.21 (`notAllowed`
and `empty`) but nothing that would hide a breach of clause 7: groups and interleaves keep their members. A group of attributes
is not merged into the group around it, so that elements share it.
"""

from __future__ import annotations

from typing import Any

from siglum.schema.relaxng.nameclass import NameClass

Node = tuple[Any, ...]
"""(kind, ...): see the constructors. The types of the parts depend on the kind."""

EMPTY, NOT_ALLOWED, TEXT = 0, 1, 2
"""These numbers are both patterns and kinds."""
CHOICE, GROUP, INTERLEAVE, ONE_OR_MORE, DATA, VALUE, LIST, ATTRIBUTE, ELEMENT = range(3, 12)

NULLABLE, HAS_ATTRIBUTE, HAS_DATA, HAS_TEXT, HAS_ELEMENT = 1, 2, 4, 8, 16
_CONTENT = HAS_DATA | HAS_TEXT | HAS_ELEMENT

Params = tuple[tuple[str, str], ...]


class Pool:
    """`nodes[p]` holds the parts of pattern p, `flags[p]` its properties."""

    __slots__ = ("_ids", "flags", "nodes")

    def __init__(self, nodes: list[Node] | None = None, flags: list[int] | None = None) -> None:
        self.nodes: list[Node] = nodes or [(EMPTY,), (NOT_ALLOWED,), (TEXT,)]
        self.flags: list[int] = flags or [NULLABLE, 0, NULLABLE | HAS_TEXT]
        self._ids: dict[Node, int] = {}

    def _intern(self, node: Node, flags: int) -> int:
        ids = self._ids or self._index()
        known = ids.get(node)
        if known is None:
            known = ids[node] = len(self.nodes)
            self.nodes.append(node)
            self.flags.append(flags)
        return known

    def _index(self) -> dict[Node, int]:
        """Built for the first new pattern, so that a document that needs none does not pay for it."""
        self._ids = {node: number for number, node in enumerate(self.nodes)}
        return self._ids

    def nullable(self, pattern: int) -> bool:
        return bool(self.flags[pattern] & NULLABLE)

    def choice(self, *patterns: int) -> int:
        """Return (CHOICE, members in ascending order): flat, without duplicates."""
        nodes, flags = self.nodes, self.flags
        members: set[int] = set()
        for member in patterns:
            if nodes[member][0] == CHOICE:
                members.update(nodes[member][1])
            else:
                members.add(member)
        members.discard(NOT_ALLOWED)
        if EMPTY in members and any(flags[member] & NULLABLE for member in members if member):
            members.discard(EMPTY)
        if len(members) < 2:
            return members.pop() if members else NOT_ALLOWED
        union = 0
        for member in members:
            union |= flags[member]
        return self._intern((CHOICE, tuple(sorted(members))), union)

    def optional(self, pattern: int) -> int:
        return self.choice(EMPTY, pattern)

    def group(self, *patterns: int) -> int:
        """Return (GROUP, members in their order)."""
        nodes, flags = self.nodes, self.flags
        members: list[int] = []
        union, nullable = 0, NULLABLE
        for member in patterns:
            if member == EMPTY:
                continue
            if member == NOT_ALLOWED:
                return NOT_ALLOWED
            if nodes[member][0] == GROUP and flags[member] & _CONTENT:
                members.extend(nodes[member][1])
            else:
                members.append(member)
            union |= flags[member]
            nullable &= flags[member]
        if len(members) < 2:
            return members[0] if members else EMPTY
        return self._intern((GROUP, tuple(members)), union & ~NULLABLE | nullable)

    def interleave(self, *patterns: int) -> int:
        """Return (INTERLEAVE, members in ascending order)."""
        members: list[int] = []
        union, nullable = 0, NULLABLE
        for member in patterns:
            if member == EMPTY:
                continue
            if member == NOT_ALLOWED:
                return NOT_ALLOWED
            if self.nodes[member][0] == INTERLEAVE:
                members.extend(self.nodes[member][1])
            else:
                members.append(member)
            union |= self.flags[member]
            nullable &= self.flags[member]
        if len(members) < 2:
            return members[0] if members else EMPTY
        return self._intern((INTERLEAVE, tuple(sorted(members))), union & ~NULLABLE | nullable)

    def one_or_more(self, pattern: int) -> int:
        """Return (ONE_OR_MORE, pattern); an option inside moves outside."""
        node = self.nodes[pattern]
        if pattern <= TEXT or node[0] == ONE_OR_MORE:
            return pattern
        if node[0] == CHOICE and node[1][0] == EMPTY:
            return self.choice(EMPTY, self.one_or_more(self.choice(*node[1][1:])))
        return self._intern((ONE_OR_MORE, pattern), self.flags[pattern])

    def zero_or_more(self, pattern: int) -> int:
        return self.choice(EMPTY, self.one_or_more(pattern))

    def list(self, pattern: int) -> int:
        """Return (LIST, pattern)."""
        return self._intern((LIST, pattern), HAS_DATA) if pattern != NOT_ALLOWED else NOT_ALLOWED

    def data(self, library: str, name: str, params: Params, except_: int) -> int:
        """Return (DATA, library, type, params, excepted pattern)."""
        return self._intern((DATA, library, name, params, except_), HAS_DATA)

    def value(self, library: str, name: str, value: str, ns: str, namespaces: Params) -> int:
        """Return (VALUE, library, type, value, ns, namespaces in scope); the last two are empty if the type does not use
        them.
        """
        return self._intern((VALUE, library, name, value, ns, namespaces), HAS_DATA)

    def attribute(self, name: NameClass, pattern: int) -> int:
        """Return (ATTRIBUTE, name class, pattern)."""
        return self._intern((ATTRIBUTE, name, pattern), HAS_ATTRIBUTE) if pattern != NOT_ALLOWED else NOT_ALLOWED

    def element(self, number: int) -> int:
        """Return (ELEMENT, number in the grammar's list of elements)."""
        return self._intern((ELEMENT, number), HAS_ELEMENT)
