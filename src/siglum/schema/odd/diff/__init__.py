"""What changes between two customisations of TEI, or for one between two releases: for those who have documents to keep valid.

    difference = diff(side("old.odd"), side("tei_all"))
    difference.changes      # what can make documents invalid first

The way: `sides` (files and releases to specs and grammars) → `vocabulary`, `attributes`, `content` (to changes) → `tell`.
"""

from __future__ import annotations

from siglum.schema.odd.diff import attributes, content, vocabulary
from siglum.schema.odd.diff.change import Change, Difference
from siglum.schema.odd.diff.sides import Side, load_side

__all__ = ["Change", "Difference", "Side", "compare_schemas", "load_side"]


def compare_schemas(one: Side, other: Side) -> Difference:
    """All that changes from the one to the other, in an order that does not depend on theirs."""
    found = {
        *vocabulary.compare_vocabularies(one, other),
        *attributes.compare_attributes(one, other),
        *content.compare_contents(one, other),
    }
    return Difference(one.name, other.name, tuple(sorted(found, key=Change.order)))
