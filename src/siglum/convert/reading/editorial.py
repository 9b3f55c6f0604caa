"""What editors did to a text and say of it: choices, apparatus, gaps, what is supplied or unclear (TEI P5, 3.5, 11, 12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from siglum.convert.reading import apparatus
from siglum.convert.reading.builder import Behave, Builder
from siglum.convert.reading.looks import styles
from siglum.convert.reading.tree import Alternate, Block, Inline, Node, Text, is_phrase
from siglum.text.named import record_name
from siglum.text.tei import Element, attribute, is_block, name, tokens
from siglum.text.views import View, chosen, description, missing


def _choice(builder: Builder, element: Element) -> Iterator[Node]:
    taken = chosen(element, builder.edition.view)
    other = chosen(element, View.TRANSCRIPT if builder.edition.view is View.READING else View.READING)
    for each in element:
        if isinstance(each.tag, str) and each is not taken and each is not other:
            builder.omit(each, builder.edition.omission(each))
    if taken is None:
        return
    if other is None or other is taken:
        yield from builder.behave(builder, taken)
        return
    default = tuple(builder.behave(builder, taken))
    alternate = tuple(builder.behave(builder, other))
    left_out = builder.omission(other, builder.edition.omission(other))
    yield Alternate(builder.source(element), default, alternate, (name(taken), name(other)), _about(builder, taken), left_out)


def _about(builder: Builder, element: Element) -> str:
    """Who answers for a reading, and how sure it is."""
    who = [
        record_name(found) for each in tokens(element, "resp") if (found := builder.edition.identifiers.get(each)) is not None
    ]
    certainty = attribute(element, "cert")
    return ", ".join([*who, *([f"certainty: {certainty}"] if certainty else [])])


def _gap(builder: Builder, element: Element) -> Iterator[Node]:
    described = description(element)
    for each in element:
        if isinstance(each.tag, str) and each is not described:
            builder.omit(each, "a description of what is missing")
    yield Inline(replace(builder.source(element), title=attribute(element, "reason")), (Text(missing(element)),))


def _uncertain(builder: Builder, element: Element) -> Iterator[Node]:
    """What an editor supplied or was not sure to read; the reason is told to who asks."""
    content = builder.content(element)
    told = ", ".join(part for part in (attribute(element, "reason"), _about(builder, element)) if part)
    source = replace(builder.source(element), title=told)
    if is_block(element) or any(not is_phrase(node) for node in content):
        yield Block(source, content)
    else:
        yield Inline(source, content, styles(element))


def _space(builder: Builder, element: Element) -> Iterator[Node]:
    for each in element:
        if isinstance(each.tag, str):
            builder.omit(each, "a description of a space")
    yield Text(" ")


CLAUSES: dict[str, Behave] = {
    "choice": _choice,
    **apparatus.CLAUSES,
    "gap": _gap,
    **dict.fromkeys(("supplied", "unclear"), _uncertain),
    "space": _space,
}
"""Which clause makes the nodes of an element that records what an editor did."""
