"""Content models (Guidelines, 22.4.5 and 22.5.2), pure or in RELAX NG, to the nodes of `specs`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from lxml import etree

from siglum.errors import SchemaError
from siglum.schema.relaxng import read_xml, syntax
from siglum.schema.tagdocs import specs as s
from siglum.schema.tagdocs.read.reading import BAD_RNG, SILENT, UNKNOWN_VALUE, Reading, line_of, local, text_of
from siglum.text.source import Source
from siglum.text.tei import TEI, Element

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
_RNG = f"{{{read_xml.RNG_NS}}}"
_PARAMS = f"{TEI}paramList/{TEI}paramSpec"
_PROSE = frozenset({"desc", "gloss", "remarks", "altIdent", "equiv", "exemplum"})


def content(at: Element, reading: Reading = SILENT) -> s.Content:
    """What a `content` says; without children, that it is empty. Several children follow one another."""
    found = _children(at, reading)
    if len(found) == 1:
        return found[0]
    return s.Sequence(found, place=reading.place(at)) if found else s.Empty(place=reading.place(at))


def datatype(at: Element, reading: Reading = SILENT) -> s.Datatype:
    """What a `datatype` says, in its present form (a dataRef) or an old one (RELAX NG, a macroRef)."""
    found = _children(at, reading)
    inner = found[0] if len(found) == 1 else s.Sequence(found, place=reading.place(at)) if found else None
    low, high = reading.least(at, "minOccurs"), reading.number(at, "maxOccurs")
    return s.Datatype(inner, minimum=low, maximum=high, place=reading.place(at))


def val_list(at: Element, reading: Reading = SILENT) -> s.ValList:
    """A list of values; an item without `ident` is left out, but an empty one stands for the empty value."""
    written = at.iterchildren(f"{TEI}valItem")
    items = tuple(_val_item(each, reading) for each in written if "ident" in each.attrib or reading.ident(each))
    mode = reading.one_of(at, "mode", get_args(s.Mode))
    return s.ValList(items, reading.one_of(at, "type", get_args(s.ListType)), mode, place=reading.place(at))


def _val_item(at: Element, reading: Reading) -> s.ValItem:
    return s.ValItem(
        ident=(at.get("ident") or "").strip(),
        alt_ident=alt_ident(at),
        mode=reading.one_of(at, "mode", get_args(s.Mode)),
        valid_until=(at.get("validUntil") or "").strip(),
        params=tuple(each for spec in at.iterfind(_PARAMS) if (each := (spec.get("ident") or "").strip())),
        place=reading.place(at),
    )


def alt_ident(at: Element) -> str:
    """The other name of an element, attribute or value: the first one that is not empty."""
    return next((name for each in at.iterchildren(f"{TEI}altIdent") if (name := text_of(each))), "")


def _children(at: Element, reading: Reading) -> tuple[s.Content, ...]:
    children = at.iterchildren("*", etree.ProcessingInstruction)
    return tuple(node for child in children for node in _nodes(child, reading))


def _nodes(at: Element | etree._ProcessingInstruction, reading: Reading) -> Iterator[s.Content]:
    """What a child of a content model stands for: one node; none, where it cannot be read; several, for an `rng:div`."""
    if isinstance(at, etree._ProcessingInstruction):
        around = at.getparent()
        if at.target == "NameList" and around is not None:
            yield s.ElementRef(s.EVERY, place=reading.place(around))
    elif at.tag == f"{_RNG}div":
        for child in at.iterchildren("*"):
            yield from _nodes(child, reading)
    elif str(at.tag).startswith(_RNG):
        pattern = rng_pattern(at, reading)
        if pattern is not None:
            yield s.Rng(pattern, place=reading.place(at))
    elif str(at.tag).startswith(TEI) and local(at) not in _PROSE:
        read = _KINDS.get(local(at))
        if read is None:
            message = f"<{local(at)}> is nothing that a content model can hold"
            reading.fault(at, UNKNOWN_VALUE, message, f"a content model is made of {', '.join(sorted(_KINDS))}")
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
    include, except_ = names(at, "include"), names(at, "except")
    return s.ClassRef(key, expand, include, except_, minimum=low, maximum=high, place=reading.place(at)) if key else None


def _data_ref(at: Element, reading: Reading) -> s.DataRef | None:
    low, high = _occurs(at, reading)
    key, name, ref = ((at.get(each) or "").strip() for each in ("key", "name", "ref"))
    if not (key or name or ref):
        reading.ident(at, "key")
        return None
    facets = ((each.get("name", "").strip(), each.get("value", "")) for each in at.iterchildren(f"{TEI}dataFacet"))
    place = reading.place(at)
    return s.DataRef(key, name, ref, at.get("restriction", ""), tuple(facets), minimum=low, maximum=high, place=place)


def _sequence(at: Element, reading: Reading) -> s.Sequence:
    low, high = _occurs(at, reading)
    order = reading.one_of(at, "preserveOrder", ("true", "false", "1", "0")) not in {"false", "0"}
    return s.Sequence(_children(at, reading), order, minimum=low, maximum=high, place=reading.place(at))


def _alternate(at: Element, reading: Reading) -> s.Alternate:
    low, high = _occurs(at, reading)
    return s.Alternate(_children(at, reading), minimum=low, maximum=high, place=reading.place(at))


def _interleave(at: Element, reading: Reading) -> s.Interleave:
    low, high = _occurs(at, reading)
    return s.Interleave(_children(at, reading), minimum=low, maximum=high, place=reading.place(at))


def _any_element(at: Element, reading: Reading) -> s.AnyElement:
    low, high = _occurs(at, reading)
    require, except_, exclude = (names(at, key) or () for key in ("require", "except", "exclude"))
    bound = tuple((prefix, at.nsmap[prefix]) for prefix in prefixes((*except_, *exclude)) if prefix in at.nsmap)
    return s.AnyElement(require, except_, exclude, bound, minimum=low, maximum=high, place=reading.place(at))


def _text(at: Element, reading: Reading) -> s.TextNode:
    return s.TextNode(place=reading.place(at))


def _empty(at: Element, reading: Reading) -> s.Empty:
    return s.Empty(place=reading.place(at))


def _occurs(at: Element, reading: Reading) -> tuple[int, int | None]:
    return reading.least(at, "minOccurs"), reading.number(at, "maxOccurs")


def prefixes(written: Iterable[str]) -> Iterator[str]:
    """What may be prefixes in names: what stands before a colon."""
    return (prefix for each in dict.fromkeys(written) if (prefix := each.partition(":")[0]) != each)


def bound(at: Element, ident: str) -> str:
    """The namespace that the file binds the prefix of a name to; empty without a prefix, or where it is not bound."""
    return next((at.nsmap.get(prefix, "") for prefix in prefixes([ident])), "")


def names(at: Element, key: str) -> tuple[str, ...] | None:
    """The names in an attribute that holds several; None where it is absent."""
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
    "valList": val_list,
}


# RELAX NG


def rng_pattern(at: Element, reading: Reading = SILENT) -> syntax.Pattern | None:
    """A RELAX NG pattern as it stands in an ODD; None, and told of, where it cannot be read."""
    read = _rng(at, reading, "group", [at])
    return read.patterns[0] if isinstance(read, syntax.Group) else None


def rng_components(at: Element, reading: Reading = SILENT) -> tuple[syntax.Component, ...]:
    """The `rng:define`, `rng:start` and so on that a moduleRef holds in its `content`; none where they cannot be read."""
    read = _rng(at, reading, "grammar", list(at.iterchildren(f"{_RNG}*")))
    return read.components if isinstance(read, syntax.Grammar) else ()


def _rng(at: Element, reading: Reading, around: str, inner: list[Element]) -> syntax.Pattern | None:
    """Read elements inside one that says what the schema made of the ODD will say: `ns` and `datatypeLibrary`.

    The lines before are made up, so that the patterns know where they stand in the file.
    """
    if not inner:
        return None
    line = max(line_of(inner[0]), 2)
    below = line - line_of(inner[0])  # there is no line before the first one
    written = "".join(etree.tostring(each, encoding="unicode", with_tail=True) for each in inner[:-1])
    written += etree.tostring(inner[-1], encoding="unicode", with_tail=False)
    text = f'<{around} xmlns="{read_xml.RNG_NS}" datatypeLibrary="{_library(at)}">\n{written}</{around}>'
    data = ("\n" * (line - 2) + text).encode("utf-8", "replace")
    try:
        return read_xml.read(Source(reading.path, data), ns=_namespace(at), notes=False)
    except SchemaError as error:
        found = error.where.rpartition(":")[2]
        reading.fault(
            inner[0],
            BAD_RNG,
            f"the RELAX NG in this content model cannot be read: {error.message}",
            error.help,
            line=int(found) - below if found.isdigit() else 0,
        )
        return None


def _library(at: Element) -> str:
    """`datatypeLibrary` of the nearest element that has one; without any it is that of XML Schema, as TEI's grammar says."""
    around = (each.get("datatypeLibrary") for each in (at, *at.iterancestors()))
    return next((each for each in around if each and '"' not in each and "<" not in each and "&" not in each), XSD)


def _namespace(at: Element) -> str:
    schema = next(at.iterancestors(f"{TEI}schemaSpec"), None)
    return s.TEI if schema is None else schema.get("ns", s.TEI)
