"""Where a constraint without a context of its own is tested (Guidelines 22.5.2 leave it to what it is written on).

TEI's own tools take `@att` for an attribute of a class and `*` for a class, and so test elements that are no members. Here the
members that the customisation really has are named, one by one, unless the reference's behaviour is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.schematron.gather import Owner
from siglum.schema.tagdocs.specs import (
    TEI,
    AttDef,
    ClassSpec,
    DataSpec,
    ElementSpec,
    MacroSpec,
    Merged,
)

if TYPE_CHECKING:
    from siglum.schema.odd.schematron.members import Members
    from siglum.schema.odd.schematron.prefixes import Prefixes

_XML = "xml:"


class Contexts:
    """The contexts of one customisation's constraints."""

    def __init__(self, merged: Merged, members: Members, prefixes: Prefixes, deviations: frozenset[Deviation]) -> None:
        self.merged = merged
        self.members = members
        self.prefixes = prefixes
        self.deviations = deviations

    def make_reference_context(self, owner: Owner) -> str | None:
        """What TEI's own tools make of it; None where nothing can be said."""
        match owner.spec:
            case ElementSpec():
                name = self.prefixes.name(self._namespace(owner.spec), owner.spec.ident)
                return name + (f"/{self._attribute_step(owner.attribute)}" if owner.attribute else "")
            case ClassSpec():
                return self._attribute_step(owner.attribute) if owner.attribute else "*"
            case MacroSpec() | DataSpec():
                return None
            case None:
                return "/"
            case _:
                assert_never(owner.spec)

    def make_member_context(self, owner: Owner) -> str | None:
        """The same with the elements named that have the attribute or are in the class; empty where there are none."""
        match owner.spec:
            case ElementSpec():
                return self._list_paths([owner.spec], owner.attribute)
            case ClassSpec():
                members = self.members.having(owner.spec, owner.attribute) if owner.attribute else self.members.of(owner.spec)
                return self._list_paths(members, owner.attribute)
            case _:
                return self.make_reference_context(owner)

    def make_bearer_context(self, spec: ClassSpec, attribute: AttDef) -> str:
        """The elements on which an attribute of a class can be met; TEI's own tools look at direct members only."""
        if Deviation.CONTEXT_TOO_WIDE not in self.deviations:
            return self._list_paths(self.members.having(spec, attribute), None)
        if "global" in spec.ident:
            return self.prefixes.name(TEI, "*")
        return "|".join(self.name(each) for each in self.members.direct(spec))

    def sibling(self, spec: ElementSpec, name: str) -> str:
        """The name of another element in the same namespace."""
        return self.prefixes.name(self._namespace(spec), name)

    def name(self, spec: ElementSpec) -> str:
        """An element's name with its prefix, as documents have it."""
        return self.prefixes.name(
            self._namespace(spec), spec.ident if Deviation.ALT_IDENT_NOT_TESTED in self.deviations else spec.name
        )

    def _namespace(self, spec: ElementSpec) -> str:
        return self.merged.ns if spec.ns is None else spec.ns

    def _attribute_step(self, attribute: AttDef | None) -> str:
        assert attribute is not None
        return "@" + self.attribute(attribute)

    def attribute(self, attribute: AttDef) -> str:
        """An attribute's name with its prefix, if it has one."""
        return attribute.name if attribute.name.startswith(_XML) else self.prefixes.name(attribute.ns, attribute.name)

    def _list_paths(self, members: list[ElementSpec], attribute: AttDef | None) -> str:
        """One path a member; a namespace all of whose elements are meant is one path."""
        step = f"/{self._attribute_step(attribute)}" if attribute else ""
        chosen: dict[str, list[ElementSpec]] = defaultdict(list)
        for each in members:
            chosen[self._namespace(each)].append(each)
        whole = {ns for ns, those in chosen.items() if 1 < len(those) == self._elements_by_namespace[ns]}
        names = [
            self.prefixes.name(ns, "*") if ns in whole else self.name(each)
            for ns, those in chosen.items()
            for each in (those[:1] if ns in whole else those)
        ]
        return " | ".join(f"{name}{step}" for name in names)

    @cached_property
    def _elements_by_namespace(self) -> dict[str, int]:
        count: dict[str, int] = defaultdict(int)
        for each in self.members.elements:
            count[self._namespace(each)] += 1
        return count
