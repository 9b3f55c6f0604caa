"""What a name means in a customisation: what is left of it, and where the ODD has changed it.

customised = describe(Path("letters.odd"))
customised.description("persName")      # as `p5.describe` has it, with a section on what the ODD did
customised.why_absent("abbr")           # "not taken by the moduleRef in line 88"
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from siglum.errors import DocumentError
from siglum.schema.odd.assemble import Assembled, assemble
from siglum.schema.odd.origins import About, Origin
from siglum.schema.p5.describe import Description, Group, Names, Section
from siglum.schema.tagdocs import specs as s
from siglum.text.diagnostic import Finding, Severity
from siglum.text.frozen import frozen

_KINDS = {"element": "element", "macro": "macro", "datatype": "data"}
"""Kinds of descriptions and of origins; all others (model class, attribute class) are classes."""


@frozen
class Customised:
    """An ODD put together; `names` are those that it has, `findings` what is doubtful in it."""

    path: Path
    made: Assembled
    names: Names

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.made.findings

    def description(self, name: str) -> Description | None:
        """What is known about a name; an element that has another name here is found by both."""
        known = {each.name: each.ident for each in self.made.merged.specs if each.alt_ident}
        found = self.names.describe_name(name) or self.names.describe_name(known.get(name.strip(), ""))
        return None if found is None else self._add_changes(found)

    def why_absent(self, name: str) -> str:
        """Why TEI's thing of this name is not here; empty where the ODD's source has none."""
        for (_, ident, attribute), origin in self.made.origins.items():
            if ident == name.strip() and not attribute:
                return f"{origin.done}{self._format_place(origin)}"
        bare = name.strip().removeprefix("@")
        lost = (about for about, each in self.made.origins.items() if about[2] == bare and each.done == "removed")
        gone = [f"{about[1]}{self._format_place(self.made.origins[about])}" for about in lost]
        return f"removed from {', '.join(gone[:3])}{f' and {len(gone) - 3} more' if gone[3:] else ''}" if gone else ""

    def _add_changes(self, found: Description) -> Description:
        changes = tuple(self._list_changes(found))
        if not changes:
            return found
        section = Section("changed", f"What {self.path.name} says of it", changes)
        added = self.made.origins.get((_find_kind(found), found.name, ""))
        address = "" if added is not None and added.done == "added" else found.address
        return replace(found, sections=(section, *found.sections), address=address)

    def _list_changes(self, found: Description) -> Iterator[Group]:
        """Of the thing itself, of its attributes, and of those that its classes would give it."""
        if found.kind == "attribute":
            ident = found.name.removeprefix("@")
            yield from self._list_names((about, f"{about[1]}") for about in self.made.origins if about[2] == ident)
            return
        kind, name = _find_kind(found), found.name
        own = [about for about in self.made.origins if about[:2] == (kind, name)]
        yield from self._list_names((about, f"@{about[2]}" if about[2] else found.kind) for about in own)
        for class_ in self._classes(found):
            yield from self._list_class_changes(class_)

    def _list_class_changes(self, class_: str) -> Iterator[Group]:
        """What was done to the attributes of a class, which all its members feel."""
        together: dict[str, list[str]] = {}
        for about, origin in self.made.origins.items():
            if about[:2] == ("class", class_) and about[2]:
                together.setdefault(f"{origin.done}{self._format_place(origin)}", []).append(f"@{about[2]}")
        yield from (Group(class_, (f"{' '.join(names)} {done}",)) for done, names in together.items())

    def _classes(self, found: Description) -> tuple[str, ...]:
        lookup = self.names.lookup
        spec = lookup.elements.get(found.name) if found.kind == "element" else lookup.classes.get(found.name)
        return lookup.all_classes(spec) if spec is not None else ()

    def _list_names(self, told: Iterable[tuple[About, str]]) -> Iterator[Group]:
        for about, label in told:
            origin = self.made.origins[about]
            yield Group(label, (f"{origin.done}{self._format_place(origin)}",))

    def _format_place(self, origin: Origin) -> str:
        """A line of the ODD; of another file, with its name."""
        place = origin.place
        if not place.line:
            return ""
        other = "" if Path(place.path) == self.path else f" of {place.path}"
        return f" in line {place.line}{other}"


def _find_kind(found: Description) -> str:
    return _KINDS.get(found.kind, "class")


def describe_name(path: Path) -> Customised:
    """The names of a customisation. Raises FileError, and DocumentError with the findings of an ODD that has errors."""
    made = assemble(path)
    errors = [each for each in made.findings if each.severity is Severity.ERROR]
    if errors:
        raise DocumentError(errors)
    merged = made.merged
    modules = tuple(dict.fromkeys(each.module for each in merged.specs if each.module))
    shown = os.fsencode(path.as_posix()).decode("utf-8", errors="replace")
    name = f"{shown}, on TEI P5" if merged.version else shown
    return Customised(path, made, Names(s.Source(name, merged.version, modules, merged.specs)))
