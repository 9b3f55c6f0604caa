"""Every passage of a text that can be cited as a row: its reference, what it is, where it is, how it begins, its length."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.cite.passage import Links, Places, Teller
from siglum.convert.cite.passage.place import Passage
from siglum.convert.extract.context import AROUND, Context
from siglum.text import running
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


def references(context: Context) -> Iterator[tuple[Element, ReferenceRow]]:
    """The passages in the order of the text."""
    links = Links(context.edition, context.references)
    places = Places(context.edition, context.references)
    teller = Teller(context.edition, context.header.language)
    for unit in context.references.units:
        yield unit.element, _row(context, places.unit(unit), unit, links, teller)


def _row(context: Context, passage: Passage, unit: Unit, links: Links, teller: Teller) -> ReferenceRow:
    start, end = _span(context, passage)
    return ReferenceRow(
        reference=unit.reference,
        unit=unit.unit,
        level=unit.level,
        parent=unit.around.reference if unit.around is not None else "",
        title=_title(context, unit),
        locator=teller.tell(passage).words,
        id=attribute(unit.element, XML_ID),
        link=links.near(unit.element),
        begins=context.words.after(start, AROUND, end),
        length=context.words.count(start, end),
        line=context.line(unit.element),
    )


def _span(context: Context, passage: Passage) -> tuple[int, int]:
    """Where the words of a passage begin and end; one that a milestone begins goes on to the next."""
    words = context.words
    if passage.is_element:
        return words.span(passage.first) or (0, 0)
    start = words.place(passage.first)
    end = words.place(passage.stop) if passage.stop is not None else (words.span(passage.last) or (0, None))[1]
    return (start, end) if start is not None and end is not None else (0, 0)


def _title(context: Context, unit: Unit) -> str:
    """What `citeData` says is the title; else the heading."""
    for data in unit.declared.findall(TEI + "citeData") if unit.declared is not None else ():
        if attribute(data, "property").rpartition(":")[2].rpartition("/")[2] == "title":
            try:
                return Path(attribute(data, "use"), data.nsmap).label(Matched(unit.element, 1, 1))
            except XPathError:
                break
    head = child(unit.element, "head")
    return running.within(context.edition, head) if head is not None else ""
