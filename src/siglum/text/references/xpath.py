"""Evaluate the XPath of reference declarations: XPath 1.0 with lxml, or else XPath 2.0 with elementpath.

Names without prefix are in the TEI namespace. Expressions come from untrusted files: their length and nesting have limits, and
they read no other file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from siglum.text.frozen import frozen
from siglum.text.tei import TEI_NS, XML_NS, Element, squeeze

_NAMESPACES = {"tei": TEI_NS, "xml": XML_NS}
_TOKEN = re.compile(
    r"""\s*(?:(?P<literal>"[^"]*"|'[^']*'|\d+(?:\.\d*)?|\.\d+)|(?P<name>\$?[^\W\d][\w.-]*(?::(?!:)(?:[^\W\d][\w.-]*|\*))?)
    |(?P<sign>::|//|\.\.|!=|<=|>=|.))""",
    re.VERBOSE | re.DOTALL,
)
_OPERATORS = frozenset({"and", "or", "div", "mod"})
_BEFORE_OPERAND = frozenset({"", "@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "*"})
_ATTRIBUTE = re.compile(r"@(?:(xml):)?([^\W\d][\w.-]*)")
_REFUSED = re.compile(r"\b(doc|doc-available|collection|document|unparsed-text)\s*\(|\b(to|for|some|every)\s+[$\d(]")
_SEARCHES = frozenset({"//", "descendant", "descendant-or-self", "following", "preceding"})
_LONGEST, _DEEPEST, _DEEPEST_SEARCH = 500, 10, 2
"""The most characters and nested brackets of an expression, and the most brackets around a search of the whole document. Larger
expressions may take an evaluator very long, and no reference needs them."""
_CODE = re.compile(r"^(?:'[^']*' )?\S+(?: \S+)? at line \d+, column \d+: |\[err:\w+\] ")
"""The part of elementpath's messages before the reason."""
_POSITION, _SIZE = "siglum-position", "siglum-size"


class XPathError(Exception):
    """An expression that cannot be evaluated."""


@frozen
class Matched:
    """A selected element, with the values of `position()` and `last()`."""

    element: Element
    position: int
    size: int


class Path:
    """A compiled expression that can be evaluated for many elements. Raises XPathError."""

    def __init__(self, written: str, prefixes: dict[str | None, str] | None = None) -> None:
        _check_limits(written)
        self.written = written
        self._prefixes = {key: value for key, value in (prefixes or {}).items() if key} | _NAMESPACES
        self._ask = self._compile()

    def select(self, context: Element) -> list[Element]:
        """Select elements from a context element."""
        found = self._ask(Matched(context, 1, 1))
        if not isinstance(found, list):
            raise XPathError(f"“{self.written}” selects no elements")
        return [node for node in found if isinstance(node, etree._Element) and isinstance(node.tag, str)]

    def label(self, matched: Matched) -> str:
        """Evaluate the expression for an element as text, without white space around it."""
        found = self._ask(matched)
        if isinstance(found, list):
            found = found[0] if found else ""
            if isinstance(found, etree._Element):
                found = "".join(map(str, found.itertext()))
        text = str(found).lower() if isinstance(found, bool) else str(found)
        return squeeze(text.removesuffix(".0") if isinstance(found, float) else text)

    def _compile(self) -> Callable[[Matched], Any]:
        simple = _ATTRIBUTE.fullmatch(self.written)
        if simple and self.written != "@xml":
            key = f"{{{XML_NS}}}{simple[2]}" if simple[1] else simple[2]
            return lambda matched: matched.element.get(key, "")
        try:
            compiled = etree.XPath(
                qualify(_replace_position_calls(self.written)), namespaces=self._prefixes, smart_strings=False
            )
        except etree.XPathError:
            return self._compile_xpath2()

        def ask(matched: Matched) -> Any:
            try:
                return compiled(matched.element, **{_POSITION: matched.position, _SIZE: matched.size})
            except etree.XPathError:
                self._ask = self._compile_xpath2()
                return self._ask(matched)

        return ask

    def _compile_xpath2(self) -> Callable[[Matched], Any]:
        """Compile as XPath 2.0. elementpath builds its tree of a document once per expression."""
        import elementpath  # heavy, and seldom needed

        failures = (elementpath.ElementPathError, ArithmeticError, ValueError, TypeError, LookupError, RecursionError)
        try:
            parser = elementpath.XPath2Parser(namespaces=self._prefixes, default_namespace=TEI_NS)
            token = parser.parse(_replace_position_calls(self.written))
        except failures as error:
            raise self._make_error(error) from None
        trees: dict[Element, Any] = {}

        def ask(matched: Matched) -> Any:
            root = matched.element.getroottree().getroot()
            try:
                if root not in trees:
                    trees[root] = elementpath.get_node_tree(root)
                known: dict[str, Any] = {_POSITION: matched.position, _SIZE: matched.size}
                return token.get_results(elementpath.XPathContext(trees[root], item=matched.element, variables=known))
            except failures as error:
                raise self._make_error(error) from None

        return ask

    def _make_error(self, error: Exception) -> XPathError:
        said = _CODE.sub("", next(iter(str(error).splitlines()), "")) or "it is not an XPath"
        return XPathError(f"“{self.written}” cannot be evaluated: {said}")


def _check_limits(path: str) -> None:
    if not path.strip():
        raise XPathError("the expression is empty")
    depth = deepest = searching = 0
    for token in _tokens(path):
        depth += (token.text in {"[", "("}) - (token.text in {"]", ")"})
        deepest = max(deepest, depth)
        searching = max(searching, depth if token.text in _SEARCHES else 0)
    if len(path) > _LONGEST or deepest > _DEEPEST:
        limit = f"{_LONGEST} characters" if len(path) > _LONGEST else f"{_DEEPEST} nested brackets"
        raise XPathError(f"“{path[:40]}…” is too complex: an expression may have at most {limit}")
    if searching > _DEEPEST_SEARCH:
        raise XPathError(f"“{path[:40]}…” is too slow: it searches the document again for every place it finds")
    refused = _REFUSED.search(re.sub("\"[^\"]*\"|'[^']*'", "''", path))
    if refused:
        raise XPathError(f"“{path[:40]}” is not allowed: a reference may not depend on “{refused[1] or refused[2]}”")


@frozen
class _Token:
    text: str
    is_name: bool


def _tokens(path: str) -> list[_Token]:
    found = (match for match in _TOKEN.finditer(path) if match.group().strip())
    return [_Token(match.group().strip(), match["name"] is not None) for match in found]


def qualify(path: str) -> str:
    """Put the names without prefix of an XPath 1.0 expression into the TEI namespace.

    The tokens before and after a name decide whether it is an operator, function, axis, attribute or node test (XPath 1.0,
    3.7).
    """
    result: list[str] = []
    tokens = _tokens(path)
    for at, token in enumerate(tokens):
        before = tokens[at - 1].text if at else ""
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        operand = before in _BEFORE_OPERAND or (before in _OPERATORS and _is_operator(tokens, at - 1))
        test = token.is_name and operand and after not in {"(", "::"} and ":" not in token.text and token.text[0] != "$"
        of_attribute = before == "@" or (before == "::" and tokens[at - 2].text in {"attribute", "namespace"})
        result.append(f"tei:{token.text}" if test and not of_attribute else token.text)
    return _join_tokens(result)


def _is_operator(tokens: list[_Token], at: int) -> bool:
    """Whether the name is the operator `and`, `or`, `div` or `mod` and not an element."""
    before = tokens[at - 1].text if at > 0 else ""
    return before not in _BEFORE_OPERAND


def _join_tokens(tokens: list[str]) -> str:
    """Join the tokens, with a space where two would run together."""
    text = ""
    for token in tokens:
        glue = text and (text[-1].isalnum() or text[-1] in "_-.*])\"'") and (token[0].isalnum() or token[0] in "_-\"'$")
        text += f" {token}" if glue else token
    return text


def _replace_position_calls(path: str) -> str:
    """Replace `position()` and `last()` outside predicates by variables, whose values come from `Matched`."""
    depth, result = 0, []
    tokens = _tokens(path)
    skip = 0
    for at, token in enumerate(tokens):
        depth += (token.text == "[") - (token.text == "]")
        call = [token.text for token in tokens[at + 1 : at + 3]] == ["(", ")"]
        if skip:
            skip -= 1
        elif depth == 0 and call and token.text in {"position", "last"}:
            result.append(f"${_POSITION if token.text == 'position' else _SIZE}")
            skip = 2
        else:
            result.append(token.text)
    return _join_tokens(result)
