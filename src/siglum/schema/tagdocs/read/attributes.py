"""Attribute definitions (Guidelines, 22.5.3): attList, attDef and attRef, with their datatypes, values and constraints."""

from __future__ import annotations

from typing import get_args

from siglum.schema.tagdocs import specs as s
from siglum.schema.tagdocs.read.content import alt_ident, bound, datatype, val_list
from siglum.schema.tagdocs.read.reading import SILENT, Reading, parts, text_of
from siglum.text.tei import TEI, Element, language


def att_list(at: Element, reading: Reading = SILENT) -> s.AttList:
    """A list of attributes with the lists in it; what has no name is left out."""
    found = (_attribute(each, reading) for each in at.iterchildren(f"{TEI}attDef", f"{TEI}attRef", f"{TEI}attList"))
    org = reading.one_of(at, "org", ("group", "choice"))
    return s.AttList(
        tuple(each for each in found if each is not None), "choice" if org == "choice" else "group", place=reading.place(at)
    )


def _attribute(at: Element, reading: Reading) -> s.Attribute | None:
    if at.tag == f"{TEI}attList":
        return att_list(at, reading)
    if at.tag == f"{TEI}attRef":
        return att_ref(at, reading)
    return att_def(at, reading) if reading.ident(at) else None


def att_ref(at: Element, reading: Reading = SILENT) -> s.AttRef | None:
    """A reference to attributes of a class; None, and told of, where it names nothing."""
    class_, name = (at.get("class") or "").strip(), (at.get("name") or "").strip()
    if not class_ and not reading.ident(at, "name"):
        return None
    return s.AttRef(class_, name, place=reading.place(at))


def att_def(at: Element, reading: Reading = SILENT) -> s.AttDef:
    """An attribute; of a child that may stand once and stands there more often, the last holds."""
    found = parts(at)
    types, lists, defaults = (found.get(each) for each in ("datatype", "valList", "defaultVal"))
    other = alt_ident(at)
    return s.AttDef(
        ident=(at.get("ident") or "").strip(),
        ns=(at.get("ns") or "").strip(),
        mode=reading.one_of(at, "mode", get_args(s.Mode)),
        usage=reading.one_of(at, "usage", get_args(s.Usage)),
        alt_ident=other,
        datatype=datatype(types[-1], reading) if types else None,
        default=text_of(defaults[-1]) if defaults else None,
        val_list=val_list(lists[-1], reading) if lists else None,
        constraints=constraints(found, reading),
        valid_until=(at.get("validUntil") or "").strip(),
        bound=bound(at, other or (at.get("ident") or "").strip()),
        place=reading.place(at),
    )


def constraints(found: dict[str, list[Element]], reading: Reading = SILENT) -> tuple[s.Constraint, ...]:
    """The constraintSpecs among the children of a spec, sorted by `parts`."""
    return tuple(constraint(each, reading) for each in found.get("constraintSpec", ()))


def constraint(at: Element, reading: Reading = SILENT) -> s.Constraint:
    """A constraintSpec; what is in it is not looked at here."""
    return s.Constraint(
        ident=(at.get("ident") or "").strip(),
        scheme=(at.get("scheme") or "").strip(),
        mode=reading.one_of(at, "mode", get_args(s.Mode)),
        lang=language(at),
        valid_until=(at.get("validUntil") or "").strip(),
        element=at,
        place=reading.place(at),
    )
