"""Templates of TEI Publisher: what a model wraps around its parameters, and behaviours that an ODD defines with one.

`<pb:template>` in a model holds text and markup with `[[name]]` where a parameter goes; `<pb:behaviour ident="…">` in the
header's `tagsDecl` gives a template, and parameters (`pb:param`, with @value), to every model that has it as its behaviour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from siglum.schema.odd.models import Markup, Part, Slot
from siglum.text.frozen import frozen
from siglum.text.tei import Element, attribute, name

PUBLISHER = "http://teipublisher.com/1.0"
_SLOT = re.compile(r"\[\[\s*([\w.-]+)\s*\]\]")


@frozen
class Behaviour:
    """A behaviour of an ODD's own: `params` are the elements that give its parameters a value."""

    template: tuple[Part, ...]
    params: tuple[Element, ...] = ()


def is_publishers(element: Element, kind: str) -> bool:
    """Whether the element is TEI Publisher's, of this name."""
    return element.tag == f"{{{PUBLISHER}}}{kind}"


def read_template(at: Element) -> tuple[Part, ...]:
    """The parts of a template, in order."""
    return tuple(_split_parts(at))


def read_behaviours(root: Element) -> dict[str, Behaviour]:
    """What an ODD defines; of several with one name, for several outputs, the first."""
    found: dict[str, Behaviour] = {}
    for each in root.iter(f"{{{PUBLISHER}}}behaviour"):
        inner = next((below for below in each if isinstance(below.tag, str) and is_publishers(below, "template")), None)
        params = tuple(below for below in each if isinstance(below.tag, str) and is_publishers(below, "param"))
        if inner is not None:
            found.setdefault(attribute(each, "ident"), Behaviour(read_template(inner), params))
    return found


def _split_parts(at: Element) -> Iterator[Part]:
    yield from _fill(at.text or "")
    for each in at:
        if isinstance(each.tag, str):
            given = tuple((etree.QName(key).localname, tuple(_fill(str(value)))) for key, value in each.attrib.items())
            yield Markup(name(each), given, tuple(_split_parts(each)))
        yield from _fill(each.tail or "")


def _fill(text: str) -> Iterator[str | Slot]:
    for index, piece in enumerate(_SLOT.split(text)):
        if index % 2:
            yield Slot(piece)
        elif piece:
            yield piece
