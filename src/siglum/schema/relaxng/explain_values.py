"""Why a value does not match its patterns, and which values would: the part of `explain` that talks to the datatypes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from siglum.schema import datatypes
from siglum.schema.datatypes import dates
from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.automaton import Automaton
from siglum.schema.relaxng.fault import Fault
from siglum.schema.relaxng.forms import all_dates, form, forms, known_form, suggestion
from siglum.schema.relaxng.lookup import Lookup
from siglum.schema.relaxng.near import nearest
from siglum.schema.relaxng.pattern import CHOICE, DATA, GROUP, INTERLEAVE, LIST, ONE_OR_MORE, VALUE
from siglum.schema.relaxng.values import WHITE

_FEW = 6
_SHORT = 60


@dataclass(slots=True)
class Leaves:
    """What a value may be: fixed values, data of a type (patterns), and lists of such."""

    values: list[str] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)


class Values:
    def __init__(self, automaton: Automaton) -> None:
        self.automaton = automaton
        self.nodes = automaton.pool.nodes

    def explain(self, fault: Fault, where: str) -> tuple[str, str]:
        """Message and help. `where`: "of @when", "in `date`"."""
        leaves = self._leaves(fault.patterns)
        value = fault.value
        token = self._bad_token(leaves, value)
        value = value.strip(WHITE)
        seen = f"“{value[:_SHORT]}{'…' if len(value) > _SHORT else ''}”"
        if not value.strip():
            return self._empty(leaves, where)
        if token is not None and token != value:
            seen = f"“{token}” in {seen}"
        shown = token if token is not None else value
        if leaves.values and not leaves.data:
            return f"{seen} is not one of the values allowed {where}", self._choose(leaves.values, shown)
        if not leaves.data:
            return f"{seen} is not allowed {where}", "see the schema"
        return self._by_type(leaves, shown, seen, where)

    def listed(self, patterns: tuple[int, ...]) -> list[str]:
        """The values that the schema lists one by one."""
        return self._leaves(patterns).values

    def wanted(self, element: str, attribute: str, lookup: Lookup) -> str:
        """What the value of an attribute has to be, as an afterthought in brackets."""
        for number in lookup.recovery.definitions(element):
            content = self.automaton.grammar.elements[number][1]
            item = self.automaton.attributes.split(content).find(attribute)
            found = (
                [value for name, value in self.automaton.attributes.leaves(item) if nameclass.contains(name, attribute)]
                if item
                else []
            )
            leaves = self._leaves(tuple(found))
            leaves.values = [each for each in leaves.values if each]
            if leaves.values or leaves.data:
                return f": {self._right(leaves)}"
        return ""

    def _by_type(self, leaves: Leaves, shown: str, seen: str, where: str) -> tuple[str, str]:
        types = self._types(leaves)
        near = nearest(shown, leaves.values)
        meant = near[0] if near else suggestion(types, shown)
        wanted = self._right(leaves)
        help_ = f"did you mean “{meant}”? It has to be {wanted}" if meant else f"write {wanted}"
        if all_dates(types):
            reason = next((datatypes.why_not(each, shown) for each in types if dates.fields(each.name, shown) is not None), "")
            subject = f"{seen} {where} is not"
            return f"{subject} right: {reason}" if reason else f"{subject} a date in one of the forms allowed", help_
        if len(types) > 1 or any(leaves.values):
            return f"{seen} is not a value allowed {where}", help_
        return self._of_type(types[0], shown, f"{seen} {where}", meant), help_

    def _of_type(self, type_: datatypes.Datatype, shown: str, subject: str, meant: str) -> str:
        """What one type has against a value."""
        reason = datatypes.why_not(type_, shown)
        if meant == f"#{shown}":
            return f"{subject} is not right: a pointer to an xml:id begins with “#”"
        if known_form(type_) or not reason:
            return f"{subject} is not {form(type_)}"
        return f"{subject} is not right: {reason}"

    def _types(self, leaves: Leaves) -> list[datatypes.Datatype]:
        return [self.automaton.values.type(each) for each in leaves.data]

    def _empty(self, leaves: Leaves, where: str) -> tuple[str, str]:
        there = f"the value {where}" if where.startswith("of") else f"what stands {where}"
        return f"{there} is empty", f"write {self._right(leaves)}"

    def _right(self, leaves: Leaves) -> str:
        values = [each for each in leaves.values if each]
        words = [f"“{each}”" for each in values[:_FEW]]
        if len(values) > _FEW:
            words.append(f"another of {len(values)} values")
        words += forms(self._types(leaves))
        *most, last = words or ["nothing"]
        several = ", or several of them separated by spaces" if leaves.lists else ""
        nothing = ", or leave it empty" if "" in leaves.values and words else ""
        return (f"{', '.join(most)} or {last}" if most else last) + several + nothing

    def _choose(self, values: list[str], value: str) -> str:
        near = nearest(value, values)
        ordered = list(dict.fromkeys([*near, *values]))
        listed = ", ".join(f"“{each}”" for each in ordered[:_FEW])
        more = f" and {len(ordered) - _FEW} others" if len(ordered) > _FEW else ""
        return f"did you mean “{near[0]}”? Allowed: {listed}{more}" if near else f"allowed: {listed}{more}"

    def _bad_token(self, leaves: Leaves, value: str) -> str | None:
        """The first word of a list that none of the types in it allows."""
        if not leaves.lists:
            return None
        accepts = self.automaton.values.accepts
        inner = [leaf for each in leaves.lists for leaf in self._all(each)]
        return next((token for token in value.split() if not any(accepts(leaf, token, {}) for leaf in inner)), None)

    def _leaves(self, patterns: tuple[int, ...]) -> Leaves:
        leaves = Leaves()
        for pattern in patterns:
            self._gather(pattern, leaves)
        return leaves

    def _gather(self, pattern: int, leaves: Leaves) -> None:
        for leaf in self._all(pattern):
            node = self.nodes[leaf]
            if node[0] == LIST:
                leaves.lists.append(node[1])
                self._gather(node[1], leaves)
            elif node[0] == DATA and leaf not in leaves.data:
                leaves.data.append(leaf)
            elif node[0] == VALUE and node[3] not in leaves.values:
                leaves.values.append(node[3])

    def _all(self, pattern: int) -> Iterator[int]:
        """The data, value and list patterns in a pattern."""
        node = self.nodes[pattern]
        if node[0] in {DATA, VALUE, LIST}:
            yield pattern
        elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
            for each in node[1]:
                yield from self._all(each)
        elif node[0] == ONE_OR_MORE:
            yield from self._all(node[1])
