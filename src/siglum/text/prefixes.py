"""Private URI schemes (“psn:42”), resolved by the header's `prefixDef`s (TEI P5, 16.2.3)."""

from __future__ import annotations

import re

from siglum.text.element_index import ElementIndex
from siglum.text.references.patterns import compile_pattern
from siglum.text.tei import attribute

_LONGEST = 200
"""The longest pointer, in characters, that siglum matches against a pattern."""


class Prefixes:
    """The `prefixDef`s of one document; the first whose pattern matches is used."""

    def __init__(self, index: ElementIndex) -> None:
        self._known: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for definition in index.named("prefixDef"):
            pattern = compile_pattern(attribute(definition, "matchPattern"))
            if pattern is not None:
                replacement = attribute(definition, "replacementPattern")
                self._known.setdefault(attribute(definition, "ident"), []).append((pattern, replacement))

    def resolve(self, pointer: str) -> str:
        """Return the pointer with its prefix replaced; unchanged if no definition matches."""
        prefix, sign, rest = pointer.partition(":")
        for pattern, replacement in self._known.get(prefix, ()) if sign and len(rest) <= _LONGEST else ():
            match = pattern.fullmatch(rest)
            if match is not None:
                return _expand(replacement, match)
        return pointer


def _expand(replacement: str, match: re.Match[str]) -> str:
    groups = ("", *match.groups(""))
    return re.sub(r"\$(\d)", lambda group: groups[int(group[1])] if int(group[1]) < len(groups) else "", replacement)
