"""What is at fault where the automaton knows no way on, and where to go on so that one fault is one finding.

(a) An element in the wrong place that the schema knows is checked by its definition, and its parent goes on as if it were not
there. (b) What was left out before an element is reported, and the parent goes on after it. (c) An element that the schema does
not know is reported once, with all that is in it; the parent goes on after the one that was plainly meant, if any was. (d) Bad
attributes are reported one by one, the content is checked. One that was plainly meant is not missing besides. (e) What an
element lacks is reported at its end, and the parent goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.attributes import Test
from siglum.schema.relaxng.automaton import DATA_TEXT, After, Automaton, State
from siglum.schema.relaxng.fault import Fault, Kind, Names
from siglum.schema.relaxng.near import meant
from siglum.schema.relaxng.pattern import (
    CHOICE,
    EMPTY,
    GROUP,
    HAS_ELEMENT,
    INTERLEAVE,
    NOT_ALLOWED,
    NULLABLE,
    ONE_OR_MORE,
)

_Gaps = tuple[dict[int, tuple[int, ...]], tuple[Names, ...]]
"""The elements that could begin if what is required before them were there, as `Automaton.begun` has it; and what that is."""
_MOST_GAPS = 10_000
_MOST_GUESSES = 1_000


@dataclass(slots=True)
class Recovered:
    """Where to go on after a start tag, and what there is to report."""

    child: State
    after: After
    faults: list[Fault]


class Recovery:
    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.grammar = automaton.grammar
        self.pool = automaton.pool
        self.derivatives = automaton.derivatives
        self.attributes = automaton.attributes
        self._named: dict[str, list[int]] | None = None
        self._attribute_names: dict[int, Names] = {}
        self._lenient: dict[int, int] = {}
        self._names: dict[int, Names] = {}
        self._expected: dict[State, Names] = {}
        self._gaps: dict[tuple[State, str], _Gaps] = {}
        self._guesses: dict[tuple[str, Names], str] = {}

    # Start tags

    def start(self, state: State, tag: str, names: Sequence[str], values: Sequence[str], failed: frozenset[Test]) -> Recovered:
        """Go on at a start tag that has no way on with the values that `failed`."""
        begun = self.automaton.begun(state, tag)
        faults: list[Fault] = []
        if not begun:
            begun, faults = self._misplaced(state, tag)
        if not begun:  # (c)
            return Recovered(self.automaton.skip, self._after_meant(state, tag), faults)
        best = self._least_faulty(begun, tag, names, values, failed)
        return Recovered(best.child, best.after, faults + best.faults)

    def _misplaced(self, state: State, tag: str) -> tuple[dict[int, tuple[int, ...]], list[Fault]]:
        if len(self._gaps) > _MOST_GAPS:
            self._gaps.clear()
        if (state, tag) not in self._gaps:
            self._gaps[state, tag] = self._heads_over_gaps(state, tag)
        early, skipped = self._gaps[state, tag]
        if early:  # (b)
            return early, [Fault(Kind.TOO_EARLY, tag, missing=skipped, expected=self.expected(state))]
        fault = Fault(Kind.ELEMENT, tag, expected=self.expected(state), ends=self.ends(state))
        outer = self._outer(state)
        return dict.fromkeys(self.definitions(tag), outer.patterns), [fault]  # (a)

    def _after_meant(self, state: State, tag: str) -> State:
        """Where an unknown name is near to just one of those that may stand here, the parent goes on after that."""
        outer = self._outer(state)
        near = self._meant(tag, self.expected(outer))
        begun = self.automaton.begun(outer, near) if near else {}
        if not begun:
            return outer
        return self.automaton.state(tuple(self.pool.choice(*column) for column in zip(*begun.values(), strict=True)))

    def _meant(self, name: str, names: Names) -> str:
        """The only name that is near to one that is wrong, or nothing."""
        key = name, names
        if key not in self._guesses and len(self._guesses) < _MOST_GUESSES:
            near = meant(name, names)
            self._guesses[key] = near[0] if len(near) == 1 else ""
        return self._guesses.get(key, "")

    def _outer(self, state: State) -> State:
        """The parent goes on as it was; but what an element makes of data around it cannot be said."""
        return self.automaton.skip if state.mode == DATA_TEXT else state

    def definitions(self, tag: str) -> list[int]:
        """The elements that the schema defines under this very name."""
        if self._named is None:
            self._named = {}
            for number, (name_class, _) in enumerate(self.grammar.elements):
                for name in nameclass.names(name_class):
                    self._named.setdefault(name, []).append(number)
        return self._named.get(tag, [])

    def known_names(self) -> list[str]:
        """All element names that the schema names."""
        self.definitions("")
        return sorted(self._named or ())

    def _least_faulty(
        self, begun: dict[int, tuple[int, ...]], tag: str, names: Sequence[str], values: Sequence[str], failed: frozenset[Test]
    ) -> Recovered:
        """(d): the definition with the fewest faults in the attributes."""
        found: list[tuple[int, Recovered]] = []
        for element, after in begun.items():
            content = self.grammar.elements[element][1]
            outcome = self.attributes.match(content, names, failed)
            faults = [] if outcome.rest != NOT_ALLOWED else list(self._attribute_faults(content, tag, names, values, failed))
            rest = outcome.rest if not faults else self.lenient(content)
            step = self.automaton.joined({after: rest})
            assert step.child is not None
            found.append((len(faults), Recovered(step.child, step.after, faults)))
        return min(found, key=lambda one: one[0])[1] if len({count for count, _ in found}) > 1 else self._all(begun, found)

    def _all(self, begun: dict[int, tuple[int, ...]], found: list[tuple[int, Recovered]]) -> Recovered:
        """Where all definitions are as good, the content may be of any."""
        first = found[0][1]
        if len(found) == 1:
            return first
        inner: dict[tuple[int, ...], int] = {}
        for (_, after), (_, one) in zip(begun.items(), found, strict=True):
            inner[after] = self.pool.choice(inner.get(after, NOT_ALLOWED), *one.child.patterns)
        step = self.automaton.joined(inner)
        return Recovered(step.child or first.child, step.after, first.faults)

    def lenient(self, content: int) -> int:
        """A content without asking for its attributes."""
        known = self._lenient.get(content)
        if known is None:
            rest = self.attributes.split(content).rest
            known = self._lenient[content] = self.derivatives.without_attributes(rest, EMPTY)
        return known

    def _attribute_faults(
        self, content: int, tag: str, names: Sequence[str], values: Sequence[str], failed: frozenset[Test]
    ) -> Iterator[Fault]:
        allowed = self.attribute_names(content)
        present = frozenset(names)
        others = tuple(each for each in allowed if each not in present)
        good: list[str] = []
        blamed = False
        unknown: list[str] = []
        for place, name in enumerate(names):
            patterns = tuple(dict.fromkeys(self.value_patterns(content, name)))
            if not patterns:
                blamed = True
                unknown.append(name)
                yield Fault(Kind.ATTRIBUTE, tag, name, values[place], expected=others)
            elif all((place, each) in failed for each in patterns):
                blamed = True
                yield Fault(Kind.VALUE, tag, name, values[place], patterns=patterns)
                good.append(name)
            else:
                good.append(name)
        missing = self._missing_attributes(content, good)
        there = {self._meant(name, others) for name in unknown} if missing else set()
        for choice in missing:
            if not there.isdisjoint(choice):  # under a wrong name
                continue
            yield Fault(Kind.NO_ATTRIBUTE, tag, choice[0] if len(choice) == 1 else "", missing=(choice,))
        if not missing and not blamed:
            yield Fault(Kind.ATTRIBUTES, tag, expected=tuple(names))

    def value_patterns(self, content: int, name: str) -> Iterator[int]:
        split = self.attributes.split(content)
        item = split.find(name)
        for name_class, value in self.attributes.leaves(split.rest if item is None else item):
            if nameclass.contains(name_class, name):
                yield value

    def leaves(self, content: int) -> Iterator[tuple[nameclass.NameClass, int]]:
        split = self.attributes.split(content)
        for items in split.items:
            for item in dict.fromkeys((*items.by_name.values(), *(item for _, item in items.open))):
                yield from self.attributes.leaves(item)
        yield from self.attributes.leaves(split.rest)

    def attribute_names(self, content: int) -> Names:
        """The attributes an element may have, as far as they are named."""
        known = self._attribute_names.get(content)
        if known is None:
            found = {name for name_class, _ in self.leaves(content) for name in nameclass.names(name_class)}
            known = self._attribute_names[content] = tuple(sorted(found))
        return known

    def _missing_attributes(self, content: int, present: Sequence[str]) -> tuple[Names, ...]:
        """What has to be there besides, each a choice of names."""
        split = self.attributes.split(content)
        touched = {name: split.find(name) for name in present}
        left: dict[int, int] = {item: item for item in split.required()}
        for name, item in touched.items():
            if item is not None:
                left[item] = self.derivatives.by_attribute(left.get(item, item), name, lambda _value: True)
        missing = [
            tuple(sorted({name for name_class, _ in self.attributes.leaves(pattern) for name in nameclass.names(name_class)}))
            for pattern in left.values()
            if pattern != NOT_ALLOWED and not self.pool.flags[pattern] & NULLABLE
        ]
        return tuple(dict.fromkeys(each for each in missing if each))

    # (b)

    def _heads_over_gaps(self, state: State, tag: str) -> _Gaps:
        found: dict[int, list[int]] = {}
        skipped: tuple[Names, ...] = ()
        for at, pattern in enumerate(state.patterns):
            for element, rest, gaps in self._over_gaps(pattern, tag):
                after = found.setdefault(element, [NOT_ALLOWED] * len(state.patterns))
                after[at] = self.pool.choice(after[at], rest)
                names = tuple(self.names(gap) for gap in gaps)
                skipped = names if not skipped or len(names) < len(skipped) else skipped
        return {element: tuple(after) for element, after in found.items()}, skipped

    def _over_gaps(self, pattern: int, tag: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        pool, nodes, flags = self.pool, self.pool.nodes, self.pool.flags
        node = nodes[pattern]
        if not flags[pattern] & HAS_ELEMENT:
            return
        if node[0] == GROUP:
            members = node[1]
            gaps: tuple[int, ...] = ()
            for at, each in enumerate(members):
                rest_of = members[at + 1 :]
                for element, rest, inner in self._over_gaps(each, tag):
                    yield element, pool.group(rest, *rest_of), gaps + inner
                if not flags[each] & NULLABLE:
                    gaps += (each,)
        elif node[0] == CHOICE:
            for each in node[1]:
                yield from self._over_gaps(each, tag)
        elif node[0] == ONE_OR_MORE:
            for element, rest, inner in self._over_gaps(node[1], tag):
                yield element, pool.group(rest, pool.optional(pattern)), inner
        elif node[0] == INTERLEAVE:
            members = node[1]
            for at, each in enumerate(members):
                for element, rest, inner in self._over_gaps(each, tag):
                    yield element, pool.interleave(rest, *members[:at], *members[at + 1 :]), inner
        else:
            for element, rest in self.derivatives.heads(pattern, tag):
                yield element, rest, ()

    # What a state expects

    def names(self, pattern: int) -> Names:
        """The names of the elements a pattern may begin with."""
        known = self._names.get(pattern)
        if known is None:
            found: set[str] = set()
            for number in self.derivatives.first(pattern):
                found.update(nameclass.names(self.grammar.elements[number][0]))
            known = self._names[pattern] = tuple(sorted(found))
        return known

    def expected(self, state: State) -> Names:
        known = self._expected.get(state)
        if known is None:
            known = self._expected[state] = tuple(sorted({name for each in state.patterns for name in self.names(each)}))
        return known

    def ends(self, state: State) -> bool:
        return any(self.automaton.matched(state))

    def lacking(self, state: State) -> tuple[Names, ...]:
        """What an element that ends in this state still has to contain, each a choice of names."""
        return next((found for each in state.patterns if each != NOT_ALLOWED and (found := self._lacking(each))), ())

    def _lacking(self, pattern: int) -> tuple[Names, ...]:
        node = self.pool.nodes[pattern]
        if self.pool.flags[pattern] & NULLABLE:
            return ()
        if node[0] in {GROUP, INTERLEAVE}:
            return tuple(found for each in node[1] for found in self._lacking(each))
        names = self.names(pattern)
        return (names,) if names else ()
