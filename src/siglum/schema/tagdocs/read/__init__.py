"""Read TEI's documentation elements (Guidelines, chapter 22) into the nodes of `specs`, with one function for each spec.

    specs = read_specs(root, "letters.odd", report)
    spec = read_element_spec(element, Reading("letters.odd", report))

`report` receives every fault; nothing raises. An element or value that siglum does not understand is left out. Old forms (RELAX
NG in content models and datatypes) and Pure ODD give the same nodes. Specs inside egXML are examples and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_args

from siglum.schema.tagdocs import specs as s
from siglum.schema.tagdocs.read.attributes import read_att_def, read_att_list, read_att_ref, read_constraint, read_constraints
from siglum.schema.tagdocs.read.content import (
    bound_namespace,
    read_alt_ident,
    read_content,
    read_datatype,
    read_rng_components,
    read_rng_pattern,
    read_val_list,
    split_names,
)
from siglum.schema.tagdocs.read.reading import (
    BAD_RNG,
    NAMELESS,
    SILENT,
    UNKNOWN_VALUE,
    Locate,
    Reading,
    Report,
    children_by_name,
    local_name,
)
from siglum.text.tei import TEI, Element

__all__ = [
    "BAD_RNG",
    "NAMELESS",
    "SILENT",
    "SPECS",
    "UNKNOWN_VALUE",
    "Locate",
    "Reading",
    "Report",
    "children_by_name",
    "find_spec_elements",
    "local_name",
    "read_any_spec",
    "read_att_def",
    "read_att_list",
    "read_att_ref",
    "read_class_spec",
    "read_constraint",
    "read_content",
    "read_data_spec",
    "read_datatype",
    "read_element_spec",
    "read_macro_spec",
    "read_rng_components",
    "read_rng_pattern",
    "read_specs",
    "read_val_list",
    "split_names",
]

_EXAMPLE = "{http://www.tei-c.org/ns/Examples}egXML"
_T = TypeVar("_T")
_MODELS = frozenset({f"{TEI}model", f"{TEI}modelSequence", f"{TEI}modelGrp"})


def read_specs(root: Element, path: str, report: Report, locate: Locate | None = None) -> tuple[s.AnySpec, ...]:
    """Read all specs at or below an element, in document order; specs without a name are reported and left out.

    `locate` gives the place of an element; without it places are lines in the file `path`.
    """
    reading = Reading(path, report, locate)
    return tuple(spec for element in find_spec_elements(root) if (spec := read_any_spec(element, reading)).ident)


def find_spec_elements(root: Element) -> Iterator[Element]:
    """Yield the spec elements at or below an element, in document order, without examples."""
    for element in root.iter(*(TEI + kind for kind in SPECS)):
        if next(element.iterancestors(_EXAMPLE), None) is None:
            yield element


def read_any_spec(at: Element, reading: Reading = SILENT) -> s.AnySpec:
    """Read an elementSpec, classSpec, macroSpec or dataSpec. Raises KeyError for any other element."""
    return SPECS[local_name(at)](at, reading)


def read_element_spec(at: Element, reading: Reading = SILENT) -> s.ElementSpec:
    children = children_by_name(at)
    return s.ElementSpec(
        **_read_common(at, children, reading),
        ns=_strip_value(at, "ns"),
        classes=_read_classes(children, reading),
        content=_read_content(children, reading),
        auto_prefix=_read_auto_prefix(children, reading),
        val_list=_read_last(children, "valList", read_val_list, reading),
        attributes=_read_attributes(children, reading),
        models=tuple(child for child in at.iterchildren(f"{TEI}*") if child.tag in _MODELS),
        bound=bound_namespace(at, (read_alt_ident(at) or at.get("ident") or "").strip()),
    )


def read_class_spec(at: Element, reading: Reading = SILENT) -> s.ClassSpec:
    children = children_by_name(at)
    return s.ClassSpec(
        **_read_common(at, children, reading),
        type=reading.one_of(at, "type", ("model", "atts")),
        classes=_read_classes(children, reading),
        attributes=_read_attributes(children, reading),
    )


def read_macro_spec(at: Element, reading: Reading = SILENT) -> s.MacroSpec:
    children = children_by_name(at)
    return s.MacroSpec(
        **_read_common(at, children, reading),
        type=_strip_value(at, "type") or "",
        content=_read_content(children, reading),
        auto_prefix=_read_auto_prefix(children, reading),
    )


def read_data_spec(at: Element, reading: Reading = SILENT) -> s.DataSpec:
    children = children_by_name(at)
    listed = _read_last(children, "valList", read_val_list, reading)
    return s.DataSpec(**_read_common(at, children, reading), content=_read_content(children, reading), val_list=listed)


SPECS: dict[str, Callable[[Element, Reading], s.AnySpec]] = {
    "elementSpec": read_element_spec,
    "classSpec": read_class_spec,
    "macroSpec": read_macro_spec,
    "dataSpec": read_data_spec,
}
"""The reader of each spec, by element name."""


def _read_common(at: Element, children: dict[str, list[Element]], reading: Reading) -> dict[str, Any]:
    """Read the fields of `specs.Spec`."""
    return {
        "ident": reading.ident(at),
        "module": _strip_value(at, "module") or "",
        "mode": reading.one_of(at, "mode", get_args(s.Mode)),
        "source": _find_source(at, reading),
        "alt_ident": read_alt_ident(at) if "altIdent" in children else "",
        "prefix": _strip_value(at, "prefix"),
        "constraints": read_constraints(children, reading),
        "valid_until": _strip_value(at, "validUntil") or "",
        "place": reading.place(at),
    }


def _find_source(at: Element, reading: Reading) -> str:
    """Return the nearest `@source` on the spec or a specGrp; on other ancestors the attribute has another meaning."""
    holders = (at, *at.iterancestors(f"{TEI}specGrp"))
    return next((value for holder in holders if (value := reading.address(holder, "source"))), "")


def _strip_value(at: Element, key: str) -> str | None:
    value = at.get(key)
    return None if value is None else value.strip()


def _read_last(
    children: dict[str, list[Element]], kind: str, read: Callable[[Element, Reading], _T], reading: Reading
) -> _T | None:
    return read(children[kind][-1], reading) if kind in children else None


def _read_content(children: dict[str, list[Element]], reading: Reading) -> s.Content | None:
    return _read_last(children, "content", read_content, reading)


def _read_auto_prefix(children: dict[str, list[Element]], reading: Reading) -> bool:
    written = children.get("content", ())
    return not written or reading.one_of(written[-1], "autoPrefix", ("true", "false", "1", "0")) not in {"false", "0"}


def _read_attributes(children: dict[str, list[Element]], reading: Reading) -> s.AttList | None:
    lists = tuple(read_att_list(child, reading) for child in children.get("attList", ()))
    return lists[0] if len(lists) == 1 else s.AttList(lists) if lists else None


def _read_classes(children: dict[str, list[Element]], reading: Reading) -> s.Classes | None:
    return _read_last(children, "classes", _read_memberships, reading)


def _read_memberships(at: Element, reading: Reading) -> s.Classes:
    elements = at.iterchildren(f"{TEI}memberOf")
    members = tuple(_read_member(element, reading) for element in elements if reading.ident(element, "key"))
    return s.Classes(members, reading.one_of(at, "mode", get_args(s.Mode)), place=reading.place(at))


def _read_member(at: Element, reading: Reading) -> s.MemberOf:
    return s.MemberOf(
        key=(at.get("key") or "").strip(),
        mode=reading.one_of(at, "mode", get_args(s.Mode)),
        minimum=reading.least(at, "min"),
        maximum=reading.number(at, "max"),
        place=reading.place(at),
    )
