"""Behaviours whose parts belong together: quotation and reference, lists, tables, figures."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.reading.processing_model.application import ModelApplication
from siglum.convert.reading.processing_model.behaviours.blocks import number_paragraph, render_content
from siglum.convert.reading.tree import (
    Block,
    Cell,
    Cit,
    Figure,
    Inline,
    Link,
    List,
    ListItem,
    Node,
    Row,
    Source,
    Table,
    Text,
    Title,
    is_phrase,
)
from siglum.text.tei import Element, attribute, child, name

_ORDERED = frozenset({"ordered", "numbered", "decimal", "ol"})
_REFERENCES = frozenset({"bibl", "ref", "biblStruct"})
_WIDEST = 1000


def cit(work: ModelApplication) -> Iterator[Node]:
    """A quotation, with its source: what the parameter selects, or the reference that stands in the `cit` with it."""
    number, source = number_paragraph(work)
    if name(work.element) != "cit" or work.has("content") or work.has("source"):
        content, reference = render_content(work), work.content("source")
        yield Cit(source, content, reference, number)
        return
    builder = work.builder
    before, builder.in_cit = builder.in_cit, bool(number) or builder.in_cit
    content = render_content(work)
    builder.in_cit = before
    yield Cit(source, *_parted(content), number)


def _parted(content: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Quotation and reference: from the first reference on, all that is no quotation belongs to it."""
    quotation: list[Node] = []
    reference: list[Node] = []
    for node in content:
        match node:
            case Cit():
                quotation.append(Block(node.source, node.quotation))
            case Link() | Inline() | Block() if isinstance(node, Link) or node.source.element in _REFERENCES:
                reference.append(node)
            case _:
                (reference if reference else quotation).append(node)
    return tuple(quotation), tuple(reference)


def figure(work: ModelApplication) -> Iterator[Node]:
    """A picture that stands in a line alone is a stretch of it."""
    title = work.content("title") if work.has("title") else ()
    content = (*render_content(work), *((Title(Source(), title),) if title else ()))
    among_blocks = work.run.parameter("among-blocks", work.element)
    if among_blocks or not work.is_own or not all(map(is_phrase, content)):
        yield Figure(work.source(), content)
    else:
        yield Inline(work.source(), content)


def list_(work: ModelApplication) -> Iterator[Node]:
    kind = work.string("type") if work.has("type") else attribute(work.element, "type") or attribute(work.element, "rend")
    content = [_item(node) for node in render_content(work) if not _is_white(node)]
    if work.is_own:
        shape = "gloss" if child(work.element, "label") is not None else "ordered" if kind in _ORDERED else "unordered"
    else:
        has_labels = any(isinstance(node, ListItem) and node.label for node in content)
        shape = "ordered" if kind in _ORDERED else "gloss" if has_labels else "unordered"
    yield List(work.source(), shape, tuple(content))


def _item(node: Node) -> Node:
    """An item that no model made a listItem of is one all the same."""
    if isinstance(node, Block) and node.source.element == "item":
        return ListItem(node.source, (), node.content)
    return node


def list_item(work: ModelApplication) -> Iterator[Node]:
    label = work.content("label") or work.content("n") or work.content("term")
    if work.is_own and not label and (own := attribute(work.element, "n")):
        label = (Text(own),)
    yield ListItem(work.source(), label, render_content(work))


def table(work: ModelApplication) -> Iterator[Node]:
    content = [_as_row(node) for node in render_content(work) if not _is_white(node)]
    rows = tuple(node for node in content if isinstance(node, Row))
    yield Table(work.source(), tuple(node for node in content if not isinstance(node, Row)), rows)


def _as_row(node: Node) -> Node:
    if isinstance(node, Block) and node.source.element == "row":
        return Row(node.source, _cells(node.content))
    return node


def row(work: ModelApplication) -> Iterator[Node]:
    yield Row(work.source(), _cells(render_content(work)))


def _cells(nodes: tuple[Node, ...]) -> tuple[Cell, ...]:
    return tuple(map(_as_cell, (node for node in nodes if not _is_white(node))))


def _as_cell(node: Node) -> Cell:
    match node:
        case Cell():
            return node
        case Block() if node.source.element == "cell":
            return Cell(node.source, node.content, False, 1, 1)
        case _:
            return Cell(Source(), (node,), False, 1, 1)


def cell(work: ModelApplication) -> Iterator[Node]:
    """A cell, over several columns and rows as @cols and @rows say."""
    element, parent = work.element, work.element.getparent()
    if work.has("type"):
        is_head = work.string("type") in {"head", "label"}
    else:
        roles = {attribute(element, "role"), attribute(parent, "role") if parent is not None else ""}
        is_head = "label" in roles
    yield Cell(work.source(), render_content(work), is_head, _count(element, "cols"), _count(element, "rows"))


def _count(element: Element, key: str) -> int:
    value = attribute(element, key)
    return min(int(value), _WIDEST) if value.isascii() and value.isdigit() and value != "0" else 1


def _is_white(node: Node) -> bool:
    return isinstance(node, Text) and not node.text.strip()
