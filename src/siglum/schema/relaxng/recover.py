"""What is at fault where the automaton knows no way on, and where to go on so that one fault is one finding.

(a) An element in the wrong place that the schema knows is checked by its definition, and its parent goes on as if it were not
there; what should have been around it is no fault besides. (b) What was left out before an element is reported, and the parent
goes on after it. (c) An element that the schema does not know is reported once, with all in it; the parent goes on after the
one that was plainly meant, if any was. (d) Bad attributes are reported one by one, the content is checked. One that was
plainly meant is not missing besides. (e) What an element lacks is reported at its end, and the parent goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.attributes import Test
from siglum.schema.relaxng.automaton import DATA_TEXT, After, Automaton, State
from siglum.schema.relaxng.fault import Fault, Kind, Names
from siglum.schema.relaxng.missing_wrappers import Forgotten
from siglum.schema.relaxng.near import element_meant
from siglum.schema.relaxng.pattern import (
    CHOICE,
    ELEMENT,
    EMPTY,
    GROUP,
    HAS_ELEMENT,
    HAS_TEXT,
    INTERLEAVE,
    NOT_ALLOWED,
    NULLABLE,
    ONE_OR_MORE,
    VALUE,
)
from siglum.schema.relaxng.recover_attributes import Given

_Gaps = tuple[dict[int, tuple[int, ...]], tuple[Names, ...]]
"""The elements that could begin if what is required before them were there, as `Automaton.begun` has it; and what that is."""
_MOST_GAPS = 10_000


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
        self.given = Given(automaton)
        self._named: dict[str, list[int]] | None = None
        self._lenient: dict[int, int] = {}
        self._names: dict[int, Names] = {}
        self._expected: dict[State, Names] = {}
        self._gaps: dict[tuple[State, str], _Gaps] = {}
        self.forgotten = Forgotten(automaton)
        self._within: dict[int, frozenset[str]] = {}
        self._wrappers: dict[tuple[str, Names], frozenset[str]] = {}

    # Start tags

    def start(self, state: State, tag: str, names: Sequence[str], values: Sequence[str], failed: frozenset[Test]) -> Recovered:
        """Go on at a start tag that has no way on with the values that `failed`."""
        begun = self.automaton.begun(state, tag)
        if begun:
            best = self._least_faulty(begun, tag, names, values, failed)
            return (self._later(state, tag, names, values, begun) if best.faults else None) or best
        begun, faults = self._early(state, tag)
        failed = self._failed(begun or self.definitions(tag), names, values)
        if begun:  # (b)
            best = self._least_faulty(begun, tag, names, values, failed)
            return Recovered(best.child, best.after, faults + best.faults)
        after, faults = self._misplaced(state, tag)
        begun = dict.fromkeys(self.definitions(tag), state.patterns)
        if not begun:  # (c)
            return Recovered(self.automaton.skip, after, faults)
        best = self._least_faulty(begun, tag, names, values, failed)  # (a)
        return Recovered(best.child, after, faults + best.faults)

    def _early(self, state: State, tag: str) -> tuple[dict[int, tuple[int, ...]], list[Fault]]:
        """The elements that could begin if something were there before them; nothing is said where a child stands instead."""
        before = self.forgotten.known(state).state
        if len(self._gaps) > _MOST_GAPS:
            self._gaps.clear()
        if (before, tag) not in self._gaps:
            self._gaps[before, tag] = self._heads_over_gaps(before, tag)
        early, skipped = self._gaps[before, tag]
        if before is not state and len(skipped) == 1:
            return early, []
        return early, [Fault(Kind.TOO_EARLY, tag, missing=skipped, expected=self.expected(before))]

    def _later(
        self, state: State, tag: str, names: Sequence[str], values: Sequence[str], begun: dict[int, tuple[int, ...]]
    ) -> Recovered | None:
        """An element that is wrong for its place may be right, with its attributes, for a later one of the same name."""
        later, skipped = self._heads_over_gaps(state, tag, frozenset(begun))
        best = self._least_faulty(later, tag, names, values, self._failed(later, names, values)) if later else None
        if best is None or best.faults:
            return None
        return Recovered(best.child, best.after, [Fault(Kind.TOO_EARLY, tag, missing=skipped, expected=self.expected(state))])

    def _failed(self, elements: Iterable[int], names: Sequence[str], values: Sequence[str]) -> frozenset[Test]:
        """The tests that fail for definitions that nobody has tried; where prefixes matter, which are not known here, none."""
        if self.grammar.needs_context:
            return frozenset()
        matches = self.automaton.values.matches
        tests = {test for each in elements for test in self.attributes.match(self.grammar.elements[each][1], names, ()).tests}
        return frozenset(test for test in tests if not matches(test[1], values[test[0]], {}))

    def _misplaced(self, state: State, tag: str) -> tuple[State, list[Fault]]:
        """Where the parent goes on, and what is to be said."""
        before = self.forgotten.known(state)
        expected = self.expected(before.state)
        meant = self._after_meant(before.state, tag, expected)
        wrappers = self.wrappers(tag, expected)
        common = wrappers & before.wrappers
        after = meant or self._after(before.state, common or wrappers)
        required = {name for names in self._bare(self.lacking(before.state)) for name in names}
        missing = (tuple(sorted(wrappers & required or wrappers)),) if wrappers else ()
        fault = Fault(Kind.ELEMENT, tag, expected=expected, missing=missing, ends=self.ends(before.state))
        return after, [] if common else [fault]

    def _after(self, state: State, wrappers: frozenset[str]) -> State:
        return self.forgotten.after(state, wrappers, self._bare(self.lacking(state)), self.expected(state))

    def _after_meant(self, state: State, tag: str, expected: Names) -> State | None:
        """Where an unknown name is near to just one of those that may stand here, the parent goes on after that."""
        near = "" if self.definitions(tag) or state.mode == DATA_TEXT else element_meant(tag, expected)
        begun = self.automaton.begun(state, near) if near else {}
        if not begun:
            return None
        return self.automaton.state(tuple(self.pool.choice(*column) for column in zip(*begun.values(), strict=True)))

    def text(self, state: State, text: str) -> tuple[State, Fault | None]:
        """Go on at text where none may stand."""
        before = self.forgotten.known(state)
        expected = self.expected(before.state)
        holders = frozenset(each for each in expected if self.takes_text(each))
        common = holders & before.wrappers
        after = self._after(before.state, common or holders)
        if common:
            return after, None
        return after, Fault(Kind.TEXT, value=text[:200], expected=expected, ends=self.ends(before.state))

    def definitions(self, tag: str) -> list[int]:
        """The elements that the schema defines under this very name."""
        if self._named is None:
            self._named = {}
            for number, (name_class, _) in enumerate(self.grammar.elements):
                for name in nameclass.names(name_class):
                    self._named.setdefault(name, []).append(number)
        return self._named.get(tag, [])

    # What elements may contain

    def wrappers(self, tag: str, expected: Names) -> frozenset[str]:
        """Those of the elements expected at a place that may contain `tag`."""
        key = tag, expected
        if key not in self._wrappers:
            if len(self._wrappers) > _MOST_GAPS:
                self._wrappers.clear()
            known = expected if self.definitions(tag) else ()
            self._wrappers[key] = frozenset(each for each in known if tag in self.within(self.content(each)))
        return self._wrappers[key]

    def content(self, name: str) -> int:
        """What an element of this name contains, by any of its definitions, attributes aside."""
        contents = [self.grammar.elements[number][1] for number in self.definitions(name)]
        return self.pool.choice(*map(self.lenient, contents))

    def takes_text(self, name: str) -> bool:
        return bool(self.pool.flags[self.content(name)] & HAS_TEXT)

    def within(self, pattern: int) -> frozenset[str]:
        """The names of all elements that may stand in a content, at whatever place."""
        known = self._within.get(pattern)
        if known is None:
            node = self.pool.nodes[pattern]
            found: set[str] = set()
            if node[0] == ELEMENT:
                found.update(nameclass.names(self.grammar.elements[node[1]][0]))
            elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
                for each in node[1]:
                    found |= self.within(each)
            elif node[0] == ONE_OR_MORE:
                found |= self.within(node[1])
            known = self._within[pattern] = frozenset(found)
        return known

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
            faults = [] if outcome.rest != NOT_ALLOWED else list(self.given.faults(content, tag, names, values, failed))
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

    # (b)

    def _heads_over_gaps(self, state: State, tag: str, without: frozenset[int] = frozenset()) -> _Gaps:
        found: dict[int, list[int]] = {}
        skipped: tuple[Names, ...] = ()
        for at, pattern in enumerate(state.patterns):
            for element, rest, gaps in self._over_gaps(pattern, tag):
                if element in without:
                    continue
                after = found.setdefault(element, [NOT_ALLOWED] * len(state.patterns))
                after[at] = self.pool.choice(after[at], rest)
                names = tuple(self.wanted(gap) for gap in gaps)
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

    def wanted(self, pattern: int) -> Names:
        """The same, with the attributes that tell an element from others of its name: `seg type="b"`."""
        numbers = self.derivatives.first(pattern)
        return tuple(sorted({name for number in numbers for name in self._start_tags(number)}))

    def _start_tags(self, number: int) -> Iterator[str]:
        name_class, content = self.grammar.elements[number]
        for name in nameclass.names(name_class):
            several = len(self.definitions(name)) > 1
            yield name + "".join(f' {at}="{value}"' for at, value in self._fixed(content)) if several else name

    def _fixed(self, content: int) -> Iterator[tuple[str, str]]:
        """The attributes that have to be there with one value only."""
        for item in self.attributes.split(content).required():
            leaves = list(self.attributes.leaves(item))
            node = self.pool.nodes[leaves[0][1]]
            if len(leaves) == 1 and isinstance(leaves[0][0], str) and node[0] == VALUE and not set('}"') & set(node[3]):
                yield nameclass.split(leaves[0][0])[1], node[3]

    @staticmethod
    def _bare(choices: tuple[Names, ...]) -> tuple[Names, ...]:
        return tuple(tuple(name.partition(" ")[0] for name in names) for names in choices)

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
        if node[0] == CHOICE:  # the same things in another order are no choice
            orders = [self._lacking(each) for each in node[1] if self.pool.nodes[each][0] == GROUP]
            if len(orders) == len(node[1]) and len({frozenset(each) for each in orders}) == 1:
                return orders[0]
        names = self.wanted(pattern)
        return (names,) if names else ()
