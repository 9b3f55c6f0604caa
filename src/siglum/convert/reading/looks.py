"""How a stretch is set, in words that hold in every output: by what the encoder says of its look."""

from __future__ import annotations

from siglum.convert.reading.builder import Builder
from siglum.text.tei import Element


def styles(builder: Builder, element: Element) -> tuple[str, ...]:
    """The words of the tree's list of styles; custom, where the encoder says nothing, is for the models."""
    return builder.looks.of(element).words
