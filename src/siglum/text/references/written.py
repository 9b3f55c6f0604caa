"""Nest pages, columns and lines of writing without a declaration.

A column is counted in its page. A line is counted in its column, or in its page if numbers begin anew with each page, or in its
division. A break without a number ends the previous unit, and nothing is counted in what it begins.
"""

from __future__ import annotations

from siglum.text.element_index import ElementIndex
from siglum.text.references.unit import Unit
from siglum.text.tei import TEI, Element, attribute, name


class WritingPosition:
    """The current page and column on the way through one text."""

    def __init__(self, text: Element, index: ElementIndex) -> None:
        self._by_page = _begins_anew(text, index)
        self._page: Unit | None = None
        self._column: Unit | None = None
        self._column_holder: Element | None = None

    def around(self, kind: str, holder: Element | None) -> Unit | None:
        """The page or column that counts a column or line; None if a division or the text does."""
        if kind == "cb":
            return self._page
        if kind != "lb":
            return None
        column = self._column
        if column is not None and (self._column_holder is holder or (column.around is not None and column.around.milestone)):
            return column
        return self._page if self._by_page else None

    def start(self, unit: Unit, holder: Element | None) -> None:
        """Start a page, a column or a line. `holder` is the division or text around it."""
        if unit.unit in {"page", "gathering"}:
            self._page, self._column = (unit if unit.unit == "page" else None), None
        elif unit.unit == "column":
            self._column, self._column_holder = unit, holder

    def skip(self, element: Element) -> None:
        """Skip an element that is no unit; it may be a break without a number."""
        if name(element) in {"pb", "gb"}:
            self._page = self._column = None
        elif name(element) == "cb":
            self._column = None


def _begins_anew(text: Element, index: ElementIndex) -> bool:
    """Whether lines on two pages of one division have equal numbers."""
    known: dict[tuple[Element, str], int] = {}
    pages = 0
    sections = (TEI + "div", TEI + "text")
    for element in index.within(text, "pb", "lb"):
        if name(element) == "pb":
            pages += 1
        elif attribute(element, "n"):
            section = next(element.iterancestors(*sections))
            if known.setdefault((section, attribute(element, "n")), pages) != pages:
                return True
    return False
