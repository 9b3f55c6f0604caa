"""Lift blocks out of phrases: Markdown has no block inside a phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from siglum.convert.reading.tree import Alternate, Anchor, Inline, Link, Node, is_phrase
from siglum.convert.writers.html.runs import split_runs


def lift_blocks(node: Node) -> Iterator[Node]:
    """Split a phrase that holds blocks into phrases and blocks; a choice gives only the side that is read."""
    if isinstance(node, Alternate):
        yield Anchor(node.source)
        yield from (phrase for inner in node.default for phrase in lift_blocks(inner))
    elif isinstance(node, Inline | Link):
        content = tuple(phrase for inner in node.content for phrase in lift_blocks(inner))
        for at, run in enumerate(split_runs(content) if not all(map(is_phrase, content)) else [content]):
            source = node.source if not at else replace(node.source, id="")
            yield replace(node, source=source, content=run) if not run or is_phrase(run[0]) else run[0]
    else:
        yield node
