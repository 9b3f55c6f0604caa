"""The tokens of an XPath expression, and names without a prefix put into a namespace (XPath 1.0, 3.7; XPath 3.1, A.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from siglum.text.frozen import frozen

_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<comment>\(:.*?:\))|(?P<literal>"(?:[^"]|"")*"|'(?:[^']|'')*')
    |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>[^\W\d][\w.-]*(?::(?!:)[^\W\d][\w.-]*)?|Q\{[^}]*\}[^\W\d][\w.-]*)
    |(?P<sign>::|//|!=|<=|>=|<<|>>|\|\||=>|:=|\.\.|:\*|[()\[\]{}@,/|+\-=<>*$.?!\#:])|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_OPERATORS = frozenset({"and", "or", "div", "mod"})
_AFTER_OPERAND = frozenset({")", "]", ".", ".."})
FUNCTIONS = frozenset(
    """last position count local-name namespace-uri name string concat starts-with contains substring-before
    substring-after substring string-length normalize-space translate boolean not true false lang number sum floor ceiling
    round""".split()
)
"""The functions of XPath 1.0, but for `id`, which takes a second argument later."""
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
_NEWER_SIGNS = frozenset({"||", "=>", "!", "?", "<<", ">>", "{", "}", "#", ":=", ":*", ":"})
_KEYWORDS = frozenset({"if", "for", "let", "some", "every"})


@frozen
class Token:
    kind: str
    text: str


@frozen
class Reading:
    """`written`: the expression, names in the namespace; `functions`: those it calls; `is_old`: whether it is XPath 1.0."""

    written: str
    functions: frozenset[str]
    is_old: bool


def tokens(source: str) -> list[Token]:
    """All tokens, white space and comments among them."""
    return [Token(found.lastgroup or "other", found.group()) for found in _TOKEN.finditer(source)]


def read(source: str, prefix: str, parameters: str) -> Reading:
    """The expression for an engine of XPath 1.0: `prefix` stands for the namespace, `$parameters?x` becomes `$PARAMETERS-x`."""
    reader = _Reader(tokens(source), prefix, parameters)
    reader.read()
    is_old = reader.is_old and not _has_sequences(reader.found) and not _has_step_calls(reader.found)
    return Reading("".join(reader.written), frozenset(reader.functions), is_old)


class _Reader:
    """Goes through the tokens; `operand` tells whether one is expected, since names may be operators (XPath 1.0, 3.7)."""

    def __init__(self, found: list[Token], prefix: str, parameters: str) -> None:
        self.found = found
        self.prefix = prefix
        self.parameters = parameters
        self.significant = [at for at, token in enumerate(found) if token.kind not in {"space", "comment"}]
        self.written = [token.text for token in found]
        self.functions: set[str] = set()
        self.is_old = all(token.kind not in {"comment", "other"} and not token.text.startswith("Q{") for token in found)

    def read(self) -> None:
        operand, order = True, 0
        while order < len(self.significant):
            token = self.found[self.significant[order]]
            if token.text == "$" and self._is_lookup(order):
                order += self._lookup(order)
                operand = False
            elif token.kind == "name":
                self.is_old &= self._operand(order, token.text) if operand else token.text in _OPERATORS
                operand = not operand
            else:
                self.is_old &= token.text not in _NEWER_SIGNS and not _is_new_literal(token)
                closes = token.text in _AFTER_OPERAND or token.kind in {"literal", "number"} or (token.text == "*" and operand)
                operand = not closes
            order += 1

    def _is_lookup(self, order: int) -> bool:
        """`$parameters?x`."""
        names = [self._text(order + step) for step in range(4)]
        return names[1:3] == ["parameters", "?"] and bool(re.fullmatch(r"[^\W\d][\w.-]*", names[3]))

    def _lookup(self, order: int) -> int:
        self.written[self.significant[order]] = f"${self.parameters}-{self._text(order + 3)}"
        for step in (1, 2, 3):
            self.written[self.significant[order + step]] = ""
        return 3

    def _text(self, order: int) -> str:
        return self.found[self.significant[order]].text if 0 <= order < len(self.significant) else ""

    def _operand(self, order: int, text: str) -> bool:
        """A name where an operand is expected goes into the namespace if it tests for an element; is it XPath 1.0?"""
        before, after = self._text(order - 1), self._text(order + 1)
        if before == "$" or after == "::":
            return True
        if after == "(" and before not in {"::", "@"}:
            if text not in _NODE_TYPES:
                self.functions.add(text)
            return text in FUNCTIONS or text in _NODE_TYPES
        if text in _KEYWORDS and after == "$":
            return False
        is_attribute = before == "@" or (before == "::" and self._text(order - 2) == "attribute")
        if not is_attribute and ":" not in text and text not in _NODE_TYPES:
            self.written[self.significant[order]] = f"{self.prefix}:{text}"
        return True


def _is_new_literal(token: Token) -> bool:
    """A doubled quotation mark in a literal, or an exponent: XPath 1.0 has neither."""
    if token.kind == "number":
        return "e" in token.text.lower()
    return token.kind == "literal" and token.text[0] * 2 in token.text[1:-1]


def _has_sequences(found: list[Token]) -> bool:
    """Whether there is `()` that calls nothing, or a comma that parts no arguments: sequences, which XPath 1.0 lacks."""
    calls: list[bool] = []
    before = Token("", "")
    for token in _significant(found):
        if token.text == "(":
            calls.append(before.kind == "name" and before.text not in _OPERATORS)
        elif token.text == ")" and calls:
            if not calls.pop() and before.text == "(":
                return True
        elif token.text == "[":
            calls.append(False)
        elif token.text == "]" and calls:
            calls.pop()
        elif token.text == "," and not (calls and calls[-1]):
            return True
        before = token
    return False


def _has_step_calls(found: list[Token]) -> bool:
    """Whether a step is a function call or in brackets (`hi/string()`, `a/(b|c)`): not so in XPath 1.0."""
    significant = list(_significant(found))
    for at, token in enumerate(significant[:-1]):
        if token.text in {"/", "//"}:
            following = significant[at + 1]
            called = at + 2 < len(significant) and significant[at + 2].text == "("
            if following.text == "(" or (following.kind == "name" and called and following.text not in _NODE_TYPES):
                return True
    return False


def _significant(found: list[Token]) -> Iterator[Token]:
    return (token for token in found if token.kind not in {"space", "comment"})
