"""Match strings against patterns of values: `data`, `value`, `list`, `text` and their combinations (clause 9.3.8)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

from siglum.schema.relaxng.derivative import Derivatives
from siglum.schema.relaxng.pattern import DATA, LIST, NOT_ALLOWED, NULLABLE, VALUE

if TYPE_CHECKING:
    from siglum.schema.datatypes import Datatype

WHITE = " \t\r\n"
_MOST = 20_000
"""Most values remembered as valid for one pattern before the memory is cleared."""
_LONGEST = 200

Namespaces = Mapping[str, str]


class Values:
    """`good[p]`: strings known to match pattern p; empty for patterns whose values depend on prefixes."""

    def __init__(self, derivatives: Derivatives) -> None:
        self.derivatives = derivatives
        self.pool = derivatives.pool
        self.good: dict[int, set[str]] = {}
        self._types: dict[int, Datatype] = {}
        self._keys: dict[int, Hashable] = {}

    def known_good(self, pattern: int) -> set[str]:
        return self.good.setdefault(pattern, set())

    def matches(self, pattern: int, value: str, namespaces: Namespaces) -> bool:
        """Return whether an attribute's value matches, or the text that is an element's whole content."""
        good = self.known_good(pattern)
        if value in good:
            return True
        flags = self.pool.flags
        if flags[pattern] & NULLABLE and not value.strip(WHITE):
            return True
        derived = self.derivatives.by_text(pattern, lambda leaf: self.accepts(leaf, value, namespaces))
        if not flags[derived] & NULLABLE:
            return False
        if not self.derivatives.grammar.needs_context and len(value) <= _LONGEST:
            if len(good) >= _MOST:
                good.clear()
            good.add(value)
        return True

    def accepts(self, leaf: int, value: str, namespaces: Namespaces) -> bool:
        """Return whether a string matches a `data`, `value` or `list` pattern."""
        node = self.pool.nodes[leaf]
        kind = node[0]
        if kind == DATA:
            type_ = self.type(leaf)
            fits = type_.check_in(value, namespaces) if type_.needs_context else type_.check(value)
            return fits and (node[4] == NOT_ALLOWED or not self.matches(node[4], value, namespaces))
        if kind == VALUE:
            return self._key(leaf) == self._make_key(self.type(leaf), value, namespaces)
        if kind == LIST:
            return self._matches_list(node[1], value, namespaces)
        return False

    def type(self, leaf: int) -> Datatype:
        """Return the datatype of a `data` or `value` pattern."""
        known = self._types.get(leaf)
        if known is None:
            from siglum.schema.datatypes import datatype  # only needed to check a value

            node = self.pool.nodes[leaf]
            known = self._types[leaf] = datatype(node[1], node[2], node[3] if node[0] == DATA else ())
        return known

    def _matches_list(self, pattern: int, value: str, namespaces: Namespaces) -> bool:
        for token in value.split():
            pattern = self.derivatives.by_text(pattern, lambda leaf, token=token: self.accepts(leaf, token, namespaces))  # type: ignore[misc]
            if pattern == NOT_ALLOWED:
                return False
        return bool(self.pool.flags[pattern] & NULLABLE)

    def _key(self, leaf: int) -> Hashable:
        if leaf not in self._keys:
            _, _, _, value, ns, namespaces = self.pool.nodes[leaf]
            self._keys[leaf] = self._make_key(self.type(leaf), value, {**dict(namespaces), "": ns})
        return self._keys[leaf]

    def _make_key(self, type_: Datatype, value: str, namespaces: Namespaces) -> Hashable:
        """Return the key of a value; None equals no key of a value in a schema, since those are checked."""
        return type_.key_in(value, namespaces) if type_.needs_context else type_.key(value)
