"""A table for people: the columns that matter, aligned, each row one line of the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from siglum.text.tei import squeeze

_LEAST, _NARROW, _NARROWEST = 24, 12, 8
"""Characters of the last column, and of another one, where not all can be shown: the widest are narrowed, places at last."""
_FROM_END = frozenset({"file", "place", "reference", "called"})
"""Columns whose values differ at their ends, so that their beginnings are left out."""


def write(rows: Sequence[object], shown: Sequence[str], files: Sequence[str], width: int) -> str:
    """The table under the names of its columns, and how many rows it has."""
    names = [*["file"] * bool(files), *shown]
    lines = [names]
    for at, row in enumerate(rows):
        lines.append([*files[at : at + 1], *(_plain(getattr(row, name)) or _nothing(name) for name in shown)])
    *widths, last = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    room = width - min(_LEAST, last) - 2 * len(widths)
    _narrow(widths, room, [at for at in range(len(widths)) if names[at] not in _FROM_END], _NARROW)
    _narrow(widths, room, range(len(widths)), _NARROWEST)
    widths.append(max(min(_LEAST, last), width - sum(widths) - 2 * len(widths)))
    count = f"{len(rows)} rows" if len(rows) != 1 else "1 row"
    return "".join(f"{_line(line, names, widths)}\n" for line in lines) + f"\n{count}\n"


def _narrow(widths: list[int], room: int, among: Sequence[int], least: int) -> None:
    """Take from the widest of some columns until all have room."""
    while among and sum(widths) > room:
        widest = max(among, key=lambda at: widths[at])
        if widths[widest] <= least:
            break
        widths[widest] -= 1


def _nothing(column: str) -> str:
    """What stands for the group of those that have no value."""
    return "(none)" if column == "value" else ""


def _plain(value: object) -> str:
    """A value without what a terminal would take for a command."""
    words = squeeze("" if value is None else str(value))
    return "".join(each for each in words if unicodedata.category(each) != "Cc")


def _line(cells: Sequence[str], names: Sequence[str], widths: Sequence[int]) -> str:
    columns = zip(cells, names, widths, strict=True)
    return "  ".join(_fitted(cell, width, from_end=name in _FROM_END) for cell, name, width in columns).rstrip()


def _fitted(cell: str, width: int, *, from_end: bool) -> str:
    if _width(cell) <= width:
        return cell + " " * (width - _width(cell))
    kept, used = "", 0
    for sign in reversed(cell) if from_end else cell:
        used += _width(sign)
        if used >= width:
            break
        kept += sign
    shown = f"…{kept[::-1]}" if from_end else f"{kept}…"
    return shown + " " * (width - _width(kept) - 1)


def _width(text: str) -> int:
    """The columns that a text takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return len(text) + wide - sum(unicodedata.combining(each) != 0 for each in text)
