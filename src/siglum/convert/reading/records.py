"""Records in the text, and entries of dictionaries: signs between parts that only markup parts.

Between the parts of a record (a person, a book) stands “, ”, between those of a name or an entry a space; only a space
where the encoder has put a sign.
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.reading.builder import Builder
from siglum.convert.reading.tree import Node, Text, is_phrase, plain
from siglum.text.tei import LEXICAL, NAMES, Element, name

_SPACED = NAMES | LEXICAL
_SIGNS = ".,;:!?()–—/ "


def render_parts(builder: Builder, element: Element) -> Iterator[Node]:
    """The nodes of the parts of a record, with separators."""
    sign = " " if name(element) in _SPACED else ", "
    said = ""
    for part in element:
        if not isinstance(part.tag, str):
            continue
        nodes = tuple(builder.element(part))
        words = plain(nodes).strip()
        in_line = all(map(is_phrase, nodes))
        if said and words and in_line:
            yield Text(" " if said[-1] in _SIGNS or words[0] in _SIGNS else sign)
        yield from nodes
        if words:
            said = words if in_line else ""
