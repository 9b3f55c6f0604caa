"""A whole spec over that of the source (Guidelines, 22.8.3): what a change says replaces what was said, child by child."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.customisation import kind_in_words, spec_kind
from siglum.schema.odd.merge import attributes, classes, constraints
from siglum.schema.odd.report import Report
from siglum.schema.tagdocs import specs as s

_UNMEANT = 'repeat its <classes>, or write mode="change"'


def settle_new(spec: s.AnySpec, module: str, report: Report) -> s.AnySpec:
    """A spec that stands for itself: nothing in it is relative to another one, but the attributes to the classes."""
    anew: dict[str, Any] = {"mode": None, "constraints": constraints.settle_constraints(spec.constraints)}
    if not spec.module:
        anew["module"] = module
    if isinstance(spec, s.ElementSpec | s.ClassSpec) and spec.classes is not None:
        anew["classes"] = classes.settle_classes(spec.classes)
    if isinstance(spec, s.ElementSpec) and spec.attributes is not None:
        anew["attributes"] = attributes.overlay_attributes(None, spec.attributes, format_spec(spec), report, relative=True)
    if isinstance(spec, s.ClassSpec) and spec.attributes is not None:
        anew["attributes"] = attributes.overlay_attributes(None, spec.attributes, format_spec(spec), report, relative=False)
    return replace(spec, **anew)


def replace_spec(old: s.AnySpec, new: s.AnySpec, report: Report) -> s.AnySpec:
    """A spec in the place of another; memberships that it does not repeat are lost."""
    lost = old.classes if isinstance(old, s.ElementSpec | s.ClassSpec) else None
    unsaid = isinstance(new, s.ElementSpec | s.ClassSpec) and new.classes is None
    if unsaid and lost is not None and lost.members and new.mode == "replace":
        names = ", ".join(each.key for each in lost.members)
        report.add("O014", new.place, f"the {spec_kind(new)} that replaces", new.ident, names, _UNMEANT)
    return settle_new(new, old.module, report)


def change_spec(old: s.AnySpec, new: s.AnySpec, report: Report) -> s.AnySpec:
    """A spec with what a change of it says; what that does not speak of stays."""
    match old, new:
        case s.ElementSpec(), s.ElementSpec():
            return _change_element(old, new, report)
        case s.ClassSpec(), s.ClassSpec():
            return _change_class(old, new, report)
        case s.MacroSpec(), s.MacroSpec():
            ours = new if new.content is not None else old
            return replace(old, **_merge_common(old, new), content=ours.content, auto_prefix=ours.auto_prefix)
        case s.DataSpec(), s.DataSpec():
            return replace(
                old, **_merge_common(old, new), content=new.content or old.content, val_list=new.val_list or old.val_list
            )
    raise AssertionError((old, new))  # a change is looked up by its kind


def format_spec(spec: s.AnySpec) -> str:
    """A spec, as messages call it."""
    return f"the {kind_in_words(spec_kind(spec))} `{spec.ident}`"


def _merge_common(old: s.AnySpec, new: s.AnySpec) -> dict[str, Any]:
    return {
        "alt_ident": new.alt_ident or old.alt_ident,
        "constraints": constraints.overlay_constraints(old.constraints, new.constraints),
        "valid_until": new.valid_until or old.valid_until,
        "place": new.place,
    }


def _change_element(old: s.ElementSpec, new: s.ElementSpec, report: Report) -> s.ElementSpec:
    ours = new if new.content is not None else old
    return replace(
        old,
        **_merge_common(old, new),
        ns=old.ns if new.ns is None else new.ns,
        classes=classes.overlay_classes(old.classes, new.classes, "element", new.ident, report),
        content=ours.content,
        auto_prefix=ours.auto_prefix,
        val_list=new.val_list or old.val_list,
        attributes=attributes.overlay_attributes(old.attributes, new.attributes, format_spec(new), report, relative=True),
        models=new.models or old.models,
        bound=new.bound or old.bound,
    )


def _change_class(old: s.ClassSpec, new: s.ClassSpec, report: Report) -> s.ClassSpec:
    return replace(
        old,
        **_merge_common(old, new),
        classes=classes.overlay_classes(old.classes, new.classes, "class", new.ident, report),
        attributes=_merge_class_attributes(old, new, report),
    )


def _merge_class_attributes(old: s.ClassSpec, new: s.ClassSpec, report: Report) -> s.AttList | None:
    if old.attributes is None and new.attributes is not None:
        if old.type == "model":
            report.add("O022", new.place, new.ident)
            return None
        if report.differs(Deviation.ATTRIBUTES_NOT_ADDED, new.attributes.place, new.ident):
            return None
    return attributes.overlay_attributes(old.attributes, new.attributes, format_spec(new), report, relative=False)
