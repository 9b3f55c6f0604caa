"""What a source says about one name: an element, attribute, class, macro or datatype, in sections for the reader.

description = Names(source).describe_name("persName")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import field

from siglum.schema.p5 import spelling
from siglum.schema.p5.lookup import AllowedContent, GivenAttribute, Lookup, memberships
from siglum.schema.p5.releases import list_releases
from siglum.schema.tagdocs import specs as s
from siglum.text.frozen import frozen

_PAGES = "https://www.tei-c.org/{}/doc/tei-p5-doc/en/html/ref-{}.html"


@frozen
class Group:
    """Names, or a sentence, under a label: a module, a class, an attribute."""

    label: str
    names: tuple[str, ...]


@frozen
class Section:
    """`key` is what the section is called in JSON."""

    key: str
    title: str
    groups: tuple[Group, ...]

    def as_json(self) -> list[str] | dict[str, list[str]]:
        """A list where no label is wanted, else a list for each; what has none among them is `besides`."""
        if not any(each.label for each in self.groups):
            return [name for each in self.groups for name in each.names]
        found: dict[str, list[str]] = {}
        for each in self.groups:
            found.setdefault(each.label or "besides", []).extend(each.names)
        return found


@frozen
class Description:
    """What is to be said about a name; `address` is its page in the Guidelines."""

    name: str
    kind: str
    module: str
    release: str
    sections: tuple[Section, ...]
    address: str = ""
    see: tuple[str, ...] = ()
    attributes: tuple[GivenAttribute, ...] = field(default=())

    def as_dict(self) -> dict[str, object]:
        """The same as JSON's types: a section is an object of lists; attributes of an element or class are told in full."""
        head: dict[str, object] = {"name": self.name, "kind": self.kind, "module": self.module, "release": self.release}
        body = {each.key: each.as_json() for each in self.sections}
        full = {"attributes": [_describe_attribute(each) for each in self.attributes]} if self.attributes else {}
        return {**head, "address": self.address, **body, **full}


def _describe_attribute(given: GivenAttribute) -> dict[str, object]:
    attribute, listed = given.attribute, given.attribute.val_list
    return {
        "name": attribute.name,
        "from": given.of,
        "changed": given.changed,
        "required": attribute.usage == "req",
        "datatype": spelling.format_datatype(attribute.datatype),
        "values": [each.value for each in listed.items] if listed else [],
        "others": listed is None or listed.type != "closed",
        "default": attribute.default,
    }


