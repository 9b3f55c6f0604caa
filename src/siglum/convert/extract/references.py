"""Every passage of a text that can be cited as a row: its reference, what it is, where it is, how it begins, its length."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.cite.passage import Links, LocatorBuilder, PassageFinder
from siglum.convert.cite.passage.place import Passage
from siglum.convert.extract.place_columns import AROUND
from siglum.convert.text_index import index_text
from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.references import Unit
from siglum.text.references.xpath import Matched, Path, XPathError
from siglum.text.tei import TEI, XML_ID, Element, attribute, child


@frozen
class ReferenceRow:
    """A passage. `link` is the id that pages have for it, or for what is around it; `length` counts words, without notes."""

    reference: str
    unit: str
    level: int
    parent: str
    title: str
    locator: str
    id: str
    link: str
    begins: str
    length: int
    line: int


def references(edition: Edition) -> Iterator[tuple[Element, ReferenceRow]]:
    """The passages in the order of the text."""
    links = Links(edition, edition.references)
    places = PassageFinder(edition, edition.references)
    locators = LocatorBuilder(edition, edition.header.language)
    for unit in edition.references.units:
        yield unit.element, _row(edition, places.make_passage(unit), unit, links, locators)


def _row(edition: Edition, passage: Passage, unit: Unit, links: Links, locators: LocatorBuilder) -> ReferenceRow:
    start, end = _span(edition, passage)
    return ReferenceRow(
        reference=unit.reference,
        unit=unit.unit,
        level=unit.level,
        parent=unit.around.reference if unit.around is not None else "",
        title=_title(edition, unit),
        locator=locators.build(passage).words,
        id=attribute(unit.element, XML_ID),
        link=links.find_nearest(unit.element),
        begins=index_text(edition).after(start, AROUND, end),
        length=index_text(edition).count(start, end),
        line=edition.document.locate(unit.element).line,
    )


def _span(edition: Edition, passage: Passage) -> tuple[int, int]:
    """Where the words of a passage begin and end; one that a milestone begins goes on to the next."""
    words = index_text(edition)
    if passage.is_element:
        return words.span(passage.first) or (0, 0)
    start = words.place(passage.first)
    end = words.place(passage.stop) if passage.stop is not None else (words.span(passage.last) or (0, None))[1]
    return (start, end) if start is not None and end is not None else (0, 0)


def _title(edition: Edition, unit: Unit) -> str:
    """What `citeData` says is the title; else the heading."""
    for data in unit.declared.findall(TEI + "citeData") if unit.declared is not None else ():
        if attribute(data, "property").rpartition(":")[2].rpartition("/")[2] == "title":
            try:
                return Path(attribute(data, "use"), data.nsmap).label(Matched(unit.element, 1, 1))
            except XPathError:
                break
    head = child(unit.element, "head")
    return running.within(edition, head) if head is not None else ""
