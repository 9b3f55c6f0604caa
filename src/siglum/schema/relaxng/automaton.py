"""The lazily built automaton of a grammar: states and transitions.

A state is what remains to be matched in ONE open element. What its ancestors still expect is on the stack of the driver. So a
schema as large as TEI's needs only a few hundred states for any number of documents. A state has more than one pattern only if
the schema is ambiguous about which element definition applies.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from siglum.schema.relaxng.attributes import Attributes, Test
from siglum.schema.relaxng.derivative import Derivatives
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.pattern import HAS_DATA, NOT_ALLOWED, NULLABLE, TEXT
from siglum.schema.relaxng.values import Values
from siglum.text.frozen import frozen

_MOST_STATES = 20_000
_MOST_TRANSITIONS = 60_000
"""Real projects under TEI need 500 states and 2,000 transitions; beyond these bounds the tables are cleared."""
_MOST_NODES = 100_000
"""Above this number of patterns the learnt tables are not cached; tei_all has 7,000."""

NO_TEXT, ANY_TEXT, DATA_TEXT, FREE_TEXT = 0, 1, 2, 3
"""What text does in a state: only white space is allowed; text leads to another state; text must be tested; text changes
nothing.
"""

Key = str | tuple[str, ...]
"""A tag, or a tag and the names of its attributes in the order of the parser."""
Fork = tuple[tuple[int, ...], ...]
"""For each pattern of the inner state, the patterns of the outer state if that one matches."""
ValueTest = tuple[int, set[str], int]
"""Index of a value in the flat list of attributes, values known to be valid, pattern to match."""


class State:
    """`final`: the element may end here without further tests. `trans` is filled on demand, except in states with data."""

    __slots__ = ("after_text", "final", "mode", "patterns", "trans")

    def __init__(self, patterns: tuple[int, ...]) -> None:
        self.patterns = patterns
        self.trans: dict[Key, Transition] = {}
        self.final = False
        self.mode = NO_TEXT
        self.after_text: State = self


After = State | Fork
Ids = tuple[tuple[int, str, str], ...]
"""Index of a value, name of the attribute, and "ID", "IDREF" or "IDREFS"."""
Checks = tuple[tuple[ValueTest, ...], Ids]
Transition = tuple[State, After, Checks | None]
"""The state in the element, the state after it, and the tests to run first."""


Row = list[tuple[Key, int, int | Fork, tuple[Test, ...], Ids]]
Learnt = tuple[list[tuple[tuple[int, ...], int, bool, int]], list[Row]]
"""For each state its patterns, its mode, whether it is final, and the number of the state after text; and the transitions."""


@frozen
class Step:
    """Where a start tag leads; `tests` holds a test for every value that may matter."""

    child: State | None
    after: After
    tests: tuple[Test, ...]


class Automaton:
    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.pool = grammar.pool
        self.derivatives = Derivatives(grammar)
        self.attributes = Attributes(self.derivatives)
        self.values = Values(self.derivatives)
        self.skip = State((TEXT,))
        self.skip.mode, self.skip.final = FREE_TEXT, False
        self._states: dict[tuple[int, ...], State] = {}
        self._rows: dict[tuple[int, ...], Row] = {}
        self._order: list[State] = []
        self._transitions = self._restored = 0
        self.restore(grammar.learnt)
        self.start = self.state((grammar.start,))

    def limit_size(self) -> None:
        """Clear tables that are too large. Called between documents and within long ones, so that hostile input cannot fill
        memory.
        """
        if len(self._states) > _MOST_STATES or self._transitions > _MOST_TRANSITIONS:
            for state in self._states.values():
                state.trans.clear()
            self._states.clear()
            self._rows.clear()
            self._transitions = 0
            self.derivatives.forget()
            self.start = self.state((self.grammar.start,))

    def state(self, patterns: tuple[int, ...]) -> State:
        known = self._states.get(patterns)
        if known is None:
            known = self._states[patterns] = State(patterns)
            flags = self.pool.flags
            if any(flags[pattern] & HAS_DATA for pattern in patterns):
                known.mode = DATA_TEXT
            else:
                derived = tuple(map(self.derivatives.by_any_text, patterns))
                if any(pattern != NOT_ALLOWED for pattern in derived):
                    known.mode = ANY_TEXT if derived != patterns else FREE_TEXT
                    known.after_text = self.state(derived) if derived != patterns else known
            known.final = known.mode != DATA_TEXT and len(patterns) == 1 and bool(flags[patterns[0]] & NULLABLE)
        return known

    def remember(self, state: State, key: Key, transition: Transition) -> None:
        if state.mode != DATA_TEXT:
            state.trans[key] = transition
            self._transitions += 1
            if self._transitions > _MOST_TRANSITIONS:
                self.limit_size()

    # Tables that one run learns and the next one uses

    def learnt(self) -> Learnt | None:
        """Return states and transitions as plain values; None if little is new."""
        if self._transitions <= self._restored + max(self._restored // 4, 20) or len(self.pool.nodes) > _MOST_NODES:
            return None
        for state in list(self._states.values()):
            self.transitions_of(state)
        numbers = {state: number for number, state in enumerate(self._states.values())}
        states = [(state.patterns, state.mode, state.final, numbers[state.after_text]) for state in numbers]
        return states, [[(key, *_to_values(leads, numbers)) for key, leads in state.trans.items()] for state in numbers]

    def restore(self, learnt: Learnt | None) -> None:
        """Start with the tables of an earlier run for the same grammar; transitions are rebuilt on demand."""
        if learnt is None:
            return
        values, rows = learnt
        states = [State(patterns) for patterns, *_ in values]
        for state, (patterns, mode, final, after) in zip(states, values, strict=True):
            state.mode, state.final, state.after_text = mode, final, states[after]
            self._states[patterns] = state
        self._order = states
        self._rows = {state.patterns: row for state, row in zip(states, rows, strict=True) if row}
        self._transitions = self._restored = sum(map(len, rows))

    def transitions_of(self, state: State) -> dict[Key, Transition]:
        """Return the known transitions of a state, including those of earlier runs."""
        row = self._rows.pop(state.patterns, None) if self._rows else None
        for key, child, after, tests, ids in row or ():
            looked_at = tuple((at, self.values.known_good(pattern), pattern) for at, pattern in tests)
            following = self._order[after] if isinstance(after, int) else after
            state.trans[key] = self._order[child], following, (looked_at, ids) if looked_at or ids else None
        return state.trans

    # Start tags

    def transition(self, step: Step, tag: str, names: Sequence[str]) -> Transition:
        """Convert a step to the form that the drivers use."""
        assert step.child is not None
        tests = tuple((2 * place + 1, self.values.known_good(value), value) for place, value in step.tests)
        ids = self.ids(tag, names)
        return step.child, step.after, (tests, ids) if tests or ids else None

    def ids(self, tag: str, names: Sequence[str]) -> Ids:
        known = self.grammar.ids
        if not known:
            return ()
        found = ((2 * place + 1, name, known.get((tag, name), "")) for place, name in enumerate(names))
        return tuple(item for item in found if item[2])

    def step(self, state: State, tag: str, names: Sequence[str], failed: Collection[Test] = ()) -> Step:
        """Return where a start tag leads if all values match except the `failed` tests; the child is None if it leads
        nowhere.
        """
        tests: dict[Test, None] = {}
        inner: dict[tuple[int, ...], int] = {}
        for element, after in self.find_elements(state, tag).items():
            outcome = self.attributes.match(self.grammar.elements[element][1], names, failed)
            tests.update(outcome.tests)
            if outcome.rest != NOT_ALLOWED:
                inner[after] = self.pool.choice(inner.get(after, NOT_ALLOWED), outcome.rest)
        return self.make_step(inner, tuple(tests))

    def find_elements(self, state: State, tag: str) -> dict[int, tuple[int, ...]]:
        """Return the elements that may begin in a state, with the patterns of the state after each."""
        found: dict[int, list[int]] = {}
        for at, pattern in enumerate(state.patterns):
            for element, rest in self.derivatives.heads(pattern, tag):
                after = found.setdefault(element, [NOT_ALLOWED] * len(state.patterns))
                after[at] = self.pool.choice(after[at], rest)
        return {element: tuple(after) for element, after in found.items()}

    def make_step(self, inner: dict[tuple[int, ...], int], tests: tuple[Test, ...] = ()) -> Step:
        """Build the step from the contents, keyed by what follows the element."""
        if not inner:
            return Step(None, (), tests)
        if len(inner) == 1:
            after, content = next(iter(inner.items()))
            return Step(self.state((content,)), self.state(after), tests)
        return Step(self.state(tuple(inner.values())), tuple(inner), tests)

    # Text and end tags

    def by_text(self, state: State, text: str, namespaces: dict[str, str], *, alone: bool) -> State | None:
        """Return the state after a text node. `alone`: it is all that the element holds, and white space may count as
        nothing.
        """
        derive, accepts = self.derivatives.by_text, self.values.accepts
        derived = [derive(pattern, lambda leaf: accepts(leaf, text, namespaces)) for pattern in state.patterns]
        if alone and not text.strip(" \t\r\n"):
            derived = [self.pool.choice(*both) for both in zip(state.patterns, derived, strict=True)]
        return self.state(tuple(derived)) if any(pattern != NOT_ALLOWED for pattern in derived) else None

    def find_matched(self, state: State) -> tuple[bool, ...]:
        """Return for each pattern of a state whether it is matched if the element ends now."""
        flags = self.pool.flags
        return tuple(bool(flags[pattern] & NULLABLE) for pattern in state.patterns)

    def outer(self, after: After, matched: tuple[bool, ...]) -> State:
        """Return the state after an end tag, given which inner patterns matched."""
        if isinstance(after, State):
            return after
        chosen = [rests for rests, hit in zip(after, matched, strict=True) if hit]
        return self.state(tuple(self.pool.choice(*column) for column in zip(*chosen, strict=True)))


def _to_values(leads: Transition, numbers: dict[State, int]) -> tuple[int, int | Fork, tuple[Test, ...], Ids]:
    child, after, checks = leads
    tests, ids = checks or ((), ())
    following = numbers[after] if isinstance(after, State) else after
    return numbers[child], following, tuple((at, pattern) for at, _, pattern in tests), ids
