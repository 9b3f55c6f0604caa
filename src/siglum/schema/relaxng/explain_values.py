"""Explain why a value does not match its patterns, and suggest valid values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from siglum.schema import datatypes
from siglum.schema.datatypes import dates
from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.automaton import Automaton
from siglum.schema.relaxng.fault import Fault
from siglum.schema.relaxng.forms import are_all_dates, describe_form, describe_types, find_known_form, suggest_value
from siglum.schema.relaxng.lookup import Lookup
from siglum.schema.relaxng.near import find_nearest
from siglum.schema.relaxng.pattern import CHOICE, DATA, GROUP, INTERLEAVE, LIST, ONE_OR_MORE, VALUE
from siglum.schema.relaxng.values import WHITE

_FEW = 6
_SHORT = 60


@dataclass(slots=True)
class Leaves:
    """The allowed values: fixed values, data of a type (patterns), and lists of them."""

    values: list[str] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)


class ValueExplainer:
    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.nodes = automaton.pool.nodes

    def explain(self, fault: Fault, where: str) -> tuple[str, str]:
        """Return message and help. `where`: "in @when", "in `date`"."""
        leaves = self._collect_leaves(fault.patterns)
        value = fault.value
        token = self._find_bad_token(leaves, value)
        value = value.strip(WHITE)
        seen = f"“{value[:_SHORT]}{'…' if len(value) > _SHORT else ''}”"
        if not value.strip():
            return self._explain_empty(leaves, where)
        if token is not None and token != value:
            seen = f"“{token}” in {seen}"
        shown = token if token is not None else value
        if leaves.values and not leaves.data:
            return f"{seen} is not one of the values allowed {where}", self._suggest_values(leaves.values, shown)
        if not leaves.data:
            return f"{seen} is not allowed {where}", "see the schema"
        return self._explain_types(leaves, shown, seen, where)

    def list_values(self, patterns: tuple[int, ...]) -> list[str]:
        """Return the values that the schema lists one by one."""
        return self._collect_leaves(patterns).values

    def describe_wanted(self, element: str, attribute: str, lookup: Lookup) -> str:
        """Describe the required value of an attribute, to follow a sentence."""
        for number in lookup.recovery.find_definitions(element):
            content = self.automaton.grammar.elements[number][1]
            item = self.automaton.attributes.split(content).find(attribute)
            found = (
                [value for name, value in self.automaton.attributes.leaves(item) if nameclass.contains(name, attribute)]
                if item
                else []
            )
            leaves = self._collect_leaves(tuple(found))
            leaves.values = [value for value in leaves.values if value]
            if leaves.values or leaves.data:
                return f": {self._describe_allowed(leaves)}"
        return ""

    def _explain_types(self, leaves: Leaves, shown: str, seen: str, where: str) -> tuple[str, str]:
        types = self._types(leaves)
        near = find_nearest(shown, leaves.values)
        meant = near[0] if near else suggest_value(types, shown)
        describe_wanted = self._describe_allowed(leaves)
        help_ = f"did you mean “{meant}”? It must be {describe_wanted}" if meant else f"write {describe_wanted}"
        if are_all_dates(types):
            dated = (type_ for type_ in types if dates.parse_fields(type_.name, shown) is not None)
            reason = next((datatypes.why_not(type_, shown) for type_ in dated), "")
            fault = f"invalid: {reason}" if reason else "not a date in one of the forms allowed"
            return f"{seen} {where} is {fault}", help_
        if len(types) > 1 or any(leaves.values):
            return f"{seen} is not a value allowed {where}", help_
        return self._explain_type(types[0], shown, f"{seen} {where}", meant), help_

    def _explain_type(self, type_: datatypes.Datatype, shown: str, subject: str, meant: str) -> str:
        """Explain why one type rejects a value."""
        reason = datatypes.why_not(type_, shown)
        if meant == f"#{shown}":
            return f"{subject} is invalid: a pointer to an xml:id begins with “#”"
        if find_known_form(type_) or not reason:
            return f"{subject} is not {describe_form(type_)}"
        return f"{subject} is invalid: {reason}"

    def _types(self, leaves: Leaves) -> list[datatypes.Datatype]:
        return [self.automaton.values.type(pattern) for pattern in leaves.data]

    def _explain_empty(self, leaves: Leaves, where: str) -> tuple[str, str]:
        there = f"the {'value' if where.startswith('in @') else 'text'} {where}"
        return f"{there} is empty", f"write {self._describe_allowed(leaves)}"

    def _describe_allowed(self, leaves: Leaves) -> str:
        values = [value for value in leaves.values if value]
        words = [f"“{value}”" for value in values[:_FEW]]
        if len(values) > _FEW:
            words.append(f"another of {len(values)} values")
        words += describe_types(self._types(leaves))
        *most, last = words or ["nothing"]
        several = ", or several of them separated by spaces" if leaves.lists else ""
        nothing = ", or leave it empty" if "" in leaves.values and words else ""
        return (f"{', '.join(most)} or {last}" if most else last) + several + nothing

    def _suggest_values(self, values: list[str], value: str) -> str:
        near = find_nearest(value, values)
        ordered = list(dict.fromkeys([*near, *values]))
        list_values = ", ".join(f"“{value}”" for value in ordered[:_FEW])
        more = f" and {len(ordered) - _FEW} others" if len(ordered) > _FEW else ""
        return f"did you mean “{near[0]}”? Allowed: {list_values}{more}" if near else f"allowed: {list_values}{more}"

    def _find_bad_token(self, leaves: Leaves, value: str) -> str | None:
        """Return the first word of a list that none of its types allows."""
        if not leaves.lists:
            return None
        accepts = self.automaton.values.accepts
        inner = [leaf for pattern in leaves.lists for leaf in self._iter_leaves(pattern)]
        return next((token for token in value.split() if not any(accepts(leaf, token, {}) for leaf in inner)), None)

    def _collect_leaves(self, patterns: tuple[int, ...]) -> Leaves:
        leaves = Leaves()
        for pattern in patterns:
            self._add_leaves(pattern, leaves)
        return leaves

    def _add_leaves(self, pattern: int, leaves: Leaves) -> None:
        for leaf in self._iter_leaves(pattern):
            node = self.nodes[leaf]
            if node[0] == LIST:
                leaves.lists.append(node[1])
                self._add_leaves(node[1], leaves)
            elif node[0] == DATA and leaf not in leaves.data:
                leaves.data.append(leaf)
            elif node[0] == VALUE and node[3] not in leaves.values:
                leaves.values.append(node[3])

    def _iter_leaves(self, pattern: int) -> Iterator[int]:
        """Yield the data, value and list patterns in a pattern."""
        node = self.nodes[pattern]
        if node[0] in {DATA, VALUE, LIST}:
            yield pattern
        elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
            for member in node[1]:
                yield from self._iter_leaves(member)
        elif node[0] == ONE_OR_MORE:
            yield from self._iter_leaves(node[1])
