"""A reader of Schematron for tests: which assertions of a schema fail on a document, by plain XPath 2.0.

Only what a compiled ODD has: patterns, rules (the first that fits a node in a pattern holds), variables, assertions, reports.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from elementpath import AttributeNode, XPath2Parser, XPathContext, get_node_tree
from lxml import etree

SCH = "{http://purl.oclc.org/dsdl/schematron}"
XML = {"xml": "http://www.w3.org/XML/1998/namespace"}


def failures(schema: str, document: bytes) -> list[tuple[str, int]]:
    """Pattern and line of every assertion that does not hold and every report that does, in the order of the schema."""
    root = etree.fromstring(schema.encode())
    spaces = XML | {each.get("prefix", ""): each.get("uri", "") for each in root.iter(f"{SCH}ns")}
    tree = Tree(document, spaces)
    return [found for pattern in root.iter(f"{SCH}pattern") for found in _pattern(pattern, tree)]


class Tree:
    """A document that paths are evaluated in."""

    def __init__(self, document: bytes, spaces: dict[str, str]) -> None:
        self.root: Any = get_node_tree(etree.fromstring(document).getroottree())
        self.spaces = tuple(spaces.items())

    def select(self, path: str, node: Any = None, variables: dict[str, Any] | None = None) -> list[Any]:
        """The nodes and values of a path, seen from a node."""
        context = XPathContext(self.root, item=node, variables=variables)
        return list(_parsed(path, self.spaces).select(context))


@cache
def _parsed(path: str, spaces: tuple[tuple[str, str], ...]) -> Any:
    """A path is read once, not for each node that it is tried on."""
    return XPath2Parser(namespaces=dict(spaces)).parse(path)


def _pattern(pattern: etree._Element, tree: Tree) -> Iterator[tuple[str, int]]:
    taken: list[Any] = []
    for rule in pattern.iter(f"{SCH}rule"):
        context = rule.get("context", "")
        for node in tree.select(context if context.startswith("/") else f"//({context})"):
            if not any(node is each for each in taken):
                taken.append(node)
                yield from ((pattern.get("id", ""), _line(node)) for _ in _failing(rule, node, tree))


def _failing(rule: etree._Element, node: Any, tree: Tree) -> Iterator[etree._Element]:
    variables: dict[str, Any] = {}
    for part in rule.iter(f"{SCH}let", f"{SCH}assert", f"{SCH}report"):
        if part.tag == f"{SCH}let":
            variables[part.get("name", "")] = tree.select(part.get("value", ""), node, variables)
        elif tree.select(f"boolean({part.get('test', '')})", node, variables)[0] is (part.tag == f"{SCH}report"):
            yield part


def _line(node: Any) -> int:
    element = node.parent if isinstance(node, AttributeNode) else node
    return getattr(getattr(element, "elem", None), "sourceline", None) or 0
