"""Pointers with a prefix of the edition's own (“psn:42”), as the header resolves them (`prefixDef`; TEI P5, 16.2.3)."""

from __future__ import annotations

import re

from siglum.text.references.patterns import regular
from siglum.text.tei import Element, attribute, elements

_LONGEST = 200
"""Characters of a pointer that are held against a pattern."""


class Prefixes:
    """The prefixes of one document; the first definition that fits counts."""

    def __init__(self, root: Element) -> None:
        self._known: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for each in elements(root, "prefixDef"):
            pattern = regular(attribute(each, "matchPattern"))
            if pattern is not None:
                self._known.setdefault(attribute(each, "ident"), []).append((pattern, attribute(each, "replacementPattern")))

    def resolved(self, pointer: str) -> str:
        """The pointer that is meant; the same one where the header knows nothing of it."""
        prefix, sign, rest = pointer.partition(":")
        for pattern, replacement in self._known.get(prefix, ()) if sign and len(rest) <= _LONGEST else ():
            found = pattern.fullmatch(rest)
            if found is not None:
                return _filled(replacement, found)
        return pointer


def _filled(replacement: str, found: re.Match[str]) -> str:
    groups = ("", *found.groups(""))
    return re.sub(r"\$(\d)", lambda asked: groups[int(asked[1])] if int(asked[1]) < len(groups) else "", replacement)
