"""Every quotation of a text as a row: the words, who says them, where they are from, where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.extract.place_columns import is_omitted, join_ids, list_place, name_targets, resolve_pointers, words_around
from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.quotation import Quotation
from siglum.text.tei import XML_ID, Element, attribute, language, name

_AROUND = frozenset({"inquit"})
"""What is inside a quotation's element and not of its words: the “he says” that interrupts it."""


@frozen
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


def quotations(edition: Edition) -> Iterator[tuple[Element, QuotationRow]]:
    """The quotations of an edition that are part of the text in its view, in document order.

    A quotation that is interrupted and goes on in another element (@next, @prev) is one.
    """
    shown = (each for each in edition.quotations if not is_omitted(edition, each.element))
    for number, each in enumerate(shown, 1):
        yield each.element, _row(edition, number, each)


def _row(edition: Edition, number: int, quotation: Quotation) -> QuotationRow:
    element, parts = quotation.element, quotation.parts
    where = list_place(edition, element)
    if len(parts) > 1:
        where["after"] = words_around(edition, parts[-1])["after"]
    speakers = next(filter(None, (resolve_pointers(edition, each, "who") for each in parts)), [])
    sources = next(filter(None, (_sources(edition, each) for each in parts)), [])
    return QuotationRow(
        number=number,
        id=attribute(element, XML_ID),
        kind=quotation.kind,
        type=attribute(element, "type"),
        text=" ".join(running.within(edition, each, without=_AROUND) for each in parts),
        speaker_id=join_ids(speakers),
        speaker=name_targets(edition, speakers),
        source_id=join_ids(sources),
        source=name_targets(edition, sources),
        reference="; ".join(running.within(edition, each) for part in parts for each in _references(part)),
        language=language(element),
        depth=quotation.depth,
        displayed=quotation.displayed,
        **where,
    )


def _sources(edition: Edition, element: Element) -> list[str]:
    """What the quotation points to as its source: itself, or its `cit`, or the reference in that."""
    parent = element.getparent()
    cit = [parent] if parent is not None and name(parent) == "cit" else []
    found = (resolve_pointers(edition, each, "source") for each in (element, *cit))
    named = (
        resolve_pointers(edition, each, key) for each in _references(element) for key in ("corresp", "sameAs", "target", "ref")
    )
    return next(filter(None, (*found, *named)), [])


def _references(element: Element) -> Iterator[Element]:
    """The `bibl`s and `ref`s that stand with a quotation in a `cit`."""
    parent = element.getparent()
    if parent is not None and name(parent) == "cit":
        yield from (each for each in parent if name(each) in {"bibl", "biblStruct", "ref", "ptr"})
