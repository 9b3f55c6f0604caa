"""Where the numbering of notes restarts: the division or page in which a note is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from siglum.text import css
from siglum.text.element_index import ElementIndex
from siglum.text.policy import DIVISION, DOCUMENT, PAGE, Stream
from siglum.text.tei import DIVISIONS, TEI, Element, name


class NumberingUnits:
    """The divisions and pages in which notes are counted. `calls` maps each note's element to the calls of the note."""

    def __init__(self, index: ElementIndex, calls: Mapping[Element, Sequence[Element]]) -> None:
        self._index = index
        self._calls = calls
        self._pages: dict[Element, Element | None] | None = None

    def unit_of(self, note: Element, stream: Stream) -> Element | None:
        """Return the division, or the `pb` that begins the page, in which the stream counts the note; None: the document."""
        if stream.divisions:
            return self._unit_of_first_call(note, lambda at: _nearest_selected(at, stream.divisions))
        if stream.restart == DOCUMENT:
            return None
        return self._unit_of_first_call(note, {DIVISION: _outermost_division, PAGE: self._page}[stream.restart])

    def _unit_of_first_call(self, note: Element, unit: Callable[[Element], Element | None]) -> Element | None:
        """Return the unit of the first call. A note called inside another note is counted where the outer note is called."""
        seen: set[Element] = set()
        at = note
        while at not in seen:
            seen.add(at)
            call = next(iter(self._calls.get(at, ())), at)
            above = call.iterancestors() if call in self._calls else (call, *call.iterancestors())
            outer = next((element for element in above if element in self._calls), None)
            if outer is None:
                return unit(call)
            at = outer
        return None

    def _page(self, call: Element) -> Element | None:
        if self._pages is None:
            self._pages = self._find_pages_of_calls()
        return self._pages.get(call)

    def _find_pages_of_calls(self) -> dict[Element, Element | None]:
        """Map each first call, and each note, to the last page break before it.

        Page breaks inside notes do not count. A note that applies to a whole element is called at the end of the element.
        """
        wanted = {call for note, calls in self._calls.items() for call in (*calls[:1], note)}
        pages: dict[Element, Element | None] = {}
        page: Element | None = None
        for element in self._index.elements:
            page = element if self._begins_page(element) else page
            if element in wanted:
                inside = [pb for pb in element.iter(TEI + "pb") if self._begins_page(pb)]
                pages[element] = inside[-1] if inside else page
        return pages

    def _begins_page(self, element: Element) -> bool:
        """Return whether the element is a `pb` outside all notes."""
        return element.tag == TEI + "pb" and not any(ancestor in self._calls for ancestor in element.iterancestors())


def _outermost_division(at: Element) -> Element | None:
    division = None
    for ancestor in at.iterancestors():
        if name(ancestor) in DIVISIONS:
            division = ancestor
        elif name(ancestor) == "text":
            break
    return division


def _nearest_selected(at: Element, selectors: tuple[css.Selector, ...]) -> Element | None:
    return next((element for element in at.iterancestors() if any(selector.matches(element) for selector in selectors)), None)
