"""Runs of nodes: phrases that follow each other belong on one line. HTML and Markdown use them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from siglum.convert.reading.tree import (
    Alternate,
    Anchor,
    Block,
    Break,
    Cit,
    Graphic,
    Line,
    ListItem,
    Node,
    Note,
    Paragraph,
    Row,
    Table,
    Text,
    is_phrase,
    plain,
)


def attach_calls(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Move the call of a note that follows a paragraph or a line of verse to the end of that block."""
    done: list[Node] = []
    for node in nodes:
        last = done[-1] if done else None
        if isinstance(node, Note) and isinstance(last, Paragraph | Line | Block) and not all(map(is_phrase, last.content[-1:])):
            done[-1] = replace(last, content=attach_calls((*last.content, node)))
        elif isinstance(node, Note) and isinstance(last, Paragraph | Line):
            done[-1] = replace(last, content=(*last.content, node))
        else:
            done.append(node)
    return tuple(done)


def split_runs(nodes: Iterable[Node]) -> Iterator[tuple[Node, ...]]:
    """Group phrases that follow each other; a block is a run of its own."""
    run: list[Node] = []
    for node in nodes:
        if is_phrase(node):
            run.append(node)
            continue
        if run:
            yield tuple(run)
            run = []
        yield (node,)
    if run:
        yield tuple(run)


def contents_of(block: Node) -> tuple[Node, ...]:
    """The parts of a block, one after another; a phrase is its own part."""
    match block:
        case Cit():
            return (*block.quotation, Text(" "), *block.reference)
        case ListItem():
            return (*block.label, Text(" "), *block.content)
        case Table():
            return (*block.captions, *block.rows)
        case Row():
            return block.cells
        case Text() | Note() | Break() | Anchor() | Graphic() | Alternate():
            return (block,)
        case _:
            return block.content


def is_empty(run: tuple[Node, ...]) -> bool:
    """Whether a run shows nothing and is no target of links."""
    marks = (Note, Break, Anchor, Graphic, Alternate)
    return not plain(run).strip() and not any(isinstance(node, marks) for node in run)


def is_break(run: tuple[Node, ...]) -> bool:
    """Whether a run shows only where pages and columns begin."""
    shown = any(isinstance(node, Break) and node.label for node in run)
    return shown and not plain(run).strip() and all(isinstance(node, Break | Anchor) or _is_white(node) for node in run)


def _is_white(node: Node) -> bool:
    return bool(getattr(node, "text", "")) and not plain((node,)).strip()
