"""Attribute definitions (Guidelines, 22.5.3): attList, attDef and attRef, with their datatypes, values and constraints."""

from __future__ import annotations

from typing import get_args

from siglum.schema.tagdocs import specs as s
from siglum.schema.tagdocs.read.content import bound_namespace, read_alt_ident, read_datatype, read_val_list
from siglum.schema.tagdocs.read.reading import SILENT, Reading, children_by_name, text_of
from siglum.text.tei import TEI, Element, language


def read_att_list(at: Element, reading: Reading = SILENT) -> s.AttList:
    """Read a list of attributes with its inner lists; an attribute without a name is reported and left out."""
    attributes = (_read_attribute(child, reading) for child in at.iterchildren(f"{TEI}attDef", f"{TEI}attRef", f"{TEI}attList"))
    org = reading.one_of(at, "org", ("group", "choice"))
    return s.AttList(
        tuple(item for item in attributes if item is not None),
        "choice" if org == "choice" else "group",
        place=reading.place(at),
    )


def _read_attribute(at: Element, reading: Reading) -> s.Attribute | None:
    if at.tag == f"{TEI}attList":
        return read_att_list(at, reading)
    if at.tag == f"{TEI}attRef":
        return read_att_ref(at, reading)
    return read_att_def(at, reading) if reading.ident(at) else None


def read_att_ref(at: Element, reading: Reading = SILENT) -> s.AttRef | None:
    """Read a reference to attributes of a class; None, with a report, if it names nothing."""
    class_, name = (at.get("class") or "").strip(), (at.get("name") or "").strip()
    if not class_ and not reading.ident(at, "name"):
        return None
    return s.AttRef(class_, name, place=reading.place(at))


def read_att_def(at: Element, reading: Reading = SILENT) -> s.AttDef:
    """Read an attribute; if a child that must be unique is repeated, the last one counts."""
    children = children_by_name(at)
    types, lists, defaults = (children.get(kind) for kind in ("datatype", "valList", "defaultVal"))
    other = read_alt_ident(at)
    return s.AttDef(
        ident=(at.get("ident") or "").strip(),
        ns=(at.get("ns") or "").strip(),
        mode=reading.one_of(at, "mode", get_args(s.Mode)),
        usage=reading.one_of(at, "usage", get_args(s.Usage)),
        alt_ident=other,
        datatype=read_datatype(types[-1], reading) if types else None,
        default=text_of(defaults[-1]) if defaults else None,
        val_list=read_val_list(lists[-1], reading) if lists else None,
        constraints=read_constraints(children, reading),
        valid_until=(at.get("validUntil") or "").strip(),
        bound=bound_namespace(at, other or (at.get("ident") or "").strip()),
        place=reading.place(at),
    )


def read_constraints(children: dict[str, list[Element]], reading: Reading = SILENT) -> tuple[s.Constraint, ...]:
    """Read the constraintSpecs among the children of a spec (see `children_by_name`)."""
    return tuple(read_constraint(child, reading) for child in children.get("constraintSpec", ()))


def read_constraint(at: Element, reading: Reading = SILENT) -> s.Constraint:
    """Read a constraintSpec; its content stays XML."""
    return s.Constraint(
        ident=(at.get("ident") or "").strip(),
        scheme=(at.get("scheme") or "").strip(),
        mode=reading.one_of(at, "mode", get_args(s.Mode)),
        lang=language(at),
        valid_until=(at.get("validUntil") or "").strip(),
        element=at,
        place=reading.place(at),
    )
