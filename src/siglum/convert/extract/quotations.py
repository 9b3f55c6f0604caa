"""Every quotation of a text as a row: the words, who says them, where they are from, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from siglum.convert.extract.context import Context, ids
from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.quotation import Quotation
from siglum.text.tei import XML_ID, Element, attribute, language, name, tokens

_AROUND = frozenset({"inquit"})
"""What is inside a quotation's element and not of its words: the “he says” that interrupts it."""


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A quotation. `place` is its canonical reference; `reference` the words of the `bibl` or `ref` beside it in a `cit`.

    `depth` counts quotations inside quotations from 1; `note` is the label of the note it stands in; `line` that of the file.
    """

    number: int
    id: str
    kind: str
    type: str
    text: str
    speaker_id: str
    speaker: str
    source_id: str
    source: str
    reference: str
    language: str
    depth: int
    displayed: bool
    place: str
    paragraph: str
    note: str
    before: str
    after: str
    line: int


def quotations(context: Context) -> Iterator[tuple[Element, QuotationRow]]:
    """The quotations of an edition that are part of the text in its view, in document order.

    A quotation that is interrupted and goes on in another element (@next, @prev) is one.
    """
    edition = context.edition
    chains = _Chains(edition)
    shown = (each for each in edition.quotations if not context.omitted(each.element) and not chains.goes_on(each.element))
    for number, each in enumerate(shown, 1):
        yield each.element, _row(context, number, each, chains.parts(each.element))


class _Chains:
    """Quotations in several elements."""

    def __init__(self, edition: Edition) -> None:
        self._next: dict[Element, Element] = {}
        for each in edition.quotations:
            for key, forward in (("next", True), ("prev", False)):
                other = edition.identifiers.first(each.element, key)
                if other is not None and other is not each.element and edition.quotations.of(other) is not None:
                    self._next.setdefault(*((each.element, other) if forward else (other, each.element)))
        self._later = set(self._next.values()) - set(_rings(self._next))

    def goes_on(self, element: Element) -> bool:
        """Whether the element goes on with a quotation that has begun before."""
        return element in self._later

    def parts(self, element: Element) -> list[Element]:
        """The element and those in which its quotation goes on."""
        found = [element]
        while (following := self._next.get(found[-1])) is not None and following not in found:
            found.append(following)
        return found


def _rings(following: dict[Element, Element]) -> Iterator[Element]:
    """The first of each ring of elements that point at each other: somewhere it has to begin."""
    done: set[Element] = set()
    for start in following:
        at: Element | None = start
        path: list[Element] = []
        while at is not None and at not in done:
            done.add(at)
            path.append(at)
            at = following.get(at)
        if at is not None and at in path:
            yield at


def _row(context: Context, number: int, quotation: Quotation, parts: list[Element]) -> QuotationRow:
    element = quotation.element
    where = context.where(element)
    if len(parts) > 1:
        where["after"] = context.around(parts[-1])["after"]
    speakers = tokens(element, "who")
    sources = _sources(element)
    return QuotationRow(
        number=number,
        id=attribute(element, XML_ID),
        kind=quotation.kind,
        type=attribute(element, "type"),
        text=" ".join(running.within(context.edition, each, without=_AROUND) for each in parts),
        speaker_id=ids(speakers),
        speaker=context.called(speakers),
        source_id=ids(sources),
        source=context.called(sources),
        reference="; ".join(running.within(context.edition, each) for each in _references(element)),
        language=language(element),
        depth=quotation.depth,
        displayed=quotation.displayed,
        **where,
    )


def _sources(element: Element) -> list[str]:
    """What the quotation points to as its source: itself, or its `cit`, or the reference in that."""
    parent = element.getparent()
    cit = [parent] if parent is not None and name(parent) == "cit" else []
    found = (tokens(each, "source") for each in (element, *cit))
    named = (tokens(each, key) for each in _references(element) for key in ("corresp", "sameAs", "target", "ref"))
    return next(filter(None, (*found, *named)), [])


def _references(element: Element) -> Iterator[Element]:
    """The `bibl`s and `ref`s that stand with a quotation in a `cit`."""
    parent = element.getparent()
    if parent is not None and name(parent) == "cit":
        yield from (each for each in parent if name(each) in {"bibl", "biblStruct", "ref", "ptr"})
