"""Find the missing wrapper around misplaced elements: an element that is allowed there and may contain them.

One missing wrapper is one fault, however many children it should contain, even if the wrapper itself is required. So after a
misplaced child the parent continues in a state of its own, which remembers that the fault is reported.
"""

from __future__ import annotations

from siglum.schema.relaxng.automaton import DATA_TEXT, NO_TEXT, Automaton, State
from siglum.schema.relaxng.fault import Names
from siglum.schema.relaxng.pattern import NULLABLE
from siglum.text.frozen import frozen

_MOST = 10_000


@frozen
class MisplacedChild:
    """The last child was misplaced: `state` is the state it left unchanged, `wrappers` the elements that could enclose it."""

    state: State
    wrappers: frozenset[str]


class MissingWrappers:
    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self._states: dict[MisplacedChild, State] = {}
        self._known: dict[State, MisplacedChild] = {}

    def find_misplaced(self, state: State) -> MisplacedChild:
        return self._known.get(state) or MisplacedChild(state, frozenset())

    def after(self, state: State, wrappers: frozenset[str], lacking: tuple[Names, ...], expected: Names) -> State:
        """Return the state in which the parent continues. It does not demand what is missing if that was expected just here."""
        if state.mode != NO_TEXT:  # data depends on the elements around it, and text ends a row of children
            return self.automaton.skip if state.mode == DATA_TEXT else state
        if len(self._known) > _MOST:
            self._states.clear()
            self._known.clear()
        after = MisplacedChild(state, wrappers)
        if after not in self._states:
            explained = bool(lacking) and all(not set(expected).isdisjoint(names) for names in lacking)
            made = self._states[after] = self._state(state, explained=explained)
            self._known[made] = after
        return self._states[after]

    def _state(self, state: State, *, explained: bool) -> State:
        pool = self.automaton.pool
        made = State(tuple(map(pool.optional, state.patterns)) if explained else state.patterns)
        made.final = len(made.patterns) == 1 and bool(pool.flags[made.patterns[0]] & NULLABLE)
        return made
