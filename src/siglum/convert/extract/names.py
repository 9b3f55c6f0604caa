"""Every name of a text as a row: what it is the name of, the form found and the regular one, the record it is identified by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from siglum.convert.extract.context import Context, ids
from siglum.convert.extract.views import Found
from siglum.text import running
from siglum.text.references.counted import outermost
from siglum.text.tei import XML_ID, Element, attribute, elements, language, name

_NAMES = ("persName", "orgName", "placeName", "geogName", "name", "rs", "eventName", "objectName")
_PLACES = ("country", "region", "settlement", "district", "bloc", "geogFeat")
_WHOLE = frozenset({*_NAMES, "person", "place", "org"}) - {"rs"}
_PARTS = frozenset({*_PLACES, "name"})


@dataclass(frozen=True, slots=True)
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


def names(context: Context) -> Iterator[tuple[Element, NameRow]]:
    """The names in the text, in document order; the parts of a name (a `settlement` in a place's) are not listed."""
    number = 0
    found = Found(context.edition)
    for text in outermost(context.edition.document.root):
        for element in elements(text, *_NAMES, *_PLACES):
            if _is_part(element) or context.omitted(element):
                continue
            number += 1
            yield element, _row(context, found, number, element)


def _is_part(element: Element) -> bool:
    may_be = name(element) in _PARTS and not attribute(element, "ref")
    return may_be and any(name(each) in _WHOLE for each in element.iterancestors())


def _row(context: Context, found: Found, number: int, element: Element) -> NameRow:
    pointers = context.pointers(element, "ref") or context.pointers(element, "corresp")
    key = attribute(element, "key")
    known = [called for each in pointers if (called := context.header.called(each)) and each.startswith("#")]
    text = running.within(context.edition, element)
    return NameRow(
        number=number,
        id=attribute(element, XML_ID),
        kind=name(element),
        type=attribute(element, "type") or attribute(element, "role"),
        text=text,
        found=found.words(element, text),
        normal="; ".join(known) or attribute(element, "reg"),
        record=ids(pointers),
        key=key,
        language=language(element),
        **context.where(element),
    )
