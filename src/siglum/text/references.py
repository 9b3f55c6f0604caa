"""Canonical references: what to call a place in a text, so that others find it.

The header's `citeStructure`s say it where there are any (TEI P5 3.11.4, 16.2.5: @match, @use, @delim, nested as deep as need
be). Otherwise a reference is made of the divisions, by their @n or their order: “letter 2, paragraph 3”. `cRefPattern` and
`refState` are not read yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from siglum.text.document import Document
from siglum.text.tei import DIVISIONS, QUOTATIONS, TEI, TEI_NS, Element, attribute, child, elements, name, squeeze

_NAMESPACES = {"tei": TEI_NS, "xml": "http://www.w3.org/XML/1998/namespace"}
_TOKEN = re.compile(
    r"""\s*(?:(?P<literal>"[^"]*"|'[^']*'|\d+(?:\.\d*)?|\.\d+)|(?P<name>\$?[A-Za-z_][\w.-]*(?::(?!:)(?:[A-Za-z_][\w.-]*|\*))?)
    |(?P<sign>::|//|\.\.|!=|<=|>=|.))""",
    re.VERBOSE | re.DOTALL,
)
_OPERATORS = frozenset({"and", "or", "div", "mod"})
_BEFORE_OPERAND = frozenset({"", "@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "*"})
_HOLDING = {
    **dict.fromkeys(DIVISIONS, "div"),
    "sp": "speech",
    "note": "note",
    "front": "front",
    "back": "back",
    "floatingText": "text",
}
_FRONT = frozenset({"front", "titlePage", "argument"})
_ABOUT_THE_TEXT = frozenset({"apparatus", "commentary", "translation", "bibliography"})
_HELD = {"p": "paragraph", "ab": "block", "l": "line", "head": "heading", "titlePage": "title page", "stage": "stage direction"}


class References:
    """The references of one document."""

    def __init__(self, document: Document) -> None:
        self._units: dict[Element, str] = {}
        self._declared: dict[Element, str] = {}
        self.faults: list[tuple[Element, str]] = []
        """The `citeStructure`s that cannot be evaluated, and why."""
        root = document.root
        for structure in _structures(root):
            self._evaluate(structure, root, "")
        for text in elements(root, "text"):
            if next(text.iterancestors(TEI + "text"), None) is None:
                self._number(text)

    def of(self, element: Element) -> str:
        """The reference of the element, or of the smallest unit around it; empty outside of every unit."""
        for each in (element, *element.iterancestors()):
            if each in self._declared:
                return self._declared[each]
            if name(each) == "note" and self._declared and each in self._units:
                parent = each.getparent()
                around = self.of(parent) if parent is not None else ""
                return f"{around}, {self._units[each]}" if around else self._units[each]
        units = [self._units[each] for each in (element, *element.iterancestors()) if each in self._units]
        return ", ".join(reversed(units))

    def number(self, element: Element) -> str:
        """The last step of the element's own reference (“7” of “letter.3.7”), for the margin; empty where it has none.

        Without `citeStructure`s it is the @n of the smallest part of the text (`textpart`, or a division with a @subtype), at
        its first paragraph; in other divisions the paragraphs are counted where there are several. Title pages, front matter,
        apparatus and the like have no numbers, nor have the paragraphs of speeches, lists or quotations.
        """
        if element in self._declared:
            parent = element.getparent()
            around = self.of(parent) if parent is not None else ""
            return self._declared[element].removeprefix(around).lstrip(" .,:;-/")
        parent = element.getparent()
        if self._declared or parent is None or name(parent) not in DIVISIONS | {"body"} or _is_beside_text(parent):
            return ""
        if _is_textpart(parent):
            first = next((each for each in parent if name(each) in {"p", "ab"}), None)
            return attribute(parent, "n") if first is element else ""
        before, after = (next(element.itersiblings(TEI + "p", preceding=way), None) for way in (True, False))
        if name(element) != "p" or (before is None and after is None):
            return ""
        return self._units.get(element, "").rpartition(" ")[2]

    def label(self, division: Element) -> str:
        """What a division without a heading is called, by its @type and @n: “letter 1”; empty where the margin shows it."""
        number = attribute(division, "n")
        told = attribute(division, "type") or attribute(division, "subtype")
        shown = {"head", "p", "ab"} if _is_textpart(division) else {"head"}
        has_own = any(name(each) in shown for each in division)
        if not number or not told or number.startswith("urn:") or has_own or _is_beside_text(division):
            return ""
        return self._units.get(division, "")

    def _evaluate(self, structure: Element, context: Element, before: str) -> None:
        try:
            matched = _select(context, attribute(structure, "match"))
            use = attribute(structure, "use")
            labels = [_label(each, use, place, len(matched)) for place, each in enumerate(matched, 1)]
        except _XPathError as error:
            self.faults.append((structure, str(error)))
            return
        for each, label in zip(matched, labels, strict=True):
            reference = before + structure.get("delim", "") + label
            if label:
                self._declared.setdefault(each, reference)
                for inner in structure.findall(TEI + "citeStructure"):
                    self._evaluate(inner, each, reference)

    def _number(self, text: Element) -> None:
        """Name every unit below by its kind and @n, or else its place among its like in the unit around it."""
        counts: dict[tuple[Element, str], int] = {}
        holders: dict[Element, Element] = {text: text}
        for element in text.iter(TEI + "*"):
            parent = element.getparent()
            holder = holders[parent] if parent in holders and parent is not None else text
            kind = name(element)
            whole = attribute(element, "n").startswith("urn:")  # a division that holds the whole text (CTS)
            holds = kind in _HOLDING or (kind in QUOTATIONS and child(element, "p") is not None)
            holders[element] = element if holds and not whole else holder
            if (holds or kind in _HELD) and not whole:
                unit = _unit(element)
                counts[holder, unit] = counts.get((holder, unit), 0) + 1
                number = attribute(element, "n") or str(counts[holder, unit])
                self._units[element] = unit if unit in {"front", "back", "title page"} else f"{unit} {number}"


def _unit(element: Element) -> str:
    """What a unit is called: a division by its @subtype or @type, everything else by its name."""
    kind = name(element)
    if kind in DIVISIONS:
        return attribute(element, "subtype") or attribute(element, "type") or "div"
    return _HOLDING.get(kind) or _HELD.get(kind, "quotation")


def _is_textpart(division: Element) -> bool:
    """Whether the division is a numbered part of a text as its tradition counts it."""
    number = attribute(division, "n")
    is_part = attribute(division, "type") == "textpart" or bool(attribute(division, "subtype"))
    return name(division) in DIVISIONS and is_part and bool(number) and not number.startswith("urn:")


def _is_beside_text(division: Element) -> bool:
    """Whether it is front matter, or says something about the text."""
    around = (division, *division.iterancestors())
    return any(name(each) in _FRONT or attribute(each, "type") in _ABOUT_THE_TEXT for each in around)


def _structures(root: Element) -> Iterator[Element]:
    """The outermost `citeStructure`s of the default declaration, or of the first that has any."""
    declarations = [each for each in elements(root, "refsDecl") if child(each, "citeStructure") is not None]
    chosen = next((each for each in declarations if attribute(each, "default") == "true"), next(iter(declarations), None))
    if chosen is not None:
        yield from chosen.findall(TEI + "citeStructure")


class _XPathError(Exception):
    """An expression that cannot be evaluated."""


_LONGEST, _DEEPEST = 500, 10
"""Characters and nested brackets of an expression: more would take an evaluator very long, and no reference needs them."""


def _bounded(path: str) -> None:
    depth = deepest = 0
    for sign in path:
        depth += (sign in "[(") - (sign in "])")
        deepest = max(deepest, depth)
    if len(path) > _LONGEST or deepest > _DEEPEST:
        limit = f"{_LONGEST} characters" if len(path) > _LONGEST else f"{_DEEPEST} nested brackets"
        raise _XPathError(f"“{path[:40]}…” is refused: an expression has at most {limit}")


def _select(context: Element, path: str) -> list[Element]:
    _bounded(path)
    found = _run(context, qualified(path), path)
    if not isinstance(found, list):
        raise _XPathError(f"“{path}” selects no elements")
    return [each for each in found if isinstance(each, etree._Element)]


def _label(element: Element, use: str, position: int, size: int) -> str:
    """What @use gives for one of the matched elements; `position()` and `last()` are those among the matched."""
    _bounded(use)
    found = _run(element, qualified(_placed(use, position, size)), use)
    if isinstance(found, list):
        found = found[0] if found else ""
        if isinstance(found, etree._Element):
            found = str(found.xpath("string()"))
    text = str(found)
    return squeeze(text.removesuffix(".0") if isinstance(found, float) else text)


def _run(context: Element, path: str, written: str) -> object:
    """The value by XPath 1.0; where that cannot say it, by XPath 2.0."""
    try:
        return context.xpath(path, namespaces=_NAMESPACES, smart_strings=False)
    except etree.XPathError:
        return _run_2(context, written)


def _run_2(context: Element, path: str) -> object:
    import elementpath  # noqa: PLC0415 - heavy, and seldom needed

    try:
        return elementpath.select(context, path, namespaces={"": TEI_NS, **_NAMESPACES}, parser=elementpath.XPath2Parser)
    except (elementpath.ElementPathError, TypeError, ValueError) as error:
        raise _XPathError(f"“{path}” cannot be evaluated: {error}") from None


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    is_name: bool
    start: int


def _tokens(path: str) -> list[_Token]:
    found = (each for each in _TOKEN.finditer(path) if each.group().strip())
    return [_Token(each.group().strip(), each["name"] is not None, each.start()) for each in found]


def qualified(path: str) -> str:
    """An XPath 1.0 expression in which names without prefix are in the TEI namespace.

    A name is an operator, a function, an axis, an attribute or a node test by what stands before and after it (XPath 1.0, 3.7).
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
    return _spaced(result)


def _is_operator(tokens: list[_Token], at: int) -> bool:
    """Whether the name there is `and`, `or`, `div`, `mod` and no element's."""
    before = tokens[at - 1].text if at > 0 else ""
    return before not in _BEFORE_OPERAND


def _spaced(tokens: list[str]) -> str:
    """The tokens with a space where two would run together."""
    text = ""
    for token in tokens:
        glue = text and (text[-1].isalnum() or text[-1] in "_-.*])\"'") and (token[0].isalnum() or token[0] in "_-\"'")
        text += f" {token}" if glue else token
    return text


def _placed(path: str, position: int, size: int) -> str:
    """The expression with `position()` and `last()` outside of predicates replaced by their values."""
    depth, result = 0, []
    tokens = _tokens(path)
    skip = 0
    for at, token in enumerate(tokens):
        depth += (token.text == "[") - (token.text == "]")
        call = [each.text for each in tokens[at + 1 : at + 3]] == ["(", ")"]
        if skip:
            skip -= 1
        elif depth == 0 and call and token.text in {"position", "last"}:
            result.append(str(position if token.text == "position" else size))
            skip = 2
        else:
            result.append(token.text)
    return _spaced(result)
