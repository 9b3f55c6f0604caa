"""What an ODD says, before anything is looked up: the schemaSpec and its parts, with groups of specs put in their places.

The parts are those of the Guidelines, 22.3 and 22.8.1: references to modules, to single specs and to grammars, and specs.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, TypeAlias

from lxml import etree

from siglum.schema.tagdocs import specs as s
from siglum.text.frozen import frozen

Kind: TypeAlias = Literal["element", "class", "macro", "data"]
Key: TypeAlias = tuple[Kind, str, str]
"""What a spec is known by: its kind, the namespace of an element (empty for others), its ident."""


@frozen
class ModuleRef(s.Node):
    """A moduleRef with @key. `include` and `except_` are None where the attribute is absent."""

    key: str
    include: tuple[str, ...] | None = None
    except_: tuple[str, ...] | None = None
    source: str = ""


@frozen
class SpecRef(s.Node):
    """An elementRef, classRef, macroRef or dataRef that stands in a schemaSpec; a classRef may choose among attributes."""

    kind: Kind
    key: str
    include: tuple[str, ...] | None = None
    except_: tuple[str, ...] | None = None
    source: str = ""


Part: TypeAlias = ModuleRef | SpecRef | s.GrammarRef | s.AnySpec


@frozen
class Customisation(s.Node):
    """A schemaSpec. `ns` is None where it is not said; `source` is the address in its own @source."""

    ident: str
    parts: tuple[Part, ...] = ()
    ns: str | None = None
    prefix: str = ""
    start: tuple[str, ...] | None = None
    default_exceptions: tuple[str, ...] | None = None
    lang: str = "en"
    module: str = ""
    source: str = ""
    constraints: tuple[s.Constraint, ...] = ()
    declarations: tuple[etree._Element, ...] = field(default=(), compare=False)
    query_binding: str = "xslt2"

    @property
    def namespace(self) -> str:
        """The namespace of elements that do not say theirs."""
        return s.TEI if self.ns is None else self.ns

    @property
    def specs(self) -> tuple[s.AnySpec, ...]:
        """The specs written in the ODD itself."""
        return tuple(each for each in self.parts if not isinstance(each, ModuleRef | SpecRef | s.GrammarRef))


def spec_kind(spec: s.AnySpec) -> Kind:
    """The kind by which messages and references call a spec."""
    return _KINDS[type(spec)]


def kind_in_words(kind: Kind) -> str:
    """A kind, as messages call it."""
    return "datatype" if kind == "data" else kind


def spec_key(spec: s.AnySpec, ns: str) -> Key:
    """What a spec is known by, where elements are in the namespace `ns` unless they say otherwise."""
    if isinstance(spec, s.ElementSpec):
        return "element", ns if spec.ns is None else spec.ns, spec.ident
    return spec_kind(spec), "", spec.ident


_KINDS: dict[type[s.Spec], Kind] = {
    s.ElementSpec: "element",
    s.ClassSpec: "class",
    s.MacroSpec: "macro",
    s.DataSpec: "data",
}
