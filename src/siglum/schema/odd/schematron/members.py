"""Which elements a class has, and on which of them an attribute of it can be met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from siglum.schema.tagdocs.specs import AttDef, AttList, AttRef, ClassSpec, ElementSpec, Merged


class Members:
    """The memberships of one customisation. They are looked up once: many constraints ask."""

    def __init__(self, merged: Merged) -> None:
        self.elements = [each for each in merged.specs if isinstance(each, ElementSpec)]
        self._classes = {each.ident: each for each in merged.specs if isinstance(each, ClassSpec)}
        self._memberships = [(each, self._above(each)) for each in self.elements]
        self._used = {key for _, above in self._memberships for key in above}
        self._used |= {key for each in merged.specs for key in _referred(getattr(each, "attributes", None))}

    def uses(self, spec: ClassSpec) -> bool:
        """Whether any element is in the class or takes attributes from it; a class that none uses is no part of a schema."""
        return spec.ident in self._used

    def direct(self, spec: ClassSpec) -> list[ElementSpec]:
        """The elements that name the class themselves."""
        return [each for each in self.elements if each.classes and spec.ident in {one.key for one in each.classes.members}]

    def of(self, spec: ClassSpec) -> list[ElementSpec]:
        """The elements in a class or in one below it."""
        return [each for each, above in self._memberships if spec.ident in above]

    def having(self, spec: ClassSpec, attribute: AttDef) -> list[ElementSpec]:
        """The elements that have this attribute from this class, and have not changed it or taken it away."""
        return [
            each
            for each, above in self._memberships
            if attribute.ident not in {own.ident for own in _definitions(each.attributes)}
            and (spec.ident in above or _refers(each.attributes, spec.ident, attribute.ident))
        ]

    def _above(self, element: ElementSpec) -> set[str]:
        """The classes that an element is in, those above them too; a circle among them does no harm."""
        todo = [each.key for each in element.classes.members] if element.classes else []
        known: set[str] = set()
        while todo:
            key = todo.pop()
            if key not in known and key in self._classes:
                known.add(key)
                classes = self._classes[key].classes
                todo += [each.key for each in classes.members] if classes else []
        return known


def _definitions(attlist: AttList | None) -> Iterator[AttDef]:
    return (each for each in _listed(attlist) if isinstance(each, AttDef))


def _referred(attlist: AttList | None) -> Iterator[str]:
    return (each.class_ for each in _listed(attlist) if isinstance(each, AttRef))


def _refers(attlist: AttList | None, key: str, name: str) -> bool:
    return any(isinstance(each, AttRef) and each.class_ == key and each.name in {"", name} for each in _listed(attlist))


def _listed(attlist: AttList | None) -> Iterator[AttDef | AttRef]:
    """What a list holds, with what the lists in it hold."""
    for each in attlist.children if attlist else ():
        match each:
            case AttDef() | AttRef():
                yield each
            case AttList():
                yield from _listed(each)
            case _:
                assert_never(each)
