"""A table for people: the columns that matter, aligned, each row one line of the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from siglum.text.tei import squeeze

_WIDEST = 32
"""Characters of a column that is not the last, where not all can be shown; the last one has what is left."""
_LEAST = 20


def write(rows: Sequence[Any], shown: Sequence[str], files: Sequence[str], width: int) -> str:
    """The table under the names of its columns, and how many rows it has."""
    lines = [[*["file"] * bool(files), *shown]]
    for at, row in enumerate(rows):
        lines.append([*files[at : at + 1], *(_plain(getattr(row, name)) for name in shown)])
    widths = [max(_width(line[at]) for line in lines) for at in range(len(lines[0]) - 1)]
    if sum(widths) + 2 * len(widths) + _LEAST > width:
        widths = [min(_WIDEST, each) for each in widths]
    widths.append(max(_LEAST, width - sum(widths) - 2 * len(widths)))
    count = f"{len(rows)} rows" if len(rows) != 1 else "1 row"
    return "".join(f"{_line(line, widths)}\n" for line in lines) + f"\n{count}\n"


def _plain(value: object) -> str:
    """A value without what a terminal would take for a command."""
    words = squeeze("" if value is None else str(value))
    return "".join(each for each in words if unicodedata.category(each) != "Cc")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_fitted(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _fitted(cell: str, width: int) -> str:
    if _width(cell) <= width:
        return cell + " " * (width - _width(cell))
    kept, used = "", 0
    for sign in cell:
        used += _width(sign)
        if used >= width:
            break
        kept += sign
    return f"{kept}…" + " " * (width - _width(kept) - 1)


def _width(text: str) -> int:
    """The columns that a text takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(each) in "WF" for each in text)
    return len(text) + wide - sum(unicodedata.combining(each) != 0 for each in text)
