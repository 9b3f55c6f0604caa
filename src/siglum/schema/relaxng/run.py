"""Validate one document: what both drivers share.

The drivers handle valid events themselves and call this module for all others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from siglum.schema.datatypes.names import is_ncname
from siglum.schema.relaxng.automaton import DATA_TEXT, After, Automaton, Ids, Key, State
from siglum.schema.relaxng.fault import Fault, Kind
from siglum.schema.relaxng.pattern import HAS_DATA
from siglum.schema.relaxng.recover import Recovery

Mark = TypeVar("Mark")
"""How a driver remembers a place in its document: a byte offset, or an element of a tree."""

STORED = 1_000
"""Most faults stored for one document; the rest are only counted. A wrong schema causes one for each line."""


@dataclass(slots=True)
class PendingFault(Generic[Mark]):
    """A fault and the place to look up. `what` is "start", "end" or "text"."""

    fault: Fault
    mark: Mark
    depth: int
    what: str
    first: Mark | None = None


@dataclass
class Run(Generic[Mark]):
    """The state of one validation. `here` returns the mark of the current place; `stack` holds the state after each open
    element.
    """

    automaton: Automaton
    here: Callable[[], Mark]
    limit: int = STORED
    stack: list[After] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    namespaces: dict[str, str] = field(default_factory=dict)
    found: list[PendingFault[Mark]] = field(default_factory=list)
    total: int = 0
    ids: dict[str, Mark] = field(default_factory=dict)
    references: dict[str, list[PendingFault[Mark]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.recovery = Recovery(self.automaton)
        self.mixed: set[int] = set()
        self.early: dict[int, int] = {}

    def report(self, fault: Fault, what: str, first: Mark | None = None) -> None:
        self.total += 1
        if len(self.found) < self.limit:
            self.found.append(PendingFault(fault, self.here(), len(self.stack), what, first))

    # Start tags

    def start(self, state: State, tag: str, names: Sequence[str], values: Sequence[str], key: Key) -> tuple[State, After]:
        """Return the state in the element and the state after it.

        Called if the table has no transition, or if a value is not known to be valid.
        """
        automaton = self.automaton
        if state is automaton.skip:
            self.record_ids(automaton.ids(tag, names), tag, values)
            return state, state
        outer = self.end_text(state)
        transition = automaton.transitions_of(outer).get(key)
        if transition is None:
            step = automaton.step(outer, tag, names)
            if step.child is not None:
                transition = automaton.transition(step, tag, names)
                automaton.remember(outer, key, transition)
            tests = step.tests
        else:
            tests = tuple((at // 2, pattern) for at, _, pattern in transition[2][0]) if transition[2] else ()
        failed = frozenset(test for test in tests if not automaton.values.matches(test[1], values[test[0]], self.namespaces))
        self.record_ids(automaton.ids(tag, names), tag, values)
        if transition is not None and not failed:
            return transition[0], transition[1]
        step = automaton.step(outer, tag, names, failed)
        if step.child is not None:
            return step.child, step.after
        recovered = self.recovery.start(outer, tag, names, values, failed)
        for fault in recovered.faults:
            if not self._merge_late_element(fault):
                self.report(fault, "start")
        return recovered.child, recovered.after

    def _merge_late_element(self, fault: Fault) -> bool:
        """Merge a missing element that comes later with the fault of its elder sibling: the two are out of order."""
        depth = len(self.stack)
        if fault.kind is Kind.TOO_EARLY:
            self.early[depth] = len(self.found)
        at = self.early.get(depth)
        if fault.kind is not Kind.ELEMENT or at is None or at >= len(self.found):
            return False
        elder = self.found[at]
        if not any(fault.element == name.partition(" ")[0] for names in elder.fault.missing for name in names):
            return False
        if elder.fault.kind is Kind.TOO_EARLY:
            self.found[at] = replace(elder, fault=replace(elder.fault, kind=Kind.OUT_OF_ORDER, missing=((fault.element,),)))
        return True

    def end_text(self, state: State) -> State:
        """End the current text node and return the state after it."""
        if state.mode != DATA_TEXT:
            return state
        text = "".join(self.text)
        self.text.clear()
        self.mixed.add(len(self.stack))
        return self._after_text(state, text, alone=False) if text.strip(" \t\r\n") else state

    def _after_text(self, state: State, text: str, *, alone: bool) -> State:
        after = self.automaton.by_text(state, text, self.namespaces, alone=alone)
        if after is not None:
            return after
        self.report(self._make_text_fault(state, text), "text")
        return self.automaton.skip

    def _make_text_fault(self, state: State, text: str) -> Fault:
        data = any(self.automaton.pool.flags[pattern] & HAS_DATA for pattern in state.patterns)
        patterns = tuple(pattern for pattern in state.patterns if self.automaton.pool.flags[pattern] & HAS_DATA)
        return Fault(
            Kind.DATA if data else Kind.TEXT, value=text[:200], patterns=patterns, expected=self.recovery.list_expected(state)
        )

    # Text

    def report_text(self, state: State, text: str) -> State:
        """Report text where none is allowed, and return the state after it."""
        after, fault = self.recovery.text(state, text)
        if fault is not None:
            self.report(fault, "text")
        return after

    # End tags

    def end(self, state: State) -> State:
        """Return the state after an end tag where the element is not known to be complete."""
        after = self.stack.pop()
        depth = len(self.stack) + 1
        if state.mode == DATA_TEXT:
            text = "".join(self.text)
            self.text.clear()
            if depth not in self.mixed or text.strip(" \t\r\n"):
                self.stack.append(after)
                state = self._after_text(state, text, alone=depth not in self.mixed)
                self.stack.pop()
        self.mixed.discard(depth)
        self.early.pop(depth, None)
        matched = self.automaton.find_matched(state)
        if not any(matched):
            self.stack.append(after)
            missing = self.recovery.find_missing(state)
            self.report(Fault(Kind.INCOMPLETE, missing=missing, expected=self.recovery.list_expected(state)), "end")
            self.stack.pop()
            matched = tuple(pattern != 1 for pattern in state.patterns)
        elif state is self.automaton.skip and isinstance(after, tuple):
            matched = (True,) * len(after)
        if isinstance(after, tuple) and len(matched) != len(after):
            matched = (True,) * len(after)
        return self.automaton.outer(after, matched)

    # Identifiers (RELAX NG DTD Compatibility, 5)

    def record_ids(self, ids: Ids, tag: str, values: Sequence[str]) -> None:
        for at, name, kind in ids:
            tokens = values[at // 2].split()
            if kind == "ID":
                for token in tokens[:1]:
                    self._record_id(token, tag, name)
            else:
                for token in tokens if kind == "IDREFS" else tokens[:1]:
                    self._record_reference(token, tag, name)

    def _record_id(self, value: str, tag: str, name: str) -> None:
        first = self.ids.get(value)
        if first is None:
            self.ids[value] = self.here()
        else:
            self.report(Fault(Kind.TWICE, tag, name, value), "start", first)
        self.references.pop(value, None)

    def _record_reference(self, value: str, tag: str, name: str) -> None:
        if value not in self.ids and is_ncname(value):  # the datatype IDREF already rejects what is not a name
            waiting = self.references.setdefault(value, [])
            if len(waiting) < self.limit:
                fault = Fault(Kind.NO_ID, tag, name, value)
                waiting.append(PendingFault(fault, self.here(), len(self.stack), "start"))

    def close(self) -> None:
        """At the end of the document, report the references that point to no identifier."""
        for waiting in self.references.values():
            self.total += len(waiting)
            self.found += waiting[: max(self.limit - len(self.found), 0)]
