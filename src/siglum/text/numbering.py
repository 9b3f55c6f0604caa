"""Where the numbers of notes begin anew: the division or the page in which a note is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from siglum.text import css
from siglum.text.policy import DIVISION, DOCUMENT, PAGE, Stream
from siglum.text.tei import DIVISIONS, TEI, Element, name


class Units:
    """The parts of a document in which numbers are counted; `calls` has the calls of each note, by the note's element."""

    def __init__(self, root: Element, calls: Mapping[Element, Sequence[Element]]) -> None:
        self._root = root
        self._calls = calls
        self._pages: dict[Element, Element | None] | None = None

    def of(self, note: Element, stream: Stream) -> Element | None:
        """The division, or the page break before the page, in which the stream counts the note; None for the document."""
        if stream.divisions:
            return self._around(note, lambda at: _nearest(at, stream.divisions))
        if stream.restart == DOCUMENT:
            return None
        return self._around(note, {DIVISION: _outermost, PAGE: self._page}[stream.restart])

    def _around(self, note: Element, unit: Callable[[Element], Element | None]) -> Element | None:
        """The unit of the first call; of a note that is called in another one, the unit of that."""
        seen: set[Element] = set()
        at = note
        while at not in seen:
            seen.add(at)
            call = next(iter(self._calls.get(at, ())), at)
            above = call.iterancestors() if call in self._calls else (call, *call.iterancestors())
            outer = next((each for each in above if each in self._calls), None)
            if outer is None:
                return unit(call)
            at = outer
        return None

    def _page(self, call: Element) -> Element | None:
        if self._pages is None:
            self._pages = self._pages_of_calls()
        return self._pages.get(call)

    def _pages_of_calls(self) -> dict[Element, Element | None]:
        """The last page break before each call, but for those in notes; a note on a whole element is called at its end."""
        wanted = {call for note, calls in self._calls.items() for call in (*calls[:1], note)}
        found: dict[Element, Element | None] = {}
        page: Element | None = None
        for each in self._root.iter(TEI + "*"):
            page = each if self._begins_page(each) else page
            if each in wanted:
                inside = [one for one in each.iter(TEI + "pb") if self._begins_page(one)]
                found[each] = inside[-1] if inside else page
        return found

    def _begins_page(self, element: Element) -> bool:
        """Whether it is a page break of the text; that of a long note does not turn the page of the text around it."""
        return element.tag == TEI + "pb" and not any(each in self._calls for each in element.iterancestors())


def _outermost(at: Element) -> Element | None:
    found = None
    for each in at.iterancestors():
        if name(each) in DIVISIONS:
            found = each
        elif name(each) == "text":
            break
    return found


def _nearest(at: Element, selectors: tuple[css.Selector, ...]) -> Element | None:
    return next((each for each in at.iterancestors() if any(one.matches(each) for one in selectors)), None)
