"""The expressions that most models have, as plain functions: many times faster than an XPath engine, and saying the same.

What is read as a predicate: an attribute or a parameter, alone or beside a literal or several; a child, a parent or an
ancestor by its name; `starts-with(@x, '…')`; `not()`, `and`, `or` and parentheses. As a value: an attribute, a parameter, a
literal. Anything else is left to the engines.
"""

from __future__ import annotations

from collections.abc import Callable

from siglum.schema.xpath.tokens import Token, tokens
from siglum.schema.xpath.values import Parameters, Value, evaluate_attribute
from siglum.text.frozen import frozen
from siglum.text.tei import XML_NS, Element

Test = Callable[[Element, Parameters], bool]
Select = Callable[[Element, Parameters], Value]

_AXES = {"child", "parent", "ancestor"}


class _NotPlainError(Exception):
    """The expression says more than is read here."""


def compile_test(source: str, namespace: str) -> Test | None:
    """The effective boolean value of the expression as a function; None where it is not as plain as that."""
    found = [each for each in tokens(source) if each.kind not in {"space", "comment"}]
    reader = _Reader(found, f"{{{namespace}}}" if namespace else "")
    try:
        test = reader.either()
    except (_NotPlainError, IndexError):
        return None
    return test if reader.at == len(found) else None


def compile_value(source: str, namespace: str) -> Select | None:
    """The items of the expression as a function; None where it is not as plain as that."""
    found = [each for each in tokens(source) if each.kind not in {"space", "comment"}]
    reader = _Reader(found, f"{{{namespace}}}" if namespace else "")
    try:
        select = reader.value()
    except (_NotPlainError, IndexError):
        return None
    return select if reader.at == len(found) else None


@frozen
class _Step:
    axis: str
    tag: str


class _Reader:
    """Recursive descent over the tokens (XPath 1.0, 3.4: `or` binds less than `and`)."""

    def __init__(self, found: list[Token], prefix: str) -> None:
        self.found = found
        self.prefix = prefix
        self.at = 0

    def next(self, *wanted: str) -> bool:
        """Whether the next tokens are these; they are read if so."""
        if [each.text for each in self.found[self.at : self.at + len(wanted)]] != list(wanted):
            return False
        self.at += len(wanted)
        return True

    def value(self) -> Select:
        if self.next("@"):
            key = self._read_key()
            return lambda element, _parameters: () if (found := element.get(key)) is None else (found,)
        if self.next("$", "parameters", "?"):
            name = self._read_name()
            return lambda element, parameters: (evaluate_attribute(parameters, name, element),) if name in parameters else ()
        literal = self._read_literal()
        return lambda _element, _parameters: (literal,)

    def either(self) -> Test:
        tests = [self.both()]
        while self.next("or"):
            tests.append(self.both())
        return tests[0] if len(tests) == 1 else lambda element, parameters: any(each(element, parameters) for each in tests)

    def both(self) -> Test:
        tests = [self.one()]
        while self.next("and"):
            tests.append(self.one())
        return tests[0] if len(tests) == 1 else lambda element, parameters: all(each(element, parameters) for each in tests)

    def one(self) -> Test:
        if self.next("("):
            return self._close(self.either())
        if self.next("not", "("):
            denied = self._close(self.either())
            return lambda element, parameters: not denied(element, parameters)
        if self.next("starts-with", "(", "@"):
            return self._read_start()
        if self.next("@"):
            return self._read_attribute()
        if self.next("$", "parameters", "?"):
            return self._read_parameter()
        return _follow_step(self._read_step())

    def _close(self, test: Test) -> Test:
        if not self.next(")"):
            raise _NotPlainError
        return test

    def _read_start(self) -> Test:
        key = self._read_key()
        if not self.next(","):
            raise _NotPlainError
        (start,) = self._read_literals()
        return self._close(lambda element, _parameters: (element.get(key) or "").startswith(start))

    def _read_attribute(self) -> Test:
        key = self._read_key()
        wanted = self._read_comparison()
        if wanted is None:
            return lambda element, _parameters: element.get(key) is not None
        return lambda element, _parameters: element.get(key) in wanted

    def _read_parameter(self) -> Test:
        name = self._read_name()
        wanted = self._read_comparison()
        if wanted is None:
            return lambda element, parameters: bool(evaluate_attribute(parameters, name, element))
        return lambda element, parameters: name in parameters and evaluate_attribute(parameters, name, element) in wanted

    def _read_comparison(self) -> frozenset[str] | None:
        return frozenset(self._read_literals()) if self.next("=") else None

    def _read_literals(self) -> list[str]:
        """A literal, or several in parentheses."""
        if not self.next("("):
            return [self._read_literal()]
        found = [self._read_literal()]
        while self.next(","):
            found.append(self._read_literal())
        if not self.next(")"):
            raise _NotPlainError
        return found

    def _read_literal(self) -> str:
        token = self.found[self.at]
        if token.kind != "literal":
            raise _NotPlainError
        self.at += 1
        return token.text[1:-1].replace(token.text[0] * 2, token.text[0])

    def _read_key(self) -> str:
        name = self._read_name(prefixed=True)
        if name.startswith("xml:"):
            return f"{{{XML_NS}}}{name[4:]}"
        if ":" in name:
            raise _NotPlainError
        return name

    def _read_name(self, *, prefixed: bool = False) -> str:
        token = self.found[self.at]
        if token.kind != "name" or (":" in token.text and not prefixed) or token.text.startswith("Q{"):
            raise _NotPlainError
        self.at += 1
        return token.text

    def _read_step(self) -> _Step:
        name, axis = self._read_name(), "child"
        if self.next("::"):
            if name not in _AXES:
                raise _NotPlainError
            name, axis = self._read_name(), name
        following = self.found[self.at].text if self.at < len(self.found) else ""
        if following not in {"", ")", "and", "or"}:
            raise _NotPlainError
        return _Step(axis, self.prefix + name)


def _follow_step(step: _Step) -> Test:
    tag = step.tag
    match step.axis:
        case "parent":
            return lambda element, _parameters: (above := element.getparent()) is not None and above.tag == tag
        case "ancestor":
            return lambda element, _parameters: next(element.iterancestors(tag), None) is not None
        case _:
            return lambda element, _parameters: element.find(tag) is not None