class Names:
    """The names in a source and what they mean. An attribute is asked for as `@when`."""

    def __init__(self, source: s.Source) -> None:
        self.lookup = Lookup(source)
        self.release = f"{source.name} {source.version}".strip()
        self._shelves: dict[str, tuple[Iterable[str], Callable[[str], Description]]] = {
            "element": (self.lookup.elements, self._describe_element),
            "class": (self.lookup.classes, self._describe_class),
            "macro": (self.lookup.macros, self._describe_macro),
            "datatype": (self.lookup.datatypes, self._describe_datatype),
            "attribute": ([f"@{each}" for each in self.lookup.attribute_names], self._describe_attribute),
        }

    def all(self) -> Iterator[str]:
        """Every name that can be described."""
        for names, _ in self._shelves.values():
            yield from names

    def describe_name(self, name: str) -> Description | None:
        """What is known about a name, whatever its case; an attribute needs no @ where nothing else has its name."""
        wanted = name.strip()
        for tried in (wanted, f"@{wanted}"):
            for same in (str, str.casefold):
                for names, told in self._shelves.values():
                    found = next((each for each in names if same(each) == same(tried)), None)
                    if found is not None:
                        return told(found)
        return None

    # One kind after the other

    def _describe_spec(self, name: str, kind: str, module: str, *sections: Section, **more: object) -> Description:
        told = tuple(each for each in sections if each.groups)
        address = str(more.pop("address", "")) or self._make_address(name)
        return Description(name, kind, module, self.release, told, address, **more)  # type: ignore[arg-type]

    def _make_address(self, ident: str) -> str:
        version = self.lookup.source.version
        if not version:
            return ""
        return _PAGES.format("release" if version == list_releases()[0].version else f"Vault/P5/{version}", ident)

    def _describe_element(self, name: str) -> Description:
        spec, given = self.lookup.elements[name], self.lookup.attributes(name)
        held = self.lookup.children(name)
        return self._describe_spec(
            name,
            "element",
            spec.module,
            self._list_memberships(spec),
            Section("content", "Content model", (Group("", (spelling.format_model(spec.content),)),)),
            Section("attribute_classes", "Attributes", _group_by_class(given)),
            Section("own_attributes", "What it says of attributes itself", _write_in_full(given, "")),
            Section("contained_by", "May stand in", self._group_by_module(self.lookup.parents(name))),
            Section("may_contain", "May contain", (*_list_texts(held), *self._group_by_module(held.elements))),
            attributes=given,
            see=(f"@{name}",) if name in self.lookup.attribute_names else (),
        )

    def _describe_class(self, name: str) -> Description:
        spec, given = self.lookup.classes[name], self.lookup.class_attributes(name)
        inner = tuple(each.ident for each in self.lookup.members(name) if isinstance(each, s.ClassSpec))
        kind = {"model": "model class", "atts": "attribute class", None: "class"}[spec.type]
        return self._describe_spec(
            name,
            kind,
            spec.module,
            self._list_memberships(spec),
            Section("own_attributes", "Its own attributes", _write_in_full(given, name)),
            Section(
                "attribute_classes",
                "Attributes of the classes it is in",
                _group_by_class(one for one in given if one.of != name),
            ),
            Section("classes", "Classes in it", (Group("", inner),) if inner else ()),
            Section("elements", "Elements in it", self._group_by_module(self.lookup.all_members(name))),
            Section("used_by", "Named in the content of", self._list_users(name)),
            attributes=given,
        )

    def _describe_macro(self, name: str) -> Description:
        spec = self.lookup.macros[name]
        held = self.lookup.held(spec.content)
        return self._describe_spec(
            name,
            "macro",
            spec.module,
            Section("content", "Content model", (Group("", (spelling.format_model(spec.content),)),)),
            Section("may_contain", "May contain", (*_list_texts(held), *self._group_by_module(held.elements))),
            Section("used_by", "Named in the content of", self._list_users(name)),
        )

    def _describe_datatype(self, name: str) -> Description:
        spec = self.lookup.datatypes[name]
        listed = spelling.format_values(spec.val_list)
        said = (Group("", (spelling.format_model(spec.content),)), *((Group("", (listed,)),) if listed else ()))
        return self._describe_spec(
            name,
            "datatype",
            spec.module,
            Section("content", "Values", said),
            Section("attributes", "Attributes with such values", self._typed(name)),
            Section("used_by", "Named in the content of", self._list_users(name)),
        )

    def _describe_attribute(self, name: str) -> Description:
        ident = name.removeprefix("@")
        bearers = self.lookup.bearers(ident)
        given = {
            class_: each
            for class_ in self.lookup.classes
            for each in self.lookup.class_attributes(class_)
            if each.attribute.ident == ident and each.of == class_
        }
        own = {element: each for element, each in bearers.items() if not each.of or each.changed}
        home = next(iter((*given, *own)), "")
        described = tuple(
            Group(label, (_format_group(each) + (f" (changes {each.of})" if each.changed and each.of else ""),))
            for label, each in (*given.items(), *own.items())
        )
        spec = self.lookup.classes.get(home) or self.lookup.elements.get(home)
        return self._describe_spec(
            name,
            "attribute",
            spec.module if spec else "",
            Section("defined_by", "Where it is defined, and its values", described),
            Section("elements", "Elements that have it", self._group_by_module(bearers)),
            address=self._make_address(home),
            see=(ident,) if ident in self.lookup.elements else (),
        )

    # Parts of sections

    def _list_memberships(self, spec: s.ElementSpec | s.ClassSpec) -> Section:
        kinds: dict[str, list[str]] = {}
        for key in memberships(spec):
            class_ = self.lookup.classes.get(key)
            attributes = class_.type == "atts" if class_ else key.startswith("att.")
            kinds.setdefault("attributes" if attributes else "models", []).append(key)
        return Section("member_of", "Member of", tuple(Group(kind, tuple(listed)) for kind, listed in sorted(kinds.items())))

    def _group_by_module(self, names: Iterable[str]) -> tuple[Group, ...]:
        found: dict[str, list[str]] = {module: [] for module in self.lookup.source.modules}
        for name in sorted(names, key=str.casefold):
            found.setdefault(self.lookup.elements[name].module, []).append(name)
        return tuple(Group(module, tuple(listed)) for module, listed in found.items() if listed)

    def _list_users(self, name: str) -> tuple[Group, ...]:
        using = [spec for spec in self.lookup.source.specs if name in _format_names(spec)]
        elements = self._group_by_module(each.ident for each in using if isinstance(each, s.ElementSpec))
        others = tuple(each.ident for each in using if not isinstance(each, s.ElementSpec))
        return (*((Group("macros", others),) if others else ()), *elements)

    def _typed(self, name: str) -> tuple[Group, ...]:
        """The attributes of a datatype, under the class or element that defines them."""
        found: dict[str, list[str]] = {}
        for class_ in self.lookup.classes:
            for each in self.lookup.class_attributes(class_):
                if each.of == class_ and _is_of(each, name):
                    found.setdefault(class_, []).append(f"@{each.attribute.name}")
        for element in self.lookup.elements:
            for each in self.lookup.attributes(element):
                if (not each.of or each.changed) and _is_of(each, name):
                    found.setdefault(element, []).append(f"@{each.attribute.name}")
        return tuple(Group(label, tuple(listed)) for label, listed in found.items())


