"""What all steps of the generation share: the customisation by name, whom to follow, what refers to what, and findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng.codes import CODES, VALUES_LOST
from siglum.schema.odd.relaxng.index import Index
from siglum.schema.odd.relaxng.nodes import GONE, HOLLOW, Nodes, make_choice
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs
from siglum.text.diagnostic import Finding


@dataclass(slots=True)
class GenerationContext:
    """`defines` are the patterns made so far, `used` what each refers to; `later` says how to make those that are made only if
    something refers to them. `known`: the names of all patterns that there can be.
    """

    index: Index
    deviations: frozenset[Deviation] = frozenset()
    known: frozenset[str] = frozenset()
    defines: dict[str, s.Define] = field(default_factory=dict)
    used: dict[str, dict[str, None]] = field(default_factory=dict)
    later: dict[str, Callable[[], s.Pattern]] = field(default_factory=dict)
    findings: dict[Finding, None] = field(default_factory=dict)
    any_elements: int = 0
    _refs: dict[str, s.Ref] = field(default_factory=dict)
    _open: dict[str, None] = field(default_factory=dict)

    def ref(self, name: str) -> s.Ref:
        """A reference to a pattern, noted as one of the define that is being made."""
        self._open[name] = None
        known = self._refs.get(name)
        if known is None:
            known = self._refs[name] = s.Ref(name)
        return known

    def define(self, name: str, make: Callable[[], s.Pattern], place: specs.Place = specs.NOWHERE) -> None:
        """Make a pattern and give it a name. One that has the name already stays."""
        if name in self.defines:
            return
        around, self._open = self._open, {}
        self.defines[name] = s.Define(name, make(), origin=origin(place))
        self.used[name], self._open = self._open, around

    def say(self, code: str, place: specs.Place, message: str, help_: str) -> None:
        """Tell of something in the user's own ODD; what TEI itself has written needs no comment."""
        if place.line:
            severity = CODES[code][0]
            self.findings[Finding(place.path, place.line, max(place.column, 1), code, severity, message, help_)] = None

    def choice(self, nodes: Nodes, place: specs.Place) -> s.Pattern:
        """One of the nodes. Where all that there is are values further down, TEI's tools see nothing."""
        ours, theirs = make_choice(nodes, strict=False), make_choice(nodes)
        if theirs is HOLLOW and ours is not HOLLOW:
            message = "a choice that holds nothing but lists of values: TEI's tools take it for empty"
            self.say(VALUES_LOST, place, message, "write the values into one list")
        return theirs if Deviation.VALUES_LOST in self.deviations else ours

    # What names mean

    def element(self, key: str) -> tuple[s.Pattern, ...]:
        """The patterns of the elements with this name, one for each namespace that has it."""
        return tuple(self.ref(self.index.names[id(each)]) for each in self.index.elements.get(key, ()))

    def every_element(self) -> tuple[s.Pattern, ...]:
        """The patterns of all elements, by their names."""
        return tuple(pattern for key in sorted(self.index.elements) for pattern in self.element(key))

    def macro(self, key: str) -> s.Pattern | None:
        found = self.index.macros.get(key)
        return self.ref(self.index.prefixed(found)) if found else None

    def named(self, name: str) -> s.Pattern:
        """The pattern that has this very name, be it in a grammar that was taken in; else there is none."""
        return self.ref(name) if name in self.known else GONE


def origin(place: specs.Place) -> s.Origin:
    """The place as patterns have it."""
    return s.Origin(place.path, place.line, place.column) if place.line else _NO_ORIGIN


_NO_ORIGIN = s.Origin()
