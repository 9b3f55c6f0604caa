"""What each constraint contributes to the schema: patterns, and what Schematron wants beside them (ISO/IEC 19757-3, 5.4.10).

A pattern is copied. Rules are put into a pattern. Bare assertions are put into a rule, and it into a pattern, with the context
that follows from what the constraint is written on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING, Any

from lxml import etree

from siglum.schema.odd.codes import make_finding
from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.schematron.gather import SCHEMATRON, XSL, Owner
from siglum.schema.tagdocs.specs import NOWHERE, Constraint, Merged, Place
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.schema.odd.schematron.contexts import Contexts
    from siglum.text.diagnostic import Finding

SCH = f"{{{SCHEMATRON}}}"
_SQF = "{http://www.schematron-quickfix.com/validator/process}"
_TESTS = frozenset(f"{SCH}{name}" for name in ("assert", "report", "extends"))
_IN_RULE = _TESTS | {f"{_SQF}fix", f"{_SQF}group"}
_PLACES = {
    f"{SCH}include": "includes",
    f"{SCH}phase": "phases",
    f"{SCH}pattern": "patterns",
    f"{SCH}diagnostics": "diagnostics",
    f"{SCH}properties": "properties",
}
"""What stands directly in the schema, and the field of Body that keeps it."""
_ELSEWHERE = frozenset(f"{SCH}{name}" for name in ("ns", "rule", "let", "key", "title", "p")) | _IN_RULE
_PLAIN: dict[Any, str] = {None: SCHEMATRON}
"""Schematron without a prefix; lxml's types do not know that a prefix may be None."""
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


@frozen
class Body:
    """Parts of a schema, each as a parsed element nobody else holds. `places` says where the patterns were written."""

    includes: tuple[etree._Element, ...] = ()
    foreign: tuple[etree._Element, ...] = ()
    lets: tuple[etree._Element, ...] = ()
    phases: tuple[etree._Element, ...] = ()
    patterns: tuple[etree._Element, ...] = ()
    diagnostics: tuple[etree._Element, ...] = ()
    properties: tuple[etree._Element, ...] = ()
    places: tuple[Place, ...] = ()

    @classmethod
    def join(cls, bodies: Iterable[Body]) -> Body:
        """One schema of many; patterns keep their identifiers apart."""
        parts = list(bodies)
        whole = {each.name: tuple(chain.from_iterable(getattr(part, each.name) for part in parts)) for each in fields(cls)}
        _make_ids_unique(whole["patterns"])
        return cls(**whole)

    def list_written(self) -> Iterator[tuple[etree._Element, Place]]:
        """What holds paths, with its place."""
        for each in (*self.lets, *self.diagnostics, *self.properties):
            yield each, NOWHERE
        yield from zip(self.patterns, self.places, strict=True)


def _make_ids_unique(patterns: Iterable[etree._Element]) -> None:
    """Identifiers that were given stay; one that is taken already gets a number (`id` is of type ID)."""
    seen: set[str] = set()
    for pattern in patterns:
        name = wished = pattern.get("id", "")
        number = 1
        while name and name in seen:
            number += 1
            name = f"{wished}-{number}"
        if name:
            seen.add(name)
            pattern.set("id", name)


def make_bodies(
    taken: list[tuple[Constraint, Owner]], merged: Merged, contexts: Contexts, findings: list[Finding]
) -> Iterator[Body]:
    """What every constraint contributes; one that several specs share contributes once for each of its contexts."""
    seen: set[tuple[int, str]] = set()
    for constraint, owner in taken:
        context = _choose_context(constraint, owner, contexts, findings) if _needs_context(constraint) else ""
        key = (id(constraint.element), context or "")
        if context is not None and key not in seen:
            seen.add(key)
            yield _make_body(constraint, owner, context, merged, findings)


def _list_children(constraint: Constraint) -> list[etree._Element]:
    """The elements in all its `constraint` children."""
    inside = constraint.element.iterchildren("{*}constraint") if constraint.element is not None else ()
    return [each for one in inside for each in one.iterchildren(etree.Element)]


def _needs_context(constraint: Constraint) -> bool:
    return any(
        each.tag in _TESTS or next(_find_rules_without_context(each), None) is not None for each in _list_children(constraint)
    )


def _find_rules_without_context(element: etree._Element) -> Iterator[etree._Element]:
    """The rules without context; an abstract rule has none by right."""
    return (each for each in element.iter(f"{SCH}rule") if each.get("context") is None and each.get("abstract") != "true")


def _choose_context(constraint: Constraint, owner: Owner, contexts: Contexts, findings: list[Finding]) -> str | None:
    context, other = contexts.make_member_context(owner), contexts.make_reference_context(owner)
    facts = (constraint.ident, owner.label)
    if context is None or other is None:
        findings.append(make_finding("O301", constraint.place, *facts))
        return None
    if not context:
        findings.append(make_finding("O308", constraint.place, *facts))
    elif context != other:
        findings.append(make_finding("O310", constraint.place, *facts, _shorten(context), other))
    return (other if Deviation.CONTEXT_TOO_WIDE in contexts.deviations else context) or None


