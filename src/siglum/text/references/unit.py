"""A unit of a text that has a reference, and a fault in a declaration."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.text.frozen import frozen
from siglum.text.tei import Element, name

BREAKS = {"pb": "page", "cb": "column", "gb": "gathering", "lb": "line"}
"""The empty elements at which a part of the source begins, and its name; others are `milestone`s."""


@frozen(eq=False)
class Unit:
    """A unit of text: its element, reference, name (`unit`), level, own number (`step`) and the unit around it.

    The passage of a `milestone` begins after the element and ends before the next milestone of its unit. `declared` is the
    `citeStructure` that declares the unit.
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
        """The units around it, outermost first, and itself."""
        return tuple(reversed(list(self._outwards())))

    def _outwards(self) -> Iterator[Unit]:
        at: Unit | None = self
        while at is not None:
            yield at
            at = at.around


def is_milestone(element: Element) -> bool:
    """Whether a unit begins at the element instead of standing in it."""
    return name(element) in BREAKS or name(element) == "milestone"


@frozen
class Fault:
    """A part of a declaration that cannot be used, with the reason. The other parts hold."""

    element: Element
    reason: str

    @property
    def kind(self) -> str:
        """The name of the element."""
        return name(self.element)
