"""Everything an editor or a scribe did to a text as a row: corrected, regularised, expanded, supplied, deleted, added, lost."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.extract.place_columns import join_ids, list_place, name_targets, resolve_pointers
from siglum.convert.extract.views import Found
from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.tei import XML_ID, Element, attribute, child, name, squeeze, tokens
from siglum.text.views import View, chosen

_PAIRS = (("corr", "sic", "correction"), ("reg", "orig", "regularisation"), ("expan", "abbr", "expansion"))
_ALONE = {
    "sic": "correction",
    "corr": "correction",
    "orig": "regularisation",
    "reg": "regularisation",
    "abbr": "abbreviation",
    "expan": "expansion",
    "supplied": "supplied",
    "gap": "gap",
    "unclear": "unclear",
    "del": "deletion",
    "add": "addition",
    "surplus": "surplus",
    "restore": "restoration",
    "damage": "damage",
}


@frozen
class CorrectionRow:
    """An intervention. `read` stands in the reading text, `found` in the source; either may be empty."""

    number: int
    id: str
    kind: str
    element: str
    read: str
    found: str
    type: str
    reason: str
    extent: str
    hand: str
    resp_id: str
    resp: str
    cert: str
    place: str
    paragraph: str
    note: str
    before: str
    after: str
    line: int


def corrections(edition: Edition) -> Iterator[tuple[Element, CorrectionRow]]:
    """The interventions in the text, in document order: a `choice` is one, and so is what stands without one."""
    number = 0
    found = Found(edition)
    for element in edition.document.index.in_texts("choice", *_ALONE):
        if _is_part(element):
            continue
        number += 1
        yield element, _row(edition, found, number, element)


def _is_part(element: Element) -> bool:
    """Whether it is a side of a `choice`, or what is abbreviated in an `expan`."""
    parent = element.getparent()
    expanded = name(element) == "abbr" and any(name(each) == "expan" for each in element.iterancestors())
    return expanded or (parent is not None and name(parent) == "choice")


def _row(edition: Edition, found: Found, number: int, element: Element) -> CorrectionRow:
    kind, read, side = _sides(element)
    responsible = next(
        filter(None, (resolve_pointers(edition, each, "resp") for each in (read, element, side) if each is not None)), []
    )
    told = [each for each in (read, element, side) if each is not None]
    return CorrectionRow(
        number=number,
        id=attribute(element, XML_ID) or (attribute(read, XML_ID) if read is not None else ""),
        kind=kind,
        element=name(element) if name(element) != "choice" else "/".join(name(each) for each in element if name(each)),
        read=_words(edition, element, read),
        found=_found(found, element, side),
        type=_first(told, "type"),
        reason=_first(told, "reason"),
        extent=_extent(element),
        hand=join_ids(tokens(element, "hand")),
        resp_id=join_ids(responsible),
        resp=name_targets(edition, responsible),
        cert=_first(told, "cert"),
        **list_place(edition, element),
    )


def _sides(element: Element) -> tuple[str, Element | None, Element | None]:
    """What is done, the side that is read and the side of the source."""
    if name(element) != "choice":
        return _ALONE[name(element)], element, element
    for read, found, kind in _PAIRS:
        if child(element, read) is not None or child(element, found) is not None:
            return kind, child(element, read), child(element, found)
    return "choice", chosen(element, View.READING), chosen(element, View.TRANSCRIPT)


def _words(edition: Edition, element: Element, read: Element | None) -> str:
    """What the reading text has; of what it leaves out, nothing."""
    if read is None or (read is element and edition.omission(element)) or name(element) == "gap":
        return ""
    return running.within(edition, read)


def _found(found: Found, element: Element, side: Element | None) -> str:
    if side is None or found.edition.omission(element) or name(element) == "gap":
        return ""
    return running.within(found.edition, side) if name(side) != "corr" else ""


def _first(among: list[Element], key: str) -> str:
    return next(filter(None, (attribute(each, key) for each in among)), "")


def _extent(element: Element) -> str:
    """How much is lost, as far as it is told: “3 character”, “unknown line”."""
    number = attribute(element, "quantity") or attribute(element, "extent")
    least, most = attribute(element, "atLeast"), attribute(element, "atMost")
    number = number or (f"{least}–{most}" if least or most else "")
    return squeeze(f"{number} {attribute(element, 'unit')}")
