"""Attributes (Guidelines, 22.5.3): those of classes as patterns of their own, those of elements where they stand.

An element refers to `att.x.attributes` as a whole. Where it redefines or deletes an attribute of the class, or has one of the
name already, it refers to the others one by one. What the element says of an attribute beats what a class says, what a class
says beats the classes above it, and of two classes the first holds: TEI's own tools would make a schema that no one accepts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import assert_never

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.index import flatten_attributes, list_own_attributes, memberships
from siglum.schema.odd.relaxng.inherited import Inheritance
from siglum.schema.odd.relaxng.nodes import GONE, Nodes, drop_empty, make_choice
from siglum.schema.odd.relaxng.prefixes import prefixed_name
from siglum.schema.odd.relaxng.values import Values
from siglum.schema.odd.relaxng.work import GenerationContext, origin
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.compact.cursor import COMPATIBILITY
from siglum.schema.tagdocs import specs

_Bearer = specs.ElementSpec | specs.ClassSpec


class Attributes:
    """The attributes of all classes and elements of a customisation."""

    def __init__(self, work: GenerationContext, values: Values) -> None:
        self.work = work
        self.index = work.index
        self.values = values
        self.inheritance = Inheritance(work.index, work.deviations)

    # Classes

    def define_class(self, spec: specs.ClassSpec) -> None:
        """The pattern of a class, and one for each of its own attributes."""
        for each in list_own_attributes(spec.attributes):
            name = self.index.attribute_name(spec, each)
            self.work.define(name, lambda at=each: self.make_pattern(at), each.place)  # type: ignore[misc]
        self.work.define(self._whole_name(spec), lambda: _join(self._make_class(spec)), spec.place)

    def _whole_name(self, spec: specs.ClassSpec) -> str:
        return f"{self.index.prefixed(spec)}.attributes"

    def _make_class(self, spec: specs.ClassSpec) -> Nodes:
        if not self.inheritance.attributes_of(spec.ident).clean:
            return tuple(self._refer_one_by_one(spec, frozenset(), set()))
        above = tuple(
            self._refer_to_class(each)
            for each in self._list_classes(spec)
            if self.inheritance.attributes_of(each.ident).attributes
        )
        return (*above, *self._make_tree(spec, spec.attributes, frozenset()))

    def _list_classes(self, spec: _Bearer) -> list[specs.ClassSpec]:
        """The attribute classes of a class or element that are there."""
        found = map(self.index.attribute_classes.get, memberships(spec))
        return [each for each in found if each is not None]

    def _refer_to_class(self, spec: specs.ClassSpec) -> s.Pattern:
        return self.work.ref(self._whole_name(spec))

    def _refer_one_by_one(self, spec: specs.ClassSpec, skip: Collection[str], seen: set[str]) -> Iterator[s.Pattern]:
        """References to the attributes that a class gives, but those to be skipped and those given before."""
        mine = [each.ident for each in list_own_attributes(spec.attributes)]
        for above in self._list_classes(spec):
            yield from self._refer_one_by_one(above, {*skip, *mine}, seen)
        yield from self._make_tree(spec, spec.attributes, {*skip, *seen})
        seen.update(self.inheritance.attributes_of(spec.ident).attributes)

    # Elements

    def make_element(self, spec: specs.ElementSpec) -> Nodes:
        """The attributes of an element: by its classes, in their order, then its own."""
        taken = {each.ident for each in flatten_attributes(spec.attributes)}
        found: list[s.Pattern] = []
        for each in self._list_classes(spec):
            found += self._make_given(each, taken)
        return (*found, *self._make_tree(spec, spec.attributes, taken))

    def _make_given(self, spec: specs.ClassSpec, taken: set[str]) -> list[s.Pattern]:
        """What one class gives besides what the element says itself or has from other classes, which is `taken`."""
        given = self.inheritance.attributes_of(spec.ident)
        if not given.attributes:
            return []
        whole = given.clean and given.attributes.keys().isdisjoint(taken)
        found = [self._refer_to_class(spec)] if whole else list(self._refer_one_by_one(spec, taken, set()))
        taken.update(given.attributes)
        return found

    # Lists of attributes

    def _make_tree(self, bearer: _Bearer, at: specs.Attribute | None, skip: Collection[str]) -> Nodes:
        """What a list of attributes stands for: definitions in an element; in a class, references to their patterns.

        `skip` holds for what classes give; what an element defines is never skipped.
        """
        match at:
            case None:
                return ()
            case specs.AttDef():
                return self._make_definition(bearer, at, skip)
            case specs.AttRef():
                return self._make_reference(at, skip)
            case specs.AttList():
                inner = tuple(node for each in at.children for node in self._make_tree(bearer, each, skip))
                return self._make_list(bearer, at, inner)
            case _:
                assert_never(at)

    def _make_definition(self, bearer: _Bearer, at: specs.AttDef, skip: Collection[str]) -> Nodes:
        if at.mode == "delete" or at.ident.startswith("xmlns"):
            return ()
        if isinstance(bearer, specs.ElementSpec):
            return (self.make_pattern(at),)
        return () if at.ident in skip else (self.work.ref(self.index.attribute_name(bearer, at)),)

    def _make_list(self, bearer: _Bearer, at: specs.AttList, inner: Nodes) -> Nodes:
        if len(inner) < 2 or (at.org == "group" and at is bearer.attributes):
            return inner
        if at.org == "group":
            return (s.Group(inner),)
        if at is bearer.attributes or isinstance(bearer, specs.ClassSpec):
            message = f"a choice of the attributes of `{bearer.ident}`: TEI's tools make none, and allow them side by side"
            self.work.say(
                codes.CHOICE_LOST, at.place, message, "put the choice into the elements, in an attList within their attList"
            )
            if Deviation.ATTRIBUTE_CHOICE_LOST in self.work.deviations:
                return inner
        return (make_choice(inner, strict=Deviation.VALUES_LOST in self.work.deviations),)

    def _make_reference(self, ref: specs.AttRef, skip: Collection[str]) -> Nodes:
        if not ref.class_:
            return self._refer_to_pattern(ref)
        meant = self.inheritance.resolve_reference(ref)
        found = self.inheritance.attributes_of(ref.class_).attributes.get(ref.name)
        if found is not None and found[0].ident != ref.class_:
            above = found[0].ident
            message = f"`{ref.class_}` has @{ref.name} from `{above}`, where TEI's tools do not look: they leave it out"
            self.work.say(codes.ABOVE, ref.place, message, f'write class="{above}"')
        if not ref.name and meant and meant.keys().isdisjoint(skip):
            return (self._refer_to_class(self.index.attribute_classes[ref.class_]),)
        names = (self.index.attribute_name(*each) for ident, each in meant.items() if ident not in skip)
        return tuple(map(self.work.ref, names))

    def _refer_to_pattern(self, ref: specs.AttRef) -> Nodes:
        """What the name of a pattern stands for, be it in a grammar that was taken in."""
        found = self.work.named(ref.name)
        if found is GONE:
            message = f"these attributes are those of the pattern `{ref.name}`, which is not in the schema: it is left out"
            help_ = "check the name and the prefixes; or name a class with @class"
            self.work.say(codes.ABSENT, ref.place, message, help_)
        return drop_empty((found,))

    # One attribute

    def make_pattern(self, at: specs.AttDef) -> s.Pattern:
        """An attribute, which may be left out unless it is required."""
        found = s.AttributePattern(
            self._make_name(at), self.values.make_attribute_value(at), origin=origin(at.place), notes=_make_default(at)
        )
        return found if at.usage == "req" else s.Optional(found)

    def _make_name(self, at: specs.AttDef) -> s.Name:
        if at.ns:
            return s.Name(at.ns, at.name.rpartition(":")[2])
        return prefixed_name(self.work, at, "", f"@{at.name}")


def _join(nodes: Nodes) -> s.Pattern:
    return nodes[0] if len(nodes) == 1 else s.Group(nodes) if nodes else s.Empty()


def _make_default(at: specs.AttDef) -> s.Notes:
    if not at.default:
        return _NO_NOTES
    value = " ".join(at.default.split())
    return s.Notes(attributes=(s.Attribute((COMPATIBILITY, "defaultValue"), value, "a"),))


_NO_NOTES = s.Notes()
