"""Specifications as TEI's documentation elements give them (Guidelines, chapter 22): frozen nodes, nothing merged or resolved.

The facts of TEI P5 and the specs of a user's ODD are the same kind of thing: a customisation puts one over the other.
Prose (gloss, desc, remarks, exemplum) is not kept. Every node that an ODD's author can get wrong knows where it was written.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

from siglum.schema.node import NOWHERE as NOWHERE  # noqa: PLC0414 - every spec has a place
from siglum.schema.node import Place as Place  # noqa: PLC0414
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from lxml import etree

    from siglum.schema.relaxng import syntax as rng

TEI = "http://www.tei-c.org/ns/1.0"

Mode = Literal["add", "delete", "change", "replace"]
"""What a spec does to one of the same name in the source. None stands for an attribute `mode` that is not there."""
Expand = Literal["alternation", "sequence", "sequenceOptional", "sequenceRepeatable", "sequenceOptionalRepeatable"]
Usage = Literal["req", "mwa", "rec", "rwa", "opt", "nr"]
ListType = Literal["closed", "semi", "open"]


@frozen
class Node:
    """What every node carries; it takes no part in comparisons."""

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
    """`<empty/>`, and what a `<content/>` without children says."""


EVERY = "*"
"""The key of an ElementRef that stands for every element of the schema (what older ODDs write as `<?NameList?>`)."""


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
    """`require` and `except_` hold namespaces and element names as written; `exclude` is what older ODDs call `except`.

    `bound`: the namespaces of the prefixes in those names, as far as the file declares them.
    """

    require: tuple[str, ...] = ()
    except_: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    bound: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@frozen
class ValItem(Node):
    """`value` is the item's altIdent where it has one, else its ident. `params`: what the paramSpecs of a behaviour name."""

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
    """`type` is None where the attribute is absent, which means `open`."""

    items: tuple[ValItem, ...]
    type: ListType | None = None
    mode: Mode | None = None


@frozen
class Rng(Node):
    """A pattern in RELAX NG's own syntax, as older ODDs have it."""

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
    """`content` is None where nothing is said, which means text."""

    content: Content | None = None


@frozen
class Constraint(Node):
    """A constraintSpec. `element` is the whole element as parsed, and belongs to no one who may change it."""

    ident: str
    scheme: str
    mode: Mode | None = None
    lang: str = ""
    valid_until: str = ""
    element: etree._Element | None = field(default=None, compare=False)


@frozen
class AttDef(Node):
    """None in a field means that the attribute or child was not there, so that a change leaves what it changes.

    `ns` is the namespace of the attribute as `@ns` gives it; a name that begins with `xml:` is in the XML namespace. `bound`:
    the one that the file declares for the prefix of its name.
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
    """What all specs share. `source` is the address in the nearest `@source`, empty where the schemaSpec's holds."""

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
    """`ns` is None where it is not said; `bound` is the namespace of the prefix in its name.

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
    """`type` is None only in an ODD that changes or deletes the class without saying which kind it is."""

    type: Literal["model", "atts"] | None = None
    classes: Classes | None = None
    attributes: AttList | None = None


@frozen
class MacroSpec(Spec):
    """`type` is `dt` for what older ODDs have in the place of a dataSpec."""

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
    """All that one release of TEI, one compiled ODD or one ODD of one's own offers: modules and specs in their order.

    `version` is the release's number as its teiHeader gives it, empty where it is none of TEI's.
    """

    name: str
    version: str = ""
    modules: tuple[str, ...] = ()
    specs: tuple[AnySpec, ...] = ()


@frozen
class GrammarRef(Node):
    """A moduleRef with `@url`: a RELAX NG grammar taken in. `components`: its `content`; `grammar`: the file as read."""

    url: str
    prefix: str = ""
    grammar: rng.Pattern | None = None
    components: tuple[rng.Component, ...] = ()


@frozen
class Merged:
    """A customisation put together: what the schema is made of, no modes left, in the order of the specification.

    Classes that are not there any more may still be named by `classes` and `content`: what that means is the generator's
    business, because a class without members and a class that is absent differ. `start` is None where `@start` is absent.
    `constraints` are the schemaSpec's own; `declarations` the children of its constraintDecl. `deleted` holds the names that
    the ODD itself deletes, `rewritten` the specs that it writes or changes, by their kind and name.
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
