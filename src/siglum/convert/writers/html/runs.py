"""Runs of nodes: phrases that follow each other belong on one line."""

from __future__ import annotations

from collections.abc import Iterator
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


def runs(nodes: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    """Phrases that follow each other as one run, each block by itself."""
    return list(_split(nodes))


def attached(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The same, where calls of notes that are about a whole paragraph or line of verse stand at its end, not below it."""
    done: list[Node] = []
    for node in nodes:
        last = done[-1] if done else None
        if isinstance(node, Note) and isinstance(last, Paragraph | Line | Block) and not all(map(is_phrase, last.content[-1:])):
            done[-1] = replace(last, content=attached((*last.content, node)))
        elif isinstance(node, Note) and isinstance(last, Paragraph | Line):
            done[-1] = replace(last, content=(*last.content, node))
        else:
            done.append(node)
    return tuple(done)


def _split(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
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


def within(block: Node) -> tuple[Node, ...]:
    """What stands in a block, one after the other, for a place where no block may stand."""
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
    """Whether a run has nothing to show or to link to."""
    marks = (Note, Break, Anchor, Graphic, Alternate)
    return not plain(run).strip() and not any(isinstance(node, marks) for node in run)


def is_break(run: tuple[Node, ...]) -> bool:
    """Whether a run shows nothing but where pages and columns begin."""
    shown = any(isinstance(node, Break) and node.label for node in run)
    return shown and not plain(run).strip() and all(isinstance(node, Break | Anchor) or _is_white(node) for node in run)


def _is_white(node: Node) -> bool:
    return bool(getattr(node, "text", "")) and not plain((node,)).strip()
