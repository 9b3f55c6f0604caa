"""Quotations: for every quotation its kind, its depth, whether it is displayed, and the marks to be set around it.

The one place where marks are decided, so that every output sets the same. They come, in this order, from the element's own
`@style`, `@rendition` and `@rend`, from `rendition/@selector` in the header, from the policy of the edition, and from the
language in force (see `delimiters`). `quotation/@marks` says whether the text holds marks already; where it does not say, marks
that stand there are never doubled. Titles of articles have marks too: they are no quotations, but count for the depth.
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.text import css
from siglum.text.delimiters import Pair
from siglum.text.element_index import ElementIndex
from siglum.text.frozen import frozen
from siglum.text.language import only_language
from siglum.text.pointer import Identifiers
from siglum.text.policy import DEFAULT, NO_MARKS, Continuation, Marks, Split
from siglum.text.quotation import places
from siglum.text.quotation.joined import Fault, JoinedQuotations
from siglum.text.quotation.renditions import QuotationRenditions, read_marks
from siglum.text.quotation.typed import BOUNDARIES, find_typed_mark
from siglum.text.tei import DIVISIONS, QUOTATIONS, Element, attribute, language, name, tokens
from siglum.text.views import View, omission

__all__ = ["Fault", "Mark", "Quotation", "Quotations"]

_DISPLAYING = frozenset(
    {"p", "ab", "l", "lg", "sp", "list", "table", "div", "floatingText", "head", "figure", "opener", "closer", "salute"}
)
_AMONG_BLOCKS = DIVISIONS | {"body", "front", "back", "text", "epigraph", "argument", "postscript"}
_UNMARKED_TYPES = frozenset({"thought", "foreign", "distinct", "term", "emph"})
_UNMARKED = frozenset({"none", "noquotes", "unmarked"})
_MARKED = frozenset({"quotes", "quoted", "quotation-marks", "doublequotes", "singlequotes"})
_DISPLAY = frozenset({"block", "blockquote", "display", "displayed"})
_HEADINGS = frozenset({"head", "titlePart", "docTitle"})
_LEVELS_BY_PLACE = {"analytic": "a", "monogr": "m", "series": "s"}


@frozen
class Quotation:
    """One quotation, or a part of one. `depth` is 1 for the outermost, counted anew in a note and in a displayed quotation.

    `marks` are those of the whole, `open` and `close` what of them this part has; `parts` are all its elements in order, and
    `typed` is a mark that the text has already.
    """

    element: Element
    kind: str
    depth: int
    displayed: bool
    open: str
    close: str
    marks: Pair
    parts: tuple[Element, ...]
    typed: str = ""


@frozen
class Mark:
    """A mark that is made: its signs, and the quotation whose it is."""

    text: str
    quotation: Quotation


class Quotations:
    """The quotations of a document in document order, each once; `of` finds the one that an element is, or is a part of.

    `opening` and `closing` have the marks that stand at the edges of an element: of a quotation, or of a paragraph in one.
    """

    def __init__(
        self, index: ElementIndex, identifiers: Identifiers, view: View = View.READING, policy: Marks = DEFAULT.marks
    ) -> None:
        self.statement = _marks_in_text(index)
        self._policy = policy
        self._view = view
        self._renditions = QuotationRenditions(index)
        self._language = only_language(index.root)
        self._by_element: dict[Element, Quotation] = {}
        self._outer_of: dict[Element, Quotation | None] = {}
        self._opening: dict[Element, list[Mark]] = {}
        self._closing: dict[Element, list[Mark]] = {}
        found = list(self._find(index))
        joined = JoinedQuotations([each for each in found if name(each) in QUOTATIONS], index, identifiers)
        self.faults = joined.faults
        """What of the attributes that join quotations cannot be followed."""
        for element in found:
            if element not in joined.of:
                self._resolve(element)
            elif element not in self._by_element:
                self._resolve_joined(self._read(joined.of[element], element))
        self._set_marks()

    def of(self, element: Element) -> Quotation | None:
        """The quotation that this element is, or is a part of; a title that has marks is one too."""
        return self._by_element.get(element)

    def __iter__(self) -> Iterator[Quotation]:
        return (each for each in self._by_element.values() if each.kind in QUOTATIONS and each.parts[0] is each.element)

    def opening(self, element: Element) -> list[Mark]:
        """The marks that stand before the content of an element, from the outside."""
        return self._opening.get(element, [])

    def closing(self, element: Element) -> list[Mark]:
        """The marks that stand after the content of an element, from the inside."""
        return self._closing.get(element, [])

    # Which elements

    def _find(self, index: ElementIndex) -> Iterator[Element]:
        """Quotations, titles that have marks, and what the policy gives marks, in document order."""
        for text in index.outermost_texts:
            for element in index.within(text, *(() if self._policy.marked else (*QUOTATIONS, "title"))):
                kind = name(element)
                if (
                    kind in QUOTATIONS
                    or (kind == "title" and self._is_marked_title(element))
                    or _selected(element, self._policy.marked)
                ):
                    yield element

    def _is_marked_title(self, title: Element) -> bool:
        """Whether a title has marks: by what it says itself, by the header, by the policy for its level."""
        rend = tokens(title, "rend")
        parent = title.getparent()
        if _MARKED.intersection(rend):
            return True
        if {"quotes", "before", "after"}.intersection(self._renditions.style(title)):
            return True
        if rend or parent is None or (name(parent) in _HEADINGS and _is_alone(title)):
            return False
        level = attribute(title, "level") or _LEVELS_BY_PLACE.get(name(parent), "")
        return level in self._policy.titles and not _selected(title, self._policy.unmarked)

    def _read(self, parts: tuple[Element, ...], element: Element) -> tuple[Element, ...]:
        """The parts of a quotation that are read in this view; what is not read is for itself."""
        return (element,) if self._is_hidden(element) else tuple(each for each in parts if not self._is_hidden(each))

    def _is_hidden(self, element: Element) -> bool:
        return any(omission(each, self._view) for each in (element, *element.iterancestors()))

    # What each is

    def _resolve(self, element: Element) -> None:
        """Decide on a quotation that is in one element."""
        outer = self._outer(element)
        depth = self._depth(outer)
        typed = find_typed_mark(element, self._view)
        displayed, marks = self._look(element, depth, typed, outer)
        self._by_element[element] = Quotation(element, name(element), depth, displayed, *marks, marks, (element,), typed)

    def _resolve_joined(self, parts: tuple[Element, ...]) -> None:
        """Decide on a quotation and all its parts, by the first of them."""
        outer = self._outer(parts[0])
        depth = self._depth(outer)
        typed = next((mark for each in parts if (mark := find_typed_mark(each, self._view))), "")
        looks = [self._look(each, depth, typed, outer) for each in parts]
        marks = looks[0][1]
        apart = self._policy.split is Split.EACH or any(own == NO_MARKS for _, own in looks)
        for each, (displayed, own) in zip(parts, looks, strict=True):
            edges = own if apart else self._share(each, parts, marks)
            self._by_element[each] = Quotation(each, name(each), depth, displayed, *edges, marks, parts, typed)

    def _share(self, part: Element, parts: tuple[Element, ...], marks: Pair) -> Pair:
        """What a part has of the marks of the whole."""
        goes_on = part is not parts[0] and places.begins_block(part, self._policy.continuation)
        return marks[0] if part is parts[0] or goes_on else "", marks[1] if part is parts[-1] else ""

    def _depth(self, outer: Quotation | None) -> int:
        """The depth inside a quotation; one that is set without marks counts for none."""
        if outer is None:
            return 1
        return outer.depth + (outer.marks != NO_MARKS or not self.is_unmarked(outer.element))

    def _outer(self, element: Element) -> Quotation | None:
        """The quotation that it stands in and that counts for its depth: not across a note or a display without marks."""
        parent = element.getparent()
        if parent is None:
            return None
        if parent not in self._outer_of:
            self._outer_of[parent] = self._around(parent)
        return self._outer_of[parent]

    def _around(self, parent: Element) -> Quotation | None:
        for each in (parent, *parent.iterancestors()):
            if name(each) in BOUNDARIES:
                return None
            if each in self._by_element:
                found = self._by_element[each]
                return None if found.displayed and found.marks == NO_MARKS else found
        return None

    def _look(self, element: Element, depth: int, typed: str, outer: Quotation | None) -> tuple[bool, Pair]:
        """Whether it is displayed, and its marks."""
        style = self._renditions.style(element)
        displayed = _displayed(element, style)
        own = read_marks(style, depth)
        if _UNMARKED.intersection(tokens(element, "rend")):
            return displayed, NO_MARKS
        if own is not None and (not displayed or "before" in style or "after" in style):
            return displayed, own
        bare = displayed and not _selected(element, self._policy.displayed)
        if bare or self.statement == "all" or (typed and self.statement != "none") or self.is_unmarked(element):
            return displayed, NO_MARKS
        return displayed, self._pair(element, depth, outer)

    def _pair(self, element: Element, depth: int, outer: Quotation | None) -> Pair:
        """The marks of the language; they differ from those of the quotation it stands in, also where these are typed."""
        pairs = self._policy.pairs(_language_around(element) or self._language)
        pair = pairs[(depth - 1) % len(pairs)]
        is_same = outer is not None and pair[0] != "" and pair[0][:1] in {outer.typed, outer.marks[0][:1]}
        return pairs[depth % len(pairs)] if is_same else pair

    def is_unmarked(self, element: Element) -> bool:
        """Thought, indirect speech and emphasis are set without marks unless the edition says otherwise; and what says so."""
        rend = tokens(element, "rend")
        if _UNMARKED.intersection(rend) or _MARKED.intersection(rend):
            return not _MARKED.intersection(rend)
        if _selected(element, self._policy.marked) or _selected(element, self._policy.unmarked):
            return not _selected(element, self._policy.marked)
        if attribute(element, "aloud") == "false" or attribute(element, "direct") == "false":
            return True
        return name(element) == "q" and attribute(element, "type") in _UNMARKED_TYPES

    # Where the marks stand

    def _set_marks(self) -> None:
        where = self._policy.continuation
        for each in self._by_element.values():
            at = each.element
            if each.open:
                self._opening.setdefault(places.find_beginning(at) if each.displayed else at, []).append(Mark(each.open, each))
            if each.close:
                self._closing.setdefault(places.find_end(at) if each.displayed else at, []).append(Mark(each.close, each))
            if where is not Continuation.NONE and each.marks[0]:
                self._continue(each, where)
        for marks in (*self._opening.values(), *self._closing.values()):
            if len(marks) > 1:
                marks.sort(key=lambda mark: mark.quotation.depth)
        for marks in self._closing.values():
            marks.reverse()

    def _continue(self, quotation: Quotation, where: Continuation) -> None:
        """Give the paragraphs of a quotation its opening mark once more."""
        begun = places.find_beginning(quotation.element) if quotation.open else None
        for at in dict.fromkeys(places.find_continuations(quotation.element, where, self._is_bare)):
            if at is not begun:
                self._opening.setdefault(at, []).append(Mark(quotation.marks[0], quotation))

    def _is_bare(self, element: Element) -> bool:
        """Whether it is a displayed quotation without marks: none are continued in it."""
        found = self._by_element.get(element)
        return found is not None and found.displayed and found.marks == NO_MARKS


def _selected(element: Element, selectors: tuple[css.Selector, ...]) -> bool:
    return any(each.matches(element) for each in selectors)


def _is_alone(element: Element) -> bool:
    """Whether nothing but notes and breaks stands beside the element in its parent."""
    parent = element.getparent()
    if parent is None or (parent.text or "").strip():
        return False
    beside = (each for each in parent if each is not element and isinstance(each.tag, str))
    return not any((each.tail or "").strip() for each in parent) and all(name(each) in places.POINTS for each in beside)


def _language_around(element: Element) -> str:
    """The language of the text that quotes: it has the marks, whatever the language of the words quoted."""
    parent = element.getparent()
    return language(parent if parent is not None else element)


def _marks_in_text(index: ElementIndex) -> str:
    statement = next(index.named("quotation"), None)
    return attribute(statement, "marks") if statement is not None else ""


def _displayed(element: Element, style: dict[str, str]) -> bool:
    """Whether the quotation stands as a block: by its content, then by its rendition, then by where it stands."""
    if name(element) not in QUOTATIONS:
        return False
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
    return parent is not None and name(parent) in _AMONG_BLOCKS
