"""Memberships in classes (Guidelines, 22.5.5): those of a change over those of the source."""

from __future__ import annotations

from dataclasses import replace

from siglum.schema.odd.report import Report
from siglum.schema.tagdocs import specs as s

_MEANT = 'write <classes mode="change"> to add to what it was a member of, or mode="replace" if this is meant'


def overlay_classes(old: s.Classes | None, new: s.Classes | None, kind: str, ident: str, report: Report) -> s.Classes | None:
    """What it is a member of: new memberships come first, then those that are kept."""
    if new is None:
        return old
    before = old.members if old else ()
    if new.mode == "change":
        return _change(before, new, kind, ident, report)
    members = settle_classes(new)
    lost = [each.key for each in before if each.key not in {one.key for one in members.members}]
    if lost and new.mode is None:
        report.add("O014", new.place, f"the {kind}", ident, ", ".join(lost), _MEANT)
    return members


def settle_classes(classes: s.Classes) -> s.Classes:
    """Memberships that change nothing: without modes."""
    members = tuple(replace(each, mode=None) for each in classes.members if each.mode != "delete")
    return replace(classes, members=members, mode=None)


def _change(before: tuple[s.MemberOf, ...], new: s.Classes, kind: str, ident: str, report: Report) -> s.Classes:
    known = {each.key for each in before}
    named = {each.key for each in new.members}
    for each in new.members:
        if each.mode == "delete" and each.key not in known:
            what = f"membership of the {kind} `{ident}` in"
            report.add("O012", each.place, what, each.key, "removed", "", "take the memberOf away, or check its @key")
    kept = tuple(each for each in before if each.key not in named)
    return replace(new, members=(*settle_classes(new).members, *kept), mode=None)
