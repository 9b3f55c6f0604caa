"""Quotations: for every quotation its kind, its depth, whether it is displayed, and the marks to be set around it.

The one place where marks are decided, so that every output sets the same. They come, in this order, from the element's own
`@style` and `@rendition`, from `rendition/@selector` in the header, and from the language in force (see `delimiters`).
`quotation/@marks` says whether the text holds marks already; where it does not say, marks that stand there are never doubled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from siglum.text import css
from siglum.text.delimiters import Pair, delimiters
from siglum.text.tei import DIVISIONS, QUOTATIONS, TEI, XML_ID, Element, attribute, elements, language, name, tokens
from siglum.text.views import View, omission

_DISPLAYING = frozenset(
    {"p", "ab", "l", "lg", "sp", "list", "table", "div", "floatingText", "head", "figure", "opener", "closer", "salute"}
)
_AMONG_BLOCKS = DIVISIONS | {"body", "front", "back", "text", "epigraph", "argument", "item", "postscript"}
_UNMARKED_TYPES = frozenset({"thought", "foreign", "distinct", "term", "emph"})
_OPENING = frozenset("“‘«‹„‚「『\"'»›”")
_CLOSING = frozenset("”’»›“‘」』\"'«‹")
_BOUNDARIES = frozenset({"note"})
_APOSTROPHES = frozenset("'’‘")
_BESIDE = ".,;:!?…"
_UNMARKED = frozenset({"none", "noquotes", "unmarked"})
_DISPLAY = frozenset({"block", "blockquote", "display", "displayed"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation. `depth` is 1 for the outermost, counted anew in a note and in a displayed quotation."""

    element: Element
    kind: str
    depth: int
    displayed: bool
    open: str
    close: str


class Quotations:
    """The quotations of a document, in document order; `of` finds that of an element."""

    def __init__(self, root: Element, view: View = View.READING) -> None:
        self.policy = _marks_in_text(root)
        self._view = view
        self._renditions = _Renditions(root)
        self._by_element: dict[Element, Quotation] = {}
        for text in _outermost(root):
            for element in elements(text, *QUOTATIONS):
                self._by_element[element] = self._resolve(element)

    def of(self, element: Element) -> Quotation | None:
        """The quotation that this element is."""
        return self._by_element.get(element)

    def __iter__(self) -> Iterator[Quotation]:
        return iter(self._by_element.values())

    def _resolve(self, element: Element) -> Quotation:
        style = self._renditions.style(element)
        displayed = _displayed(element, style)
        outer = self._outer(element)
        depth = 1 if outer is None or outer.displayed else outer.depth + 1
        if outer is not None and outer.displayed is False and _unmarked(outer.element):
            depth = outer.depth
        mark_open, mark_close = self._marks(element, style, depth, displayed)
        return Quotation(element, name(element), depth, displayed, mark_open, mark_close)

    def _outer(self, element: Element) -> Quotation | None:
        for each in element.iterancestors():
            if name(each) in _BOUNDARIES:
                return None
            if each in self._by_element:
                return self._by_element[each]
        return None

    def _marks(self, element: Element, style: dict[str, str], depth: int, displayed: bool) -> Pair:
        declared = _declared(style, depth)
        if _UNMARKED.intersection(tokens(element, "rend")):
            return "", ""
        if declared is not None and (not displayed or "before" in style or "after" in style):
            return declared
        if self.policy == "all" or displayed or _unmarked(element):
            return "", ""
        if self.policy != "none" and _has_marks(element, self._view):
            return "", ""
        pairs = delimiters(_language_around(element))
        return pairs[(depth - 1) % 2]


def _outermost(root: Element) -> list[Element]:
    return [text for text in elements(root, "text") if next(text.iterancestors(TEI + "text"), None) is None]


def _language_around(element: Element) -> str:
    """The language of the text that quotes: it has the marks, whatever the language of the words quoted."""
    parent = element.getparent()
    return language(parent if parent is not None else element)


def _marks_in_text(root: Element) -> str:
    statement = next(elements(root, "quotation"), None)
    return attribute(statement, "marks") if statement is not None else ""


def _unmarked(element: Element) -> bool:
    """Thought, indirect speech and emphasis are set without marks unless the edition says otherwise; and what says so."""
    if _UNMARKED.intersection(tokens(element, "rend")):
        return True
    if attribute(element, "aloud") == "false" or attribute(element, "direct") == "false":
        return True
    return name(element) == "q" and attribute(element, "type") in _UNMARKED_TYPES


