"""Behaviours that stand in a line: stretches, links, notes, breaks, anchors, pictures, both sides of a choice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from siglum.convert.reading import editorial
from siglum.convert.reading.processing_model.application import ModelApplication
from siglum.convert.reading.processing_model.behaviours.blocks import render_content
from siglum.convert.reading.tree import (
    CLOSED_UP,
    Alternate,
    Anchor,
    Block,
    Break,
    Graphic,
    Inline,
    Link,
    Node,
    Source,
    Text,
    is_phrase,
)
from siglum.text.named import record_name
from siglum.text.tei import BLOCKS, XML_ID, Element, attribute, child, name, tokens
from siglum.text.views import View, description

_BREAKS = {"lb": "line", "pb": "page", "cb": "column", "gb": "page", "page": "page", "column": "column"}
_HYPHENS = ("-", "‐", "¬", "⸗", "=")


def inline(work: ModelApplication) -> Iterator[Node]:
    """A stretch of the line; what holds blocks cannot be one."""
    content = render_content(work)
    if work.has("label"):
        content = (*work.content("label"), *content)
    if all(map(is_phrase, content)):
        yield Inline(_told(work), content, work.styles())
    else:
        yield Block(work.source(), content)


def _told(work: ModelApplication) -> Source:
    """The source; of quoted words with who speaks, and from which work they are, for a reader who asks."""
    source = work.source()
    if work.builder.edition.quotations.of(work.element) is None:
        return source
    pointers = [pointer for key in ("who", "source") for pointer in tokens(work.element, key)]
    records = [record for pointer in pointers if (record := work.builder.edition.identifiers.get(pointer)) is not None]
    said = dict.fromkeys(filter(None, map(record_name, records)))
    return replace(source, title=", ".join(said)) if said else source


def glyph(work: ModelApplication) -> Iterator[Node]:
    """A character that is told of in the header (`charDecl`)."""
    yield Inline(work.source(), render_content(work), work.styles())


def text(work: ModelApplication) -> Iterator[Node]:
    """The content takes the place of the element."""
    yield from render_content(work)


def alternate(work: ModelApplication) -> Iterator[Node]:
    """Two readings of one place; with one of them alone, that one."""
    default, other = work.content("default"), work.content("alternate")
    if not default or not other:
        yield from default or other or render_content(work)
        return
    left_out = work.builder.omissions.describe_omission(work.element, "the other side of a choice")
    yield Alternate(work.source(), default, other, (name(work.element), ""), "", left_out)


def anchor(work: ModelApplication) -> Iterator[Node]:
    wanted = work.string("id") if work.has("id") else ""
    if wanted or work.element.get(XML_ID) or not work.is_own:
        identifier = work.builder.ids.of(work.element, wanted or "anchor")
        yield Anchor(work.source().named(identifier))


def link(work: ModelApplication) -> Iterator[Node]:
    """A link to what `uri` says; where that is nothing, leads nowhere, or another link is in it, a stretch of the line."""
    target = _target(work)
    content = render_content(work)
    styles = work.styles()
    linked = work.builder.edition.identifiers.get(target) if target else None
    is_dead = target.startswith("#") and linked is None
    if not target or is_dead or not content or any(isinstance(node, Link) or not is_phrase(node) for node in content):
        yield from _stretch(work, content, styles)
        return
    address = target if linked is None else f"#{work.builder.ids.of(linked)}"
    yield Link(work.source(), address, (Inline(Source(), content, styles),) if styles else content)


def _target(work: ModelApplication) -> str:
    """The first address that is given; one with white space in it that is no space is left as it is, and leads nowhere."""
    if not work.model.params:
        return attribute(work.element, "target").split(" ")[0]
    found = (value for key in ("uri", "target", "src") for value in work.characters(key))
    return next((address for value in found if (address := value.strip().split(" ")[0])), "")


def _stretch(work: ModelApplication, content: tuple[Node, ...], styles: tuple[str, ...]) -> Iterator[Node]:
    if all(map(is_phrase, content)):
        yield Inline(work.source(), content, styles)
    else:
        yield Block(work.source(), content)


def note(work: ModelApplication) -> Iterator[Node]:
    """The edition's own notes have their calls and numbers already; anything else becomes a note here."""
    if work.builder.edition.notes.of(work.element) is not None:
        work.seen.append(work.element)
        yield from work.builder.notes.call_in_place(work.element)
        return
    yield work.builder.notes.add(work.builder.source(work.element), render_content(work), work.string("label"))


def graphic(work: ModelApplication) -> Iterator[Node]:
    """A picture by its address; what describes it is the title that is given, its `desc`, or the `figDesc` beside it."""
    url = work.string("url") if work.has("url") else attribute(work.element, "url")
    yield Graphic(work.source(), url, work.string("title") or _described(work))


def _described(work: ModelApplication) -> str:
    """The description; of several pictures the first has the one that stands beside them all."""
    parent = work.element.getparent()
    beside = child(parent, "figDesc") if parent is not None else None
    told = description(work.element) if work.is_own else None
    told = beside if told is None else told
    return work.builder.omissions.take_description(told) if told is not None else ""


def break_(work: ModelApplication) -> Iterator[Node]:
    """A break parts words unless it says `@break="no"`; in a prose paragraph the end of a line is no more than that.

    Where the lines of the source are kept, a word that goes on in the next one gets a hyphen, as inscriptions are printed.
    """
    element = work.element
    if not work.is_own:
        kind = _BREAKS.get(work.string("type") or name(element), "line")
        yield Break(work.source(), kind, work.string("label"))
        return
    joins = attribute(element, "break") == "no"
    kind, label = _BREAKS[name(element)], attribute(element, "n")
    around = _around(element)
    if work.builder.edition.view is View.DIPLOMATIC:
        yield from editorial.render_diplomatic_break(work.builder, element, kind)
    elif kind == "line" and joins and around == "ab":
        yield CLOSED_UP
        if not _ends_in_hyphen(element):
            yield Text("-")
        yield Break(work.source(), "line-joined", label)
    elif kind != "line" or (not joins and around not in {"p", "note", "item"}):
        yield Break(work.source(), f"{kind}-joined" if joins else kind, label)
    elif joins:
        yield Break(work.source(), "joined", "")
    if not joins:
        yield Text(" ")


def _around(element: Element) -> str:
    """The name of the block, or the note, in which the element stands."""
    return next((kind for above in element.iterancestors() if (kind := name(above)) in BLOCKS or kind == "note"), "")


def _ends_in_hyphen(element: Element) -> bool:
    previous = element.getprevious()
    parent = element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return (before or "").rstrip().endswith(_HYPHENS)
