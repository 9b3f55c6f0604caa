"""What may stand at a place of a document: for editors. The document may be unfinished, or wrong, from there on."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.automaton import NO_TEXT, Automaton, State
from siglum.schema.relaxng.expat_driver import Driver
from siglum.schema.relaxng.explain_values import Values
from siglum.schema.relaxng.fault import Names
from siglum.schema.relaxng.nameclass import split
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
        return _between(automaton, driver)
    element = driver.expanded(begun.group(1))
    return _in_tag(automaton, driver.state, element, begun.group(2), driver)


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


def _between(automaton: Automaton, driver: Driver) -> Possible:
    state, recovery = driver.state, driver.run.recovery
    firsts = {number for each in state.patterns for number in automaton.derivatives.first(each)}
    classes = [automaton.grammar.elements[number][0] for number in firsts]
    wildcard = any(not nameclass.is_finite(each) for each in classes)
    ends = bool(driver.run.stack) and recovery.ends(state)
    return Possible(recovery.expected(state), text=state.mode != NO_TEXT, ends=ends, wildcard=wildcard)


def _in_tag(automaton: Automaton, state: State, element: str, written: str, driver: Driver) -> Possible:
    recovery = driver.run.recovery
    numbers = list(automaton.begun(state, element)) or recovery.definitions(element)
    contents = [automaton.grammar.elements[number][1] for number in numbers]
    value = _VALUE.search(written)
    if value:
        name = driver.expanded(value.group(1), attribute=True)
        patterns = {each for content in contents for each in recovery.value_patterns(content, name)}
        return Possible(values=tuple(Values(automaton).listed(tuple(sorted(patterns)))))
    present = {driver.expanded(key, attribute=True) for key in _ATTRIBUTE.findall(written)}
    names = {name for content in contents for name in recovery.attribute_names(content)}
    wildcard = any(not nameclass.is_finite(each) for content in contents for each, _ in recovery.leaves(content))
    return Possible(attributes=tuple(sorted(names - present, key=lambda name: split(name)[::-1])), wildcard=wildcard)
