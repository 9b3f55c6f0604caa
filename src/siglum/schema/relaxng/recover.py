"""Report the fault where the automaton has no transition, and choose a state to continue in, so that one fault is one
finding.

(a) A misplaced element that the schema defines is checked by its definition, and its parent continues as if it were absent;
its missing wrapper is no further fault. (b) Something missing before an element is reported, and the parent continues after
the element. (c) An unknown element is reported once, with all its content; the parent continues after the element that was
obviously meant, if any. (d) Invalid attributes are reported one by one, and the content is checked. An attribute that was
obviously meant is not reported as missing. (e) What an element lacks is reported at its end, and the parent continues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.attributes import Test
from siglum.schema.relaxng.automaton import DATA_TEXT, After, Automaton, State
from siglum.schema.relaxng.fault import Fault, Kind, Names
from siglum.schema.relaxng.missing_wrappers import MissingWrappers
from siglum.schema.relaxng.near import find_meant_element
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
from siglum.schema.relaxng.recover_attributes import AttributeRecovery

_Gaps = tuple[dict[int, tuple[int, ...]], tuple[Names, ...]]
"""The elements that could begin after the missing ones, as in `Automaton.find_elements`, and the missing ones."""
_MOST_GAPS = 10_000


@dataclass(slots=True)
class Recovered:
    """Where to continue after a start tag, and the faults to report."""

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
        self.given = AttributeRecovery(automaton)
        self._named: dict[str, list[int]] | None = None
        self._lenient: dict[int, int] = {}
        self._names: dict[int, Names] = {}
        self._expected: dict[State, Names] = {}
        self._gaps: dict[tuple[State, str], _Gaps] = {}
        self.missing_wrappers = MissingWrappers(automaton)
        self._within: dict[int, frozenset[str]] = {}
        self._wrappers: dict[tuple[str, Names], frozenset[str]] = {}

    # Start tags

    def start(self, state: State, tag: str, names: Sequence[str], values: Sequence[str], failed: frozenset[Test]) -> Recovered:
        """Continue after a start tag that has no transition with the values that `failed`."""
        begun = self.automaton.find_elements(state, tag)
        if begun:
            best = self._choose_least_faulty(begun, tag, names, values, failed)
            return (self._later(state, tag, names, values, begun) if best.faults else None) or best
        begun, faults = self._find_early(state, tag)
        failed = self._find_failed_tests(begun or self.find_definitions(tag), names, values)
        if begun:  # (b)
            best = self._choose_least_faulty(begun, tag, names, values, failed)
            return Recovered(best.child, best.after, faults + best.faults)
        after, faults = self._recover_misplaced(state, tag)
        begun = dict.fromkeys(self.find_definitions(tag), state.patterns)
        if not begun:  # (c)
            return Recovered(self.automaton.skip, after, faults)
        best = self._choose_least_faulty(begun, tag, names, values, failed)  # (a)
        return Recovered(best.child, after, faults + best.faults)

    def _find_early(self, state: State, tag: str) -> tuple[dict[int, tuple[int, ...]], list[Fault]]:
        """Find the elements that could begin after missing ones, with the fault; no fault if a child stands in their place."""
        before = self.missing_wrappers.find_misplaced(state).state
        if len(self._gaps) > _MOST_GAPS:
            self._gaps.clear()
        if (before, tag) not in self._gaps:
            self._gaps[before, tag] = self._heads_over_gaps(before, tag)
        early, skipped = self._gaps[before, tag]
        if before is not state and len(skipped) == 1:
            return early, []
        return early, [Fault(Kind.TOO_EARLY, tag, missing=skipped, expected=self.list_expected(before))]

    def _later(
        self, state: State, tag: str, names: Sequence[str], values: Sequence[str], begun: dict[int, tuple[int, ...]]
    ) -> Recovered | None:
        """Find a later place where an element with these attributes is right."""
        later, skipped = self._heads_over_gaps(state, tag, frozenset(begun))
        best = (
            self._choose_least_faulty(later, tag, names, values, self._find_failed_tests(later, names, values))
            if later
            else None
        )
        if best is None or best.faults:
            return None
        return Recovered(
            best.child, best.after, [Fault(Kind.TOO_EARLY, tag, missing=skipped, expected=self.list_expected(state))]
        )

    def _find_failed_tests(self, elements: Iterable[int], names: Sequence[str], values: Sequence[str]) -> frozenset[Test]:
        """Return the tests that fail for other definitions; none if they depend on prefixes, which are unknown here."""
        if self.grammar.needs_context:
            return frozenset()
        matches = self.automaton.values.matches
        tests = {
            test for member in elements for test in self.attributes.match(self.grammar.elements[member][1], names, ()).tests
        }
        return frozenset(test for test in tests if not matches(test[1], values[test[0]], {}))

    def _recover_misplaced(self, state: State, tag: str) -> tuple[State, list[Fault]]:
        """Return where the parent continues after a misplaced element, and the faults."""
        before = self.missing_wrappers.find_misplaced(state)
        expected = self.list_expected(before.state)
        meant = self._after_meant(before.state, tag, expected)
        wrappers = self.find_wrappers(tag, expected)
        common = wrappers & before.wrappers
        after = meant or self._after(before.state, common or wrappers)
        required = {name for names in self._strip_attributes(self.find_missing(before.state)) for name in names}
        missing = (tuple(sorted(wrappers & required or wrappers)),) if wrappers else ()
        fault = Fault(Kind.ELEMENT, tag, expected=expected, missing=missing, ends=self.can_end(before.state))
        return after, [] if common else [fault]

    def _after(self, state: State, wrappers: frozenset[str]) -> State:
        return self.missing_wrappers.after(
            state, wrappers, self._strip_attributes(self.find_missing(state)), self.list_expected(state)
        )

    def _after_meant(self, state: State, tag: str, expected: Names) -> State | None:
        """If an unknown name resembles exactly one expected element, continue after that element."""
        near = "" if self.find_definitions(tag) or state.mode == DATA_TEXT else find_meant_element(tag, expected)
        begun = self.automaton.find_elements(state, near) if near else {}
        if not begun:
            return None
        return self.automaton.state(tuple(self.pool.choice(*column) for column in zip(*begun.values(), strict=True)))

    def text(self, state: State, text: str) -> tuple[State, Fault | None]:
        """Continue after text where none is allowed."""
        before = self.missing_wrappers.find_misplaced(state)
        expected = self.list_expected(before.state)
        holders = frozenset(member for member in expected if self.takes_text(member))
        common = holders & before.wrappers
        after = self._after(before.state, common or holders)
        if common:
            return after, None
        return after, Fault(Kind.TEXT, value=text[:200], expected=expected, ends=self.can_end(before.state))

    def find_definitions(self, tag: str) -> list[int]:
        """Return the numbers of the elements that the schema defines under this name."""
        if self._named is None:
            self._named = {}
            for number, (name_class, _) in enumerate(self.grammar.elements):
                for name in nameclass.iter_names(name_class):
                    self._named.setdefault(name, []).append(number)
        return self._named.get(tag, [])

    # What elements can contain

    def find_wrappers(self, tag: str, expected: Names) -> frozenset[str]:
        """Return the expected elements that can contain `tag`."""
        key = tag, expected
        if key not in self._wrappers:
            if len(self._wrappers) > _MOST_GAPS:
                self._wrappers.clear()
            known = expected if self.find_definitions(tag) else ()
            self._wrappers[key] = frozenset(member for member in known if tag in self.names_within(self.content_of(member)))
        return self._wrappers[key]

    def content_of(self, name: str) -> int:
        """Return the content of all definitions of this name, without attributes."""
        contents = [self.grammar.elements[number][1] for number in self.find_definitions(name)]
        return self.pool.choice(*map(self.without_attributes, contents))

    def takes_text(self, name: str) -> bool:
        return bool(self.pool.flags[self.content_of(name)] & HAS_TEXT)

    def names_within(self, pattern: int) -> frozenset[str]:
        """Return the names of all elements that a content can contain, at any place."""
        known = self._within.get(pattern)
        if known is None:
            node = self.pool.nodes[pattern]
            found: set[str] = set()
            if node[0] == ELEMENT:
                found.update(nameclass.iter_names(self.grammar.elements[node[1]][0]))
            elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
                for member in node[1]:
                    found |= self.names_within(member)
            elif node[0] == ONE_OR_MORE:
                found |= self.names_within(node[1])
            known = self._within[pattern] = frozenset(found)
        return known

    def known_names(self) -> list[str]:
        """Return all element names that the schema mentions."""
        self.find_definitions("")
        return sorted(self._named or ())

    def _choose_least_faulty(
        self, begun: dict[int, tuple[int, ...]], tag: str, names: Sequence[str], values: Sequence[str], failed: frozenset[Test]
    ) -> Recovered:
        """(d): choose the definition with the fewest attribute faults."""
        found: list[tuple[int, Recovered]] = []
        for element, after in begun.items():
            content = self.grammar.elements[element][1]
            outcome = self.attributes.match(content, names, failed)
            faults = [] if outcome.rest != NOT_ALLOWED else list(self.given.faults(content, tag, names, values, failed))
            rest = outcome.rest if not faults else self.without_attributes(content)
            step = self.automaton.make_step({after: rest})
            assert step.child is not None
            found.append((len(faults), Recovered(step.child, step.after, faults)))
        return min(found, key=lambda one: one[0])[1] if len({count for count, _ in found}) > 1 else self._combine(begun, found)

    def _combine(self, begun: dict[int, tuple[int, ...]], found: list[tuple[int, Recovered]]) -> Recovered:
        """If all definitions are equally good, allow the content of any."""
        first = found[0][1]
        if len(found) == 1:
            return first
        inner: dict[tuple[int, ...], int] = {}
        for (_, after), (_, one) in zip(begun.items(), found, strict=True):
            inner[after] = self.pool.choice(inner.get(after, NOT_ALLOWED), *one.child.patterns)
        step = self.automaton.make_step(inner)
        return Recovered(step.child or first.child, step.after, first.faults)

    def without_attributes(self, content: int) -> int:
        """Return a content that demands no attributes."""
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
                names = tuple(self.list_start_tags(gap) for gap in gaps)
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
            for at, member in enumerate(members):
                rest_of = members[at + 1 :]
                for element, rest, inner in self._over_gaps(member, tag):
                    yield element, pool.group(rest, *rest_of), gaps + inner
                if not flags[member] & NULLABLE:
                    gaps += (member,)
        elif node[0] == CHOICE:
            for member in node[1]:
                yield from self._over_gaps(member, tag)
        elif node[0] == ONE_OR_MORE:
            for element, rest, inner in self._over_gaps(node[1], tag):
                yield element, pool.group(rest, pool.optional(pattern)), inner
        elif node[0] == INTERLEAVE:
            members = node[1]
            for at, member in enumerate(members):
                for element, rest, inner in self._over_gaps(member, tag):
                    yield element, pool.interleave(rest, *members[:at], *members[at + 1 :]), inner
        else:
            for element, rest in self.derivatives.heads(pattern, tag):
                yield element, rest, ()

    # What a state expects

    def list_names(self, pattern: int) -> Names:
        """Return the names of the elements that a pattern can begin with."""
        known = self._names.get(pattern)
        if known is None:
            found: set[str] = set()
            for number in self.derivatives.first(pattern):
                found.update(nameclass.iter_names(self.grammar.elements[number][0]))
            known = self._names[pattern] = tuple(sorted(found))
        return known

    def list_start_tags(self, pattern: int) -> Names:
        """Return these names with the attributes that tell apart elements of one name: `seg type="b"`."""
        numbers = self.derivatives.first(pattern)
        return tuple(sorted({name for number in numbers for name in self._start_tags(number)}))

    def _start_tags(self, number: int) -> Iterator[str]:
        name_class, content = self.grammar.elements[number]
        for name in nameclass.iter_names(name_class):
            several = len(self.find_definitions(name)) > 1
            yield name + "".join(f' {at}="{value}"' for at, value in self._iter_fixed(content)) if several else name

    def _iter_fixed(self, content: int) -> Iterator[tuple[str, str]]:
        """Yield the required attributes that have exactly one allowed value."""
        for item in self.attributes.split(content).required():
            leaves = list(self.attributes.leaves(item))
            node = self.pool.nodes[leaves[0][1]]
            if len(leaves) == 1 and isinstance(leaves[0][0], str) and node[0] == VALUE and not set('}"') & set(node[3]):
                yield nameclass.split_name(leaves[0][0])[1], node[3]

    @staticmethod
    def _strip_attributes(choices: tuple[Names, ...]) -> tuple[Names, ...]:
        return tuple(tuple(name.partition(" ")[0] for name in names) for names in choices)

    def list_expected(self, state: State) -> Names:
        known = self._expected.get(state)
        if known is None:
            known = self._expected[state] = tuple(
                sorted({name for member in state.patterns for name in self.list_names(member)})
            )
        return known

    def can_end(self, state: State) -> bool:
        return any(self.automaton.find_matched(state))

    def find_missing(self, state: State) -> tuple[Names, ...]:
        """Return what an element that ends in this state still must contain, each a choice of names."""
        return next((found for member in state.patterns if member != NOT_ALLOWED and (found := self._find_missing(member))), ())

    def _find_missing(self, pattern: int) -> tuple[Names, ...]:
        node = self.pool.nodes[pattern]
        if self.pool.flags[pattern] & NULLABLE:
            return ()
        if node[0] in {GROUP, INTERLEAVE}:
            return tuple(found for member in node[1] for found in self._find_missing(member))
        if node[0] == CHOICE:  # the same members in another order are no choice
            orders = [self._find_missing(member) for member in node[1] if self.pool.nodes[member][0] == GROUP]
            if len(orders) == len(node[1]) and len({frozenset(member) for member in orders}) == 1:
                return orders[0]
        names = self.list_start_tags(pattern)
        return (names,) if names else ()
