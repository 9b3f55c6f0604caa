"""Attributes that come and go, become required or free, and have other values or another datatype.

The same change on several elements, by the same class, is one change that names them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from siglum.schema.odd.diff.change import Change
from siglum.schema.odd.diff.sides import Side
from siglum.schema.odd.diff.vocabulary import format_name
from siglum.schema.p5 import spelling
from siglum.schema.p5.lookup import GivenAttribute
from siglum.schema.tagdocs import specs as s


def compare_attributes(one: Side, other: Side) -> Iterator[Change]:
    """What changes of the attributes of elements that both have."""
    together: dict[Change, list[str]] = {}
    for name in sorted(one.elements.keys() & other.elements.keys(), key=str.casefold):
        for each in _compare_element(_list_attributes(one, name), _list_attributes(other, name)):
            together.setdefault(each, []).append(format_name(name))
    for each, elements in together.items():
        yield replace(each, on=tuple(elements))


def _list_attributes(side: Side, name: str) -> dict[str, GivenAttribute]:
    """By name. Of elements of one name, one may lack what another requires: then it is not required."""
    specs = side.elements[name]
    found: dict[str, GivenAttribute] = {}
    for spec in specs:
        for each in side.lookup.attributes(spec.ident):
            found.setdefault(each.attribute.name, each)
    for spec in specs if len(specs) > 1 else ():
        required = {each.attribute.name for each in side.lookup.attributes(spec.ident) if each.attribute.usage == "req"}
        for key in found.keys() - required:
            found[key] = replace(found[key], attribute=replace(found[key].attribute, usage="opt"))
    return found


def _compare_element(before: dict[str, GivenAttribute], after: dict[str, GivenAttribute]) -> Iterator[Change]:
    for name, given in before.items():
        if name not in after:
            yield Change("attribute", "breaks", name, group=given.of, before=_compare_usage(given.attribute))
        else:
            new = after[name]
            yield from _compare_attribute(name, new.of or given.of, given.attribute, new.attribute)
    for name, given in after.items():
        if name not in before:
            usage = _compare_usage(given.attribute)
            yield Change("attribute", "breaks" if usage == "required" else "allows", name, group=given.of, after=usage)


def _compare_usage(attribute: s.AttDef) -> str:
    return "required" if attribute.usage == "req" else "optional"


def _compare_attribute(name: str, of: str, old: s.AttDef, new: s.AttDef) -> Iterator[Change]:
    before, after = _compare_usage(old), _compare_usage(new)
    if before != after:
        yield Change("required", "breaks" if after == "required" else "allows", name, (), of, before, after)
    closed_before, closed_after = _compare_closed_lists(old), _compare_closed_lists(new)
    if closed_before is not None or closed_after is not None:
        yield from _compare_values(name, of, old, new)
    else:
        yield from _compare_datatype(name, of, old, new)


def _compare_closed_lists(attribute: s.AttDef) -> frozenset[str] | None:
    """The values of a closed list; None where the datatype decides."""
    listed = attribute.val_list
    return frozenset(each.value for each in listed.items) if listed is not None and listed.type == "closed" else None


def _compare_values(name: str, of: str, old: s.AttDef, new: s.AttDef) -> Iterator[Change]:
    before, after = _compare_closed_lists(old), _compare_closed_lists(new)
    match before, after:
        case frozenset(), frozenset():
            if before - after:
                yield Change("values", "breaks", name, (), of, before=", ".join(sorted(before - after)))
            if after - before:
                yield Change("values", "allows", name, (), of, after=", ".join(sorted(after - before)))
            yield from _compare_occurrence(name, of, old, new)
        case None, frozenset():
            yield Change(
                "values", "breaks", name, (), of, spelling.format_datatype(old.datatype), spelling.format_values(new.val_list)
            )
        case frozenset(), None:
            yield Change(
                "values", "allows", name, (), of, spelling.format_values(old.val_list), spelling.format_datatype(new.datatype)
            )
        case _:
            return


def _compare_occurrence(name: str, of: str, old: s.AttDef, new: s.AttDef) -> Iterator[Change]:
    """How many values of a list there may be."""
    before, after = _format_occurrence(old), _format_occurrence(new)
    if before != after:
        wider = after[0] <= before[0] and (after[1] is None or (before[1] is not None and after[1] >= before[1]))
        yield Change("values", "allows" if wider else "breaks", name, (), of, _plural(*before), _plural(*after))


def _plural(low: int, high: int | None) -> str:
    return f"{low} to {'any number of' if high is None else high} values"


def _format_occurrence(attribute: s.AttDef) -> tuple[int, int | None]:
    datatype = attribute.datatype
    return (1, 1) if datatype is None else (datatype.minimum, datatype.maximum)


def _compare_datatype(name: str, of: str, old: s.AttDef, new: s.AttDef) -> Iterator[Change]:
    before, after = spelling.format_datatype(old.datatype), spelling.format_datatype(new.datatype)
    if before != after:
        yield Change("datatype", "allows" if after == "text" else "breaks", name, (), of, before, after)
    suggested = (spelling.format_values(old.val_list), spelling.format_values(new.val_list))
    if suggested[0] != suggested[1]:
        yield Change("values", "other", name, (), of, *suggested)
