"""Every name of a text as a row: what it is the name of, the form found and the regular one, the record it is identified by."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.extract.place_columns import is_omitted, join_ids, list_place, resolve_pointers
from siglum.convert.extract.views import Found
from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.tei import NAMES, XML_ID, Element, attribute, language, name
from siglum.text.tei_elements import with_property

_NAMES = NAMES | {"rs"}
_PLACES = with_property("place-part")
_WHOLE = NAMES | {"person", "place", "org"}
_PARTS = _PLACES | {"name"}


@frozen
class NameRow:
    """A name. `text` is it in the reading text, `found` as the source has it, `normal` the main name of its record.

    `record` is the id of the record, or the address that @ref gives; `key` is @key.
    """

    number: int
    id: str
    kind: str
    type: str
    text: str
    found: str
    normal: str
    record: str
    key: str
    language: str
    place: str
    paragraph: str
    note: str
    before: str
    after: str
    line: int


def names(edition: Edition) -> Iterator[tuple[Element, NameRow]]:
    """The names in the text, in document order; the parts of a name (a `settlement` in a place's) are not listed."""
    number = 0
    found = Found(edition)
    for element in edition.document.index.in_texts(*_NAMES, *_PLACES):
        if _is_part(element) or is_omitted(edition, element):
            continue
        number += 1
        yield element, _row(edition, found, number, element)


def _is_part(element: Element) -> bool:
    may_be = name(element) in _PARTS and not attribute(element, "ref")
    return may_be and any(name(each) in _WHOLE for each in element.iterancestors())


def _row(edition: Edition, found: Found, number: int, element: Element) -> NameRow:
    pointers = resolve_pointers(edition, element, "ref") or resolve_pointers(edition, element, "corresp")
    key = attribute(element, "key")
    known = [called for each in pointers if (called := edition.header.called(each)) and each.startswith("#")]
    text = running.within(edition, element)
    return NameRow(
        number=number,
        id=attribute(element, XML_ID),
        kind=name(element),
        type=attribute(element, "type") or attribute(element, "role"),
        text=text,
        found=found.words(element, text),
        normal="; ".join(known) or attribute(element, "reg"),
        record=join_ids(pointers),
        key=key,
        language=language(element),
        **list_place(edition, element),
    )
