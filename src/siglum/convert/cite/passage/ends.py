"""Find the ends of passages that milestones begin: the next milestone of the same kind or of a larger one.

A page ends with its gathering, a column with its page, a line with its column. Any of them ends at a break without a number.
"""

from __future__ import annotations

from collections.abc import Sequence

from siglum.text.references import Unit
from siglum.text.tei import TEI, Element, attribute, name

_LARGER = {"gb": ("gb",), "pb": ("gb", "pb"), "cb": ("gb", "pb", "cb"), "lb": ("gb", "pb", "cb", "lb")}
"""The breaks that end the passage of each break."""


class MilestoneEnds:
    """The ends of all passages that milestones begin, found in one pass from the end of the text."""

    def __init__(self, units: Sequence[Unit], root: Element) -> None:
        self._found: dict[Element, Element | None] = {}
        begins = {unit.element: unit for unit in units if unit.milestone}
        following: dict[tuple[str, str], tuple[int, Element]] = {}
        levels: dict[int, tuple[int, Element]] = {}
        kinds = (TEI + kind for kind in (*_LARGER, "milestone"))
        for at, element in enumerate(reversed(list(root.iter(*kinds)))):
            unit, edition = begins.get(element), attribute(element, "ed")
            if unit is not None:
                near = [following.get((kind, edition)) for kind in (unit.unit, *_LARGER.get(name(element), ()))]
                near += [levels.get(level) for level in range(1, unit.level)]
                ends = max((pair for pair in near if pair is not None), key=lambda pair: pair[0], default=None)
                self._found[element] = ends[1] if ends is not None else None
                following[unit.unit, edition] = levels[unit.level] = at, element
            following[name(element), edition] = at, element

    def find_end(self, unit: Unit) -> Element | None:
        """The milestone that ends the unit; None if the unit goes on to the end of the element around it."""
        return self._found.get(unit.element)
