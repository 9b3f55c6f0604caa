"""References by `citeStructure`: @match selects units, @use names them, @delim joins them, one inside the other (16.2.5.4)."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.text.element_index import ElementIndex
from siglum.text.references.counted import name_unit
from siglum.text.references.unit import Fault, Unit, is_milestone
from siglum.text.references.xpath import Matched, Path, XPathError
from siglum.text.tei import TEI, Element, attribute

_TIMES = 20
"""How often, on average, a declaration may select each element. More means that it runs in circles."""


class Structures:
    """The units of one `refsDecl`; `faults` are the structures that cannot be used."""

    def __init__(self, declaration: Element, index: ElementIndex) -> None:
        self.units: list[Unit] = []
        self.faults: list[Fault] = []
        self._paths: dict[tuple[Element, str], Path | None] = {}
        self._left = _TIMES * (1 + len(index.elements)) + 1000
        for structure in declaration.findall(TEI + "citeStructure"):
            self._evaluate(structure, index.root, None)
        found = {unit.declared for unit in self.units}
        refused = {fault.element for fault in self.faults}
        for structure in declaration.iter(TEI + "citeStructure"):
            around = structure.getparent()
            if structure not in found | refused and (around is declaration or around in found):
                self.faults.append(Fault(structure, f"“{attribute(structure, 'match')}” finds nothing that can be named"))

    def _evaluate(self, structure: Element, context: Element, around: Unit | None) -> None:
        for unit in self._match_units(structure, context, around):
            self.units.append(unit)
            for inner in structure.findall(TEI + "citeStructure"):
                self._evaluate(inner, unit.element, unit)

    def _match_units(self, structure: Element, context: Element, around: Unit | None) -> Iterator[Unit]:
        match, use = self._compile_path(structure, "match"), self._compile_path(structure, "use")
        if match is None or use is None or self._left <= 0:
            return
        try:
            selected = match.select(context)
            self._left -= len(selected) + 1
            labels = [use.label(Matched(element, place, len(selected))) for place, element in enumerate(selected, 1)]
        except XPathError as error:
            self._refuse(structure, str(error))
            return
        if self._left <= 0:
            self._refuse(structure, f"“{match.written}” selects the same places over and over")
            return
        before = (around.reference if around is not None else "") + structure.get("delim", "")
        level = around.level + 1 if around is not None else 1
        for selected_element, label in zip(selected, labels, strict=True):
            if label:
                named = attribute(structure, "unit") or name_unit(selected_element)
                yield Unit(
                    selected_element, before + label, named, level, label, around, is_milestone(selected_element), structure
                )

    def _compile_path(self, structure: Element, key: str) -> Path | None:
        if (structure, key) not in self._paths:
            try:
                self._paths[structure, key] = Path(attribute(structure, key), structure.nsmap)
            except XPathError as error:
                self._paths[structure, key] = None
                self._refuse(structure, str(error) if attribute(structure, key) else f"it has no @{key}")
        return self._paths[structure, key]

    def _refuse(self, structure: Element, reason: str) -> None:
        for key in ("match", "use"):
            self._paths[structure, key] = None
        if structure not in {fault.element for fault in self.faults}:
            self.faults.append(Fault(structure, reason))
