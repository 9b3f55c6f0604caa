"""TEI's documentation elements as XML (Guidelines, chapter 22) to the nodes of `specs`: one function for each kind of spec.

    specs = read_specs(root, "letters.odd", report)
    spec = element_spec(element, Reading("letters.odd", report))

`report` is told of every fault, and nothing raises: what cannot be understood is read as if it were not there. Old forms
(RELAX NG in content models and datatypes) and new ones are read alike. What stands inside egXML is an example, and no spec.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, get_args

from siglum.schema.tagdocs import specs as s
from siglum.schema.tagdocs.read.attributes import att_def, att_list, att_ref, constraint, constraints
from siglum.schema.tagdocs.read.content import alt_ident, bound, content, datatype, names, rng_components, rng_pattern, val_list
from siglum.schema.tagdocs.read.reading import (
    BAD_RNG,
    NAMELESS,
    SILENT,
    UNKNOWN_VALUE,
    Locate,
    Reading,
    Report,
    local,
    parts,
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
    "any_spec",
    "att_def",
    "att_list",
    "att_ref",
    "class_spec",
    "constraint",
    "content",
    "data_spec",
    "datatype",
    "element_spec",
    "local",
    "macro_spec",
    "names",
    "parts",
    "read_specs",
    "rng_components",
    "rng_pattern",
    "spec_elements",
    "val_list",
]

_EXAMPLE = "{http://www.tei-c.org/ns/Examples}egXML"
_T = TypeVar("_T")
_MODELS = frozenset({f"{TEI}model", f"{TEI}modelSequence", f"{TEI}modelGrp"})


def read_specs(root: Element, path: str, report: Report, locate: Locate | None = None) -> tuple[s.AnySpec, ...]:
    """All specs at or below an element, in their order; those without a name are told of and left out.

    `locate` says where an element stands; without it places are lines only, in the file `path`.
    """
    reading = Reading(path, report, locate)
    return tuple(spec for each in spec_elements(root) if (spec := any_spec(each, reading)).ident)


def spec_elements(root: Element) -> Iterator[Element]:
    """The elements of all specs at or below an element, in their order; examples are passed over."""
    for each in root.iter(*(TEI + kind for kind in SPECS)):
        if next(each.iterancestors(_EXAMPLE), None) is None:
            yield each


def any_spec(at: Element, reading: Reading = SILENT) -> s.AnySpec:
    """The spec that an elementSpec, classSpec, macroSpec or dataSpec is. KeyError for any other element."""
    return SPECS[local(at)](at, reading)


def element_spec(at: Element, reading: Reading = SILENT) -> s.ElementSpec:
    """An elementSpec."""
    found = parts(at)
    return s.ElementSpec(
        **_common(at, found, reading),
        ns=_stripped(at, "ns"),
        classes=_classes(found, reading),
        content=_content(found, reading),
        auto_prefix=_auto_prefix(found, reading),
        val_list=_last(found, "valList", val_list, reading),
        attributes=_attributes(found, reading),
        models=tuple(each for each in at.iterchildren(f"{TEI}*") if each.tag in _MODELS),
        bound=bound(at, (alt_ident(at) or at.get("ident") or "").strip()),
    )


def class_spec(at: Element, reading: Reading = SILENT) -> s.ClassSpec:
    """A classSpec."""
    found = parts(at)
    return s.ClassSpec(
        **_common(at, found, reading),
        type=reading.one_of(at, "type", ("model", "atts")),
        classes=_classes(found, reading),
        attributes=_attributes(found, reading),
    )


def macro_spec(at: Element, reading: Reading = SILENT) -> s.MacroSpec:
    """A macroSpec."""
    found = parts(at)
    return s.MacroSpec(
        **_common(at, found, reading),
        type=_stripped(at, "type") or "",
        content=_content(found, reading),
        auto_prefix=_auto_prefix(found, reading),
    )


def data_spec(at: Element, reading: Reading = SILENT) -> s.DataSpec:
    """A dataSpec."""
    found = parts(at)
    listed = _last(found, "valList", val_list, reading)
    return s.DataSpec(**_common(at, found, reading), content=_content(found, reading), val_list=listed)


SPECS: dict[str, Callable[[Element, Reading], s.AnySpec]] = {
    "elementSpec": element_spec,
    "classSpec": class_spec,
    "macroSpec": macro_spec,
    "dataSpec": data_spec,
}
"""What reads each kind of spec, by the name of its element."""


def _common(at: Element, found: dict[str, list[Element]], reading: Reading) -> dict[str, Any]:
    """The fields of `specs.Spec`."""
    return {
        "ident": reading.ident(at),
        "module": _stripped(at, "module") or "",
        "mode": reading.one_of(at, "mode", get_args(s.Mode)),
        "source": _source(at, reading),
        "alt_ident": alt_ident(at) if "altIdent" in found else "",
        "prefix": _stripped(at, "prefix"),
        "constraints": constraints(found, reading),
        "valid_until": _stripped(at, "validUntil") or "",
        "place": reading.place(at),
    }


def _source(at: Element, reading: Reading) -> str:
    """The nearest @source below the schemaSpec. On other elements around a spec, the attribute says where a text is from."""
    around = (at, *at.iterancestors(f"{TEI}specGrp"))
    return next((value for each in around if (value := reading.address(each, "source"))), "")


def _stripped(at: Element, key: str) -> str | None:
    value = at.get(key)
    return None if value is None else value.strip()


def _last(found: dict[str, list[Element]], kind: str, read: Callable[[Element, Reading], _T], reading: Reading) -> _T | None:
    return read(found[kind][-1], reading) if kind in found else None


def _content(found: dict[str, list[Element]], reading: Reading) -> s.Content | None:
    return _last(found, "content", content, reading)


def _auto_prefix(found: dict[str, list[Element]], reading: Reading) -> bool:
    written = found.get("content", ())
    return not written or reading.one_of(written[-1], "autoPrefix", ("true", "false", "1", "0")) not in {"false", "0"}


def _attributes(found: dict[str, list[Element]], reading: Reading) -> s.AttList | None:
    lists = tuple(att_list(each, reading) for each in found.get("attList", ()))
    return lists[0] if len(lists) == 1 else s.AttList(lists) if lists else None


def _classes(found: dict[str, list[Element]], reading: Reading) -> s.Classes | None:
    return _last(found, "classes", _membership, reading)


def _membership(at: Element, reading: Reading) -> s.Classes:
    members = tuple(_member(each, reading) for each in at.iterchildren(f"{TEI}memberOf") if reading.ident(each, "key"))
    return s.Classes(members, reading.one_of(at, "mode", get_args(s.Mode)), place=reading.place(at))


def _member(at: Element, reading: Reading) -> s.MemberOf:
    return s.MemberOf(
        key=(at.get("key") or "").strip(),
        mode=reading.one_of(at, "mode", get_args(s.Mode)),
        minimum=reading.least(at, "min"),
        maximum=reading.number(at, "max"),
        place=reading.place(at),
    )
