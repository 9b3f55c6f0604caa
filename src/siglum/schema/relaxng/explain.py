"""Write the sentences for faults: what was found and why it is wrong (`message`), and what to do (`help`).

Lists are short: names similar to the wrong one first, then what encoders use most. Names have no prefixes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from siglum.schema.relaxng.automaton import Automaton
from siglum.schema.relaxng.codes import CODES
from siglum.schema.relaxng.common_mistakes import ATTRIBUTES, ELEMENTS, is_xml, sort_by_use
from siglum.schema.relaxng.explain_values import ValueExplainer
from siglum.schema.relaxng.fault import Fault, Kind, Names
from siglum.schema.relaxng.lookup import Lookup
from siglum.schema.relaxng.nameclass import split_name
from siglum.schema.relaxng.near import find_meant, find_nearest_names
from siglum.text.diagnostic import Finding, Severity
from siglum.text.positions import Position

_FEW = 6
_SEVERAL = 3
_SHORT = 60

Sentences = tuple[str, str]
"""Message and help."""


class Explainer:
    def __init__(self, automaton: Automaton) -> None:
        self.lookup = Lookup(automaton)
        self.values = ValueExplainer(automaton)
        self._sentences: dict[Fault, Sentences] = {}

    def finding(self, fault: Fault) -> Finding:
        key = fault if fault.first.line else replace(fault, where=Position())
        if key not in self._sentences:
            self._sentences[key] = _SENTENCES[fault.kind](self, fault)
        message, help_ = self._sentences[key]
        where = fault.where
        return Finding(where.path, where.line, where.column, CODES[fault.kind], Severity.ERROR, message, help_)

    # Elements

    def explain_element(self, fault: Fault) -> Sentences:
        name = fault.element
        if not self.lookup.is_known(name):
            return self._explain_unknown(fault)
        if not fault.parent:
            return f"a document cannot begin with {format_element(name)}", f"begin it with {self.list_names(fault.expected)}"
        if name in self.lookup.names_within(self.lookup.content_of(fault.parent)):
            return self._explain_order(fault)
        return f"{format_element(name)} is not allowed in {format_element(fault.parent)}", self._suggest_place(fault)

    def _suggest_place(self, fault: Fault) -> str:
        """Suggest what to do with an element that its parent cannot contain."""
        name, parent = format_element(fault.element), fault.parent
        wrappers = fault.missing[0] if fault.missing else ()
        if wrappers and not self.lookup.takes_text(parent):
            return f"put it in {self.list_names(sort_by_use(wrappers))}, which is allowed here"
        unclosed = f"is </{split_name(parent)[1]}> missing before it? " if fault.element == parent else ""
        return f"{unclosed}{name} is allowed in {self._list_parents(fault)}; {self._list_allowed(fault)}"

    def _explain_unknown(self, fault: Fault) -> Sentences:
        ns, local = split_name(fault.element)
        same = [name for name in self.lookup.list_names() if split_name(name)[1] == local]
        if same:
            seen = f"in the namespace “{ns}”" if ns else "in no namespace"
            wanted = split_name(next((name for name in same if name in fault.expected), same[0]))[0]
            proper = f'in “{wanted}”: declare xmlns="{wanted}"' if wanted else "in none: remove its prefix or xmlns"
            return f"`{local}` is {seen}, where the schema does not define it", f"the schema's `{local}` is {proper}"
        message = f"the schema defines no element {format_element(fault.element)}"
        if ns and not any(split_name(name)[0] == ns for name in self.lookup.list_names()):
            return f"{message} in the namespace “{ns}”", self._list_allowed(fault)
        near = find_meant(fault.element, fault.expected, ELEMENTS)
        if near:
            return message, f"did you mean {join_or(map(format_element, near[:3]))}?"
        near = find_meant(fault.element, self.lookup.list_names(), ELEMENTS)
        if near:
            inside = f" (but it is not allowed in {format_element(fault.parent)})" if fault.parent else ""
            return message, f"did you mean {join_or(map(format_element, near[:3]))}?{inside}"
        return message, self._list_allowed(fault)

    def _list_parents(self, fault: Fault) -> str:
        """List the elements that can contain the misplaced one: first those that could enclose it at this place."""
        allowed = self.lookup.find_parents(fault.element)
        inside = self.lookup.names_within(self.lookup.content_of(fault.parent))
        rank = {name: (name not in fault.expected, name not in inside) for name in allowed}
        return self.list_first(sorted(sort_by_use(allowed), key=lambda name: rank[name]), format_element, 4)

    def _explain_order(self, fault: Fault) -> Sentences:
        """Explain an element that the parent can contain, but not at this place."""
        name, parent = format_element(fault.element), format_element(fault.parent)
        why, other = self.lookup.explain_order(fault.parent, fault.before, fault.element)
        if why == "before":
            return (
                f"{name} comes too late in {parent}: it must come before {format_element(other)}",
                f"move {name} up, before {format_element(other)}",
            )
        if why == "once":
            return f"{parent} cannot contain another {name}", f"keep one {name}; {self._list_allowed(fault)}"
        if why == "instead":
            return (
                f"{parent} cannot contain both {name} and {format_element(other)}",
                f"use one or the other; {self._list_allowed(fault)}",
            )
        return f"{name} is not allowed at this place in {parent}", self._list_allowed(fault)

    def _list_allowed(self, fault: Fault) -> str:
        """List what is allowed at the place of a fault."""
        if not fault.expected:
            return f"nothing more is allowed in {format_element(fault.parent)}" if fault.parent else "see the schema"
        near = [] if self.lookup.is_known(fault.element) else find_nearest_names(split_name(fault.element)[1], fault.expected)
        in_text = bool(fault.parent) and self.lookup.takes_text(fault.parent)
        ordered = [*near, *sort_by_use(fault.expected, in_text=in_text)]
        inside = f" in {format_element(fault.parent)}" if fault.parent else ""
        end = " (or nothing more)" if fault.ends and fault.parent else ""
        return f"allowed here{inside}: {self.list_names(dict.fromkeys(ordered))}{end}"

    def explain_too_early(self, fault: Fault) -> Sentences:
        first = self._list_missing(fault.missing)
        name, parent = format_element(fault.element), f" in {format_element(fault.parent)}" if fault.parent else ""
        if not first:
            return f"{name} comes too early{parent}", f"another element must come before {name}; see the schema"
        verb = "are" if len(first) > 1 else "is"
        return f"{join_and(first)} {verb} missing before {name}{parent}", f"add {join_and(first)} before {name}"

    def explain_out_of_order(self, fault: Fault) -> Sentences:
        name, other, parent = format_element(fault.element), format_element(fault.missing[0][0]), format_element(fault.parent)
        return f"{name} comes too early in {parent}: it must come after {other}", f"move {name} down, after {other}"

    def explain_incomplete(self, fault: Fault) -> Sentences:
        missing = self._list_missing(fault.missing)
        many = any(len(names) > _SEVERAL for names in fault.missing)
        name = format_element(fault.element)
        if not missing:
            return f"{name} is incomplete", f"an element is missing before </{split_name(fault.element)[1]}>; see the schema"
        more = " one more element:" if any(set(fault.before) & set(names) for names in fault.missing) else ""
        state = f"{name} lacks{more}" if fault.before else f"{name} contains no elements: it lacks"
        return (
            f"{state} {join_and(missing)}",
            f"add {'one of them' if many else join_and(missing)} before </{split_name(fault.element)[1]}>",
        )

    def _list_missing(self, missing: Sequence[Names]) -> list[str]:
        """List the missing items, each perhaps a choice."""
        choices = [names for names in missing if names]
        lead = "one of " if len(choices) > 1 else ""
        return [f"{lead if len(names) > 1 else ''}{self.list_names(sort_by_use(names))}" for names in choices]

    # Attributes

    def explain_attribute(self, fault: Fault) -> Sentences:
        key, name = format_attribute(fault.attribute), format_element(fault.element)
        owners = self.lookup.find_owners(fault.attribute)
        near = find_meant(fault.attribute, fault.expected, ATTRIBUTES)
        hint = f"did you mean {join_or(map(format_attribute, near[:3]))}?" if near else ""
        if owners:
            where = f"{key} is allowed on {self.list_first(owners, format_element)}"
            return f"{key} is not allowed on {name}", f"{hint} {where}".strip()
        message = f"the schema defines no attribute {key}"
        if hint:
            return f"{message} (on {name})", hint
        allowed = self.list_first(fault.expected, format_attribute)
        return f"{message} (on {name})", f"{name} allows {allowed}" if allowed else f"{name} allows no attributes"

    def explain_attributes(self, fault: Fault) -> Sentences:
        names = join_and([format_attribute(name) for name in fault.expected]) or "none"
        return (
            f"the attributes of {format_element(fault.element)} cannot be combined: {names}",
            "use one or the other; see the schema",
        )

    def explain_no_attribute(self, fault: Fault) -> Sentences:
        name = format_element(fault.element)
        choices = fault.missing[0]
        listed = self.list_first(choices, format_attribute)
        if len(choices) > 1:
            return f"{name} lacks one of its attributes: {listed}", f"add {listed}"
        wanted = self.values.describe_wanted(fault.element, choices[0], self.lookup)
        return (
            f"{name} lacks {listed}",
            f'add {split_name(choices[0])[1] if not is_xml(choices[0]) else format_attribute(choices[0])[1:]}="…"{wanted}',
        )

    def explain_value(self, fault: Fault) -> Sentences:
        return self.values.explain(fault, f"in {format_attribute(fault.attribute)}")

    # Text and identifiers

    def explain_text(self, fault: Fault) -> Sentences:
        seen, name = quote(fault.value), format_element(fault.element)
        holders = self.lookup.find_text_holders(fault.expected)
        if holders:
            return (
                f"text is not allowed in {name}: {seen}",
                f"put it in an element, such as {join_or(map(format_element, sort_by_use(holders)[:3]))}",
            )
        if fault.expected:
            holds = self.list_names(sort_by_use(fault.expected))
            return f"text is not allowed in {name}: {seen}", f"{name} holds elements only: {holds}"
        return f"text is not allowed in {name}: {seen}", f"remove it: {name} must be empty here"

    def explain_data(self, fault: Fault) -> Sentences:
        return self.values.explain(fault, f"in {format_element(fault.element)}")

    def explain_twice(self, fault: Fault) -> Sentences:
        first = (
            f"{fault.first.path}, line {fault.first.line}"
            if fault.first.path != fault.where.path
            else f"line {fault.first.line}"
        )
        there = f", first in {first}" if fault.first.line else ""
        return (
            f"the identifier {quote(fault.value)} is used twice{there}",
            f"give each element its own {format_attribute(fault.attribute)}",
        )

    def explain_no_id(self, fault: Fault) -> Sentences:
        value, attribute = quote(fault.value), format_attribute(fault.attribute)
        message = f"{attribute} refers to {value}, but no element of the document has this identifier"
        return message, "check the spelling, or give this identifier to the intended element"

    # Lists

    def list_names(self, names: Iterable[str]) -> str:
        """List element names to choose from: the first of many, and the class that contains exactly these."""
        listed = list(names)
        if len(listed) <= _FEW:
            return join_or(map(format_element, listed))
        classes, others = self.lookup.group_by_class(listed)
        whole = f" (the class {classes[0]})" if len(classes) == 1 and not others else ""
        return self.list_first(listed, format_element) + whole

    def list_first(self, names: Sequence[str], say: Callable[[str], str], most: int = _FEW) -> str:
        """List the first of many names."""
        if len(names) <= most + 1:
            return join_or(map(say, names))
        return f"{', '.join(map(say, names[:most]))} or {len(names) - most} others"


def format_element(name: str) -> str:
    return f"`{split_name(name)[1]}`"


def format_attribute(name: str) -> str:
    return f"@{'xml:' if is_xml(name) else ''}{split_name(name)[1]}"


def quote(text: str) -> str:
    shown = " ".join(text.split()) or text
    return f"“{shown[:_SHORT]}…”" if len(shown) > _SHORT else f"“{shown}”"


def join_or(labels: Iterable[str]) -> str:
    *most, last = list(labels) or [""]
    return f"{', '.join(most)} or {last}" if most else last


def join_and(labels: list[str]) -> str:
    *most, last = labels or [""]
    return f"{', '.join(most)} and {last}" if most else last


_SENTENCES: dict[Kind, Callable[[Explainer, Fault], Sentences]] = {
    Kind.ELEMENT: Explainer.explain_element,
    Kind.TOO_EARLY: Explainer.explain_too_early,
    Kind.OUT_OF_ORDER: Explainer.explain_out_of_order,
    Kind.INCOMPLETE: Explainer.explain_incomplete,
    Kind.NO_ATTRIBUTE: Explainer.explain_no_attribute,
    Kind.ATTRIBUTE: Explainer.explain_attribute,
    Kind.ATTRIBUTES: Explainer.explain_attributes,
    Kind.VALUE: Explainer.explain_value,
    Kind.TEXT: Explainer.explain_text,
    Kind.DATA: Explainer.explain_data,
    Kind.TWICE: Explainer.explain_twice,
    Kind.NO_ID: Explainer.explain_no_id,
}
