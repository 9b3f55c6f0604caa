"""References without a declaration: by divisions, paragraphs, lines and notes, with @n before order."""

from __future__ import annotations

from siglum.text.element_index import ElementIndex
from siglum.text.references.unit import BREAKS
from siglum.text.tei import DIVISIONS, QUOTATIONS, Element, attribute, child, elements, name, squeeze

_HOLDING = {
    **dict.fromkeys(DIVISIONS, "div"),
    "sp": "speech",
    "note": "note",
    "front": "front",
    "back": "back",
    "floatingText": "text",
    "text": "text",
    "entry": "entry",
    "entryFree": "entry",
    "sense": "sense",
}
_HELD = {"p": "paragraph", "ab": "block", "l": "line", "head": "heading", "titlePage": "title page", "stage": "stage direction"}
_POEMS = frozenset({"poem", "sonnet", "song", "psalm", "hymn", "ode", "epigram", "elegy"})
UNNUMBERED = frozenset({"front", "back", "title page"})


class CountedUnits:
    """The kind and number of every unit of the text within the unit around it."""

    def __init__(self, index: ElementIndex) -> None:
        self.kinds: dict[Element, tuple[str, str]] = {}
        texts = index.outermost_texts
        for text in texts:
            self._number(text, index)
        if len(texts) > 1:  # a corpus
            for count, text in enumerate(texts, 1):
                self.kinds[text] = "text", attribute(text, "n") or str(count)

    def name(self, element: Element) -> str:
        """The name of a unit: “paragraph 3”."""
        unit, number = self.kinds[element]
        return f"{unit} {number}".strip()

    def _number(self, text: Element, index: ElementIndex) -> None:
        counts: dict[tuple[Element, str], int] = {}
        holders: dict[Element, Element] = {}
        speeches: dict[Element, Element] = {}
        for element in index.within(text):
            if element is text:
                holders[text] = text
                continue
            parent = element.getparent()
            holder = holders.get(parent, text) if parent is not None else text
            kind = name(element)
            holds = kind in _HOLDING or (kind in QUOTATIONS and child(element, "p") is not None) or _is_poem(element, kind)
            if not holds and kind not in _HELD:
                holders[element] = holder
                continue
            number = attribute(element, "n") or _find_headword(element, kind)
            whole = number.startswith("urn:")  # a division that holds the whole text (CTS)
            holders[element] = element if holds and not whole else holder
            if kind == "sp":
                speeches[element] = holder
            if not whole:
                unit = _find_unit_name(element, kind)
                if kind == "l":  # lines are counted through the scene, and a line that several speakers share once
                    holder = speeches.get(holder, holder)
                if attribute(element, "part") not in {"M", "F"} or kind != "l":
                    counts[holder, unit] = counts.get((holder, unit), 0) + 1
                self.kinds[element] = unit, "" if unit in UNNUMBERED else number or str(counts.get((holder, unit), 1))


def name_unit(element: Element) -> str:
    """Name a unit for which the declaration gives no name."""
    return _find_unit_name(element, name(element)) or "stanza"


def _is_poem(element: Element, kind: str) -> bool:
    return kind == "lg" and attribute(element, "type") in _POEMS


def _find_headword(element: Element, kind: str) -> str:
    """Find the headword of a dictionary entry."""
    if _HOLDING.get(kind) != "entry":
        return ""
    word = next(elements(element, "orth"), None)
    return squeeze("".join(map(str, word.itertext()))) if word is not None else attribute(element, "key")


def _find_unit_name(element: Element, kind: str) -> str:
    """Find the name of a unit: @subtype or @type of a division, otherwise a term for the element."""
    if kind in DIVISIONS:
        return attribute(element, "subtype") or attribute(element, "type") or "div"
    if kind == "lg":
        return attribute(element, "type")
    return _HOLDING.get(kind) or _HELD.get(kind) or ("quotation" if kind in QUOTATIONS else BREAKS.get(kind, kind))
