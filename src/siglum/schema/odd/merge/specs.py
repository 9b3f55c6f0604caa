"""A whole spec over that of the source (Guidelines, 22.8.3): what a change says replaces what was said, child by child."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.customisation import kind_of, shown
from siglum.schema.odd.merge import attributes, classes, constraints
from siglum.schema.odd.report import Report
from siglum.schema.tagdocs import specs as s

_UNMEANT = 'repeat its <classes>, or write mode="change"'


def as_new(spec: s.AnySpec, module: str, report: Report) -> s.AnySpec:
    """A spec that stands for itself: nothing in it is relative to another one, but the attributes to the classes."""
    anew: dict[str, Any] = {"mode": None, "constraints": constraints.settled(spec.constraints)}
    if not spec.module:
        anew["module"] = module
    if isinstance(spec, s.ElementSpec | s.ClassSpec) and spec.classes is not None:
        anew["classes"] = classes.settled(spec.classes)
    if isinstance(spec, s.ElementSpec) and spec.attributes is not None:
        anew["attributes"] = attributes.over(None, spec.attributes, called(spec), report, relative=True)
    if isinstance(spec, s.ClassSpec) and spec.attributes is not None:
        anew["attributes"] = attributes.over(None, spec.attributes, called(spec), report, relative=False)
    return replace(spec, **anew)


def replacing(old: s.AnySpec, new: s.AnySpec, report: Report) -> s.AnySpec:
    """A spec in the place of another; memberships that it does not repeat are lost."""
    lost = old.classes if isinstance(old, s.ElementSpec | s.ClassSpec) else None
    unsaid = isinstance(new, s.ElementSpec | s.ClassSpec) and new.classes is None
    if unsaid and lost is not None and lost.members and new.mode == "replace":
        names = ", ".join(each.key for each in lost.members)
        report.add("O014", new.place, f"the {kind_of(new)} that replaces", new.ident, names, _UNMEANT)
    return as_new(new, old.module, report)


def changed(old: s.AnySpec, new: s.AnySpec, report: Report) -> s.AnySpec:
    """A spec with what a change of it says; what that does not speak of stays."""
    match old, new:
        case s.ElementSpec(), s.ElementSpec():
            return _element(old, new, report)
        case s.ClassSpec(), s.ClassSpec():
            return _class(old, new, report)
        case s.MacroSpec(), s.MacroSpec():
            ours = new if new.content is not None else old
            return replace(old, **_common(old, new), content=ours.content, auto_prefix=ours.auto_prefix)
        case s.DataSpec(), s.DataSpec():
            return replace(old, **_common(old, new), content=new.content or old.content, val_list=new.val_list or old.val_list)
    raise AssertionError((old, new))  # a change is looked up by its kind


def called(spec: s.AnySpec) -> str:
    """A spec, as messages call it."""
    return f"the {shown(kind_of(spec))} `{spec.ident}`"


def _common(old: s.AnySpec, new: s.AnySpec) -> dict[str, Any]:
    return {
        "alt_ident": new.alt_ident or old.alt_ident,
        "constraints": constraints.over(old.constraints, new.constraints),
        "valid_until": new.valid_until or old.valid_until,
        "place": new.place,
    }


def _element(old: s.ElementSpec, new: s.ElementSpec, report: Report) -> s.ElementSpec:
    ours = new if new.content is not None else old
    return replace(
        old,
        **_common(old, new),
        ns=old.ns if new.ns is None else new.ns,
        classes=classes.over(old.classes, new.classes, "element", new.ident, report),
        content=ours.content,
        auto_prefix=ours.auto_prefix,
        val_list=new.val_list or old.val_list,
        attributes=attributes.over(old.attributes, new.attributes, called(new), report, relative=True),
        models=new.models or old.models,
        bound=new.bound or old.bound,
    )


def _class(old: s.ClassSpec, new: s.ClassSpec, report: Report) -> s.ClassSpec:
    return replace(
        old,
        **_common(old, new),
        classes=classes.over(old.classes, new.classes, "class", new.ident, report),
        attributes=_class_attributes(old, new, report),
    )


def _class_attributes(old: s.ClassSpec, new: s.ClassSpec, report: Report) -> s.AttList | None:
    if old.attributes is None and new.attributes is not None:
        if old.type == "model":
            report.add("O022", new.place, new.ident)
            return None
        if report.differs(Deviation.ATTRIBUTES_NOT_ADDED, new.attributes.place, new.ident):
            return None
    return attributes.over(old.attributes, new.attributes, called(new), report, relative=False)
