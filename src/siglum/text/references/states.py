"""References by `refState`: the value of a unit holds until it is set again (TEI P5, 16.2.5.3).

A `milestone` with the unit and an @n sets it, or `pb`, `cb`, `gb`, `lb`, or a division or line that is such a unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siglum.text.element_index import ElementIndex
from siglum.text.references.unit import BREAKS, Fault, Unit, is_milestone
from siglum.text.tei import DIVISIONS, Element, attribute, elements, name

_UNITS_OF = {
    "page": {"pb"},
    "folio": {"pb"},
    "column": {"cb"},
    "gathering": {"gb"},
    "line": {"l", "lb"},
    "verse": {"l"},
    "paragraph": {"p", "ab"},
    "stanza": {"lg"},
    "speech": {"sp"},
    "entry": {"entry"},
}
STATES = ("refState", "state")
"""TEI P4 called `refState` `state`, and some headers still do."""


class States:
    """The units of one `refsDecl`. `at` maps every element of the text to the unit in which it begins."""

    def __init__(self, declaration: Element, index: ElementIndex) -> None:
        self.states = list(elements(declaration, *STATES))
        self.units: list[Unit] = []
        self.faults: list[Fault] = []
        self.at: dict[Element, Unit] = {}
        for text in index.outermost_texts:
            self._walk(index.elements[slice(*index.span(text))])
        carried = {unit.unit for unit in self.units}
        for state in self.states:
            unit = attribute(state, "unit")
            if unit not in carried:
                reason = f"nothing in the text has the unit “{unit}” and an @n" if unit else "it has no @unit"
                self.faults.append(Fault(state, reason))

    def _walk(self, elements_: Sequence[Element]) -> None:
        current: list[Unit | None] = [None] * len(self.states)
        for element in elements_:
            for level in self._find_levels(element):
                around = next((state for state in reversed(current[:level]) if state is not None), None)
                before = around.reference + self._find_delimiter(around) if around is not None else ""
                number = attribute(element, "n")
                made = Unit(
                    element,
                    before + number,
                    attribute(self.states[level], "unit"),
                    around.level + 1 if around is not None else 1,
                    number,
                    around,
                    is_milestone(element),
                )
                current[level:] = [made, *[None] * (len(self.states) - level - 1)]
                self.units.append(made)
            inner = next((state for state in reversed(current) if state is not None), None)
            if inner is not None:
                self.at[element] = inner

    def _find_levels(self, element: Element) -> Iterator[int]:
        """Yield the levels that an element sets."""
        if not attribute(element, "n") or attribute(element, "n").startswith("urn:"):
            return
        kind = name(element)
        for level, state in enumerate(self.states):
            unit, edition = attribute(state, "unit"), attribute(state, "ed")
            if edition and kind in {"milestone", *BREAKS} and attribute(element, "ed") != edition:
                continue
            named = kind == "milestone" and attribute(element, "unit") == unit
            divides = kind in DIVISIONS and unit in {attribute(element, "type"), attribute(element, "subtype")}
            if unit and (named or divides or kind in _UNITS_OF.get(unit, ())):
                yield level

    def _find_delimiter(self, unit: Unit) -> str:
        """Find the delimiter after the number of a unit; empty if numbers have a fixed length."""
        state = next(state for state in self.states if attribute(state, "unit") == unit.unit)
        return state.get("delim") or ("" if attribute(state, "length") else ".")
