"""Whether two compiled grammars allow the same: element by element, by walking the content models of both in step.

The letters of a word are names of child elements, `#text`, and what text has to match; the first word that one of the
grammars accepts and the other does not is what a difference shows. Attributes are compared as sets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.attributes import Attributes
from siglum.schema.relaxng.derivative import Derivatives
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.pattern import (
    ATTRIBUTE,
    CHOICE,
    DATA,
    EMPTY,
    GROUP,
    INTERLEAVE,
    LIST,
    NOT_ALLOWED,
    NULLABLE,
    ONE_OR_MORE,
    TEXT,
    VALUE,
)

Canonical = Any
Letter = str | tuple[Any, ...]
Numbers = frozenset[int]
Word = tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """`in_first`: whether the first grammar accepts what the second refuses, or the other way round."""

    element: str
    what: str
    word: Word
    in_first: bool

    def __str__(self) -> str:
        shown = " ".join(_shown(each) for each in self.word) or "nothing"
        return f"{self.element}: {self.what} {shown}: {'first' if self.in_first else 'second'} grammar only"


def _shown(letter: Letter) -> str:
    return nameclass.split_name(letter)[1] if isinstance(letter, str) else str(letter)


class Side:
    """One of the grammars, and what can be asked of its patterns."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.pool = grammar.pool
        self.derivatives = Derivatives(grammar)
        self.attributes = Attributes(self.derivatives)
        self._forms: dict[int, Canonical] = {}

    def content(self, numbers: Numbers) -> int:
        """What elements have besides attributes; if several definitions fit one name, all of them together."""
        return self.pool.choice(*[self._rest(self.grammar.elements[each][1]) for each in numbers])

    def _rest(self, content: int) -> int:
        rest = self.attributes.split(content).rest
        return self.derivatives.without_attributes(rest, EMPTY)

    def attribute_forms(self, numbers: Numbers) -> frozenset[Canonical]:
        """The attributes of elements, each in a form that is equal in both grammars if the attributes are."""
        contents = (self.grammar.elements[each][1] for each in numbers)
        items = (each for content in contents for each in self._items(content))
        return frozenset(self.form(each) for each in items)

    def _items(self, content: int) -> Iterator[int]:
        node = self.pool.nodes[content]
        if node[0] in {GROUP, INTERLEAVE}:
            for each in node[1]:
                yield from self._items(each)
        elif next(self.attributes.leaves(content), None) is not None:
            yield content

    def form(self, pattern: int) -> Canonical:
        known = self._forms.get(pattern)
        if known is None:
            known = self._forms[pattern] = self._form(pattern)
        return known

    def _form(self, pattern: int) -> Canonical:
        node = self.pool.nodes[pattern]
        kind = node[0]
        if kind in {CHOICE, INTERLEAVE}:
            return kind, frozenset(map(self.form, node[1]))
        if kind == GROUP:
            return kind, tuple(map(self.form, node[1]))
        if kind in {ONE_OR_MORE, LIST}:
            return kind, self.form(node[1])
        if kind == ATTRIBUTE:
            return kind, node[1], self.form(node[2])
        if kind == DATA:
            return (*node[:4], self.form(node[4]))
        return node

    def letters(self, pattern: int) -> set[Letter]:
        """What may come next, and a name for each open set of names."""
        found: set[Letter] = {
            name
            for number in self.derivatives.first(pattern)
            for name in nameclass.iter_representatives(self.grammar.elements[number][0])
        }
        if self.derivatives.by_any_text(pattern) != NOT_ALLOWED:
            found.add("#text")
        return found | {self.form(each) for each in self._leaves(pattern)}

    def _leaves(self, pattern: int) -> Iterator[int]:
        node = self.pool.nodes[pattern]
        if node[0] in {DATA, VALUE, LIST}:
            yield pattern
        elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
            for each in node[1]:
                yield from self._leaves(each)
        elif node[0] == ONE_OR_MORE:
            yield from self._leaves(node[1])

    def after(self, pattern: int, letter: Letter) -> tuple[int, Numbers]:
        """What is left after a letter, and the elements it stands for."""
        if letter == "#text":
            return self.derivatives.by_any_text(pattern), frozenset()
        if isinstance(letter, tuple):
            return self.derivatives.by_text(pattern, lambda leaf: self.form(leaf) == letter), frozenset()
        heads = self.derivatives.heads(pattern, letter)
        return self.pool.choice(*[rest for _, rest in heads]), frozenset(number for number, _ in heads)

    def ends(self, pattern: int) -> bool:
        return bool(self.pool.flags[pattern] & NULLABLE)


def differences(first: Grammar, second: Grammar, *, attributes: bool = True) -> list[Difference]:
    """Everything in which two grammars differ, the first word for each element, from the start on."""
    found: list[Difference] = []
    one, other = Side(first), Side(second)
    waiting: deque[tuple[str, Numbers, Numbers]] = deque()
    seen: set[tuple[str, Numbers, Numbers]] = set()

    def meet(name: str, left: Numbers, right: Numbers) -> None:
        if (name, left, right) not in seen:
            seen.add((name, left, right))
            waiting.append((name, left, right))

    found += _walk("(start)", (one, first.start), (other, second.start), meet)
    while waiting:
        name, left, right = waiting.popleft()
        shown = nameclass.split_name(name)[1]
        if attributes:
            found += _attributes(shown, one.attribute_forms(left), other.attribute_forms(right))
        found += _walk(shown, (one, one.content(left)), (other, other.content(right)), meet)
    return found


def _attributes(name: str, left: frozenset[Canonical], right: frozenset[Canonical]) -> Iterator[Difference]:
    for forms, in_first in ((left - right, True), (right - left, False)):
        for each in sorted(forms, key=str):
            yield Difference(name, "attribute", (each,), in_first)


def _walk(
    name: str, left: tuple[Side, int], right: tuple[Side, int], meet: Callable[[str, Numbers, Numbers], None]
) -> Iterator[Difference]:
    """The shortest word on which two patterns differ, if there is one; all pairs of children on the way are told to `meet`."""
    (one, start), (other, begin) = left, right
    waiting: deque[tuple[int, int, Word]] = deque([(start, begin, ())])
    seen = {(start, begin)}
    while waiting:
        here, there, word = waiting.popleft()
        if one.ends(here) != other.ends(there):
            yield Difference(name, "children", word, one.ends(here))
            return
        for letter in sorted(one.letters(here) | other.letters(there), key=str):
            (mine, elements), (yours, others) = one.after(here, letter), other.after(there, letter)
            if (mine == NOT_ALLOWED) != (yours == NOT_ALLOWED):
                yield Difference(name, "children", (*word, letter, "…"), mine != NOT_ALLOWED)
                return
            if elements and others:
                meet(str(letter), elements, others)
            if (mine, yours) not in seen and mine != NOT_ALLOWED:
                seen.add((mine, yours))
                waiting.append((mine, yours, (*word, letter)))


__all__ = ["TEXT", "Difference", "differences"]
