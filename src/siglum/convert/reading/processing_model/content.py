"""The content of an element before a behaviour uses it: its words, and what TEI expects to be printed with them.

Quotation marks, the words of a pointer, the label of an item beside it, a subtitle under its heading, the signs between the
parts of a record. A model that selects the content itself (`<param name="content" value="."/>`) gets the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from textwrap import dedent

from lxml import etree

from siglum.convert.reading import records
from siglum.convert.reading.builder import Builder
from siglum.convert.reading.tree import Break, Inline, ListItem, Node, Source, Text, plain
from siglum.text.named import record_name
from siglum.text.notes import is_empty_pointer
from siglum.text.tei import TEI, Element, attribute, child, is_filled, is_record, is_run_on, name, squeeze, tokens
from siglum.text.views import View, ornament

_CAPTIONED = frozenset({"list", "table", "figure", "lg", "listBibl", "castList", "castGroup", "listPerson", "listPlace"})
"""Where a `head` is a caption; one that follows it is a caption of its own."""
_SUBTITLES = frozenset({"sub", "subtitle", "subheading", "subhead"})
_LONGEST = 80
_SHORT = 4
_TAGS = {
    "att": ("@", ""),
    "comment": ("<!--", "-->"),
    "empty": ("<", "/>"),
    "end": ("</", ">"),
    "gi": ("<", ">"),
    "pi": ("<?", "?>"),
}
_NAMESPACE = re.compile(r' xmlns(?::\w+)?="http://www\.tei-c\.org/ns/(?:Examples|1\.0)"')


def render_inside(builder: Builder, element: Element) -> tuple[Node, ...]:
    """The nodes in an element."""
    own = _CONTENT.get(name(element))
    if own is not None:
        return tuple(own(builder, element))
    return tuple(records.render_parts(builder, element)) if is_record(element) else builder.content(element)


def _pointer(builder: Builder, element: Element) -> Iterator[Node]:
    """The words of a pointer; for an empty one the label of the note, the heading of the division, or the address."""
    if not is_empty_pointer(element):
        yield from builder.content(element)
        return
    target = attribute(element, "target").split(" ")[0]
    if target:
        yield Text(_pointed(builder, target))


def _pointed(builder: Builder, target: str) -> str:
    found = builder.edition.identifiers.get(target)
    if found is None:
        return target
    note = builder.edition.notes.of(found)
    if note is not None and note.label:
        return note.label
    head = child(found, "head")
    return squeeze("".join(map(str, (head if head is not None else found).itertext())))[:_LONGEST] or target


def _utterance(builder: Builder, element: Element) -> Iterator[Node]:
    """An utterance, after the name of its speaker: a transcript of speech names speakers in attributes only."""
    content = builder.content(element)
    speaker = "" if builder.edition.view is View.TRANSCRIPT else _speaker(builder, element)
    if speaker and not plain(content).lstrip().startswith(speaker):
        yield Inline(Source(), (Text(f"{speaker}:"),), ("bold",))
        yield Text(" ")
    yield from content


def _speaker(builder: Builder, element: Element) -> str:
    around = element.getparent()
    pointers = tokens(element, "who")
    if not pointers and around is not None and name(around) == "annotationBlock":
        pointers = tokens(around, "who")
    return ", ".join(_called(builder, pointer) for pointer in pointers)


def _called(builder: Builder, pointer: str) -> str:
    """The name in the record of a person; without one, what the reference calls it."""
    record = builder.edition.identifiers.get(pointer)
    return (record_name(record) if record is not None else "") or pointer.rpartition("#")[2] or pointer


def _sense(builder: Builder, element: Element) -> Iterator[Node]:
    """A sense of a dictionary, after its `@n` unless the text begins with that number."""
    content = tuple(records.render_parts(builder, element)) if is_record(element) else builder.content(element)
    number = attribute(element, "n")
    words = plain(content).lstrip()
    shown = builder.edition.view is not View.TRANSCRIPT and len(number) <= _SHORT
    if number and words and shown and not words.startswith((number, f"({number}", f"[{number}")):
        yield Inline(Source(), (Text(number if number[-1] in ".)" else f"{number}."),), ("bold",))
        yield Text(" ")
    yield from content


def _verbatim(builder: Builder, element: Element) -> Iterator[Node]:
    """Code: its lines as they stand, without empty ones at its ends."""
    nodes = list(builder.content(element))
    match nodes:
        case [Text() as first, *_]:
            nodes[0] = replace(first, text=first.text.lstrip("\r\n"))
    match nodes:
        case [*_, Text() as last]:
            nodes[-1] = replace(last, text=last.text.rstrip())
    yield from nodes


def _example(_builder: Builder, element: Element) -> Iterator[Node]:
    """An example of markup, printed as markup."""
    parts = [escape(element.text or "", quote=False)]
    parts += [etree.tostring(below, encoding="unicode") for below in element]
    yield Text(dedent(_NAMESPACE.sub("", "".join(parts)).strip("\r\n")).rstrip())


def _tagged(builder: Builder, element: Element) -> Iterator[Node]:
    """The name of an element, tag or attribute with the delimiters of XML, unless the text has them already."""
    content = builder.content(element)
    kind = name(element)
    opening, closing = _TAGS.get(attribute(element, "type") if kind == "tag" else kind, _TAGS["gi"])
    if plain(content).lstrip().startswith(("<", "@", "&")):
        opening, closing = "", ""
    yield from (*((Text(opening),) if opening else ()), *content, *((Text(closing),) if closing else ()))


def _ornament(builder: Builder, element: Element) -> Iterator[Node]:
    shown = ornament(element)
    if shown:
        yield Text(f" {shown} ")
    if is_filled(element):
        yield from builder.children(element)


def _head(builder: Builder, element: Element) -> Iterator[Node]:
    """A heading, and the subtitles right below it as further lines."""
    yield from builder.children(element)
    below = element.getnext()
    while below is not None and is_subtitle(below):
        yield Break(Source(), "line", "")
        yield Inline(builder.source(below), builder.content(below), builder.looks.of(below).words)
        below = below.getnext()


def is_subtitle(element: Element) -> bool:
    """Whether the `head` belongs to the one right before it, as its second line."""
    if element.tag != f"{TEI}head" or attribute(element, "type") not in _SUBTITLES:
        return False
    previous, parent = element.getprevious(), element.getparent()
    if parent is not None and name(parent) in _CAPTIONED:
        return False
    return previous is not None and name(previous) == "head" and not (previous.tail or "").strip()


def _list(builder: Builder, element: Element) -> Iterator[Node]:
    """A list: a `label` goes with the item after it; in a list that runs on in its line nothing is parted."""
    if is_run_on(element):
        yield from (node for nodes in _spaced(builder, element) for node in nodes)
        return
    waiting: tuple[Node, ...] = ()
    if element.text and element.text.strip():
        yield from builder.texts(element, element.text)
    for below in element:
        if name(below) == "label":
            yield from _alone(waiting)
            waiting = _bare(tuple(builder.element(below)))
        elif isinstance(below.tag, str):
            nodes = tuple(builder.element(below))
            if waiting and nodes and name(below) == "item":
                nodes, waiting = _labelled(nodes, waiting), ()
            yield from nodes
        if below.tail and below.tail.strip():
            yield from builder.texts(below, below.tail, tail=True)
    yield from _alone(waiting)


def _spaced(builder: Builder, element: Element) -> Iterator[tuple[Node, ...]]:
    yield (Text(element.text),) if element.text else ()
    for below in element:
        if isinstance(below.tag, str):
            yield (Text(" "), *builder.element(below))
        if below.tail:
            yield tuple(builder.texts(below, below.tail, tail=True))


def _bare(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The words of a label without the stretch around them, where it says nothing more."""
    match nodes:
        case (Inline(source=Source(element="label", id="", language="", classes=()), style=()) as label,):
            return label.content
    return nodes


def _labelled(nodes: tuple[Node, ...], label: tuple[Node, ...]) -> tuple[Node, ...]:
    match nodes:
        case (ListItem() as item, *others):
            return (replace(item, label=label), *others)
    return (ListItem(Source("label"), label, nodes),)


def _alone(label: tuple[Node, ...]) -> Iterator[Node]:
    if label:
        yield ListItem(Source("label"), label, ())


_CONTENT: dict[str, Callable[[Builder, Element], Iterator[Node]]] = {
    "att": _tagged,
    "eg": _verbatim,
    "egXML": _example,
    "gi": _tagged,
    "head": _head,
    "hom": _sense,
    "list": _list,
    "sense": _sense,
    "tag": _tagged,
    "u": _utterance,
    "milestone": _ornament,
    "ptr": _pointer,
    "ref": _pointer,
}
"""The content of elements that is more than the nodes of their parts.

Models of `default.odd` and of an edition's ODD get this content wherever they select the element's own content.
"""
