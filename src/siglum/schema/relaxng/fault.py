"""The faults of a document as values: names and positions, no sentences. `explain` makes findings of them."""

from __future__ import annotations

from enum import StrEnum

from siglum.text.frozen import frozen
from siglum.text.positions import Position


class Kind(StrEnum):
    """The kinds of faults that recovery distinguishes; `explain` refines those of elements."""

    ELEMENT = "element not allowed here"
    TOO_EARLY = "element not allowed yet"
    OUT_OF_ORDER = "element before one that it has to follow"
    INCOMPLETE = "element incomplete"
    NO_ATTRIBUTE = "attribute missing"
    ATTRIBUTE = "attribute not allowed"
    ATTRIBUTES = "attributes that do not go together"
    VALUE = "bad attribute value"
    TEXT = "text not allowed"
    DATA = "bad text value"
    TWICE = "identifier twice"
    NO_ID = "reference to no identifier"


Names = tuple[str, ...]


@frozen
class Fault:
    """One fault. Names have the form `uri}local`.

    `element`: the faulty element, or the owner of the attribute or text. `parent` and `before`: its parent and its last elder
    siblings (a run of equal names counts once). `expected`: element or attribute names allowed instead. `missing`: what must
    be added, each a choice of names. `ends`: whether the end tag is allowed too. `patterns`: the value patterns that did not
    match. `first`: where an identifier first occurs.
    """

    kind: Kind
    element: str = ""
    attribute: str = ""
    value: str = ""
    parent: str = ""
    before: Names = ()
    expected: Names = ()
    missing: tuple[Names, ...] = ()
    ends: bool = False
    patterns: tuple[int, ...] = ()
    where: Position = Position()
    first: Position = Position()
