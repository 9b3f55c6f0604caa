"""A unit of a text that has a reference, and a fault in what declares references."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.text.frozen import frozen
from siglum.text.tei import Element, name

BREAKS = {"pb": "page", "cb": "column", "gb": "gathering", "lb": "line"}
"""The empty elements at which something of the source begins, and what that is called; the others are `milestone`s."""


@frozen(eq=False)
class Unit:
    """A passage: its element, its whole reference, what it is (`unit`), how deep, its own number (`step`), the unit around it.

    A `milestone`'s passage begins behind the element and goes on until the next milestone of the same unit. `declared`: the
    `citeStructure` that it comes from.
    """

    element: Element
    reference: str
    unit: str
    level: int
    step: str
    around: Unit | None = None
    milestone: bool = False
    declared: Element | None = None

    @property
    def steps(self) -> tuple[Unit, ...]:
        """The units around it, the outermost first, and itself."""
        return tuple(reversed(list(self._outwards())))

    def _outwards(self) -> Iterator[Unit]:
        at: Unit | None = self
        while at is not None:
            yield at
            at = at.around


def is_milestone(element: Element) -> bool:
    """Whether a unit begins at the element and does not stand in it."""
    return name(element) in BREAKS or name(element) == "milestone"


@frozen
class Fault:
    """A part of a declaration that cannot be used as it stands, and why; the others hold."""

    element: Element
    reason: str

    @property
    def kind(self) -> str:
        """The name of the element."""
        return name(self.element)
