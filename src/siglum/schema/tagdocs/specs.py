"""The specifications in TEI's documentation elements (Guidelines, chapter 22) as frozen nodes, not yet merged or resolved.

The facts of TEI P5 and a user's ODD use the same nodes; a customisation merges them. Prose (gloss, desc, remarks, exemplum) is
left out. Every node that an author can get wrong has its place.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

from siglum.text.frozen import frozen
from siglum.text.positions import Position

if TYPE_CHECKING:
    from lxml import etree

    from siglum.schema.relaxng import syntax as rng

TEI = "http://www.tei-c.org/ns/1.0"
Place = Position
"""Where the ODD declares something; line and column are 0 if unknown."""
NOWHERE = Place()

Mode = Literal["add", "delete", "change", "replace"]
"""The effect of a spec on the spec of that name in the source; None: no `@mode`."""
Expand = Literal["alternation", "sequence", "sequenceOptional", "sequenceRepeatable", "sequenceOptionalRepeatable"]
Usage = Literal["req", "mwa", "rec", "rwa", "opt", "nr"]
ListType = Literal["closed", "semi", "open"]


@frozen
class Node:
    """The base of all nodes. Comparisons ignore the place."""

    place: Place = field(default=NOWHERE, compare=False, kw_only=True)


# Content models (22.4.5)


@frozen(kw_only=True)
class Occurs(Node):
    """`minOccurs` and `maxOccurs`; a maximum of None is `unbounded`."""

    minimum: int = 1
    maximum: int | None = 1


@frozen
class TextNode(Node):
    pass


@frozen
class Empty(Node):
    """`<empty/>`, or a `<content/>` without children."""


EVERY = "*"
"""The key of an ElementRef to every element of the schema (`<?NameList?>` in older ODDs)."""


@frozen
class ElementRef(Occurs):
    key: str


@frozen
class ClassRef(Occurs):
    """`include` and `except_` name members; None where the attribute is absent."""

    key: str
    expand: Expand | None = None
    include: tuple[str, ...] | None = None
    except_: tuple[str, ...] | None = None


@frozen
class MacroRef(Occurs):
    key: str


@frozen
class DataRef(Occurs):
    """A datatype: one of `key` (a dataSpec), `name` (of XML Schema Part 2), `ref` (an address); `facets`: name and value."""

    key: str = ""
    name: str = ""
    ref: str = ""
    restriction: str = ""
    facets: tuple[tuple[str, str], ...] = ()


@frozen
class Sequence(Occurs):
    children: tuple[Content, ...]
    preserve_order: bool = True


@frozen
class Alternate(Occurs):
    children: tuple[Content, ...]


@frozen
class Interleave(Occurs):
    children: tuple[Content, ...]


@frozen
class AnyElement(Occurs):
    """`require` and `except_` hold namespaces and element names as written; `exclude` is an older form of `@except`.

    `bound`: the declared namespaces of the prefixes in these names.
    """

    require: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    bound: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@frozen
class ValItem(Node):
    """`value` is the altIdent, else the ident. `params`: the paramSpecs of a behaviour."""

    ident: str
    alt_ident: str = ""
    mode: Mode | None = None
    valid_until: str = ""
    params: tuple[str, ...] = field(default=(), compare=False)

    @property
    def value(self) -> str:
        return self.alt_ident or self.ident


@frozen
class ValList(Node):
    """`type` is None if the attribute is absent, which means `open`."""

    items: tuple[ValItem, ...]
    type: ListType | None = None
    mode: Mode | None = None


@frozen
class Rng(Node):
    """A RELAX NG pattern, as in older ODDs."""

    pattern: rng.Pattern


Content = (
    TextNode
    | Empty
    | ElementRef
    | ClassRef
    | MacroRef
    | DataRef
    | Sequence
    | Alternate
    | Interleave
    | AnyElement
    | ValList
    | Rng
)


# Attributes (22.5.3)


@frozen
class Datatype(Occurs):
    """`content` is None if there is none, which means text."""

    content: Content | None = None


@frozen
class Constraint(Node):
    """A constraintSpec. `element` is the parsed element; do not change it."""

    ident: str
    scheme: str
    mode: Mode | None = None
    lang: str = ""
    valid_until: str = ""
    element: etree._Element | None = field(default=None, compare=False)


@frozen
class AttDef(Node):
    """An attribute definition. None in a field means that the attribute or child is absent, so that a change keeps the old
    value.

    `ns`: the value of `@ns`; a name that begins with `xml:` is in the XML namespace. `bound`: the declared namespace of the
    name's prefix.
    """

    ident: str
    ns: str = ""
    mode: Mode | None = None
    usage: Usage | None = None
    alt_ident: str = ""
    datatype: Datatype | None = None
    default: str | None = None
    val_list: ValList | None = None
    constraints: tuple[Constraint, ...] = ()
    valid_until: str = ""
    bound: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        return self.alt_ident or self.ident


@frozen
class AttRef(Node):
    """One attribute of a class (`class_` and `name`), all of a class (`class_` alone), or a pattern (`name` alone)."""

    class_: str = ""
    name: str = ""


@frozen
class AttList(Node):
    children: tuple[Attribute, ...] = ()
    org: Literal["group", "choice"] = "group"


Attribute = AttDef | AttRef | AttList


# Specs (22.5)


@frozen
class MemberOf(Node):
    key: str
    mode: Mode | None = None
    minimum: int = 1
    maximum: int | None = 1


@frozen
class Classes(Node):
    """`mode` None means `replace`."""

    members: tuple[MemberOf, ...] = ()
    mode: Mode | None = None


@frozen
class Spec(Node):
    """The fields of all specs. `source` is the nearest `@source`; empty if that of the schemaSpec applies."""

    ident: str
    module: str = ""
    mode: Mode | None = None
    source: str = ""
    alt_ident: str = ""
    prefix: str | None = None
    constraints: tuple[Constraint, ...] = ()
    valid_until: str = ""

    @property
    def name(self) -> str:
        return self.alt_ident or self.ident


@frozen
class ElementSpec(Spec):
    """`ns` is None without `@ns`; `bound` is the declared namespace of the name's prefix.

    `models` are the model, modelSequence and modelGrp children, as parsed.
    """

    ns: str | None = None
    classes: Classes | None = None
    content: Content | None = None
    auto_prefix: bool = True
    val_list: ValList | None = None
    attributes: AttList | None = None
    models: tuple[etree._Element, ...] = field(default=(), compare=False)
    bound: str = field(default="", compare=False)


@frozen
class ClassSpec(Spec):
    """`type` is None only in an ODD that changes or deletes the class without `@type`."""

    type: Literal["model", "atts"] | None = None
    classes: Classes | None = None
    attributes: AttList | None = None


@frozen
class MacroSpec(Spec):
    """`type` is `dt` for a macro that older ODDs use instead of a dataSpec."""

    type: str = ""
    content: Content | None = None
    auto_prefix: bool = True


@frozen
class DataSpec(Spec):
    content: Content | None = None
    val_list: ValList | None = None


AnySpec = ElementSpec | ClassSpec | MacroSpec | DataSpec


@frozen
class Source:
    """The modules and specs of a TEI release, a compiled ODD or a user's ODD, in order.

    `version` is the release number in the teiHeader; empty for other sources.
    """

    name: str
    version: str = ""
    modules: tuple[str, ...] = ()
    specs: tuple[AnySpec, ...] = ()


@frozen
class GrammarRef(Node):
    """A moduleRef with `@url`: an imported RELAX NG grammar. `components`: its `content`; `grammar`: the parsed file."""

    url: str
    prefix: str = ""
    grammar: rng.Pattern | None = None
    components: tuple[rng.Component, ...] = ()


@frozen
class Merged:
    """A merged customisation: the specs of the schema, without modes, in the order of the ODD.

    `classes` and `content` may still name deleted classes; the generator decides what that means, because a class without
    members differs from an absent class. `start` is None without `@start`. `constraints` are those of the schemaSpec;
    `declarations` the children of its constraintDecl. `deleted`: the names that the ODD deletes; `rewritten`: the specs that it
    writes or changes, by kind and name.
    """

    ident: str
    ns: str = TEI
    prefix: str = ""
    start: tuple[str, ...] | None = None
    default_exceptions: tuple[str, ...] | None = None
    lang: str = "en"
    version: str = ""
    specs: tuple[AnySpec, ...] = ()
    grammars: tuple[GrammarRef, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    declarations: tuple[etree._Element, ...] = field(default=(), compare=False)
    query_binding: str = "xslt2"
    deleted: frozenset[str] = frozenset()
    rewritten: frozenset[tuple[type[AnySpec], str]] = frozenset()
    place: Place = field(default=NOWHERE, compare=False, kw_only=True)
