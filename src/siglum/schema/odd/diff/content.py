"""Content models, compared as languages: of the children that an element may have, is there a row that only one side allows?

The letters are the names of children, text, and values of datatypes; both models are walked in step by derivatives (Brzozowski
1964), breadth first, so that the example found is a shortest one. Children that one side does not have at all are left out of
the walk: that they come or go is told once, not for each element that may contain them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from siglum.schema.odd.diff.change import Change, Effect
from siglum.schema.odd.diff.sides import Side
from siglum.schema.odd.diff.vocabulary import format_name
from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.attributes import Attributes
from siglum.schema.relaxng.derivative import Derivatives
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.pattern import (
    CHOICE,
    DATA,
    EMPTY,
    GROUP,
    INTERLEAVE,
    LIST,
    NOT_ALLOWED,
    NULLABLE,
    ONE_OR_MORE,
    VALUE,
)

Letter = str | tuple[Any, ...]
Word = tuple[str, ...]
_TEXT = "#text"
_FAR = 5_000
"""Pairs of states after which two models are taken to be alike: no model of TEI comes near."""


def compare_contents(one: Side, other: Side) -> Iterator[Change]:
    """The elements that both have and that differ in what they may contain."""
    here, there = _Language(one.grammar), _Language(other.grammar)
    apart = one.elements.keys() ^ other.elements.keys()
    pair = _Pair(here, there, frozenset(apart))
    for name in sorted(one.elements.keys() & other.elements.keys() & here.contents.keys() & there.contents.keys()):
        lost, won = pair.compare(here.contents[name], there.contents[name])
        if lost is not None or won is not None:
            yield Change(
                "content",
                _find_effect(lost, won),
                format_name(name),
                before=_describe_change(lost),
                after=_describe_change(won),
                lost=lost,
                won=won,
            )


def _find_effect(lost: Word | None, won: Word | None) -> Effect:
    return "allows" if lost is None and won is not None else "breaks"


def _describe_change(word: Word | None) -> str:
    return "" if word is None else " ".join(word) or "nothing"


class _Language:
    """One of the grammars. `contents`: what each element may contain by its full name, without its attributes.

    Where several definitions have one name, it is what any of them allows.
    """

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.pool = grammar.pool
        self.derivatives = Derivatives(grammar)
        attributes = Attributes(self.derivatives)
        found: dict[str, list[int]] = {}
        for name_class, content in grammar.elements:
            rest = self.derivatives.without_attributes(attributes.split(content).rest, EMPTY)
            for name in nameclass.iter_names(name_class):
                found.setdefault(name, []).append(rest)
        self.contents = {name: self.pool.choice(*each) for name, each in found.items()}
        self._letters: dict[int, frozenset[Letter]] = {}
        self._forms: dict[int, tuple[Any, ...]] = {}

    def ends(self, pattern: int) -> bool:
        return bool(self.pool.flags[pattern] & NULLABLE)

    def letters(self, pattern: int) -> frozenset[Letter]:
        """What may come next; of each open set of names, one."""
        known = self._letters.get(pattern)
        if known is None:
            known = self._letters[pattern] = frozenset(self._next(pattern))
        return known

    def _next(self, pattern: int) -> Iterator[Letter]:
        for number in self.derivatives.first(pattern):
            yield from nameclass.iter_representatives(self.grammar.elements[number][0])
        if self.derivatives.by_any_text(pattern) != NOT_ALLOWED:
            yield _TEXT
        for each in self._leaves(pattern):
            yield self._make_pattern(each)

    def _leaves(self, pattern: int) -> Iterator[int]:
        node = self.pool.nodes[pattern]
        if node[0] in {DATA, VALUE, LIST}:
            yield pattern
        elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
            for each in node[1]:
                yield from self._leaves(each)
        elif node[0] == ONE_OR_MORE:
            yield from self._leaves(node[1])

    def _make_pattern(self, pattern: int) -> tuple[Any, ...]:
        """A pattern of values in a form that is equal in both grammars where the values are."""
        known = self._forms.get(pattern)
        if known is None:
            node = self.pool.nodes[pattern]
            known = self._forms[pattern] = self._compose(node)
        return known

    def _compose(self, node: tuple[Any, ...]) -> tuple[Any, ...]:
        kind = node[0]
        if kind in {CHOICE, INTERLEAVE}:
            return kind, frozenset(map(self._make_pattern, node[1]))
        if kind == GROUP:
            return kind, tuple(map(self._make_pattern, node[1]))
        if kind in {ONE_OR_MORE, LIST}:
            return kind, self._make_pattern(node[1])
        return (*node[:4], self._make_pattern(node[4])) if kind == DATA else tuple(node)

    def after(self, pattern: int, letter: Letter) -> int:
        """What is left after a letter."""
        if letter == _TEXT:
            return self.derivatives.by_any_text(pattern)
        if isinstance(letter, tuple):
            return self.derivatives.by_text(pattern, lambda leaf: self._make_pattern(leaf) == letter)
        return self.pool.choice(*(rest for _, rest in self.derivatives.heads(pattern, letter)))


@dataclass(slots=True)
class _Pair:
    """Two languages without the letters in `apart`. Elements mostly share their models: each pair is walked once."""

    one: _Language
    other: _Language
    apart: frozenset[str]
    known: dict[tuple[int, int], tuple[Word | None, Word | None]] = field(default_factory=dict)

    def compare(self, here: int, there: int) -> tuple[Word | None, Word | None]:
        """A shortest row of children that only the first allows, and one that only the second does."""
        if (here, there) not in self.known:
            self.known[here, there] = self._walk(here, there)
        return self.known[here, there]

    def _walk(self, here: int, there: int) -> tuple[Word | None, Word | None]:
        lost: Word | None = None
        won: Word | None = None
        waiting: deque[tuple[int, int, Word]] = deque([(here, there, ())])
        seen = {(here, there)}
        while waiting and len(seen) < _FAR and (lost is None or won is None):
            left, right, word = waiting.popleft()
            ends = self.one.ends(left), self.other.ends(right)
            lost = word if lost is None and ends == (True, False) else lost
            won = word if won is None and ends == (False, True) else won
            for letter in sorted((self.one.letters(left) | self.other.letters(right)) - self.apart, key=str):
                after = self.one.after(left, letter), self.other.after(right, letter)
                if after not in seen and after != (NOT_ALLOWED, NOT_ALLOWED):
                    seen.add(after)
                    waiting.append((*after, (*word, _format_names(letter))))
        return lost, won


def _format_names(letter: Letter) -> str:
    if isinstance(letter, tuple):
        return _make_value(letter)
    local = nameclass.split_name(letter)[1]
    return {_TEXT: "text", "\0": "any element"}.get(local, local)


def _make_value(form: tuple[Any, ...]) -> str:
    """A value, by its datatype or as it is written."""
    if form[0] == DATA:
        return f"(a value: {form[2]})"
    return f"“{form[3]}”" if form[0] == VALUE else "(values)"
