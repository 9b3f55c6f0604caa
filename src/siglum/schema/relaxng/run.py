"""One document against a schema: what both drivers share. They handle what is right themselves, and ask here about the rest."""

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
"""How a driver remembers a place in its document until it is wanted: a number of bytes, or an element of a tree."""

STORED = 1_000
"""Faults that are kept of one document, the rest being counted. A misused schema makes one a line."""


@dataclass(slots=True)
class Found(Generic[Mark]):
    """A fault with the place to look up. `what` is "start", "end" or "text"."""

    fault: Fault
    mark: Mark
    depth: int
    what: str
    first: Mark | None = None


@dataclass
class Run(Generic[Mark]):
    """`here` gives the mark of the place the driver is at. `stack` holds what is to follow each open element."""

    automaton: Automaton
    here: Callable[[], Mark]
    limit: int = STORED
    stack: list[After] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    namespaces: dict[str, str] = field(default_factory=dict)
    found: list[Found[Mark]] = field(default_factory=list)
    total: int = 0
    ids: dict[str, Mark] = field(default_factory=dict)
    references: dict[str, list[Found[Mark]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.recovery = Recovery(self.automaton)
        self.mixed: set[int] = set()
        self.early: dict[int, int] = {}

    def report(self, fault: Fault, what: str, first: Mark | None = None) -> None:
        self.total += 1
        if len(self.found) < self.limit:
            self.found.append(Found(fault, self.here(), len(self.stack), what, first))

    # Start tags

    def start(self, state: State, tag: str, names: Sequence[str], values: Sequence[str], key: Key) -> tuple[State, After]:
        """The state in the element, and after it, where the table has no answer or a value is not known to be good."""
        automaton = self.automaton
        if state is automaton.skip:
            self.note_ids(automaton.ids(tag, names), tag, values)
            return state, state
        outer = self.before_element(state)
        transition = automaton.known(outer).get(key)
        if transition is None:
            step = automaton.step(outer, tag, names)
            if step.child is not None:
                transition = automaton.transition(step, tag, names)
                automaton.remember(outer, key, transition)
            tests = step.tests
        else:
            tests = tuple((at // 2, pattern) for at, _, pattern in transition[2][0]) if transition[2] else ()
        failed = frozenset(test for test in tests if not automaton.values.matches(test[1], values[test[0]], self.namespaces))
        self.note_ids(automaton.ids(tag, names), tag, values)
        if transition is not None and not failed:
            return transition[0], transition[1]
        step = automaton.step(outer, tag, names, failed)
        if step.child is not None:
            return step.child, step.after
        recovered = self.recovery.start(outer, tag, names, values, failed)
        for fault in recovered.faults:
            if not self._comes_late(fault):
                self.report(fault, "start")
        return recovered.child, recovered.after

    def _comes_late(self, fault: Fault) -> bool:
        """What was missing before an elder sibling, and comes now, is one fault with it: the two are out of order."""
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

    def before_element(self, state: State) -> State:
        """The text so far is a whole text node: the state after it."""
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
        self.report(self._bad_text(state, text), "text")
        return self.automaton.skip

    def _bad_text(self, state: State, text: str) -> Fault:
        data = any(self.automaton.pool.flags[each] & HAS_DATA for each in state.patterns)
        patterns = tuple(each for each in state.patterns if self.automaton.pool.flags[each] & HAS_DATA)
        return Fault(
            Kind.DATA if data else Kind.TEXT, value=text[:200], patterns=patterns, expected=self.recovery.expected(state)
        )

    # Text

    def stray_text(self, state: State, text: str) -> State:
        """The state after text where none may stand."""
        after, fault = self.recovery.text(state, text)
        if fault is not None:
            self.report(fault, "text")
        return after

    # End tags

    def end(self, state: State) -> State:
        """The state after an end tag that does not come where the element is plainly complete."""
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
        matched = self.automaton.matched(state)
        if not any(matched):
            self.stack.append(after)
            missing = self.recovery.lacking(state)
            self.report(Fault(Kind.INCOMPLETE, missing=missing, expected=self.recovery.expected(state)), "end")
            self.stack.pop()
            matched = tuple(each != 1 for each in state.patterns)
        elif state is self.automaton.skip and isinstance(after, tuple):
            matched = (True,) * len(after)
        if isinstance(after, tuple) and len(matched) != len(after):
            matched = (True,) * len(after)
        return self.automaton.outer(after, matched)

    # Identifiers (RELAX NG DTD Compatibility, 5)

    def note_ids(self, ids: Ids, tag: str, values: Sequence[str]) -> None:
        for at, name, kind in ids:
            tokens = values[at // 2].split()
            if kind == "ID":
                for each in tokens[:1]:
                    self._identifier(each, tag, name)
            else:
                for each in tokens if kind == "IDREFS" else tokens[:1]:
                    self._reference(each, tag, name)

    def _identifier(self, value: str, tag: str, name: str) -> None:
        first = self.ids.get(value)
        if first is None:
            self.ids[value] = self.here()
        else:
            self.report(Fault(Kind.TWICE, tag, name, value), "start", first)
        self.references.pop(value, None)

    def _reference(self, value: str, tag: str, name: str) -> None:
        if value not in self.ids and is_ncname(value):  # what is no name is said to be no IDREF
            waiting = self.references.setdefault(value, [])
            if len(waiting) < self.limit:
                fault = Fault(Kind.NO_ID, tag, name, value)
                waiting.append(Found(fault, self.here(), len(self.stack), "start"))

    def close(self) -> None:
        """At the end of the document: the references that found nothing."""
        for waiting in self.references.values():
            self.total += len(waiting)
            self.found += waiting[: max(self.limit - len(self.found), 0)]
