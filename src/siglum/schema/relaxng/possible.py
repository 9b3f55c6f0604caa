"""List what is allowed at a place of a document, for editors. The document may be unfinished or wrong after that place."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from xml.parsers import expat

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.automaton import NO_TEXT, Automaton, State
from siglum.schema.relaxng.expat_driver import Driver
from siglum.schema.relaxng.explain_values import ValueExplainer
from siglum.schema.relaxng.fault import Names
from siglum.schema.relaxng.nameclass import split_name
from siglum.schema.relaxng.run import Mark, Run
from siglum.text.frozen import frozen
from siglum.text.source import Source

_TAG = re.compile(r"<([^\s<>/!?=]+)(\s[^<>]*)?$")
_ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_VALUE = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)|'([^']*))$""")


@frozen
class Possible:
    """What is allowed at a place. Names have the form `uri}local`.

    Between tags: `elements`, `text`, `ends`; in a start tag: `attributes`; in an attribute: `values`, those that the schema
    lists. `wildcard`: names that the schema does not mention are allowed too.
    """

    elements: Names = ()
    attributes: Names = ()
    values: Names = ()
    text: bool = False
    ends: bool = False
    wildcard: bool = False


def find_possible(automaton: Automaton, source: Source, line: int, column: int) -> Possible:
    """Return what is allowed at a line and column (from 1)."""
    before = _read_until(source, line, column)
    begun = _TAG.search(before)
    driver = _drive(automaton, before[: begun.start()] if begun else before)
    if begun is None or begun.group(2) is None:
        return find_in_content(automaton, driver.run, driver.state)
    return _find_in_tag(automaton, driver, driver.expand_name(begun.group(1)), begun.group(2))


def _read_until(source: Source, line: int, column: int) -> str:
    lines = source.lines[:line]
    if len(lines) == line and lines:
        lines[-1] = lines[-1][: column - 1]
    return "\n".join(lines)


def _drive(automaton: Automaton, text: str) -> Driver:
    driver = Driver(automaton, "utf-8", follow_namespaces=True)
    with suppress(expat.ExpatError):  # only the text before the fault counts
        driver.parser.Parse(text.encode("utf-8"), False)
    return driver


def _find_in_tag(automaton: Automaton, driver: Driver, element: str, written: str) -> Possible:
    value = _VALUE.search(written)
    if value:
        return find_in_value(automaton, driver.run, driver.state, element, driver.expand_name(value.group(1), attribute=True))
    present = {driver.expand_name(key, attribute=True) for key in _ATTRIBUTE.findall(written)}
    return find_in_start_tag(automaton, driver.run, driver.state, element, present)


def find_in_content(automaton: Automaton, run: Run[Mark], state: State) -> Possible:
    """Return what is allowed between tags."""
    recovery = run.recovery
    state = recovery.missing_wrappers.find_misplaced(state).state
    firsts = {number for pattern in state.patterns for number in automaton.derivatives.first(pattern)}
    wildcard = any(not nameclass.is_finite(automaton.grammar.elements[number][0]) for number in firsts)
    ends = bool(run.stack) and recovery.can_end(state)
    return Possible(recovery.list_expected(state), text=state.mode != NO_TEXT, ends=ends, wildcard=wildcard)


def find_in_value(automaton: Automaton, run: Run[Mark], state: State, element: str, attribute: str) -> Possible:
    """Return the values allowed in an attribute of an element that begins in this state."""
    value_patterns = run.recovery.given.value_patterns
    patterns = {
        pattern for content in _find_contents(automaton, run, state, element) for pattern in value_patterns(content, attribute)
    }
    return Possible(values=tuple(ValueExplainer(automaton).list_values(tuple(sorted(patterns)))))


def find_in_start_tag(automaton: Automaton, run: Run[Mark], state: State, element: str, present: Collection[str]) -> Possible:
    """Return attributes allowed in the start tag of an element that begins in this state and has some attributes already."""
    given = run.recovery.given
    contents = _find_contents(automaton, run, state, element)
    names = {name for content in contents for name in given.list_names(content)}.difference(present)
    wildcard = any(not nameclass.is_finite(name_class) for content in contents for name_class, _ in given.leaves(content))
    return Possible(attributes=tuple(sorted(names, key=lambda name: split_name(name)[::-1])), wildcard=wildcard)


def _find_contents(automaton: Automaton, run: Run[Mark], state: State, element: str) -> list[int]:
    numbers = list(automaton.find_elements(state, element)) or run.recovery.find_definitions(element)
    return [automaton.grammar.elements[number][1] for number in numbers]
