"""What attribute classes give their members: by name, with where it comes from, and whether any name comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng.index import Index, memberships, own
from siglum.schema.tagdocs import specs

Source = tuple[specs.ClassSpec, specs.AttDef]
"""The class that defines an attribute, and the definition."""


@dataclass(slots=True)
class Given:
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
        self._known: dict[str, Given] = {}
        self._open: list[str] = []

    def given(self, key: str) -> Given:
        """What a class gives; nothing where it is absent, or where it is above itself."""
        known = self._known.get(key)
        if known is not None:
            return known
        spec = self.index.attribute_classes.get(key)
        if spec is None or key in self._open:
            return Given()
        self._open.append(key)
        found = Given()
        found.add({each.ident: (spec, each) for each in own(spec.attributes)})
        for ref in refs(spec.attributes):
            found.add(self.meant(ref))
        for above in memberships(spec):
            inherited = self.given(above)
            found.add(inherited.attributes)
            found.clean = found.clean and inherited.clean
        self._open.pop()
        self._known[key] = found
        return found

    def meant(self, ref: specs.AttRef) -> dict[str, Source]:
        """The attributes of a class that an attRef means; TEI's tools do not find there what a class has from above."""
        given = self.given(ref.class_).attributes
        if not ref.name:
            return given
        found = given.get(ref.name)
        if found is None or (Deviation.INHERITED_NOT_FOUND in self.deviations and found[0].ident != ref.class_):
            return {}
        return {ref.name: found}


def refs(at: specs.Attribute | None) -> Iterator[specs.AttRef]:
    """All references to classes and their attributes in a list and the lists in it."""
    if isinstance(at, specs.AttRef) and at.class_:
        yield at
    elif isinstance(at, specs.AttList):
        for each in at.children:
            yield from refs(each)
