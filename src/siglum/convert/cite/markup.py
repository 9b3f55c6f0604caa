"""Write small XML documents. Empty elements are left out, and every value is escaped."""

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
    """An element with its text or its children."""

    name: str
    text: str = ""
    children: tuple[Node, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    kept: bool = False
    """Whether the element is written even if it is empty."""


def leaf(name: str, text: str, **attributes: str) -> Node:
    """Make an element with text. `type_` stands for the attribute `type`."""
    return Node(name, one_line(text), (), {key.rstrip("_"): value for key, value in attributes.items() if value})


def branch(name: str, children: Iterable[Node], **attributes: str) -> Node:
    """Make an element with its non-empty children."""
    held = tuple(element for element in children if element.text or element.children or element.kept)
    return Node(name, "", held, {key.rstrip("_"): value for key, value in attributes.items() if value})


def escape_attribute(text: str) -> str:
    """Escape a value for an attribute in XML or HTML."""
    return one_line(text).translate(_ATTRIBUTE)


def write_document(root: Node) -> str:
    """Write a document, indented by two spaces."""
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
