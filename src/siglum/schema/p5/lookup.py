"""The questions people ask of a source: what an element may contain and stand in, its attributes and where each is from.

A source is taken as it stands: its element specs may change or delete what they inherit from classes (modes of attDef), and
nothing else is merged. Names are in the order of the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeVar, assert_never

from siglum.schema.tagdocs import specs as s
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.schema.relaxng import syntax as rng

_Spec = TypeVar("_Spec", bound=s.Spec)


@frozen
class GivenAttribute:
    """An attribute of an element: `of` is the class it comes from, empty where the element has it for itself.

    `changed`: whether the element says something about it that the class does not.
    """

    attribute: s.AttDef
    of: str = ""
    changed: bool = False


@frozen
class AllowedContent:
    """What may stand directly in an element: elements, text, a value of a datatype, or elements of any name."""

    elements: frozenset[str] = frozenset()
    text: bool = False
    value: bool = False
    anything: bool = False

    def __or__(self, other: AllowedContent) -> AllowedContent:
        return AllowedContent(
            self.elements | other.elements,
            self.text or other.text,
            self.value or other.value,
            self.anything or other.anything,
        )


_NOTHING = AllowedContent()


class Lookup:
    """Answers about one source. Names that the source does not have are answered with nothing."""

    def __init__(self, source: s.Source) -> None:
        self.source = source
        self.elements = _select_kind(source, s.ElementSpec)
        self.classes = _select_kind(source, s.ClassSpec)
        self.macros = _select_kind(source, s.MacroSpec)
        self.datatypes = _select_kind(source, s.DataSpec)

    # Classes

    @cached_property
    def _direct(self) -> dict[str, list[s.Spec]]:
        found: dict[str, list[s.Spec]] = {}
        for spec in self.source.specs:
            for key in memberships(spec):
                found.setdefault(key, []).append(spec)
        return found

    def members(self, class_: str) -> tuple[s.Spec, ...]:
        """The elements and classes that say they are members of a class."""
        return tuple(self._direct.get(class_, ()))

    @cache  # noqa: B019 - a lookup lives as long as its answers are wanted
    def all_members(self, class_: str) -> tuple[str, ...]:
        """The elements in a class, directly or through classes in it."""
        if class_ not in self.classes:
            return ()
        below = _close(class_, lambda key: (each.ident for each in self.members(key) if isinstance(each, s.ClassSpec)))
        found = {each.ident for key in below for each in self.members(key) if isinstance(each, s.ElementSpec)}
        return tuple(each for each in self.elements if each in found)

    def all_classes(self, spec: s.Spec) -> tuple[str, ...]:
        """The classes that an element or class is in, directly or through other classes, the nearest first."""
        found: dict[str, None] = {}
        for key in memberships(spec):
            found |= dict.fromkeys(_close(key, lambda each: memberships(self.classes.get(each))))
        return tuple(found)

    # Attributes

    def attributes(self, element: str) -> tuple[GivenAttribute, ...]:
        """The attributes of an element: those of its classes, as changed by itself, and its own."""
        spec = self.elements.get(element)
        if spec is None:
            return ()
        found = {each.attribute.ident: each for class_ in self.all_classes(spec) for each in self._of_class(class_)}
        for own in self._list_attributes(spec.attributes):
            _put(found, own)
        return tuple(found.values())

    def class_attributes(self, class_: str) -> tuple[GivenAttribute, ...]:
        """The attributes that a class gives: its own, and those of the classes it is in."""
        spec = self.classes.get(class_)
        if spec is None:
            return ()
        found = {each.attribute.ident: each for each in self._of_class(class_)}
        for above in self.all_classes(spec):
            found = {each.attribute.ident: each for each in self._of_class(above)} | found
        return tuple(found.values())

    def _of_class(self, class_: str, inside: frozenset[str] = frozenset()) -> Iterator[GivenAttribute]:
        """What a class says itself. `inside`: the classes being looked into, since an attRef may lead back to one."""
        spec = self.classes.get(class_)
        if spec is None or class_ in inside:
            return
        for each in self._list_attributes(spec.attributes, inside | {class_}):
            if each.attribute.mode != "delete":
                yield each if each.of else replace(each, of=class_)

    def _list_attributes(self, attributes: s.AttList | None, inside: frozenset[str] = frozenset()) -> Iterator[GivenAttribute]:
        for each in attributes.children if attributes else ():
            match each:
                case s.AttDef():
                    yield GivenAttribute(each)
                case s.AttList():
                    yield from self._list_attributes(each, inside)
                case s.AttRef():
                    yield from self._resolve_attribute_refs(each, inside)
                case _:
                    assert_never(each)

    def _resolve_attribute_refs(self, ref: s.AttRef, inside: frozenset[str]) -> Iterator[GivenAttribute]:
        """What an attRef means. Older ones name a pattern: att.global.attribute.xmlspace, or att.global.attributes."""
        pattern = ref.name.removesuffix(".attributes").partition(".attribute.")
        class_, _, name = (ref.class_, "", ref.name) if ref.class_ else pattern
        spec = self.classes.get(class_)
        for key in (class_, *self.all_classes(spec)) if spec else ():
            for each in self._of_class(key, inside):
                if not name or name in {each.attribute.ident, each.attribute.ident.replace(":", "")}:
                    yield each

    def bearers(self, attribute: str) -> dict[str, GivenAttribute]:
        """The elements that have an attribute, with the attribute as each has it."""
        every = ((name, given) for name in self.elements for given in self.attributes(name))
        return {name: given for name, given in every if given.attribute.ident == attribute}

    @cached_property
    def attribute_names(self) -> tuple[str, ...]:
        """The names of all attributes, sorted."""
        specs: tuple[s.ElementSpec | s.ClassSpec, ...] = (*self.elements.values(), *self.classes.values())
        return tuple(sorted({each.attribute.ident for spec in specs for each in self._list_attributes(spec.attributes)}))

    # Content

    @cache  # noqa: B019
    def children(self, element: str) -> AllowedContent:
        """What may stand directly in an element."""
        spec = self.elements.get(element)
        return self.held(spec.content, frozenset()) if spec else _NOTHING

    @cache  # noqa: B019
    def parents(self, element: str) -> tuple[str, ...]:
        """The elements that an element may stand in directly."""
        return tuple(each for each in self.elements if element in self.children(each).elements)

    def held(self, content: s.Content | None, inside: frozenset[str] = frozenset()) -> AllowedContent:
        """What a content model lets in; `inside` names the macros that are being looked into."""
        match content:
            case None | s.Empty():
                return _NOTHING
            case s.TextNode():
                return AllowedContent(text=True)
            case s.ElementRef(key=key):
                return AllowedContent(frozenset({key}) & self.elements.keys())
            case s.ClassRef():
                return AllowedContent(frozenset(self._hold_reference(content)))
            case s.MacroRef(key=key):
                return self._hold_macro(key, inside)
            case s.DataRef() | s.ValList():
                return AllowedContent(value=True)
            case s.AnyElement():
                return AllowedContent(anything=True)
            case s.Sequence() | s.Alternate() | s.Interleave():
                return _together(self.held(each, inside) for each in content.children)
            case s.Rng():
                return self._hold_pattern(content.pattern, inside)
            case _:
                assert_never(content)

    def _hold_macro(self, key: str, inside: frozenset[str]) -> AllowedContent:
        macro = self.macros.get(key)
        if key in self.datatypes:
            return AllowedContent(value=True)
        return self.held(macro.content, inside | {key}) if macro and key not in inside else _NOTHING

    def _hold_reference(self, ref: s.ClassRef) -> Iterator[str]:
        """The elements that a classRef lets in; `include` and `except` name members, which may be classes."""
        if ref.include is None and ref.except_ is None:
            yield from self.all_members(ref.key)
            return
        for member in self.members(ref.key):
            if (ref.include is None or member.ident in ref.include) and member.ident not in (ref.except_ or ()):
                yield from self.all_members(member.ident) if isinstance(member, s.ClassSpec) else (member.ident,)

    def _hold_pattern(self, pattern: rng.Pattern, inside: frozenset[str]) -> AllowedContent:
        """RELAX NG in a content model: its references are to elements, classes and macros."""
        from siglum.schema.p5.patterns import list_leaves  # the present TEI has no RELAX NG

        names, found = list_leaves(pattern)
        text, value, anything = found
        return _together(
            (AllowedContent(text=text, value=value, anything=anything), *(self._find_named(each, inside) for each in names))
        )

    def _find_named(self, name: str, inside: frozenset[str]) -> AllowedContent:
        if name in self.elements:
            return AllowedContent(frozenset({name}))
        class_ = name.partition("_")[0]  # model.pLike_sequence and the like
        return AllowedContent(frozenset(self.all_members(class_))) if class_ in self.classes else self._hold_macro(name, inside)


def memberships(spec: s.Spec | None) -> tuple[str, ...]:
    """The classes that an element or class says it is a member of."""
    if isinstance(spec, s.ElementSpec | s.ClassSpec) and spec.classes is not None:
        return tuple(each.key for each in spec.classes.members if each.mode != "delete")
    return ()


def overlay_attribute(old: s.AttDef, new: s.AttDef) -> s.AttDef:
    """An attribute as it is after an attDef in mode change: what that says, and the rest as it was."""
    return replace(
        old,
        usage=new.usage or old.usage,
        alt_ident=new.alt_ident or old.alt_ident,
        datatype=new.datatype or old.datatype,
        default=old.default if new.default is None else new.default,
        val_list=_overlay_values(old.val_list, new.val_list),
        valid_until=new.valid_until or old.valid_until,
        place=new.place,
    )


def _overlay_values(old: s.ValList | None, new: s.ValList | None) -> s.ValList | None:
    """A list in mode change takes items away (delete), adds and replaces; any other takes the place of the old one."""
    if new is None or new.mode == "delete":
        return None if new else old
    if old is None or new.mode != "change":
        return new
    named = {each.ident for each in new.items}
    kept = (each for each in old.items if each.ident not in named)
    return replace(old, items=(*kept, *(each for each in new.items if each.mode != "delete")), type=new.type or old.type)


def _put(found: dict[str, GivenAttribute], own: GivenAttribute) -> None:
    """What an attDef of an element does to what its classes give it."""
    ident, mode = own.attribute.ident, own.attribute.mode
    old = found.get(ident)
    if mode == "delete":
        found.pop(ident, None)
    elif mode == "change" and old is not None:
        found[ident] = GivenAttribute(overlay_attribute(old.attribute, own.attribute), old.of, True)
    elif mode != "change":
        found[ident] = replace(own, changed=old is not None, of=own.of or (old.of if old else ""))


def _together(parts: Iterable[AllowedContent]) -> AllowedContent:
    found = _NOTHING
    for each in parts:
        found |= each
    return found


def _select_kind(source: s.Source, kind: type[_Spec]) -> dict[str, _Spec]:
    return {each.ident: each for each in source.specs if isinstance(each, kind)}


def _close(start: str, further: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """A class and all that can be reached from it, each once, depth first."""
    found: dict[str, None] = {}
    todo = [start]
    while todo:
        key = todo.pop()
        if key not in found:
            found[key] = None
            todo += reversed([*further(key)])
    return tuple(found)
