"""Identifiers of the output: each is unique, and an element keeps its own `xml:id` where no earlier element has it."""

from __future__ import annotations

from siglum.text.pointer import Identifiers
from siglum.text.tei import XML_ID, Element, squeeze


class OutputIds:
    """Gives identifiers to elements, and to nodes that no element stands for."""

    def __init__(self, identifiers: Identifiers) -> None:
        self._identifiers = identifiers
        self._taken = set(identifiers)
        self._counts: dict[str, int] = {}
        self._by_element: dict[Element, str] = {}

    def __contains__(self, element: Element) -> bool:
        return element in self._by_element

    def __len__(self) -> int:
        return len(self._by_element)

    def of(self, element: Element, wanted: str = "") -> str:
        """The identifier of an element: its `xml:id` where that is unique, else one made from the `xml:id` or `wanted`."""
        if element not in self._by_element:
            own = squeeze(element.get(XML_ID, "")).replace(" ", "_")
            is_first = self._identifiers.get("#" + own) is element
            self._by_element[element] = own if own and is_first else self.make_unique(own or wanted)
        return self._by_element[element]

    def make_unique(self, wanted: str) -> str:
        """`wanted`, with a number behind it where it is taken."""
        identifier, count = wanted, self._counts.get(wanted, 1)
        while identifier in self._taken:
            count += 1
            identifier = f"{wanted}-{count}"
        self._taken.add(identifier)
        self._counts[wanted] = count
        return identifier
