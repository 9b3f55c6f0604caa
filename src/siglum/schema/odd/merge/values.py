"""Lists of values (Guidelines, 22.5.4): one that changes another, over that."""

from __future__ import annotations

from dataclasses import replace

from siglum.schema.odd.report import Report, suggest_name
from siglum.schema.tagdocs import specs as s


def overlay_values(old: s.ValList | None, new: s.ValList | None, attribute: str, report: Report) -> s.ValList | None:
    """What a list makes of the one before it.

    The old list may itself change another, which is not known here: then so does the result. A new list without a mode is
    passed over: `explicit` has given those of the ODD a mode, and those of a release are passed over by TEI's own schemas.
    """
    if new is None or new.mode is None:
        return old
    if new.mode == "delete":
        return s.ValList((), mode="delete", place=new.place) if old and old.mode == "change" else None
    if new.mode != "change":
        return new
    if old is None or old.mode == "delete":
        return replace(new, items=tuple(each for each in new.items if each.mode != "delete"), mode="replace")
    return _change(old, new, attribute, report)


def settle_values(listed: s.ValList | None) -> s.ValList | None:
    """A list that changes nothing any more: without modes."""
    if listed is None or listed.mode == "delete":
        return None
    items = tuple(replace(each, mode=None) for each in listed.items if each.mode != "delete")
    return replace(listed, items=items, mode=None)


def _change(old: s.ValList, new: s.ValList, attribute: str, report: Report) -> s.ValList:
    """The old items with those that are deleted or replaced gone, and those that are added at the end."""
    _check_items(old, new, attribute, report)
    renamed = {each.ident: each for each in new.items if each.mode == "change"}
    gone = {each.ident for each in new.items if each.mode != "change"}
    kept = tuple(_rename_item(each, renamed.get(each.ident)) for each in old.items if each.ident not in gone)
    stacked = old.mode == "change"
    undone = {each.ident for each in old.items if each.mode == "add"}
    gone_below = tuple(each for each in new.items if stacked and each.mode == "delete" and each.ident not in undone)
    added = (*(each for each in new.items if each.mode in {"add", "replace"}), *gone_below)
    mode: s.Mode = "change" if stacked else "replace"
    return s.ValList(kept + added, new.type or old.type, mode, place=new.place)


def _rename_item(old: s.ValItem, new: s.ValItem | None) -> s.ValItem:
    if new is None:
        return old
    return replace(
        old, alt_ident=new.alt_ident or old.alt_ident, valid_until=new.valid_until or old.valid_until, place=new.place
    )


_DONE = {"delete": "removed", "change": "changed", "replace": "replaced", "add": "added"}


def _check_items(old: s.ValList, new: s.ValList, attribute: str, report: Report) -> None:
    if old.mode == "change":  # what it holds in the end is not known here
        return
    known = {each.ident for each in old.items}
    for each in new.items:
        if each.mode == "add" and each.ident in known:
            facts = (each.ident, attribute, "added", "it is there already", 'write mode="replace", or leave it out')
        elif each.mode in {"delete", "change"} and each.ident not in known:
            facts = (each.ident, attribute, _DONE[each.mode], "it is not there", suggest_name(each.ident, known))
        else:
            continue
        report.add("O018", each.place, *facts)