def _group_by_class(given: Iterable[GivenAttribute]) -> tuple[Group, ...]:
    found: dict[str, list[str]] = {}
    for each in given:
        required = " (required)" if each.attribute.usage == "req" else ""
        found.setdefault(each.of or "its own", []).append(f"@{each.attribute.name}{required}")
    return tuple(Group(class_, tuple(listed)) for class_, listed in found.items())


def _write_in_full(given: Iterable[GivenAttribute], of: str) -> tuple[Group, ...]:
    """The attributes that a class or element (`of` is empty) defines or changes, each with what it says."""
    own = (each for each in given if each.of == of or (each.changed and not of))
    return tuple(Group(f"@{each.attribute.name}", (_format_group(each),)) for each in own)


def _format_group(given: GivenAttribute) -> str:
    return spelling.format_attribute(given.attribute)


def _list_texts(held: AllowedContent) -> tuple[Group, ...]:
    said = {"text": held.text, "a value": held.value, "elements of any name": held.anything}
    return tuple(Group("", (each,)) for each, holds in said.items() if holds)


def _is_of(given: GivenAttribute, datatype: str) -> bool:
    named = given.attribute.datatype.content if given.attribute.datatype else None
    return isinstance(named, s.DataRef | s.MacroRef) and named.key == datatype


def _format_names(spec: s.AnySpec) -> frozenset[str]:
    """The names that a spec's content model refers to."""
    return frozenset() if isinstance(spec, s.ClassSpec) else frozenset(_list_keys(spec.content))


def _list_keys(content: s.Content | None) -> Iterator[str]:
    match content:
        case s.ElementRef(key=key) | s.ClassRef(key=key) | s.MacroRef(key=key) | s.DataRef(key=key):
            yield key
        case s.Sequence(children=children) | s.Alternate(children=children) | s.Interleave(children=children):
            for each in children:
                yield from _list_keys(each)
        case s.Rng(pattern=pattern):
            from siglum.schema.p5.patterns import list_leaves

            yield from list_leaves(pattern)[0]
        case _:
            pass
