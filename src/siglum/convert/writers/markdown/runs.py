"""Runs of phrases and the blocks between them: Markdown has no block inside a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from siglum.convert.reading.tree import (
    Alternate,
    Anchor,
    Break,
    Cit,
    Graphic,
    Inline,
    Link,
    ListItem,
    Node,
    Note,
    Row,
    Table,
    Text,
    is_phrase,
)


def lifted(node: Node) -> Iterator[Node]:
    """A phrase that holds blocks as phrases and blocks one after another; of a choice the side that is read."""
    if isinstance(node, Alternate):
        yield Anchor(node.source)
        yield from (each for inner in node.default for each in lifted(inner))
    elif isinstance(node, Inline | Link):
        content = tuple(each for inner in node.content for each in lifted(inner))
        for at, run in enumerate(runs(content) if not all(map(is_phrase, content)) else [list(content)]):
            source = node.source if not at else replace(node.source, id="")
            yield replace(node, source=source, content=tuple(run)) if not run or is_phrase(run[0]) else run[0]
    else:
        yield node


def runs(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    """Phrases that follow each other as one run, each block by itself."""
    run: list[Node] = []
    for node in nodes:
        if is_phrase(node):
            run.append(node)
            continue
        if run:
            yield run
        yield [node]
        run = []
    if run:
        yield run


def inside(node: Node) -> tuple[Node, ...]:
    """What is in a block."""
    match node:
        case Cit():
            return (*node.quotation, Text(" "), *node.reference)
        case ListItem():
            return (*node.label, Text(" "), *node.content)
        case Table():
            return (*node.captions, *node.rows)
        case Row():
            return node.cells
        case Text() | Note() | Break() | Anchor() | Graphic() | Alternate():
            return ()
        case _:
            return node.content
