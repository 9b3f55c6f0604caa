"""What each TEI element becomes for a reader: one clause a family of elements, and the table that says which.

What is not known by name is a block where it stands among blocks and a stretch of the line otherwise, so no element's text is
ever lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from siglum.convert.reading import editorial, records
from siglum.convert.reading.builder import Behave, Builder
from siglum.convert.reading.looks import styles
from siglum.convert.reading.tree import (
    CLOSED_UP,
    Anchor,
    Block,
    Break,
    Cell,
    Cit,
    Figure,
    Graphic,
    Heading,
    Inline,
    Line,
    Link,
    List,
    ListItem,
    Node,
    Paragraph,
    Row,
    Section,
    Source,
    Table,
    Text,
    Title,
    is_phrase,
    plain,
)
from siglum.text.named import record_name
from siglum.text.tei import (
    BLOCKS,
    DIVISIONS,
    STRUCTURE,
    XML_ID,
    Element,
    attribute,
    child,
    is_block,
    is_entry,
    is_record,
    name,
    squeeze,
    tokens,
)
from siglum.text.views import View, ornament

_NAMES = frozenset(
    {"persName", "orgName", "placeName", "name", "rs", "geogName", "country", "settlement", "region", "district", "title"}
)
_BREAKS = {"lb": "line", "pb": "page", "cb": "column", "gb": "page"}
_CAPTIONED = frozenset({"list", "table", "figure", "lg", "listBibl", "castList", "castGroup", "listPerson", "listPlace"})


_INDENT = re.compile(r"(?<![\w-])indent(?:ed)?[-( ]?(\d{0,3})")
_DEEPEST = 9


def behave(builder: Builder, element: Element) -> Iterator[Node]:
    """The nodes of an element that is part of the text."""
    clause = _CLAUSES.get(name(element))
    if clause is not None:
        yield from clause(builder, element)
    elif builder.edition.quotations.of(element) is not None:
        yield from _quotation(builder, element)
    elif is_block(element) or is_entry(element):
        yield _block(builder, element)
    else:
        content = _content(builder, element)
        holds_blocks = any(not is_phrase(node) for node in content)
        yield Block(builder.source(element), content) if holds_blocks else _stretch(builder, element, content)


def _content(builder: Builder, element: Element) -> tuple[Node, ...]:
    return tuple(records.parts(builder, element)) if is_record(element) else builder.content(element)


def _inline(builder: Builder, element: Element) -> Node:
    return _stretch(builder, element, builder.content(element))


def _stretch(builder: Builder, element: Element, content: tuple[Node, ...]) -> Node:
    style = styles(builder, element)
    target = _entity(builder, element)
    if target:
        return Link(builder.source(element), target, (Inline(Source(), content, style),) if style else content)
    return Inline(builder.source(element), content, style)


def _entity(builder: Builder, element: Element) -> str:
    """The record of a person, place, organisation or work that a name refers to, where it is in this document."""
    if name(element) not in _NAMES:
        return ""
    return next((each for each in tokens(element, "ref") if builder.edition.identifiers.get(each) is not None), "")


def _block(builder: Builder, element: Element) -> Node:
    return Block(builder.source(element), _content(builder, element))


def _line(builder: Builder, element: Element) -> Iterator[Node]:
    """A line of verse; one that ends what another speaker has begun (@part) knows the words before it."""
    content = builder.content(element)
    part = attribute(element, "part")
    before = builder.half_line if part in {"M", "F"} else ""
    words = squeeze(f"{before} {plain(content)}")
    builder.half_line = words if part in {"I", "M"} else ""
    number = attribute(element, "n")
    shown = number if number.isascii() and number.isdigit() and int(number) % 5 == 0 and part not in {"M", "F"} else ""
    yield Line(builder.source(element), content, shown, _indent(element), before)


def _indent(element: Element) -> int:
    """The steps by which a line is set in: `indent`, `indent2`, `indent-2`, `indent(2)` in @rend."""
    found = _INDENT.search(attribute(element, "rend"))
    return min(int(found[1] or 1), _DEEPEST) if found else 0


def _paragraph(builder: Builder, element: Element) -> Iterator[Node]:
    number, source = _numbered(builder, element)
    yield Paragraph(source, builder.content(element), "" if builder.in_cit else number)


def _numbered(builder: Builder, element: Element) -> tuple[str, Source]:
    """The number for the margin, and an id to link to that is made of the reference where the element has none."""
    number = builder.references.number(element)
    source = builder.source(element)
    if number and not source.id:
        wanted = re.sub(r"\W+", "-", builder.references.of(element)).strip("-")
        source = replace(source, id=builder.identifier(element, wanted))
    return number, source


def _section(builder: Builder, element: Element) -> Iterator[Node]:
    builder.level += 1
    source, content = builder.source(element), builder.content(element)
    builder.level -= 1
    left = builder.emptied(element, content, source.id)
    if left is None:
        yield Section(source, content, builder.references.label(element))
    else:
        yield from left


def _matter(builder: Builder, element: Element) -> Iterator[Node]:
    """`front`, `body`, `back`, `group` and `text` hold divisions without being one."""
    yield Block(builder.source(element), builder.content(element))


def _head(builder: Builder, element: Element) -> Iterator[Node]:
    parent = element.getparent()
    if parent is not None and name(parent) in _CAPTIONED:
        yield Title(builder.source(element), builder.content(element))
    elif not _is_subtitle(element):
        content = builder.content(element)
        below = element.getnext()
        while below is not None and _is_subtitle(below):
            subtitle = Inline(builder.source(below), builder.content(below), styles(builder, below))
            content = (*content, Break(Source(), "line", ""), subtitle)
            below = below.getnext()
        yield Heading(builder.source(element), content, max(builder.level, 1))


def _is_subtitle(element: Element) -> bool:
    """Whether the `head` belongs to the one right before it, as its second line."""
    previous = element.getprevious()
    is_sub = name(element) == "head" and attribute(element, "type") in {"sub", "subtitle", "subheading", "subhead"}
    return is_sub and previous is not None and name(previous) == "head" and not (previous.tail or "").strip()


def _title(builder: Builder, element: Element) -> Iterator[Node]:
    yield _inline(builder, element)


def _title_line(builder: Builder, element: Element) -> Iterator[Node]:
    yield Title(builder.source(element), builder.content(element))


def _quotation(builder: Builder, element: Element) -> Iterator[Node]:
    quotation = builder.edition.quotations.of(element)
    assert quotation is not None
    content = builder.content(element)
    if quotation.open:
        content = (Text(quotation.open), *(() if quotation.open.endswith(" ") else (CLOSED_UP,)), *content)
    if quotation.close:
        content = (*content, *(() if quotation.close.startswith(" ") else (CLOSED_UP,)), Text(quotation.close))
    if quotation.displayed:
        number, source = _numbered(builder, element)
        yield Cit(source, content, (), number)
    elif any(not is_phrase(node) for node in content):
        yield Block(builder.source(element), content)
    else:
        source = replace(builder.source(element), title=_speaker(builder, element))
        yield Inline(source, content, styles(builder, element))


def _speaker(builder: Builder, element: Element) -> str:
    """Who speaks, and from which work the words are, for a reader who asks."""
    said = []
    for key in ("who", "source"):
        for pointer in tokens(element, key):
            record = builder.edition.identifiers.get(pointer)
            if record is not None:
                said.append(record_name(record))
    return ", ".join(dict.fromkeys(each for each in said if each))


def _cit(builder: Builder, element: Element) -> Iterator[Node]:
    """A quotation and its reference belong together, displayed or in the line."""
    quoted = [each for each in element if builder.edition.quotations.of(each) is not None]
    displayed = any((found := builder.edition.quotations.of(each)) and found.displayed for each in quoted)
    if not displayed:
        yield _block(builder, element) if is_block(element) and _among_blocks(element) else _inline(builder, element)
        return
    number, source = _numbered(builder, element)
    quotation: list[Node] = []
    reference: list[Node] = []
    before, builder.in_cit = builder.in_cit, bool(number) or builder.in_cit
    children = list(builder.children(element))
    builder.in_cit = before
    for node in children:
        match node:
            case Cit():
                quotation.append(Block(node.source, node.quotation))
            case Inline(source=Source(element="bibl" | "ref" | "biblStruct")) | Link() | Block(source=Source(element="bibl")):
                reference.append(node)
            case _:
                (reference if reference else quotation).append(node)
    yield Cit(source, tuple(quotation), tuple(reference), number)


def _bibl(builder: Builder, element: Element) -> Iterator[Node]:
    parent = element.getparent()
    if parent is not None and (name(parent) == "cit" or name(parent) not in STRUCTURE):
        yield _inline(builder, element)
    else:
        yield _block(builder, element)


def _break(builder: Builder, element: Element) -> Iterator[Node]:
    """A break parts words unless it says `@break="no"`; in a prose paragraph the end of a line is no more than that.

    Where the lines of the source are kept, a word that goes on in the next one gets a hyphen, as inscriptions are printed.
    """
    joins = attribute(element, "break") == "no"
    kind = _BREAKS[name(element)]
    if builder.edition.view is View.DIPLOMATIC:
        yield from editorial.shown_break(builder, element, kind)
    elif kind == "line" and joins and _in_lines(element):
        yield CLOSED_UP
        if not _ends_in_hyphen(element):
            yield Text("-")
        yield Break(builder.source(element), "line-joined", attribute(element, "n"))
    elif kind != "line" or (not joins and not _in_prose(element)):
        yield Break(builder.source(element), f"{kind}-joined" if joins else kind, attribute(element, "n"))
    elif joins:
        yield Break(builder.source(element), "joined", "")
    if not joins:
        yield Text(" ")


def _anchor(builder: Builder, element: Element) -> Iterator[Node]:
    if element.get(XML_ID):
        yield Anchor(builder.source(element))


def _milestone(builder: Builder, element: Element) -> Iterator[Node]:
    shown = ornament(element)
    if not shown:
        yield from _anchor(builder, element)
    elif _among_blocks(element):
        yield Block(builder.source(element), (Text(shown),))
    else:
        yield Inline(builder.source(element), (Text(f" {shown} "),))


def _link(builder: Builder, element: Element) -> Iterator[Node]:
    target = attribute(element, "target").split(" ")[0]
    content = builder.content(element)
    if name(element) == "ptr":
        content = (Text(_pointer_text(builder, target)),) if target else ()
    inner = any(isinstance(node, Link) for node in content)
    is_dead = target.startswith("#") and builder.edition.identifiers.get(target) is None
    if target and content and not inner and not is_dead:
        yield Link(builder.source(element), _resolved(builder, target), content)
    else:
        yield Inline(builder.source(element), content, styles(builder, element))


def _resolved(builder: Builder, target: str) -> str:
    found = builder.edition.identifiers.get(target)
    return target if found is None else f"#{builder.identifier(found)}"


def _pointer_text(builder: Builder, target: str) -> str:
    """What a `ptr` reads as: the label of the note, the heading of the division, or the address."""
    found = builder.edition.identifiers.get(target)
    if found is None:
        return target
    note = builder.edition.notes.of(found)
    if note is not None and note.label:
        return note.label
    head = child(found, "head")
    return squeeze("".join(map(str, (head if head is not None else found).itertext())))[:80] or target


def _list(builder: Builder, element: Element) -> Iterator[Node]:
    kind = attribute(element, "type") or attribute(element, "rend")
    has_labels = child(element, "label") is not None
    ordered = kind in {"ordered", "numbered", "decimal"}
    shape = "gloss" if has_labels else "ordered" if ordered else "unordered"
    yield List(builder.source(element), shape, tuple(_items(builder, element)))


def _items(builder: Builder, element: Element) -> Iterator[Node]:
    label: tuple[Node, ...] = ()
    if element.text and element.text.strip():
        yield from builder.texts(element, element.text)
    for each in element:
        kind = name(each)
        if kind == "label":
            if label:
                yield ListItem(Source("label"), label, ())
            label = builder.content(each)
        elif kind == "item":
            own = attribute(each, "n")
            shown = label or ((Text(own),) if own else ())
            yield ListItem(builder.source(each), shown, builder.content(each))
            label = ()
        elif kind:
            yield from builder.element(each)
        if each.tail and each.tail.strip():
            yield from builder.texts(each, each.tail, tail=True)
    if label:
        yield ListItem(Source("label"), label, ())


def _table(builder: Builder, element: Element) -> Iterator[Node]:
    captions: list[Node] = []
    rows: list[Row] = []
    for each in element:
        if name(each) == "row":
            rows.append(_row(builder, each))
        elif isinstance(each.tag, str):
            captions += builder.element(each)
    yield Table(builder.source(element), tuple(captions), tuple(rows))


def _row(builder: Builder, element: Element) -> Row:
    is_head = attribute(element, "role") == "label"
    cells: list[Cell] = []
    for each in element:
        if not isinstance(each.tag, str):
            continue
        content = builder.content(each) if name(each) == "cell" else tuple(builder.element(each))
        role = is_head or attribute(each, "role") == "label"
        cells.append(Cell(builder.source(each), content, role, _count(each, "cols"), _count(each, "rows")))
    return Row(builder.source(element), tuple(cells))


def _figure(builder: Builder, element: Element) -> Iterator[Node]:
    content = builder.content(element)
    if _among_blocks(element) or any(not is_phrase(node) for node in content):
        yield Figure(builder.source(element), content)
    else:
        yield Inline(builder.source(element), content)


def _graphic(builder: Builder, element: Element) -> Iterator[Node]:
    parent = element.getparent()
    figure = child(parent, "figDesc") if parent is not None else None
    description = squeeze("".join(map(str, figure.itertext()))) if figure is not None else ""
    yield Graphic(builder.source(element), attribute(element, "url"), description)


def _in_prose(element: Element) -> bool:
    block = next((above for above in element.iterancestors() if name(above) in BLOCKS or name(above) == "note"), None)
    return block is not None and name(block) in {"p", "note", "item"}


def _in_lines(element: Element) -> bool:
    """Whether it stands in an inscription or the like, printed line by line."""
    block = next((above for above in element.iterancestors() if name(above) in BLOCKS or name(above) == "note"), None)
    return block is not None and name(block) == "ab"


def _ends_in_hyphen(element: Element) -> bool:
    previous = element.getprevious()
    parent = element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (before or "").rstrip().endswith(("-", "‐", "¬", "⸗", "="))


def _count(element: Element, key: str) -> int:
    value = attribute(element, key)
    return min(int(value), 1000) if value.isascii() and value.isdigit() and value != "0" else 1


def _among_blocks(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and (name(parent) in STRUCTURE or name(parent) in DIVISIONS)


_CLAUSES: dict[str, Behave] = {
    **dict.fromkeys(DIVISIONS | {"floatingText"}, _section),
    **dict.fromkeys(("text", "front", "body", "back", "group"), _matter),
    **dict.fromkeys(("p", "ab"), _paragraph),
    "head": _head,
    **dict.fromkeys(("titlePart", "docAuthor", "docDate", "docEdition", "docImprint", "byline"), _title_line),
    "title": _title,
    "l": _line,
    "cit": _cit,
    "bibl": _bibl,
    **dict.fromkeys(_BREAKS, _break),
    "anchor": _anchor,
    "milestone": _milestone,
    **dict.fromkeys(("ref", "ptr"), _link),
    "list": _list,
    "table": _table,
    "figure": _figure,
    "graphic": _graphic,
    **editorial.CLAUSES,
}
"""Which clause makes the nodes of an element; all others are a block or a stretch of the line, by where they stand."""
