"""What is in a customisation, by name: the specs of each kind, who is a member of what, and the names of their patterns.

Pattern names are those of TEI's own tools, since ODDs that hold RELAX NG speak of them: `p`, `model.pLike`, `macro.xtext`,
`att.global.attributes`, `att.global.attribute.xmlid`, each with the prefix of the spec or of the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import get_args

from siglum.schema.tagdocs import specs

EXPANSIONS: tuple[specs.Expand, ...] = get_args(specs.Expand)
Member = tuple[specs.ElementSpec | specs.ClassSpec, specs.MemberOf]


@dataclass(slots=True)
class Index:
    """`elements` holds more than one spec where namespaces differ; `names`: of patterns, by the identity of the spec."""

    merged: specs.Merged
    elements: dict[str, list[specs.ElementSpec]] = field(default_factory=dict)
    models: dict[str, specs.ClassSpec] = field(default_factory=dict)
    attribute_classes: dict[str, specs.ClassSpec] = field(default_factory=dict)
    macros: dict[str, specs.MacroSpec | specs.DataSpec] = field(default_factory=dict)
    members: dict[str, list[Member]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for spec in self.merged.specs:
            self._add(spec)
        elements = [spec for same in self.elements.values() for spec in same]
        taken: set[str] = set()
        for each in (*elements, *self.models.values(), *self.macros.values()):
            self.names[id(each)] = _make_unique(self.prefixed(each), taken)

    def _add(self, spec: specs.AnySpec) -> None:
        match spec:
            case specs.ElementSpec():
                same = self.elements.setdefault(spec.ident, [])
                if not any(each.ns == spec.ns for each in same):
                    same.append(spec)
                    self._join(spec)
            case specs.ClassSpec(type="atts"):
                self.attribute_classes.setdefault(spec.ident, spec)
            case specs.ClassSpec():
                self.models.setdefault(spec.ident, spec)
                self._join(spec)
            case specs.MacroSpec() | specs.DataSpec():
                self.macros.setdefault(spec.ident, spec)

    def _join(self, spec: specs.ElementSpec | specs.ClassSpec) -> None:
        for key, member in memberships(spec).items():
            self.members.setdefault(key, []).append((spec, member))

    def prefixed(self, spec: specs.AnySpec) -> str:
        """The name of a spec's pattern, which can have no colon."""
        prefix = self.merged.prefix if spec.prefix is None else spec.prefix
        return self.names.get(id(spec)) or prefix + spec.ident.replace(":", "")

    def namespace(self, spec: specs.ElementSpec) -> str:
        return self.merged.ns if spec.ns is None else spec.ns

    def attribute_name(self, spec: specs.ClassSpec, attribute: specs.AttDef) -> str:
        """The name of the pattern of one attribute of a class."""
        return f"{self.prefixed(spec)}.attribute.{attribute.ident.replace(':', '')}"

    def by_name(self, name: str) -> str | None:
        """The pattern that the name of an element, class or macro means, or that of a class with an expansion behind it."""
        if name in self.elements:
            return self.names[id(self.elements[name][0])]
        spec = self.models.get(name) or self.macros.get(name)
        if spec is not None:
            return self.prefixed(spec)
        base, _, expand = name.rpartition("_")
        return f"{self.prefixed(self.models[base])}_{expand}" if base in self.models and expand in EXPANSIONS else None

    def pattern_names(self) -> Iterator[str]:
        """The names of all patterns that the specs lead to."""
        yield from self.names.values()
        for model in self.models.values():
            yield from (f"{self.prefixed(model)}_{expand}" for expand in EXPANSIONS)
        for spec in self.attribute_classes.values():
            yield f"{self.prefixed(spec)}.attributes"
            yield from (self.attribute_name(spec, each) for each in list_own_attributes(spec.attributes))


def memberships(spec: specs.ElementSpec | specs.ClassSpec) -> dict[str, specs.MemberOf]:
    """The classes that a spec says it is a member of, each once; they need not be there."""
    members = spec.classes.members if spec.classes else ()
    return {each.key: each for each in members if each.mode != "delete"}


def _make_unique(name: str, taken: set[str]) -> str:
    """The name itself, or with a number if another spec has it already."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found


def list_own_attributes(at: specs.Attribute | None) -> Iterator[specs.AttDef]:
    """The definitions in a list of attributes and the lists in it, less those that delete, and declarations of namespaces."""
    return (each for each in flatten_attributes(at) if each.mode != "delete" and not each.ident.startswith("xmlns"))


def flatten_attributes(at: specs.Attribute | None) -> Iterator[specs.AttDef]:
    """All definitions in a list of attributes and the lists in it."""
    if isinstance(at, specs.AttDef):
        yield at
    elif isinstance(at, specs.AttList):
        for each in at.children:
            yield from flatten_attributes(each)
