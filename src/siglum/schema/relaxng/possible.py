"""What may stand at a place of a document: for editors. The document may be unfinished, or wrong, from there on."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.automaton import NO_TEXT, Automaton, State
from siglum.schema.relaxng.expat_driver import Driver
from siglum.schema.relaxng.explain_values import Values
from siglum.schema.relaxng.fault import Names
from siglum.schema.relaxng.nameclass import split
from siglum.schema.relaxng.run import Run
from siglum.text.source import Source

_TAG = re.compile(r"<([^\s<>/!?=]+)(\s[^<>]*)?$")
_ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_VALUE = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)|'([^']*))$""")


@dataclass(frozen=True, slots=True)
class Possible:
    """Names are `uri}local`. Between tags: `elements`, `text`, `ends`; in a start tag: `attributes`; in an attribute: `values`.

    `wildcard`: whether names may stand here that the schema does not name. `values` are those the schema lists.
    """

    elements: Names = ()
    attributes: Names = ()
    values: Names = ()
    text: bool = False
    ends: bool = False
    wildcard: bool = False


def possible(automaton: Automaton, source: Source, line: int, column: int) -> Possible:
    """What may stand at a line and column (1-based)."""
    before = _until(source, line, column)
    begun = _TAG.search(before)
    driver = _driven(automaton, before[: begun.start()] if begun else before)
    if begun is None or begun.group(2) is None:
        return of_content(automaton, driver.run, driver.state)
    return _in_tag(automaton, driver, driver.expanded(begun.group(1)), begun.group(2))


def _until(source: Source, line: int, column: int) -> str:
    lines = source.lines[:line]
    if len(lines) == line and lines:
        lines[-1] = lines[-1][: column - 1]
    return "\n".join(lines)


def _driven(automaton: Automaton, text: str) -> Driver:
    driver = Driver(automaton, "utf-8", follow_namespaces=True)
    with suppress(expat.ExpatError):  # what was read before the fault is what counts
        driver.parser.Parse(text.encode("utf-8"), False)
    return driver


def _in_tag(automaton: Automaton, driver: Driver, element: str, written: str) -> Possible:
    value = _VALUE.search(written)
    if value:
        return of_value(automaton, driver.run, driver.state, element, driver.expanded(value.group(1), attribute=True))
    present = {driver.expanded(key, attribute=True) for key in _ATTRIBUTE.findall(written)}
    return of_attributes(automaton, driver.run, driver.state, element, present)


def of_content(automaton: Automaton, run: Run[Any], state: State) -> Possible:
    """Between tags."""
    recovery = run.recovery
    state = recovery.forgotten.known(state).state
    firsts = {number for each in state.patterns for number in automaton.derivatives.first(each)}
    wildcard = any(not nameclass.is_finite(automaton.grammar.elements[number][0]) for number in firsts)
    ends = bool(run.stack) and recovery.ends(state)
    return Possible(recovery.expected(state), text=state.mode != NO_TEXT, ends=ends, wildcard=wildcard)


def of_value(automaton: Automaton, run: Run[Any], state: State, element: str, attribute: str) -> Possible:
    """In the value of an attribute of an element that begins in this state."""
    value_patterns = run.recovery.given.value_patterns
    patterns = {each for content in _contents(automaton, run, state, element) for each in value_patterns(content, attribute)}
    return Possible(values=tuple(Values(automaton).listed(tuple(sorted(patterns)))))


def of_attributes(automaton: Automaton, run: Run[Any], state: State, element: str, present: Collection[str]) -> Possible:
    """In the start tag of an element that begins in this state and has some attributes already."""
    given = run.recovery.given
    contents = _contents(automaton, run, state, element)
    names = {name for content in contents for name in given.names(content)}.difference(present)
    wildcard = any(not nameclass.is_finite(each) for content in contents for each, _ in given.leaves(content))
    return Possible(attributes=tuple(sorted(names, key=lambda name: split(name)[::-1])), wildcard=wildcard)


def _contents(automaton: Automaton, run: Run[Any], state: State, element: str) -> list[int]:
    numbers = list(automaton.begun(state, element)) or run.recovery.definitions(element)
    return [automaton.grammar.elements[number][1] for number in numbers]
