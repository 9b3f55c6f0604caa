"""Read content models (Guidelines, 22.4.5 and 22.5.2), in Pure ODD or RELAX NG, into the nodes of `specs`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from lxml import etree

from siglum.errors import SchemaError
from siglum.schema.relaxng import read_xml, syntax
from siglum.schema.tagdocs import specs as s
from siglum.schema.tagdocs.read.reading import BAD_RNG, SILENT, UNKNOWN_VALUE, Reading, line_of, local_name, text_of
from siglum.text.source import Source
from siglum.text.tei import TEI, Element

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
_RNG = f"{{{read_xml.RNG_NS}}}"
_PARAMS = f"{TEI}paramList/{TEI}paramSpec"
_SPECIAL = frozenset('"<&')
_PROSE = frozenset({"desc", "gloss", "remarks", "altIdent", "equiv", "exemplum"})


def read_content(at: Element, reading: Reading = SILENT) -> s.Content:
    """Read a `content`. Without children it is empty; several children are a sequence."""
    nodes = _read_children(at, reading)
    if len(nodes) == 1:
        return nodes[0]
    return s.Sequence(nodes, place=reading.place(at)) if nodes else s.Empty(place=reading.place(at))


def read_datatype(at: Element, reading: Reading = SILENT) -> s.Datatype:
    """Read a `datatype`: a dataRef, or an old form (RELAX NG, a macroRef)."""
    nodes = _read_children(at, reading)
    inner = nodes[0] if len(nodes) == 1 else s.Sequence(nodes, place=reading.place(at)) if nodes else None
    low, high = reading.least(at, "minOccurs"), reading.number(at, "maxOccurs")
    return s.Datatype(inner, minimum=low, maximum=high, place=reading.place(at))


def read_val_list(at: Element, reading: Reading = SILENT) -> s.ValList:
    """Read a list of values. An item without `@ident` is left out; an empty `@ident` is the empty value."""
    elements = at.iterchildren(f"{TEI}valItem")
    items = tuple(_read_val_item(item, reading) for item in elements if "ident" in item.attrib or reading.ident(item))
    mode = reading.one_of(at, "mode", get_args(s.Mode))
    return s.ValList(items, reading.one_of(at, "type", get_args(s.ListType)), mode, place=reading.place(at))


def _read_val_item(at: Element, reading: Reading) -> s.ValItem:
    return s.ValItem(
        ident=(at.get("ident") or "").strip(),
        alt_ident=read_alt_ident(at),
        mode=reading.one_of(at, "mode", get_args(s.Mode)),
        valid_until=(at.get("validUntil") or "").strip(),
        params=tuple(name for spec in at.iterfind(_PARAMS) if (name := (spec.get("ident") or "").strip())),
        place=reading.place(at),
    )


def read_alt_ident(at: Element) -> str:
    """Return the first `altIdent` of an element, attribute or value that is not empty."""
    return next((name for child in at.iterchildren(f"{TEI}altIdent") if (name := text_of(child))), "")


def _read_children(at: Element, reading: Reading) -> tuple[s.Content, ...]:
    children = at.iterchildren("*", etree.ProcessingInstruction)
    return tuple(node for child in children for node in _read_nodes(child, reading))


def _read_nodes(at: Element | etree._ProcessingInstruction, reading: Reading) -> Iterator[s.Content]:
    """Yield the nodes of a child of a content model: one; none if siglum cannot read it; several for an `rng:div`."""
    if isinstance(at, etree._ProcessingInstruction):
        around = at.getparent()
        if at.target == "NameList" and around is not None:
            yield s.ElementRef(s.EVERY, place=reading.place(around))
    elif at.tag == f"{_RNG}div":
        for child in at.iterchildren("*"):
            yield from _read_nodes(child, reading)
    elif str(at.tag).startswith(_RNG):
        pattern = read_rng_pattern(at, reading)
        if pattern is not None:
            yield s.Rng(pattern, place=reading.place(at))
    elif str(at.tag).startswith(TEI) and local_name(at) not in _PROSE:
        read = _KINDS.get(local_name(at))
        if read is None:
            message = f"<{local_name(at)}> is not allowed in a content model"
            reading.fault(at, UNKNOWN_VALUE, message, f"use {', '.join(sorted(_KINDS))}")
        elif (node := read(at, reading)) is not None:
            yield node


def _element_ref(at: Element, reading: Reading) -> s.ElementRef | None:
    low, high = _occurs(at, reading)
    key = reading.ident(at, "key")
    return s.ElementRef(key, minimum=low, maximum=high, place=reading.place(at)) if key else None


def _macro_ref(at: Element, reading: Reading) -> s.MacroRef | None:
    low, high = _occurs(at, reading)
    key = reading.ident(at, "key")
    return s.MacroRef(key, minimum=low, maximum=high, place=reading.place(at)) if key else None


def _class_ref(at: Element, reading: Reading) -> s.ClassRef | None:
    low, high = _occurs(at, reading)
    key = reading.ident(at, "key")
    expand = reading.one_of(at, "expand", get_args(s.Expand))
    include, except_ = split_names(at, "include"), split_names(at, "except")
    return s.ClassRef(key, expand, include, except_, minimum=low, maximum=high, place=reading.place(at)) if key else None


def _data_ref(at: Element, reading: Reading) -> s.DataRef | None:
    low, high = _occurs(at, reading)
    key, name, ref = ((at.get(key) or "").strip() for key in ("key", "name", "ref"))
    if not (key or name or ref):
        reading.ident(at, "key")
        return None
    facets = ((facet.get("name", "").strip(), facet.get("value", "")) for facet in at.iterchildren(f"{TEI}dataFacet"))
    place = reading.place(at)
    return s.DataRef(key, name, ref, at.get("restriction", ""), tuple(facets), minimum=low, maximum=high, place=place)


def _sequence(at: Element, reading: Reading) -> s.Sequence:
    low, high = _occurs(at, reading)
    order = reading.one_of(at, "preserveOrder", ("true", "false", "1", "0")) not in {"false", "0"}
    return s.Sequence(_read_children(at, reading), order, minimum=low, maximum=high, place=reading.place(at))


def _alternate(at: Element, reading: Reading) -> s.Alternate:
    low, high = _occurs(at, reading)
    return s.Alternate(_read_children(at, reading), minimum=low, maximum=high, place=reading.place(at))


def _interleave(at: Element, reading: Reading) -> s.Interleave:
    low, high = _occurs(at, reading)
    return s.Interleave(_read_children(at, reading), minimum=low, maximum=high, place=reading.place(at))


def _any_element(at: Element, reading: Reading) -> s.AnyElement:
    low, high = _occurs(at, reading)
    require, except_, exclude = (split_names(at, key) or () for key in ("require", "except", "exclude"))
    bound = tuple((prefix, at.nsmap[prefix]) for prefix in find_prefixes((*except_, *exclude)) if prefix in at.nsmap)
    return s.AnyElement(require, except_, exclude, bound, minimum=low, maximum=high, place=reading.place(at))


def _text(at: Element, reading: Reading) -> s.TextNode:
    return s.TextNode(place=reading.place(at))


def _empty(at: Element, reading: Reading) -> s.Empty:
    return s.Empty(place=reading.place(at))


def _occurs(at: Element, reading: Reading) -> tuple[int, int | None]:
    return reading.least(at, "minOccurs"), reading.number(at, "maxOccurs")


def find_prefixes(written: Iterable[str]) -> Iterator[str]:
    """Yield the part before the colon of each name that has one."""
    return (prefix for name in dict.fromkeys(written) if (prefix := name.partition(":")[0]) != name)


def bound_namespace(at: Element, ident: str) -> str:
    """Return the namespace of a name's prefix; empty without a prefix or binding."""
    return next((at.nsmap.get(prefix, "") for prefix in find_prefixes([ident])), "")


