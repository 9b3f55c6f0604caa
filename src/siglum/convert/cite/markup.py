"""Small XML documents: elements with attributes, text or children; what is empty is not written. Every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from siglum.convert.cite.line import one_line
from siglum.text.frozen import frozen

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@frozen
class Node:
    """An element: its text, or else its children."""

    name: str
    text: str = ""
    children: tuple[Node, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    kept: bool = False
    """Whether it is written although it holds nothing."""


def leaf(name: str, text: str, **attributes: str) -> Node:
    """An element with text; `type_` is the attribute `type`."""
    return Node(name, one_line(text), (), {key.rstrip("_"): value for key, value in attributes.items() if value})


def branch(name: str, children: Iterable[Node], **attributes: str) -> Node:
    """An element with those of its children that hold something."""
    held = tuple(element for element in children if element.text or element.children or element.kept)
    return Node(name, "", held, {key.rstrip("_"): value for key, value in attributes.items() if value})


def escape_attribute(text: str) -> str:
    """A value as it stands between quotation marks, in XML and in HTML."""
    return one_line(text).translate(_ATTRIBUTE)


def write_document(root: Node) -> str:
    """A whole document, indented by two spaces."""
    return HEAD + "\n".join(_write_lines(root, "")) + "\n"


def _write_lines(node: Node, indent: str) -> Iterator[str]:
    attributes = "".join(f' {key}="{escape_attribute(value)}"' for key, value in node.attributes.items())
    if node.children:
        yield f"{indent}<{node.name}{attributes}>"
        for element in node.children:
            yield from _write_lines(element, f"{indent}  ")
        yield f"{indent}</{node.name}>"
    elif node.text:
        yield f"{indent}<{node.name}{attributes}>{node.text.translate(_TEXT)}</{node.name}>"
    else:
        yield f"{indent}<{node.name}{attributes}/>"
