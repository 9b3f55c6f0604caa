"""Faults as sentences: what was seen and why it is wrong (`message`), and what would be right (`help`).

Lists are short: what is near to the word at fault first, then what encoders use most. Names stand without prefixes, as
scholars say them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from siglum.schema.relaxng.automaton import Automaton
from siglum.schema.relaxng.codes import CODES
from siglum.schema.relaxng.common_mistakes import ATTRIBUTES, ELEMENTS, common_first, is_xml
from siglum.schema.relaxng.explain_values import Values
from siglum.schema.relaxng.fault import Fault, Kind, Names, Where
from siglum.schema.relaxng.lookup import Lookup
from siglum.schema.relaxng.nameclass import split
from siglum.schema.relaxng.near import meant, nearest_names
from siglum.text.diagnostic import Finding, Severity

_FEW = 6
_SEVERAL = 3
_SHORT = 60

Sentences = tuple[str, str]
"""Message and help."""


class Explainer:
    def __init__(self, automaton: Automaton) -> None:
        self.lookup = Lookup(automaton)
        self.values = Values(automaton)
        self._said: dict[Fault, Sentences] = {}

    def finding(self, fault: Fault) -> Finding:
        key = fault if fault.first.line else replace(fault, where=Where())
        if key not in self._said:
            self._said[key] = _SENTENCES[fault.kind](self, fault)
        message, help_ = self._said[key]
        where = fault.where
        return Finding(where.path, where.line, where.column, CODES[fault.kind], Severity.ERROR, message, help_)

    # Elements

    def element(self, fault: Fault) -> Sentences:
        name = fault.element
        if not self.lookup.known(name):
            return self._unknown(fault)
        if not fault.parent:
            return f"a document may not begin with {tag(name)}", f"it begins with {self.one_of(fault.expected)}"
        if name in self.lookup.within(self.lookup.content(fault.parent)):
            return self._order(fault)
        return f"{tag(name)} is not allowed in {tag(fault.parent)}", self._elsewhere(fault)

    def _elsewhere(self, fault: Fault) -> str:
        """What to do with an element that its parent cannot contain."""
        name, parent = tag(fault.element), fault.parent
        wrappers = fault.missing[0] if fault.missing else ()
        if wrappers and not self.lookup.takes_text(parent):
            return f"put it in {self.one_of(common_first(wrappers))}, which may stand here"
        unclosed = f"is </{split(parent)[1]}> missing before it? " if fault.element == parent else ""
        return f"{unclosed}{name} may stand in {self._somewhere(fault)}; {self._here(fault)}"

    def _unknown(self, fault: Fault) -> Sentences:
        ns, local = split(fault.element)
        same = [each for each in self.lookup.names() if split(each)[1] == local]
        if same:
            seen = f"in the namespace “{ns}”" if ns else "in no namespace"
            wanted = split(next((each for each in same if each in fault.expected), same[0]))[0]
            proper = f'in “{wanted}”: declare xmlns="{wanted}"' if wanted else "in none: remove its prefix or xmlns"
            return f"`{local}` is {seen} here, which the schema does not know", f"the schema's `{local}` is {proper}"
        message = f"the schema knows no element {tag(fault.element)}"
        if ns and not any(split(each)[0] == ns for each in self.lookup.names()):
            return f"{message} in the namespace “{ns}”", self._here(fault)
        near = meant(fault.element, fault.expected, ELEMENTS)
        if near:
            return message, f"did you mean {either(map(tag, near[:3]))}?"
        near = meant(fault.element, self.lookup.names(), ELEMENTS)
        if near:
            inside = f" (but it is not allowed in {tag(fault.parent)})" if fault.parent else ""
            return message, f"did you mean {either(map(tag, near[:3]))}?{inside}"
        return message, self._here(fault)

    def _somewhere(self, fault: Fault) -> str:
        """In which elements the one at fault may stand: first those that could be put around it at this place."""
        allowed = self.lookup.allowed_in(fault.element)
        inside = self.lookup.within(self.lookup.content(fault.parent))
        rank = {each: (each not in fault.expected, each not in inside) for each in allowed}
        return self.some(sorted(common_first(allowed), key=lambda each: rank[each]), tag, 4)

    def _order(self, fault: Fault) -> Sentences:
        """The parent can contain it, but not at this place."""
        name, parent = tag(fault.element), tag(fault.parent)
        why, other = self.lookup.earlier(fault.parent, fault.before, fault.element)
        if why == "before":
            return (
                f"{name} comes too late in {parent}: it must come before {tag(other)}",
                f"move {name} up, before {tag(other)}",
            )
        if why == "once":
            return f"{name} stands in {parent} once more than is allowed", f"keep one {name}; {self._here(fault)}"
        if why == "instead":
            return (
                f"{name} may not stand in {parent} together with {tag(other)}",
                f"use the one or the other; {self._here(fault)}",
            )
        return f"{name} is not allowed at this place in {parent}", self._here(fault)

    def _here(self, fault: Fault) -> str:
        """What may stand at the place of a fault."""
        if not fault.expected:
            return f"nothing more may stand in {tag(fault.parent)}" if fault.parent else "see the schema"
        near = [] if self.lookup.known(fault.element) else nearest_names(split(fault.element)[1], fault.expected)
        in_text = bool(fault.parent) and self.lookup.takes_text(fault.parent)
        ordered = [*near, *common_first(fault.expected, in_text=in_text)]
        inside = f"in {tag(fault.parent)} " if fault.parent else ""
        end = " (or nothing more)" if fault.ends and fault.parent else ""
        return f"here {inside}may stand {self.one_of(dict.fromkeys(ordered))}{end}"

    def too_early(self, fault: Fault) -> Sentences:
        first = self._each(fault.missing)
        name, parent = tag(fault.element), f" in {tag(fault.parent)}" if fault.parent else ""
        if not first:
            return f"{name} comes too early{parent}", f"something has to come before {name}; see the schema"
        verb = "are" if len(first) > 1 else "is"
        return f"{both(first)} {verb} missing before {name}{parent}", f"add {both(first)} before {name}"

    def out_of_order(self, fault: Fault) -> Sentences:
        name, other, parent = tag(fault.element), tag(fault.missing[0][0]), tag(fault.parent)
        return f"{name} comes too early in {parent}: it must come after {other}", f"move {name} down, after {other}"

    def incomplete(self, fault: Fault) -> Sentences:
        missing = self._each(fault.missing)
        many = any(len(names) > _SEVERAL for names in fault.missing)
        name = tag(fault.element)
        if not missing:
            return f"{name} is not complete", f"something is missing before </{split(fault.element)[1]}>; see the schema"
        more = " one more element:" if any(set(fault.before) & set(names) for names in fault.missing) else ""
        state = f"{name} lacks{more}" if fault.before else f"{name} has no elements in it: it lacks"
        return f"{state} {both(missing)}", f"add {'one of them' if many else both(missing)} before </{split(fault.element)[1]}>"

    def _each(self, missing: Sequence[Names]) -> list[str]:
        """Several things to add, each perhaps a choice."""
        choices = [names for names in missing if names]
        lead = "one of " if len(choices) > 1 else ""
        return [f"{lead if len(names) > 1 else ''}{self.one_of(common_first(names))}" for names in choices]

    # Attributes

    def attribute(self, fault: Fault) -> Sentences:
        key, name = at(fault.attribute), tag(fault.element)
        owners = self.lookup.owners(fault.attribute)
        near = meant(fault.attribute, fault.expected, ATTRIBUTES)
        hint = f"did you mean {either(map(at, near[:3]))}?" if near else ""
        if owners:
            where = f"{key} is allowed on {self.some(owners, tag)}"
            return f"{key} is not allowed on {name}", f"{hint} {where}".strip()
        message = f"the schema knows no attribute {key}"
        if hint:
            return f"{message} (on {name})", hint
        allowed = self.some(fault.expected, at)
        return f"{message} (on {name})", f"{name} may have {allowed}" if allowed else f"{name} takes no attributes"

    def attributes(self, fault: Fault) -> Sentences:
        names = both([at(each) for each in fault.expected]) or "none"
        return f"the attributes of {tag(fault.element)} do not go together: {names}", "use one or the other; see the schema"

    def no_attribute(self, fault: Fault) -> Sentences:
        name = tag(fault.element)
        choices = fault.missing[0]
        listed = self.some(choices, at)
        if len(choices) > 1:
            return f"{name} lacks one of its attributes: {listed}", f"add {listed}"
        wanted = self.values.wanted(fault.element, choices[0], self.lookup)
        return (
            f"{name} lacks {listed}",
            f'add {split(choices[0])[1] if not is_xml(choices[0]) else at(choices[0])[1:]}="…"{wanted}',
        )

    def value(self, fault: Fault) -> Sentences:
        return self.values.explain(fault, f"of {at(fault.attribute)}")

    # Text and identifiers

    def text(self, fault: Fault) -> Sentences:
        seen, name = quoted(fault.value), tag(fault.element)
        holders = self.lookup.text_holders(fault.expected)
        if holders:
            return (
                f"text is not allowed in {name}: {seen}",
                f"put it in an element, such as {either(map(tag, common_first(holders)[:3]))}",
            )
        if fault.expected:
            holds = self.one_of(common_first(fault.expected))
            return f"text is not allowed in {name}: {seen}", f"{name} holds elements only: {holds}"
        return f"text is not allowed in {name}: {seen}", f"remove it: {name} is to be empty here"

    def data(self, fault: Fault) -> Sentences:
        return self.values.explain(fault, f"in {tag(fault.element)}")

    def twice(self, fault: Fault) -> Sentences:
        first = (
            f"{fault.first.path}, line {fault.first.line}"
            if fault.first.path != fault.where.path
            else f"line {fault.first.line}"
        )
        there = f"; it was given first in {first}" if fault.first.line else ""
        return f"the identifier {quoted(fault.value)} occurs twice{there}", f"give each its own {at(fault.attribute)}"

    def no_id(self, fault: Fault) -> Sentences:
        message = f"nothing in the document has the identifier {quoted(fault.value)} that {at(fault.attribute)} refers to"
        return message, "check the spelling, or give the element that is meant this identifier"

    # Lists

    def one_of(self, names: Iterable[str]) -> str:
        """Element names as a list to choose from: the first of many, and the class that all of them make up, if one does."""
        listed = list(names)
        if len(listed) <= _FEW:
            return either(map(tag, listed))
        classes, others = self.lookup.gathered(listed)
        whole = f" (the class {classes[0]})" if len(classes) == 1 and not others else ""
        return self.some(listed, tag) + whole

    def some(self, names: Sequence[str], say: Callable[[str], str], most: int = _FEW) -> str:
        """The first of many names."""
        if len(names) <= most + 1:
            return either(map(say, names))
        return f"{', '.join(map(say, names[:most]))} or {len(names) - most} others"


def tag(name: str) -> str:
    return f"`{split(name)[1]}`"


def at(name: str) -> str:
    return f"@{'xml:' if is_xml(name) else ''}{split(name)[1]}"


def quoted(text: str) -> str:
    shown = " ".join(text.split()) or text
    return f"“{shown[:_SHORT]}…”" if len(shown) > _SHORT else f"“{shown}”"


def either(labels: Iterable[str]) -> str:
    *most, last = list(labels) or [""]
    return f"{', '.join(most)} or {last}" if most else last


def both(labels: list[str]) -> str:
    *most, last = labels or [""]
    return f"{', '.join(most)} and {last}" if most else last


_SENTENCES: dict[Kind, Callable[[Explainer, Fault], Sentences]] = {
    Kind.ELEMENT: Explainer.element,
    Kind.TOO_EARLY: Explainer.too_early,
    Kind.OUT_OF_ORDER: Explainer.out_of_order,
    Kind.INCOMPLETE: Explainer.incomplete,
    Kind.NO_ATTRIBUTE: Explainer.no_attribute,
    Kind.ATTRIBUTE: Explainer.attribute,
    Kind.ATTRIBUTES: Explainer.attributes,
    Kind.VALUE: Explainer.value,
    Kind.TEXT: Explainer.text,
    Kind.DATA: Explainer.data,
    Kind.TWICE: Explainer.twice,
    Kind.NO_ID: Explainer.no_id,
}
