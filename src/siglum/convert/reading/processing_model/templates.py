"""Templates of TEI Publisher as nodes: HTML tags become kinds of nodes, slots become the nodes of parameters.

Scripts and styles are skipped. A tag without a meaning of its own is replaced by its content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import assert_never

from siglum.convert.reading.tree import (
    Block,
    Break,
    Graphic,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Node,
    Paragraph,
    Source,
    Text,
    is_phrase,
)
from siglum.schema.odd.models import Markup, Part, Slot

Select = Callable[[str], tuple[Node, ...]]
"""The nodes of a parameter."""
Words = Callable[[str], str]
"""Its characters."""

_STYLES = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "italic"),
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    "sub": "sub",
    "sup": "sup",
    "u": "underline",
}
_BLOCKS = frozenset("div section article aside header footer blockquote figure figcaption nav main".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NO_TEXT = frozenset({"script", "style", "template", "head", "link", "meta"})


def fill_template(parts: tuple[Part, ...], select: Select, words: Words) -> tuple[Node, ...]:
    """The nodes of a template."""
    return tuple(node for part in parts for node in _part(part, select, words))


def _part(part: Part, select: Select, words: Words) -> Iterator[Node]:
    match part:
        case str():
            yield Text(part)
        case Slot():
            yield from select(part.name)
        case Markup():
            yield from _markup(part, select, words)
        case _:
            assert_never(part)


def _markup(markup: Markup, select: Select, words: Words) -> Iterator[Node]:
    tag = markup.tag.lower()
    if tag in _NO_TEXT:
        return
    given = {
        key: "".join(words(piece.name) if isinstance(piece, Slot) else piece for piece in value)
        for key, value in markup.attributes
    }
    content = fill_template(markup.parts, select, words)
    source = Source(classes=tuple(given.get("class", "").split()))
    if tag == "br":
        yield Break(Source(), "line", "")
    elif tag == "img":
        yield Graphic(source, given.get("src", ""), given.get("alt", ""))
    elif all(map(is_phrase, content)) and tag not in _BLOCKS and tag not in {"p", "ul", "ol", "li", *_HEADINGS}:
        yield _phrase(tag, source, content, given)
    else:
        yield from _block(tag, source, content)


def _phrase(tag: str, source: Source, content: tuple[Node, ...], given: Mapping[str, str]) -> Node:
    if tag == "a" and given.get("href") and content:
        return Link(source, given["href"], content)
    return Inline(source, content, (_STYLES[tag],) if tag in _STYLES else ())


def _block(tag: str, source: Source, content: tuple[Node, ...]) -> Iterator[Node]:
    if tag == "p" and all(map(is_phrase, content)):
        yield Paragraph(source, content)
    elif tag in _HEADINGS:
        yield Heading(source, content, _HEADINGS[tag])
    elif tag in {"ul", "ol"}:
        yield List(source, "ordered" if tag == "ol" else "unordered", tuple(node for node in content if not _is_white(node)))
    elif tag == "li":
        yield ListItem(source, (), content)
    else:
        yield Block(source, content)


def _is_white(node: Node) -> bool:
    return isinstance(node, Text) and not node.text.strip()
