"""What editors did to a text and say of it: choices, apparatus, gaps, what is supplied or unclear (TEI P5, 3.5, 11, 12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from siglum.convert.reading import apparatus
from siglum.convert.reading.builder import Builder
from siglum.convert.reading.tree import (
    CLOSED_UP,
    Alternate,
    Anchor,
    Block,
    Break,
    Inline,
    Node,
    Source,
    Text,
    is_phrase,
    with_children,
)
from siglum.text.editorial_signs import Signed
from siglum.text.named import record_name
from siglum.text.tei import XML_ID, Element, attribute, is_block, name, tokens
from siglum.text.views import View, chosen, description, in_text, missing


def _choice(builder: Builder, element: Element) -> Iterator[Node]:
    yield from _sides(builder, element)
    yield from apparatus.render_strays(builder, element)


def _sides(builder: Builder, element: Element) -> Iterator[Node]:
    taken = chosen(element, builder.edition.view)
    other = chosen(element, View.TRANSCRIPT if builder.edition.view is View.READING else View.READING)
    for side in element:
        if isinstance(side.tag, str) and side is not taken and side is not other:
            builder.omissions.omit(side, builder.edition.omission(side))
    if taken is None:
        return
    if other is None or other is taken:
        yield from builder.render(taken)
        return
    default = tuple(builder.render(taken))
    alternate = tuple(builder.render(other))
    left_out = builder.omissions.describe_omission(other, builder.edition.omission(other))
    yield Alternate(builder.source(element), default, alternate, (name(taken), name(other)), _about(builder, taken), left_out)


def _about(builder: Builder, element: Element) -> str:
    """Who is responsible for a reading, and its certainty."""
    who = [
        record_name(found)
        for pointer in tokens(element, "resp")
        if (found := builder.edition.identifiers.get(pointer)) is not None
    ]
    certainty = attribute(element, "cert")
    return ", ".join([*who, *([f"certainty: {certainty}"] if certainty else [])])


def _gap(builder: Builder, element: Element) -> Iterator[Node]:
    described = description(element)
    signed = builder.edition.signs.of(element) if in_text(element) else Signed(inside=missing(element))
    _omit_inside(builder, element, "a description of what is missing", described if signed.inside else None)
    told = attribute(element, "reason")
    yield Inline(
        replace(builder.source(element), title=told), _between(signed, (Text(signed.inside),) if signed.inside else ())
    )


def _omit_inside(builder: Builder, element: Element, reason: str, shown: Element | None = None) -> None:
    """Record everything in an element as left out, except the part that is `shown`."""
    builder.omissions.omit_text(element, element.text, reason)
    for below in element:
        if isinstance(below.tag, str) and below is not shown:
            builder.omissions.omit(below, reason)
        builder.omissions.omit_text(below, below.tail, reason)


def _marked(builder: Builder, element: Element) -> Iterator[Node]:
    """Text that an editor changed, between its editorial signs. `@reason` and the editor become the title of the node."""
    signed = builder.edition.signs.of(element)
    content = _between(signed, builder.content(element))
    parent = element.getparent()
    about = "" if parent is not None and name(parent) == "choice" else _about(builder, element)  # else the choice tells it
    told = ", ".join(part for part in (attribute(element, "reason"), about) if part)
    source = builder.source(element)
    source = replace(source, title=told) if told else source
    if is_block(element) or any(not is_phrase(node) for node in content):
        yield Block(source, content)
    else:
        yield Inline(source, content, _styles(builder, element))


def _styles(builder: Builder, element: Element) -> tuple[str, ...]:
    """The styles of an intervention. A diplomatic print strikes out deletions."""
    is_struck = builder.edition.view is View.DIPLOMATIC and name(element) == "del"
    return tuple(dict.fromkeys([*builder.looks.of(element).words, *(["strike"] if is_struck else [])]))


def _between(signed: Signed, content: tuple[Node, ...]) -> tuple[Node, ...]:
    if signed.mark:
        content = tuple(_with_mark(node, signed) for node in content)
    opening = (Text(signed.open), CLOSED_UP) if signed.open else ()
    closing = (CLOSED_UP, Text(signed.close)) if signed.close else ()
    return (*opening, *content, *closing)


def _with_mark(node: Node, signed: Signed) -> Node:
    """A node with the mark of the sign on its letters, those of its notes excepted."""
    if isinstance(node, Text):
        return replace(node, text=signed.marked(node.text))
    return with_children(node, lambda below: tuple(_with_mark(child, signed) for child in below))


def _event(builder: Builder, element: Element) -> Iterator[Node]:
    """A sound, a gesture or an event beside the words."""
    signed = builder.edition.signs.of(element)
    inside = (Text(signed.inside),) if signed.inside else ()
    content = _between(signed, (*inside, *builder.content(element)))
    stretch = Inline(builder.source(element), content, ("italic",)) if content else None
    if stretch is not None:
        yield Block(builder.source(element), (replace(stretch, source=Source()),)) if is_block(element) else stretch


def _sign(builder: Builder, element: Element) -> Iterator[Node]:
    """A glyph or a pause: its own letters, or the sign that stands for it."""
    shown = builder.edition.signs.of(element).inside
    content = (*((Text(shown),) if shown else ()), *builder.content(element))
    if not content:
        yield from (Anchor(builder.source(element)),) if element.get(XML_ID) else ()
    elif is_block(element):
        yield Block(builder.source(element), content)
    else:
        yield Inline(builder.source(element), content, builder.looks.of(element).words)


def _space(builder: Builder, element: Element) -> Iterator[Node]:
    _omit_inside(builder, element, "a description of a space")
    shown = builder.edition.signs.of(element).inside or " "
    if shown.strip():
        yield Inline(builder.source(element), (Text(shown),))
    else:
        yield Text(shown)


def _shift(builder: Builder, element: Element) -> Iterator[Node]:
    """The point where another hand begins, with its sign where the edition prints one."""
    shown = builder.edition.signs.of(element).inside
    yield from builder.content(element)
    if shown:
        yield Inline(builder.source(element), (Text(shown),))
    elif element.get(XML_ID):
        yield Anchor(builder.source(element))


def render_diplomatic_break(builder: Builder, element: Element, kind: str) -> Iterator[Node]:
    """A break in a diplomatic print: lines end as in the source, pages and columns print their number."""
    number = attribute(element, "n")
    joined = "-joined" if attribute(element, "break") == "no" else ""
    if kind == "line" or not number:
        yield Break(builder.source(element), f"{kind}{joined}", number)
        return
    yield CLOSED_UP if joined else Text(" ")
    yield Inline(builder.source(element), (Text(f"[{number}]"),))
    if joined:
        yield CLOSED_UP


def _furniture(builder: Builder, element: Element) -> Iterator[Node]:
    """A running head, catchword or signature: on a line of its own where the source is printed as it is."""
    content = builder.content(element)
    is_print = builder.edition.view is View.DIPLOMATIC
    source = builder.source(element)
    yield Block(source, content) if is_print else Inline(source, content, builder.looks.of(element).words)


CLAUSES: dict[str, Callable[[Builder, Element], Iterator[Node]]] = {
    "choice": _choice,
    **apparatus.CLAUSES,
    "gap": _gap,
    **dict.fromkeys(("supplied", "unclear", "surplus", "del", "add", "ex", "corr", "sic", "abbr", "hi"), _marked),
    **dict.fromkeys(("incident", "kinesic", "vocal"), _event),
    **dict.fromkeys(("g", "pause"), _sign),
    "space": _space,
    "handShift": _shift,
    "fw": _furniture,
}
"""The clause for each element that records an intervention.

Clauses come before siglum's own models, and after the models of an edition's ODD. They cannot be models: a model sees one
element, but signs, the sides of a choice and entries of the apparatus depend on the view, on neighbours and on counters.
"""
