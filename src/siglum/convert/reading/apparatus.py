"""The critical apparatus in print: the lemma stands in the text, its entry is a note of the stream “apparatus” (TEI P5, 13).

An entry reads as editors print it: “lemma A ] reading B; om. C”, with sigla of witnesses, hands and scholars. An empty
reading is an omission; where the text has nothing, the word before it is the lemma and readings are additions. An entry
is called behind its lemma by a call without label: its key is the number of its line or of its part of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from siglum.convert.reading.apparatus_notes import ApparatusNotes
from siglum.convert.reading.builder import Builder
from siglum.convert.reading.tree import (
    Anchor,
    Block,
    Break,
    Inline,
    Link,
    List,
    ListItem,
    Node,
    Source,
    Text,
    Title,
    children,
    is_phrase,
    plain,
)
from siglum.text.apparatus import Entry, Reading, Siglum, own_siglum
from siglum.text.tei import TEI, XML_ID, Element, attribute, elements, name, squeeze
from siglum.text.views import in_text

_LONG = 5
"""A longer lemma is shortened to its first and last word."""
_POINTS = {"witStart": "inc.", "witEnd": "des.", "lacunaStart": "lac. inc.", "lacunaEnd": "lac. des."}
"""What editors write where a witness begins and ends, and where it has a gap."""
_ITALIC = ("italic",)
_OMITTED, _ADDED, _BEFORE = "om.", "add.", "praem."


def _entry(builder: Builder, element: Element) -> Iterator[Node]:
    """The text of an entry with its call; without the apparatus, or in the header, the text alone."""
    if builder.entries is None or not in_text(element):
        yield from _text_alone(builder, element)
    elif element in builder.entries.apparatus.apart:
        _entry_apart(builder, builder.entries, element)
    else:
        yield from _entry_in_text(builder, builder.entries, element)
    groups = elements(element, "rdgGrp") if builder.entries is not None else ()
    for part in (*(group for group in groups if _is_group_of(group, element)), element):
        yield from render_strays(builder, part)


def _is_group_of(group: Element, entry: Element) -> bool:
    return next(group.iterancestors(TEI + "app"), None) is entry


def render_strays(builder: Builder, element: Element) -> Iterator[Node]:
    """The words between the sides of a choice or between readings. TEI allows none there; siglum keeps them."""
    if element.text and element.text.strip():
        yield from builder.texts(element, element.text)
    for below in element:
        if below.tail and below.tail.strip():
            yield from builder.texts(below, below.tail, tail=True)


def _entry_in_text(builder: Builder, entries: ApparatusNotes, element: Element) -> Iterator[Node]:
    """The text of an entry, and a call if the entry has readings, witnesses or remarks."""
    said = entries.apparatus.entry(element)
    is_silent = not (said.readings or said.remarks or (said.text is not None and (said.text.sigla or said.text.details)))
    call = None if is_silent else entries.call(element)
    text = () if said.text is None else tuple(builder.render(said.text.element))
    yield from text
    if call is not None:
        yield call
        entries.complete(element, _beside_text(builder, said, squeeze(plain(text))))


def _entry_apart(builder: Builder, entries: ApparatusNotes, element: Element) -> None:
    """An entry that stands apart, with its own lemma or the one between the places it names."""
    said = entries.apparatus.entry(element)
    own = _phrases(() if said.lemma is None else builder.content(said.lemma.element))
    lemma = own or _text(_shortened(entries.apparatus.lemma_words(element)))
    entries.complete(element, _written(builder, said, lemma, has_text=bool(lemma) or said.lemma is None))


def _text_alone(builder: Builder, element: Element) -> Iterator[Node]:
    for below in element:
        if not isinstance(below.tag, str):
            continue
        if reason := builder.edition.omission(below):
            builder.omissions.omit(below, reason)
        else:
            yield from builder.render(below)


def _group(builder: Builder, element: Element) -> Iterator[Node]:
    """A group of readings where only one of them is the text."""
    if not in_text(element) and builder.entries is not None:
        yield from builder.content(element)
        return
    yield from _text_alone(builder, element)
    yield from render_strays(builder, element)


def _beside_text(builder: Builder, said: Entry, words: str) -> tuple[Node, ...]:
    """An entry of parallel segmentation: its lemma is in the text, so that here it may be told by its ends."""
    if words:
        return _written(builder, said, _text(_shortened(words)), has_text=True)
    before = _word_before(said.element)
    near = _text(before or _word_after(said.element))
    return _written(builder, said, near, has_text=False, added=_ADDED if before else _BEFORE)


def _written(
    builder: Builder, said: Entry, lemma: tuple[Node, ...], *, has_text: bool, added: str = _ADDED
) -> tuple[Node, ...]:
    attested = _attested(builder, said.lemma) if said.lemma is not None else ()
    parts: list[Node] = [*((Inline(Source("lem"), lemma),) if lemma else ()), *attested]
    if said.readings:
        parts.append(Text(" ] " if parts else ""))
    before = None
    for reading in said.readings:
        if before is not None:
            parts.append(Text(", " if reading.group and reading.group == before.group else "; "))
        parts += _reading(builder, reading, "" if has_text else added)
        before = reading
    for remark in said.remarks:
        parts += [Text(" – " if parts else ""), Inline(builder.source(remark), _phrases(builder.content(remark)))]
    return tuple(parts)


def _reading(builder: Builder, reading: Reading, added: str) -> Iterator[Node]:
    element = reading.element
    content = _phrases(builder.content(element))
    words = bool(plain(content).strip())
    told = " · ".join(part for key in ("type", "cause", "cert") if (part := attribute(element, key)))
    if added or not words:
        yield Inline(Source(), (Text(added if words else _OMITTED),), _ITALIC)
    if content:
        yield from (Text(" " if added or not words else ""), Inline(replace(builder.source(element), title=told), content))
    if attribute(element, "cert") == "low":
        yield Text("?")
    yield from _attested(builder, reading)


def _attested(builder: Builder, reading: Reading) -> Iterator[Node]:
    """The sigla of a reading, then their `wit` and `witDetail`."""
    for siglum in reading.sigla:
        yield from (Text(" "), _siglum(builder, siglum))
    for detail in reading.details:
        content = _phrases(builder.content(detail))
        opening, closing = ("(", ")") if name(detail) == "witDetail" else ("", "")
        yield from (Text(f" {opening}"), Inline(builder.source(detail), content), Text(closing))


def _siglum(builder: Builder, siglum: Siglum) -> Node:
    record = siglum.element
    shown = (Text(siglum.text),)
    told = "" if siglum.description == siglum.text else siglum.description
    if record is not None and name(record) == "witness":
        is_read = next(record.iterancestors(TEI + "text"), None) is not None
        source = Source("wit", title="" if is_read else told)
        return Link(source, f"#{builder.ids.of(record)}", (Inline(Source(), shown, _ITALIC),))
    return Inline(Source("wit", title=told), shown, _ITALIC)


def _text(words: str) -> tuple[Node, ...]:
    return (Text(words),) if words else ()


def _shortened(words: str) -> str:
    parts = words.split(" ")
    return words if len(parts) <= _LONG else f"{parts[0]} … {parts[-1]}"


def _word_before(element: Element) -> str:
    """The last word before an entry in its line or paragraph."""
    words = ""
    at: Element | None = element
    while at is not None and not words.split() and name(at) not in {"l", "p", "ab", "head"}:
        previous = at.getprevious()
        while previous is not None and not words.split():
            is_read = isinstance(previous.tag, str) and name(previous) not in {"note", "app"}
            inner = "".join(map(str, previous.itertext())) if is_read else ""
            words = inner + (previous.tail or "") + words
            previous = previous.getprevious()
        parent = at.getparent()
        words = words if words.split() or parent is None else (parent.text or "") + words
        at = parent
    return words.split()[-1] if words.split() else ""


def _word_after(element: Element) -> str:
    return next(iter((element.tail or "").split()), "")


def _phrases(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Nodes on one line: blocks that follow each other are parted by a bar; their identifiers stay."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, Break):
            if node.kind == "line":
                found.append(Text(" | "))
            elif node.source.id:
                found.append(Anchor(node.source))
        elif isinstance(node, Inline) and node.source.element == "note":
            found += (Text(" (" if found else "("), node, Text(")"))
        elif isinstance(node, Text) or is_phrase(node):
            found.append(node)
        else:
            inner = _phrases(children(node))
            if plain(tuple(found)).strip() and plain(inner).strip():
                found.append(Text(" | "))
            if node.source.id:
                found.append(Anchor(Source("", node.source.id)))
            found += inner
    return tuple(found)


def _point(builder: Builder, element: Element) -> Iterator[Node]:
    """The beginning, end or gap of a witness: words in the apparatus, an anchor in the text."""
    if any(name(above) in {"rdg", "lem", "wit", "witDetail"} for above in element.iterancestors()):
        yield Inline(builder.source(element), (Text(f" {_POINTS[name(element)]} "),), _ITALIC)
    elif builder.source(element).id:
        yield Anchor(builder.source(element))


def _witnesses(builder: Builder, element: Element) -> Iterator[Node]:
    """A list of witnesses, each after its siglum."""
    yield List(builder.source(element), "gloss", tuple(_witness_items(builder, element)))


def _witness_items(builder: Builder, element: Element) -> Iterator[Node]:
    if element.text and element.text.strip():
        yield from builder.texts(element, element.text)
    for below in element:
        if name(below) == "witness":
            siglum = "" if own_siglum(below) else attribute(below, "n") or attribute(below, XML_ID)
            label: tuple[Node, ...] = (Inline(Source(), (Text(siglum),), _ITALIC),) if siglum else ()
            yield ListItem(builder.source(below), label, builder.content(below))
        elif name(below) == "head":
            yield Title(builder.source(below), builder.content(below))
        elif isinstance(below.tag, str):
            yield from builder.element(below)
        if below.tail and below.tail.strip():
            yield from builder.texts(below, below.tail, tail=True)


def _list_of_entries(builder: Builder, element: Element) -> Iterator[Node]:
    """A list of entries: they become notes, and everything else in the list stays in place."""
    content = builder.content(element)
    if plain(content).strip():
        yield Block(builder.source(element), content)
    elif builder.source(element).id:
        yield Anchor(builder.source(element))


CLAUSES: dict[str, Callable[[Builder, Element], Iterator[Node]]] = {
    "app": _entry,
    "rdgGrp": _group,
    "listApp": _list_of_entries,
    "listWit": _witnesses,
    **dict.fromkeys(_POINTS, _point),
}
"""Which clause makes the nodes of an element of the apparatus."""
