"""What was forgotten around things in the wrong place: the element that could stand there and contain them.

One such element forgotten is one fault, however many children it should have had, and although it is itself required. So after
a child in the wrong place the parent goes on in a state of its own, which knows that something was said already.
"""

from __future__ import annotations

from dataclasses import dataclass

from siglum.schema.relaxng.automaton import DATA_TEXT, NO_TEXT, Automaton, State
from siglum.schema.relaxng.fault import Names
from siglum.schema.relaxng.pattern import NULLABLE

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class After:
    """That the last child was in the wrong place: `state` is what it left as it was, `wrappers` what could be put around it."""

    state: State
    wrappers: frozenset[str]


class Forgotten:
    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self._states: dict[After, State] = {}
        self._known: dict[State, After] = {}

    def known(self, state: State) -> After:
        return self._known.get(state) or After(state, frozenset())

    def after(self, state: State, wrappers: frozenset[str], lacking: tuple[Names, ...], expected: Names) -> State:
        """Where a parent goes on that was in `state`. What it lacks is not asked for if it was expected just here."""
        if state.mode != NO_TEXT:  # what an element makes of data around it cannot be said; text ends a row of children
            return self.automaton.skip if state.mode == DATA_TEXT else state
        if len(self._known) > _MOST:
            self._states.clear()
            self._known.clear()
        after = After(state, wrappers)
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
