"""How a stretch is set, in words that hold in every output: by what the encoder says of its look, or else by custom."""

from __future__ import annotations

from siglum.convert.reading.builder import Builder
from siglum.text.tei import Element, attribute, name

_ITALIC = frozenset({"emph", "foreign", "title", "term", "distinct", "stage"})


def styles(builder: Builder, element: Element) -> tuple[str, ...]:
    """How a stretch is set: by its look, and by custom where the element itself says nothing of it."""
    look = builder.looks.of(element)
    if look.words or look.asked:
        return look.words
    kind = name(element)
    if kind == "title":
        return ("italic",) if attribute(element, "level") in {"", "m", "j", "s"} else ()
    return ("italic",) if kind in _ITALIC else ()
