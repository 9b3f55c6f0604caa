"""Which constraints a customisation has, and what each of them is written on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from siglum.schema.odd.codes import make_finding
from siglum.schema.tagdocs.specs import (
    AnySpec,
    AttDef,
    AttList,
    AttRef,
    ClassSpec,
    Constraint,
    DataSpec,
    ElementSpec,
    MacroSpec,
    Merged,
)
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.schema.odd.schematron.members import Members
    from siglum.text.diagnostic import Finding

SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
SCHEMATRON_1_5 = "http://www.ascc.net/xml/schematron"
XSL = "http://www.w3.org/1999/XSL/Transform"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SCHEMES = frozenset({"schematron", "isoschematron"})
"""Values of `scheme` that mean ISO Schematron: today's, and that of ODDs older than 2014."""


@frozen
class Owner:
    """What a constraint is written on: a spec, one of its attributes, or (both None) the schemaSpec."""

    spec: AnySpec | None = None
    attribute: AttDef | None = None

    @property
    def label(self) -> str:
        """As a message names it: `date/@when`, `att.typed`."""
        names = [self.spec.ident] if self.spec else []
        return "/".join([*names, f"@{self.attribute.ident}"] if self.attribute else names) or "the schema"


def list_constraints(merged: Merged) -> Iterator[tuple[Constraint, Owner]]:
    """All constraints in the order of the specs; one that several specs share (same parsed element) comes with each."""
    for spec in merged.specs:
        for each in spec.constraints:
            yield each, Owner(spec)
        for attribute in list_attributes(spec):
            for each in attribute.constraints:
                yield each, Owner(spec, attribute)
    for each in merged.constraints:
        yield each, Owner()


def list_attributes(spec: AnySpec) -> Iterator[AttDef]:
    """The attributes that a spec itself defines or redefines, those in nested lists too."""
    match spec:
        case ElementSpec() | ClassSpec():
            yield from _flatten(spec.attributes)
        case MacroSpec() | DataSpec():
            return
        case _:
            assert_never(spec)


def _flatten(attlist: AttList | None) -> Iterator[AttDef]:
    for each in attlist.children if attlist else ():
        match each:
            case AttDef():
                if each.mode != "delete":
                    yield each
            case AttList():
                yield from _flatten(each)
            case AttRef():
                pass
            case _:
                assert_never(each)


def select_constraints(
    found: Iterator[tuple[Constraint, Owner]], merged: Merged, members: Members, lang: str, findings: list[Finding]
) -> list[tuple[Constraint, Owner]]:
    """Those that are Schematron, in this language, and part of the schema. What is left out of the ODD itself is told."""
    taken = []
    for constraint, owner in found:
        if constraint.element is None or not _is_schematron(constraint, owner, findings):
            continue
        reason = _report_left_out(constraint, owner, members, lang)
        if reason is None:
            taken.append((constraint, owner))
        elif constraint.place.path == merged.place.path:
            findings.append(reason)
    return taken


def _report_left_out(constraint: Constraint, owner: Owner, members: Members, lang: str) -> Finding | None:
    spoken = _find_language(constraint)
    if spoken and spoken != lang and not spoken.startswith(f"{lang}-"):
        return make_finding("O306", constraint.place, constraint.ident, spoken, lang)
    if isinstance(owner.spec, ClassSpec) and not members.uses(owner.spec):
        return make_finding("O308", constraint.place, constraint.ident, owner.label)
    return None


def _find_language(constraint: Constraint) -> str:
    """The constraint's own language: what it inherits from the prose around it says nothing about a translation."""
    inside = [*constraint.element.iterchildren("{*}constraint")] if constraint.element is not None else []
    own = [constraint.element] if constraint.element is not None else []
    return next((value for each in [*own, *inside] if (value := each.get(_LANG))), "")


def _is_schematron(constraint: Constraint, owner: Owner, findings: list[Finding]) -> bool:
    if constraint.scheme in SCHEMES:
        return True
    if not constraint.scheme and _holds_rules(constraint):
        findings.append(make_finding("O305", constraint.place, constraint.ident, owner.label))
    return False


def _holds_rules(constraint: Constraint) -> bool:
    return constraint.element is not None and next(constraint.element.iter(f"{{{SCHEMATRON}}}*"), None) is not None
