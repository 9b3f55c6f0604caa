"""The marks and display of quotations in `rendition` (TEI P5, 2.3.4), `@rendition` and `@style`."""

from __future__ import annotations

from siglum.text import css
from siglum.text.delimiters import Pair
from siglum.text.element_index import ElementIndex
from siglum.text.tei import XML_ID, Element, attribute, tokens

_USUAL = frozenset({"open-quote", "close-quote", "normal", "auto", "inherit", "initial", "unset", "revert"})
"""Values that leave the marks to the language."""


class QuotationRenditions:
    """The `rendition` elements of the header, by `xml:id` and by selector."""

    def __init__(self, index: ElementIndex) -> None:
        self.by_id: dict[str, Element] = {}
        self.rules: list[tuple[int, int, css.Selector, Element]] = []
        for order, rendition in enumerate(index.named("rendition")):
            self.by_id[rendition.get(XML_ID, "")] = rendition
            if rendition.get("scheme", "css") == "css":
                for selector in css.parse_selectors(rendition.get("selector", "")):
                    self.rules.append((selector.weight, order, selector, rendition))
        self.rules.sort(key=lambda rule: rule[:2])

    def style(self, element: Element) -> dict[str, str]:
        """Return the declarations for the element; the keys `before` and `after` hold the `content` around it."""
        if not self.rules and "rendition" not in element.attrib and "style" not in element.attrib:
            return {}
        style: dict[str, str] = {}
        for _, _, selector, rendition in self.rules:
            if selector.matches(element):
                _apply(style, rendition, selector.pseudo)
        for pointer in tokens(element, "rendition"):
            named = self.by_id.get(pointer.removeprefix("#"))
            if named is not None:
                _apply(style, named, "")
        style.update(css.parse_declarations(element.get("style", "")))
        return style


def _apply(style: dict[str, str], rendition: Element, pseudo: str) -> None:
    declared = css.parse_declarations("".join(map(str, rendition.itertext())))
    side = pseudo or attribute(rendition, "scope")
    if side not in {"before", "after"}:
        style.update(declared)
    elif "content" in declared and declared["content"] not in _USUAL:
        style[side] = "".join(css.read_strings(declared["content"]))


def read_marks(style: dict[str, str], depth: int) -> Pair | None:
    """Return the marks that a rendition gives: `content` before and after, or `quotes` by depth; None without either."""
    if "before" in style or "after" in style:
        return style.get("before", ""), style.get("after", "")
    quotes = style.get("quotes")
    if quotes is None or quotes in _USUAL:
        return None
    marks = css.read_strings(quotes)
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    return pairs[(depth - 1) % len(pairs)] if pairs else ("", "")
