"""Attributes (Guidelines, 22.5.3): a definition over another, and a list of them over another.

An element's list stays relative to its classes until `inherit` settles it: what it changes or removes there is kept with its
mode. A class's list says what it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.merge import constraints, values
from siglum.schema.odd.report import Report, suggest_name
from siglum.schema.tagdocs import specs as s
from siglum.text.tei import XML_NS

Name = tuple[str, str]
"""What an attribute is known by: its namespace, empty for none and for that of XML, and its ident."""
_DONE = {"delete": "removed", "change": "changed", "replace": "replaced"}


def attribute_name(attribute: s.AttDef) -> Name:
    """`xml:id` and `id` in the namespace of XML are one."""
    if attribute.ns == XML_NS and ":" not in attribute.ident:
        return "", f"xml:{attribute.ident}"
    return ("" if attribute.ns == XML_NS else attribute.ns), attribute.ident


def overlay_attribute(old: s.AttDef, new: s.AttDef, report: Report) -> s.AttDef:
    """A definition over the one that it changes, field by field; the mode is the old one's."""
    return replace(
        old,
        usage=new.usage or old.usage,
        alt_ident=new.alt_ident or _merge_alt_ident(old, new, report),
        datatype=new.datatype or old.datatype,
        default=old.default if new.default is None else new.default,
        val_list=values.overlay_values(old.val_list, new.val_list, new.ident, report),
        constraints=_merge_constraints(old, new, report),
        valid_until=new.valid_until or old.valid_until,
        bound=new.bound or old.bound,
        place=new.place,
    )


def settle_attribute(attribute: s.AttDef, mode: s.Mode | None = None) -> s.AttDef:
    """A whole definition that changes nothing any more."""
    listed = values.settle_values(attribute.val_list)
    return replace(attribute, mode=mode, val_list=listed, constraints=constraints.settle_constraints(attribute.constraints))


def _merge_alt_ident(old: s.AttDef, new: s.AttDef, report: Report) -> str:
    if (
        old.alt_ident
        and report.is_own(new.place)
        and report.differs(Deviation.ALT_IDENT_LOST, new.place, new.ident, old.alt_ident)
    ):
        return ""
    return old.alt_ident


def _merge_constraints(old: s.AttDef, new: s.AttDef, report: Report) -> tuple[s.Constraint, ...]:
    merged = constraints.overlay_constraints(old.constraints, new.constraints)
    alone = constraints.settle_constraints(new.constraints)
    if (
        new.constraints
        and merged != alone
        and report.is_own(new.place)
        and report.differs(Deviation.CONSTRAINTS_LOST, new.place, new.ident)
    ):
        return alone
    return merged


def overlay_attributes(
    old: s.AttList | None, new: s.AttList | None, owner: str, report: Report, *, relative: bool
) -> s.AttList | None:
    """A list over another. `relative`: it is an element's, which may have the attribute from a class."""
    if new is None:
        return old
    if old is None:
        old = s.AttList(place=new.place)
    merging = _AttListMerger(owner, report, relative, dict(_list_definitions(old)), frozenset(_list_references(old)))
    added = merging.place(new, in_choice=False)
    kept = merging.keep_remaining(old)
    if new.org == "choice" and added:
        added = (s.AttList(added, "choice", place=new.place),)
    return replace(kept, children=kept.children + added)


def _list_definitions(listed: s.AttList) -> Iterable[tuple[Name, s.AttDef]]:
    for each in listed.children:
        if isinstance(each, s.AttDef):
            yield attribute_name(each), each
        elif isinstance(each, s.AttList):
            yield from _list_definitions(each)


def _list_references(listed: s.AttList) -> Iterable[s.AttRef]:
    for each in listed.children:
        if isinstance(each, s.AttRef):
            yield each
        elif isinstance(each, s.AttList):
            yield from _list_references(each)