def _displayed(element: Element, style: dict[str, str]) -> bool:
    """Whether the quotation stands as a block: by its content, then by its rendition, then by where it stands."""
    if any(name(each) in _DISPLAYING for each in element):
        return True
    display = style.get("display", "")
    rend = tokens(element, "rend")
    if display in {"block", "inline"}:
        return display == "block"
    if "inline" in rend or _DISPLAY.intersection(rend):
        return "inline" not in rend
    parent = element.getparent()
    if parent is not None and name(parent) == "cit":
        parent = parent.getparent()
    return parent is not None and name(parent) in _AMONG_BLOCKS - {"item"}


def _declared(style: dict[str, str], depth: int) -> Pair | None:
    """The marks that a rendition gives: `content` before and after, or `quotes` by depth."""
    if "before" in style or "after" in style:
        return style.get("before", ""), style.get("after", "")
    quotes = style.get("quotes")
    if quotes is None:
        return None
    marks = css.strings(quotes)
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    return pairs[(depth - 1) % len(pairs)] if pairs else ("", "")


def _has_marks(element: Element, view: View) -> bool:
    """Whether the text in the element, or right around it, already has a quotation mark."""
    inside = "".join(_words(element, view)).strip()
    if inside and (_opens(inside) or inside[-1] in _CLOSING - _APOSTROPHES):
        return True
    before, after = _text_before(element), _text_after(element).lstrip(_BESIDE)
    return bool(before and after and before[-1] in _OPENING and after[0] in _CLOSING)


def _opens(inside: str) -> bool:
    """Whether it begins with a mark; a straight one alone may be an apostrophe (“'tis”)."""
    return inside[0] in _OPENING and (inside[0] != "'" or inside.rstrip(_BESIDE)[-1:] in _APOSTROPHES)


def _words(element: Element, view: View) -> Iterator[str]:
    """The text of the element as the view reads it, without its notes."""
    yield element.text or ""
    for each in element:
        if isinstance(each.tag, str) and name(each) not in _BOUNDARIES and not omission(each, view):
            yield from _words(each, view)
        yield each.tail or ""


def _text_before(element: Element) -> str:
    """The text right before the element; the breaks between two lines or pages do not part it from a mark."""
    previous, text = element.getprevious(), ""
    while previous is not None and not text:
        text = (previous.tail or "") if not _is_break(previous) else (previous.tail or "").strip()
        if text or not _is_break(previous):
            return text
        previous = previous.getprevious()
    parent = element.getparent()
    text = (parent.text or "") if parent is not None else ""
    return text if element.getprevious() is None else text.rstrip()


def _is_break(element: Element) -> bool:
    return name(element) in {"lb", "pb", "cb", "gb", "anchor", ""}


def _text_after(element: Element) -> str:
    text, following = element.tail or "", element.getnext()
    while not text.strip() and following is not None and _is_break(following):
        text, following = (following.tail or "").lstrip(), following.getnext()
    return text


class _Renditions:
    """The `rendition`s of the header: by id, by selector, and the default for an element's name."""

    def __init__(self, root: Element) -> None:
        self.by_id: dict[str, Element] = {}
        self.rules: list[tuple[int, int, css.Selector, Element]] = []
        for order, rendition in enumerate(elements(root, "rendition")):
            self.by_id[rendition.get(XML_ID, "")] = rendition
            if rendition.get("scheme", "css") == "css":
                for selector in css.selectors(rendition.get("selector", "")):
                    self.rules.append((selector.weight, order, selector, rendition))
        self.rules.sort(key=lambda rule: rule[:2])

    def style(self, element: Element) -> dict[str, str]:
        """The declarations in force for the element; `content` before and after it under the keys `before`, `after`."""
        style: dict[str, str] = {}
        for _, _, selector, rendition in self.rules:
            if selector.matches(element):
                _apply(style, rendition, selector.pseudo)
        for pointer in tokens(element, "rendition"):
            named = self.by_id.get(pointer.removeprefix("#"))
            if named is not None:
                _apply(style, named, "")
        style.update(css.declarations(element.get("style", "")))
        return style


def _apply(style: dict[str, str], rendition: Element, pseudo: str) -> None:
    declared = css.declarations("".join(map(str, rendition.itertext())))
    side = pseudo or attribute(rendition, "scope")
    if side in {"before", "after"}:
        if "content" in declared:
            style[side] = "".join(css.strings(declared["content"]))
    else:
        style.update(declared)