def _shorten(context: str, most: int = 5) -> str:
    paths = context.split(" | ")
    return " | ".join(paths[:most]) + (f" and {len(paths) - most} more" if len(paths) > most else "")


def _make_body(constraint: Constraint, owner: Owner, context: str, merged: Merged, findings: list[Finding]) -> Body:
    children = _list_children(constraint)
    kept: dict[str, list[etree._Element]] = {each.name: [] for each in fields(Body)}
    for child in children:
        if child.tag in _PLACES:
            kept[_PLACES[child.tag]].append(copy_element(child))
        elif child.tag not in _ELSEWHERE and not str(child.tag).startswith(SCH):
            kept["foreign"].append(copy_element(child))
    lets = [copy_element(each) for each in children if each.tag == f"{SCH}let"]
    spec, attribute = owner.spec, owner.attribute
    name = make_identifier(merged.ident, spec.ident if spec else "", attribute.ident if attribute else "", constraint.ident)
    wrapped = _make_patterns(children, context, name)
    if not wrapped:
        kept["lets"] += lets
    kept["patterns"] += wrapped
    for pattern in kept["patterns"]:
        pattern.set("id", pattern.get("id") or name)
        for rule in _find_rules_without_context(pattern):
            rule.set("context", context)
    _report_unusable(constraint, owner, children, kept, findings)
    places = (constraint.place,) * len(kept["patterns"])
    return Body(**{name: tuple(those) for name, those in kept.items() if name != "places"}, places=places)


def _report_unusable(
    constraint: Constraint,
    owner: Owner,
    children: list[etree._Element],
    kept: dict[str, list[etree._Element]],
    findings: list[Finding],
) -> None:
    if any(each.tag == f"{SCH}key" for each in children):
        findings.append(make_finding("O304", constraint.place, constraint.ident))
    useful = any(str(each.tag).startswith((SCH, f"{{{XSL}}}", _SQF)) for each in children)
    if not useful and constraint.mode != "delete":
        findings.append(make_finding("O307", constraint.place, constraint.ident, owner.label))
        kept["foreign"].clear()


def make_identifier(*steps: str) -> str:
    """A name in the sense of XML, of the steps that lead to what it names."""
    name = "-".join(_NOT_IN_NAMES.sub("_", each) for each in steps if each)
    return name if re.match(r"[^\W\d]", name) else f"_{name}"


def _make_patterns(children: list[etree._Element], context: str, name: str) -> list[etree._Element]:
    """The patterns made of rules and of bare assertions; variables of the constraint go into each."""
    lets = [each for each in children if each.tag == f"{SCH}let"]
    said = [each for each in children if each.tag in {f"{SCH}title", f"{SCH}p"}]
    rules = [each for each in children if each.tag == f"{SCH}rule"]
    bare = [each for each in children if each.tag in _IN_RULE] if any(each.tag in _TESTS for each in children) else []
    made = []
    if rules:
        made.append(make_element("pattern", {"id": name}, [copy_element(each) for each in [*said, *lets, *rules]]))
    if bare:
        rule = make_element("rule", {"context": context}, [copy_element(each) for each in [*lets, *bare]])
        made.append(make_element("pattern", {"id": name}, [*(copy_element(each) for each in said if not rules), rule]))
    return made


def make_element(name: str, attributes: dict[str, str], content: Iterable[etree._Element | str] = ()) -> etree._Element:
    """An element of Schematron with text and elements in it."""
    made = etree.Element(f"{SCH}{name}", attributes, nsmap=_PLAIN)
    for each in content:
        if isinstance(each, str):
            _add_text(made, each)
        else:
            made.append(each)
    return made


def copy_element(source: etree._Element) -> etree._Element:
    """A copy that has no prefix where it is Schematron, and elsewhere the prefixes it had: its own paths may use them."""
    bound = {prefix: uri for prefix, uri in source.nsmap.items() if prefix and uri != SCHEMATRON}
    foreign = not str(source.tag).startswith(SCH)
    used = {uri for uri in bound.values() if any(str(name).startswith(f"{{{uri}}}") for name in source.attrib)}
    kept: dict[Any, str] = {prefix: uri for prefix, uri in bound.items() if foreign or uri in used}
    own: dict[Any, str] = {} if foreign else _PLAIN
    attributes = {str(key): str(value) for key, value in source.attrib.items()}
    made = etree.Element(source.tag, attributes, nsmap={**kept, **own})
    made.text = source.text
    for child in source:
        if isinstance(child, etree._ProcessingInstruction | etree._Entity):
            _add_text(made, child.tail or "")
        else:
            new = copy_element(child) if isinstance(child.tag, str) else etree.Comment(child.text or "")
            new.tail = child.tail
            made.append(new)
    return made


def _add_text(to: etree._Element, text: str) -> None:
    """At the end of what is there."""
    if len(to):
        to[-1].tail = (to[-1].tail or "") + text
    else:
        to.text = (to.text or "") + text
