"""TEI's behaviours: what each makes of its parameters (Guidelines, 22.5.4.7). One clause a behaviour, and the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from siglum.convert.reading.modelled.looks import styles, with_marks
from siglum.convert.reading.tree import (
    Alternate,
    Anchor,
    Block,
    Break,
    Cell,
    Cit,
    Figure,
    Graphic,
    Heading,
    Inline,
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
)
from siglum.schema.odd.models import CHILDREN
from siglum.text.tei import name

if TYPE_CHECKING:
    from siglum.convert.reading.modelled.engine import Work

_ORDERED = frozenset({"ordered", "numbered", "decimal", "ol"})
_DEEPEST = 9


def _content(work: Work) -> tuple[Node, ...]:
    return with_marks(work.model, work.content())


def _children(work: Work) -> Iterator[Node]:
    yield from _content(work)


def _alternate(work: Work) -> Iterator[Node]:
    """Two readings of one place; with one of them alone, that one."""
    default, other = work.content("default"), work.content("alternate")
    if not default or not other:
        yield from default or other or _content(work)
        return
    left_out = work.builder.omission(work.element, "the other side of a choice")
    yield Alternate(work.source(), default, other, (name(work.element), ""), "", left_out)


def _anchor(work: Work) -> Iterator[Node]:
    wanted = work.string("id")
    identifier = work.builder.identifier(work.element, wanted or "anchor")
    yield Anchor(Source(name(work.element), identifier))


def _block(work: Work) -> Iterator[Node]:
    yield Block(work.source(), _content(work))


def _break(work: Work) -> Iterator[Node]:
    kind = work.string("type") or name(work.element)
    known = "page" if kind in {"page", "pb", "gb"} else "column" if kind in {"column", "cb"} else "line"
    yield Break(work.source(), known, work.string("label"))


def _cell(work: Work) -> Iterator[Node]:
    yield Cell(work.source(), _content(work), work.string("type") in {"head", "label"}, 1, 1)


def _cit(work: Work) -> Iterator[Node]:
    """A quotation and its source, in lines of their own, or in the line where both are phrases there."""
    content, reference = _content(work), work.content("source")
    yield Cit(work.source(), content, reference)


def _figure(work: Work) -> Iterator[Node]:
    title = work.content("title")
    yield Figure(work.source(), (*_content(work), *((Title(Source(), title),) if title else ())))


def _graphic(work: Work) -> Iterator[Node]:
    yield Graphic(work.source(), work.string("url"), work.string("title"))


def _heading(work: Work) -> Iterator[Node]:
    level = work.string("level")
    asked = int(level) if level.isascii() and level.isdigit() else work.builder.level
    yield Heading(work.source(), _content(work), min(max(asked, 1), _DEEPEST))


def _inline(work: Work) -> Iterator[Node]:
    """A stretch of the line; what holds blocks cannot be one."""
    label = work.content("label") if work.has("label") else ()
    content = (*label, *_content(work))
    if all(is_phrase(node) for node in content):
        yield Inline(work.source(), content, styles(work.model))
    else:
        yield Block(work.source(), content)


def _link(work: Work) -> Iterator[Node]:
    uri = work.string("uri") or work.string("target") or work.string("src")
    content = _content(work)
    if uri and content and all(is_phrase(node) for node in content):
        yield Link(work.source(), _resolved(work, uri), content)
    else:
        yield from _inline(work) if not content else (Inline(work.source(), content, styles(work.model)),)


def _resolved(work: Work, uri: str) -> str:
    found = work.builder.edition.identifiers.get(uri)
    return uri if found is None else f"#{work.builder.identifier(found)}"


def _list(work: Work) -> Iterator[Node]:
    content = [_item(node) for node in _content(work) if not _is_white(node)]
    has_labels = any(isinstance(node, ListItem) and node.label for node in content)
    kind = "ordered" if work.string("type") in _ORDERED else "gloss" if has_labels else "unordered"
    yield List(work.source(), kind, tuple(content))


def _item(node: Node) -> Node:
    """An item that no model made a listItem of is one all the same."""
    if isinstance(node, Block) and node.source.element == "item":
        return ListItem(node.source, (), node.content)
    return node


def _list_item(work: Work) -> Iterator[Node]:
    label = work.content("label") or work.content("n")
    yield ListItem(work.source(), label, _content(work))


def _note(work: Work) -> Iterator[Node]:
    """The edition's own notes have their calls and numbers already; anything else becomes a note here."""
    if work.builder.edition.notes.of(work.element) is not None:
        work.seen.append(work.element)
        yield from work.builder.note_here(work.element)
        return
    yield from work.builder.added_note(work.element, _content(work), work.string("label"))


def _paragraph(work: Work) -> Iterator[Node]:
    yield Paragraph(work.source(), _content(work))


def _row(work: Work) -> Iterator[Node]:
    yield Row(work.source(), tuple(_as_cell(node) for node in _content(work) if not _is_white(node)))


def _as_cell(node: Node) -> Cell:
    match node:
        case Cell():
            return node
        case Block() if node.source.element == "cell":
            return Cell(node.source, node.content, False, 1, 1)
        case _:
            return Cell(Source(), (node,), False, 1, 1)


def _section(work: Work) -> Iterator[Node]:
    work.builder.level += 1
    source, content = work.source(), _content(work)
    work.builder.level -= 1
    yield Section(source, content)


def _table(work: Work) -> Iterator[Node]:
    content = [_as_row(node) for node in _content(work) if not _is_white(node)]
    rows = tuple(node for node in content if isinstance(node, Row))
    yield Table(work.source(), tuple(node for node in content if not isinstance(node, Row)), rows)


def _as_row(node: Node) -> Node:
    if isinstance(node, Block) and node.source.element == "row":
        return Row(node.source, tuple(_as_cell(each) for each in node.content if not _is_white(each)))
    return node


def _text(work: Work) -> Iterator[Node]:
    """Characters alone."""
    yield from _content(work)


def _title(work: Work) -> Iterator[Node]:
    yield Title(work.source(), _content(work))


def _omit(_work: Work) -> Iterator[Node]:
    """`omit`, `index` and `metadata` make nothing that a reader of the text would see; what they hold is left out."""
    return iter(())


def _is_white(node: Node) -> bool:
    return isinstance(node, Text) and not node.text.strip()


BEHAVIOURS: dict[str, Callable[[Work], Iterator[Node]]] = {
    "alternate": _alternate,
    "anchor": _anchor,
    "block": _block,
    "body": _block,
    "break": _break,
    "cell": _cell,
    "cit": _cit,
    "document": _block,
    "figure": _figure,
    "glyph": _text,
    "graphic": _graphic,
    "heading": _heading,
    "index": _omit,
    "inline": _inline,
    "link": _link,
    "list": _list,
    "listItem": _list_item,
    "metadata": _omit,
    "note": _note,
    "omit": _omit,
    "paragraph": _paragraph,
    "row": _row,
    "section": _section,
    "table": _table,
    "text": _text,
    "title": _title,
    CHILDREN: _children,
}
