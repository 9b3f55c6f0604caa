"""What an ODD decided, found while it is compiled: an assembled customisation goes in, `provenance.Choices` come out.

What is not there is compared with the release of TEI that is customised: the origins say why, by element, attribute or class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from siglum.errors import SchemaError
from siglum.schema import p5
from siglum.schema.odd.gather import list_attributes
from siglum.schema.odd.merge.attributes import attribute_name
from siglum.schema.odd.origins import Done, Origin, Origins
from siglum.schema.odd.provenance import At, Choices, Lost, format_places
from siglum.schema.tagdocs import specs as s

_Key = TypeVar("_Key")
_GONE = frozenset({"removed", "not taken by the moduleRef", "in a module not taken"})


def find_choices(merged: s.Merged, origins: Origins) -> Choices:
    """All that can be said of the schema that is made of it."""
    return _ChoiceFinder(merged, origins).find_choices()


class _Classes:
    """The classes of a source or a customisation, and what they give."""

    def __init__(self, specs: Iterable[s.AnySpec]) -> None:
        self.specs = {each.ident: each for each in specs if isinstance(each, s.ClassSpec)}
        self._above: dict[str, tuple[str, ...]] = {}

    def above(self, classes: s.Classes | None) -> tuple[str, ...]:
        """The classes that a spec is a member of, with those that these are members of, nearest first."""
        found: dict[str, None] = {}
        waiting = [each.key for each in classes.members] if classes else []
        for key in waiting:  # grows while it is read
            if key not in found and key in self.specs:
                found[key] = None
                inner = self.specs[key].classes
                waiting += [each.key for each in inner.members] if inner else []
        return tuple(found)

    def given(self, element: s.ElementSpec) -> dict[str, tuple[str, s.AttDef]]:
        """The attributes of an element: the class that gives each, empty for its own, and its definition."""
        found: dict[str, tuple[str, s.AttDef]] = {}
        for key in self.above(element.classes):
            for each in list_attributes(self.specs[key].attributes):
                found.setdefault(attribute_name(each)[1], (key, each))
        for each in list_attributes(element.attributes):
            name = attribute_name(each)[1]
            if each.mode == "delete":
                found.pop(name, None)
            elif each.mode == "change" and name in found:
                found[name] = found[name][0], each
            else:
                found[name] = "", each
        return found


class _ChoiceFinder:
    def __init__(self, merged: s.Merged, origins: Origins) -> None:
        self.merged = merged
        self.origins = origins
        self.own = {merged.place.path, *(each.place.path for each in origins.values())} - {""}
        self.elements = [each for each in merged.specs if isinstance(each, s.ElementSpec)]
        self.source = _load_source(merged.version)
        self.modules = {(type(each), each.ident): each.module for each in self.source}
        self.own_classes = {
            each.ident: each.classes is not None and each.classes.place.path in self.own for each in self.elements
        }
        self.before = _Classes(self.source)
        self.now = _Classes(merged.specs)

    def find_choices(self) -> Choices:
        return Choices(
            namespaces=tuple(sorted({s.TEI, self.merged.ns, *(each.ns for each in self.elements if each.ns)})),
            absent=self._find_absent(),
            renamed=self._find_renamed(),
            lost=self._find_lost(),
            content=self._collect_places((each.name, each.content) for each in self.elements),
            classes=self._collect_places((each.name, each.classes) for each in self.elements),
            values=self._find_values(),
        )

    def _collect_places(self, nodes: Iterable[tuple[_Key, s.Node | None]]) -> dict[_Key, list[At]]:
        """Where those nodes stand that the ODD itself has written."""
        found: dict[_Key, list[At]] = {}
        for key, node in nodes:
            if node is not None and node.place.path in self.own:
                found.setdefault(key, []).append(_file_and_line(node.place))
        return found

    def _find_absent(self) -> dict[str, tuple[Done, At, str]]:
        there = {each.name for each in self.elements} | set(self._find_renamed())
        return {
            ident: (origin.done, _file_and_line(origin.place), self.modules.get((s.ElementSpec, ident), ""))
            for (kind, ident, attribute), origin in self.origins.items()
            if kind == "element" and not attribute and origin.done in _GONE and ident not in there
        }

    def _find_renamed(self) -> dict[str, tuple[str, At]]:
        """Elements of TEI whose only specs have other names in documents now."""
        names = {each.name for each in self.elements}
        known = {each.ident for each in self.source if isinstance(each, s.ElementSpec)}
        return {
            each.ident: (each.name, _file_and_line(each.place))
            for each in self.elements
            if each.ident in known and each.ident not in names
        }

    # Attributes

    def _find_values(self) -> dict[tuple[str, str, str], list[At]]:
        return self._collect_places(
            ((element.name, _document_name(each), what), node)
            for element in self.elements
            for _, each in self.now.given(element).values()
            for what, node in _list_decisions(each)
        )

    def _find_lost(self) -> dict[str, list[Lost]]:
        """For attributes that TEI has: why they are missing, and where."""
        reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
        now = {each.ident: each for each in self.elements}
        for old in self.source:
            if isinstance(old, s.ElementSpec) and old.ident in now:
                for name, why in self._find_lost_by(old, now[old.ident]):
                    reasons[name, why].append(now[old.ident].name)
        found: dict[str, list[Lost]] = {}
        for (name, why), elements in reasons.items():
            found.setdefault(name, []).append((why, tuple(elements)))
        return found

    def _find_lost_by(self, old: s.ElementSpec, new: s.ElementSpec) -> Iterator[tuple[str, str]]:
        kept = {_document_name(each) for _, each in self.now.given(new).values()}
        for name, (class_, _) in self.before.given(old).items():
            if name not in kept:
                why = (
                    self._explain_by_element(old.ident, name)
                    or self._explain_by_class(class_, name)
                    or self._explain_by_membership(old, class_, name)
                )
                if why:
                    yield name, why

    def _explain_by_element(self, element: str, name: str) -> str:
        own, whole = self.origins.get(("element", element, name)), self.origins.get(("element", element, ""))
        if own is not None and own.done == "removed":
            return f"@{name} is removed from `{element}` by {_format_origin(own)}"
        if whole is not None and whole.done == "replaced":
            return f"`{element}` is defined anew in {_format_origin(whole)}, without @{name}"
        return ""

    def _explain_by_class(self, class_: str, name: str) -> str:
        own, whole = self.origins.get(("class", class_, name)), self.origins.get(("class", class_, ""))
        if own is not None and own.done == "removed":
            return f"@{name} is removed from the class {class_} by {_format_origin(own)}"
        if whole is not None and whole.done == "in a module not taken":
            module = self.modules.get((s.ClassSpec, class_), "")
            return f"@{name} comes with the module {module}, which {_file_and_line(whole.place)[0]} does not take"
        if whole is not None and whole.done in {"removed", "replaced"}:
            return f"the class {class_}, which gives @{name}, is {whole.done} by {_format_origin(whole)}"
        return ""

    def _explain_by_membership(self, old: s.ElementSpec, class_: str, name: str) -> str:
        """An attribute that no longer reaches the element: the element's classes are others, or those of a class between."""
        whole = self.origins.get(("element", old.ident, ""))
        if whole is not None and self.own_classes[old.ident]:
            return f"the classes of `{old.ident}` are changed by {_format_origin(whole)}"
        for key in self.before.above(old.classes):
            origin = self.origins.get(("class", key, ""))
            if origin is not None and class_ in self.before.above(self.before.specs[key].classes):
                return f"the class {key}, by which `{old.ident}` had @{name}, is {origin.done} by {_format_origin(origin)}"
        return ""


def _list_decisions(attribute: s.AttDef) -> Iterator[tuple[str, s.Node]]:
    """What a document can do wrong in an attribute, and the node that has decided it."""
    if attribute.val_list is not None:
        yield ("closed" if attribute.val_list.type == "closed" else "values"), attribute.val_list
    if attribute.datatype is not None:
        yield "values", attribute.datatype
    if attribute.usage == "req":
        yield "required", attribute


def _document_name(attribute: s.AttDef) -> str:
    """What documents call it."""
    return attribute.alt_ident or attribute_name(attribute)[1]


def _load_source(version: str) -> tuple[s.AnySpec, ...]:
    """What the release has that is customised; nothing, where it is none of TEI's."""
    try:
        return p5.load_source(version).specs if version else ()
    except SchemaError:
        return ()


def _file_and_line(place: s.Place) -> At:
    return Path(place.path).name, place.line


def _format_origin(origin: Origin) -> str:
    return format_places([_file_and_line(origin.place)])
