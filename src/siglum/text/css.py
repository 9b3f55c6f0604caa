"""The part of CSS that TEI's `rendition` uses: selectors by element and attribute, and declarations.

Supported selectors: element names, `*`, `#id`, `[att]`, `[att=value]`, `[att~=value]`, descendants and children, lists,
`::before` and `::after`. A selector outside this list selects nothing.
"""

from __future__ import annotations

import re

from siglum.text.frozen import frozen
from siglum.text.tei import Element, name

_SIMPLE = re.compile(
    r"""\s*(?P<combinator>>|\s)?\s*
    (?P<name>\*|[A-Za-z_][\w.-]*)?
    (?P<tests>(?:\[[^\]]*\]|\#[\w-]+)*)
    (?P<pseudo>::?(?:before|after))?""",
    re.VERBOSE,
)
_TEST = re.compile(
    r"""\[\s*(?P<key>[\w:|-]+)\s*(?:(?P<how>~?=)\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\]\s]+))\s*)?\]|\#(?P<id>[\w-]+)"""
)
_COMMA = re.compile(r",(?![^\[\]]*\])")
_PART = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;"'])+""")
"""A declaration ends at the first semicolon outside a string."""
_STRING = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""")
_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})[ ]?|\\(.)")
_XML = "{http://www.w3.org/XML/1998/namespace}"


@frozen
class Step:
    """One compound selector: the combinator before it, an element name, and tests on attributes (name, operator, value)."""

    combinator: str
    name: str
    tests: tuple[tuple[str, str, str], ...]


@frozen
class Selector:
    """A complex selector: its steps, outermost first, its pseudo-element, and its specificity as one number."""

    steps: tuple[Step, ...]
    pseudo: str
    weight: int

    def matches(self, element: Element) -> bool:
        """Return whether the selector selects the element; the pseudo-element is ignored."""
        return _matches(element, self.steps)


def parse_selectors(text: str) -> list[Selector]:
    """Parse a comma-separated list; selectors that siglum does not support are left out."""
    return [found for part in _COMMA.split(text) if (found := _parse_selector(part.strip())) is not None]


def parse_declarations(text: str) -> dict[str, str]:
    """Map property names (lower case) to values as written; a later declaration replaces an earlier one."""
    pairs = (part.partition(":") for part in _PART.findall(text))
    return {key.strip().lower(): value.strip() for key, colon, value in pairs if colon and key.strip()}


def read_strings(value: str) -> list[str]:
    """Return the quoted strings of a value with their escapes resolved."""
    return [_ESCAPE.sub(_unescape, first or second) for first, second in _STRING.findall(value)]


def _unescape(found: re.Match[str]) -> str:
    code = int(found.group(1), 16) if found.group(1) else -1
    if code < 0:
        return found.group(2)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "�"


def _parse_selector(text: str) -> Selector | None:
    steps: list[Step] = []
    weight, at, pseudo = 0, 0, ""
    while at < len(text):
        found = _SIMPLE.match(text, at)
        if found is None or found.end() == at or pseudo:
            return None
        written = found["tests"] or ""
        tests = tuple(_parse_test(match) for match in _TEST.finditer(written))
        if _TEST.sub("", written):
            return None
        pseudo = (found["pseudo"] or "").lstrip(":")
        steps.append(Step((found["combinator"] or " ").strip(), found["name"] or "*", tests))
        weight += 10 * len(tests) + (found["name"] not in {None, "*"})
        at = found.end()
    return Selector(tuple(steps), pseudo, weight) if steps else None


def _parse_test(found: re.Match[str]) -> tuple[str, str, str]:
    if found["id"]:
        return _XML + "id", "=", found["id"]
    key = found["key"].replace("xml:", _XML).replace("xml|", _XML)
    return key, found["how"] or "", found["a"] or found["b"] or found["c"] or ""


def _matches(element: Element, steps: tuple[Step, ...]) -> bool:
    step = steps[-1]
    if not _matches_step(element, step):
        return False
    if len(steps) == 1:
        return True
    parent = element.getparent()
    if step.combinator == ">":
        return parent is not None and _matches(parent, steps[:-1])
    return any(_matches(ancestor, steps[:-1]) for ancestor in element.iterancestors())


def _matches_step(element: Element, step: Step) -> bool:
    if step.name not in {"*", name(element)}:
        return False
    return all(_passes(element.get(key), how, wanted) for key, how, wanted in step.tests)


def _passes(value: str | None, how: str, wanted: str) -> bool:
    if value is None:
        return False
    return not how or (value == wanted if how == "=" else wanted in value.split())