@dataclass(slots=True)
class _AttListMerger:
    """Two lists being merged: `known` is what there is by now, `updated` what becomes of old ones (None: it is gone)."""

    owner: str
    report: Report
    relative: bool
    known: dict[Name, s.AttDef]
    references: frozenset[s.AttRef]
    updated: dict[Name, s.AttDef | None] = field(default_factory=dict)
    added: set[Name] = field(default_factory=set)

    def place(self, new: s.AttList, *, in_choice: bool) -> tuple[s.Attribute, ...]:
        """What of a new list is to be put behind the old ones."""
        in_choice = in_choice or new.org == "choice"
        found: list[s.Attribute] = []
        for each in new.children:
            match each:
                case s.AttDef():
                    found += self._define(each, in_choice=in_choice)
                case s.AttRef():
                    found += () if each in self.references else (each,)
                case s.AttList():
                    children = self.place(each, in_choice=in_choice)
                    found += (replace(each, children=children),) if children else ()
        return tuple(found)

    def _define(self, new: s.AttDef, *, in_choice: bool) -> tuple[s.AttDef, ...]:
        name = attribute_name(new)
        if name in self.added:
            self._report_twice(new, self.known[name])
            return ()
        old = self.known.get(name)
        result = self._compose(old, new)
        if old is not None and not in_choice:
            self.updated[name] = result
            self.known |= {name: result} if result else {}
            return ()
        if old is not None:  # what is in a choice now is no longer where it was
            self.updated[name] = None
        elif not self.relative and new.mode != "change":
            self.updated[name] = None  # also of an attRef; an element's is left to `inherit`, which knows what it stands for
        if result is not None:
            self.known[name] = result
            self.added.add(name)
        return (result,) if result is not None else ()

    def _refers(self, new: s.AttDef) -> bool:
        return any(each.name == new.ident for each in self.references if each.class_)

    def _compose(self, old: s.AttDef | None, new: s.AttDef) -> s.AttDef | None:
        match new.mode:
            case "delete":
                return self._delete(old, new)
            case "change":
                return self._change(old, new)
            case "replace":
                return new if self.relative else settle_attribute(new)
            case None | "add":
                if old is not None and old.mode != "delete":
                    self._report_twice(new, old)
                return new if self.relative else settle_attribute(new)

    def _delete(self, old: s.AttDef | None, new: s.AttDef) -> s.AttDef | None:
        if self.relative:
            own = old is not None and old.mode not in {"delete", "change"}
            return replace(new, place=s.NOWHERE) if own else new  # without a place: `inherit` is not to miss what was there
        if old is None and not self._refers(new):
            self._report_absent(new)
        return None

    def _change(self, old: s.AttDef | None, new: s.AttDef) -> s.AttDef | None:
        if old is not None and old.mode != "delete":
            return overlay_attribute(old, new, self.report)
        if old is None and self.relative:
            return new
        self._report_absent(new)
        return old

    def _report_absent(self, new: s.AttDef) -> None:
        idents = [ident for _, ident in self.known] + [each.name for each in self.references]
        help_ = suggest_name(new.ident, idents, "it is inherited from a class? then change it there; else take this away")
        self.report.add("O016", new.place, new.ident, self.owner, _DONE[new.mode or "change"], help_)

    def _report_twice(self, new: s.AttDef, old: s.AttDef) -> None:
        first = f" (line {old.place.line})" if self.report.is_own(old.place) and old.place != new.place else ""
        message = f"the attribute @{new.ident} is added to {self.owner}, which has it already{first}; "
        help_ = 'write mode="change" to change what exists, or mode="replace" to replace it'
        self.report.add("O017", new.place, message + "what is written here holds", help_)

    def keep_remaining(self, old: s.AttList) -> s.AttList:
        """The old list with what has become of it."""
        children: list[s.Attribute] = []
        for each in old.children:
            match each:
                case s.AttDef():
                    now = self.updated.get(attribute_name(each), each)
                    children += (now,) if now is not None else ()
                case s.AttRef():
                    children += () if each.class_ and self.updated.get(("", each.name), each) is None else (each,)
                case s.AttList():
                    inner = self.keep_remaining(each)
                    children += (inner,) if inner.children else ()
        return replace(old, children=tuple(children))