def split_names(at: Element, key: str) -> tuple[str, ...] | None:
    """Split an attribute with several names; None if it is absent."""
    written = at.get(key)
    return None if written is None else tuple(written.split())


_KINDS: dict[str, Callable[[Element, Reading], s.Content | None]] = {
    "textNode": _text,
    "empty": _empty,
    "elementRef": _element_ref,
    "classRef": _class_ref,
    "macroRef": _macro_ref,
    "dataRef": _data_ref,
    "sequence": _sequence,
    "alternate": _alternate,
    "interleave": _interleave,
    "anyElement": _any_element,
    "valList": read_val_list,
}


# RELAX NG


def read_rng_pattern(at: Element, reading: Reading = SILENT) -> syntax.Pattern | None:
    """Read a RELAX NG pattern in an ODD; None, with a report, if it is not correct."""
    read = _parse_rng(at, reading, "group", [at])
    return read.patterns[0] if isinstance(read, syntax.Group) else None


def read_rng_components(at: Element, reading: Reading = SILENT) -> tuple[syntax.Component, ...]:
    """Read the `rng:define`, `rng:start` and so on in a moduleRef's `content`; none, with a report, if they are not correct."""
    read = _parse_rng(at, reading, "grammar", list(at.iterchildren(f"{_RNG}*")))
    return read.components if isinstance(read, syntax.Grammar) else ()


def _parse_rng(at: Element, reading: Reading, around: str, inner: list[Element]) -> syntax.Pattern | None:
    """Parse elements inside a wrapper with the `ns` and `datatypeLibrary` of the compiled schema.

    Empty lines before them keep the line numbers of the ODD.
    """
    if not inner:
        return None
    line = max(line_of(inner[0]), 2)
    below = line - line_of(inner[0])  # there is no line before the first one
    written = "".join(etree.tostring(element, encoding="unicode", with_tail=True) for element in inner[:-1])
    written += etree.tostring(inner[-1], encoding="unicode", with_tail=False)
    text = f'<{around} xmlns="{read_xml.RNG_NS}" datatypeLibrary="{_library(at)}">\n{written}</{around}>'
    data = ("\n" * (line - 2) + text).encode("utf-8", "replace")
    try:
        return read_xml.read(Source(reading.path, data), ns=_namespace(at), notes=False)
    except SchemaError as error:
        error_line = error.where.rpartition(":")[2]
        reading.fault(
            inner[0],
            BAD_RNG,
            f"the RELAX NG in this content model is not correct: {error.message}",
            error.help,
            line=int(error_line) - below if error_line.isdigit() else 0,
        )
        return None


def _library(at: Element) -> str:
    """Return the nearest `datatypeLibrary`; without one, that of XML Schema, as in TEI's grammar."""
    values = (element.get("datatypeLibrary") for element in (at, *at.iterancestors()))
    return next((value for value in values if value and not _SPECIAL.intersection(value)), XSD)


def _namespace(at: Element) -> str:
    schema = next(at.iterancestors(f"{TEI}schemaSpec"), None)
    return s.TEI if schema is None else schema.get("ns", s.TEI)
