"""What attribute classes give their members: by name, with where it comes from, and whether any name comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng.index import Index, list_own_attributes, memberships
from siglum.schema.tagdocs import specs

Source = tuple[specs.ClassSpec, specs.AttDef]
"""The class that defines an attribute, and the definition."""


@dataclass(slots=True)
class ClassAttributes:
    """`attributes` by ident; `clean`: none of them comes in by more than one way."""

    attributes: dict[str, Source] = field(default_factory=dict)
    clean: bool = True

    def add(self, found: dict[str, Source]) -> None:
        """More attributes; those that are there already stay."""
        self.clean = self.clean and self.attributes.keys().isdisjoint(found)
        self.attributes = {**found, **self.attributes}


class Inheritance:
    """What every class gives, with what the classes above it give."""

    def __init__(self, index: Index, deviations: frozenset[Deviation]) -> None:
        self.index = index
        self.deviations = deviations
        self._known: dict[str, ClassAttributes] = {}
        self._open: list[str] = []

    def attributes_of(self, key: str) -> ClassAttributes:
        """What a class gives; nothing where it is absent, or where it is above itself."""
        known = self._known.get(key)
        if known is not None:
            return known
        spec = self.index.attribute_classes.get(key)
        if spec is None or key in self._open:
            return ClassAttributes()
        self._open.append(key)
        found = ClassAttributes()
        found.add({each.ident: (spec, each) for each in list_own_attributes(spec.attributes)})
        for ref in list_references(spec.attributes):
            found.add(self.resolve_reference(ref))
        for above in memberships(spec):
            inherited = self.attributes_of(above)
            found.add(inherited.attributes)
            found.clean = found.clean and inherited.clean
        self._open.pop()
        self._known[key] = found
        return found

    def resolve_reference(self, ref: specs.AttRef) -> dict[str, Source]:
        """The attributes of a class that an attRef means; TEI's tools do not find there what a class has from above."""
        given = self.attributes_of(ref.class_).attributes
        if not ref.name:
            return given
        found = given.get(ref.name)
        if found is None or (Deviation.INHERITED_NOT_FOUND in self.deviations and found[0].ident != ref.class_):
            return {}
        return {ref.name: found}


def list_references(at: specs.Attribute | None) -> Iterator[specs.AttRef]:
    """All references to classes and their attributes in a list and the lists in it."""
    if isinstance(at, specs.AttRef) and at.class_:
        yield at
    elif isinstance(at, specs.AttList):
        for each in at.children:
            yield from list_references(each)
