"""Processing models as values (Guidelines, 22.5.4): which behaviour an element has, under which conditions, and how it looks.

`rendering` reads them in an ODD; the models of siglum's own come from a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from siglum.schema.tagdocs.specs import NOWHERE, Place
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from pathlib import Path

    from siglum.schema.xpath import Expression
    from siglum.text.diagnostic import Finding

TEI = "http://www.tei-c.org/ns/1.0"
BEHAVIOURS = frozenset(
    """alternate anchor block body break cell cit document figure glyph graphic heading index inline link list listItem
    metadata note omit paragraph row section table text title""".split()
)
CHILDREN = "children"
"""What is done where no behaviour of TEI's is asked for: the content takes the element's place."""


@frozen
class Param:
    name: str
    value: Expression
    place: Place = field(default=NOWHERE, compare=False)


@frozen
class Rendition:
    """`scope` is first-line, first-letter, before, after, or empty for all of it; `css` are the declarations."""

    css: str
    scope: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@frozen
class Slot:
    """Where a template of TEI Publisher takes a parameter."""

    name: str


@frozen
class Markup:
    """An element of a template; what stands in its attributes may take parameters too."""

    tag: str
    attributes: tuple[tuple[str, tuple[str | Slot, ...]], ...]
    parts: tuple[Part, ...]


Part = str | Slot | Markup


@frozen
class Model:
    """`outputs` is empty where the model is for all; `number` is its place among the element's, from 1.

    `template` is TEI Publisher's: what its content is made of.
    """

    behaviour: str
    predicate: Expression | None = None
    outputs: tuple[str, ...] = ()
    css_classes: tuple[str, ...] = ()
    uses_rendition: bool = False
    params: tuple[Param, ...] = ()
    renditions: tuple[Rendition, ...] = ()
    number: int = 1
    template: tuple[Part, ...] | None = None
    place: Place = field(default=NOWHERE, compare=False)

    def param(self, wanted: str) -> Expression | None:
        return next((each.value for each in self.params if each.name == wanted), None)


@frozen
class ModelSequence:
    """All of its models that apply, one after the other."""

    models: tuple[Rule, ...]
    predicate: Expression | None = None
    outputs: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


@frozen
class ModelGrp:
    """The first of its models that applies."""

    models: tuple[Rule, ...]
    outputs: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


Rule = Model | ModelSequence | ModelGrp


@frozen
class Rendering:
    """The rules by the names of elements, in the namespace `ns`, and what was found at fault in them."""

    ns: str = TEI
    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    files: tuple[Path, ...] = ()

    def of(self, element: str) -> tuple[Rule, ...]:
        return self.rules.get(element, ())
