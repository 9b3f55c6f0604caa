"""What a mode that is not written means, before anything is merged: afterwards, every list that changes another says so.

The Guidelines give `mode` the default `add` (att.combinable). TEI's own tools pass over a list of values without a mode where
the attribute is changed, and an item without a mode where the list is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.report import Report
from siglum.schema.tagdocs import specs as s

_Spec = TypeVar("_Spec", bound=s.AnySpec)


def make_modes_explicit(spec: _Spec, report: Report) -> _Spec:
    """A spec of the ODD with modes where lists of values have none."""
    if isinstance(spec, s.ElementSpec | s.ClassSpec) and spec.attributes is not None:
        return replace(spec, attributes=_complete_list(spec.attributes, report))
    return spec


def _complete_list(listed: s.AttList, report: Report) -> s.AttList:
    return replace(listed, children=tuple(_complete_attribute(each, report) for each in listed.children))


def _complete_attribute(at: s.Attribute, report: Report) -> s.Attribute:
    match at:
        case s.AttList():
            return _complete_list(at, report)
        case s.AttDef() if at.mode == "change" and at.val_list is not None:
            return replace(at, val_list=_complete_values(at.val_list, at.ident, report))
        case _:
            return at


def _complete_values(listed: s.ValList, attribute: str, report: Report) -> s.ValList | None:
    if listed.mode is None:
        passed_over = report.differs(Deviation.LIST_WITHOUT_MODE, listed.place, attribute)
        return None if passed_over else replace(listed, mode="add")
    if listed.mode == "change" and any(each.mode is None for each in listed.items):
        return replace(listed, items=tuple(item for each in listed.items if (item := _complete_item(each, attribute, report))))
    return listed


def _complete_item(item: s.ValItem, attribute: str, report: Report) -> s.ValItem | None:
    """One that is added, whether the value is there or not: who writes no mode does not claim that it is new."""
    if item.mode is not None:
        return item
    return (
        None
        if report.differs(Deviation.VALUE_WITHOUT_MODE, item.place, item.ident, attribute)
        else replace(item, mode="replace")
    )
