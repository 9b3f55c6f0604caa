"""An expression of XPath 2.0 to 3.1, by elementpath."""

from __future__ import annotations

from typing import Any

from elementpath import ElementPathError, XPathContext, get_node_tree
from elementpath.xpath31 import XPath31Parser
from elementpath.xpath_nodes import CommentNode, ElementNode, ProcessingInstructionNode, TextNode
from elementpath.xpath_tokens import XPathMap

from siglum.schema.xpath.values import ROOT, ExpressionError, Parameters, TextAt, Value, evaluate_attribute, to_number
from siglum.text.tei import Element

_FAILURES = (ElementPathError, ArithmeticError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
_LAST: dict[int, tuple[Element, Any]] = {}
"""The tree of the last document asked about, by the identity of its root: making one looks at every node."""


class Newer:
    def __init__(self, source: str, namespace: str, prefixes: dict[str, str]) -> None:
        names = {prefix: uri for prefix, uri in prefixes.items() if prefix}
        self.parser = XPath31Parser(namespaces=names, default_namespace=namespace)
        try:
            self.token = self.parser.parse(source)
        except _FAILURES as error:
            raise ExpressionError(f"this is not XPath: {_told(error)}") from None

    def is_true(self, element: Element, parameters: Parameters) -> bool:
        try:
            return bool(self.token.boolean_value(list(self.token.select(self._context(element, parameters)))))
        except _FAILURES as error:
            raise ExpressionError(_told(error)) from None

    def value(self, element: Element, parameters: Parameters) -> Value:
        try:
            found = list(self.token.select(self._context(element, parameters)))
            return tuple(_item(each) for each in found if not isinstance(each, CommentNode | ProcessingInstructionNode))
        except _FAILURES as error:
            raise ExpressionError(_told(error)) from None

    def _context(self, element: Element, parameters: Parameters) -> XPathContext:
        tree = _tree(element)
        given = {ROOT: tree} | {name: evaluate_attribute(parameters, name, element) for name in parameters}
        known: Any = XPathMap(self.parser, items=given)
        return XPathContext(tree, item=element, variables={"parameters": known})


def _tree(element: Element) -> Any:
    root = element.getroottree().getroot()
    known = _LAST.get(id(root))
    if known is None or known[0] is not root:
        _LAST.clear()
        known = _LAST[id(root)] = root, get_node_tree(root)
    return known[1]


def _item(found: Any) -> Element | TextAt | str:
    if isinstance(found, ElementNode):
        element: Element = found.obj
        return element
    if isinstance(found, TextNode) and isinstance(found.parent, ElementNode):
        return _text(found, found.parent)
    value = getattr(found, "string_value", found)
    if isinstance(value, bool):
        return "true" if value else "false"
    return to_number(value) if isinstance(value, float) else str(value)


def _text(node: TextNode, parent: ElementNode) -> TextAt:
    """Lxml knows a text by the element before it."""
    before = None
    for each in parent.children:
        if each is node:
            break
        before = each
    owner = getattr(before, "obj", None)
    return TextAt(owner, True, str(node.obj)) if owner is not None else TextAt(parent.obj, False, str(node.obj))


def _told(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
