"""Rows by what they have in common: who is quoted how often, and where."""

from __future__ import annotations

from collections.abc import Iterable

from siglum.text.frozen import frozen

_BETWEEN = {"speaker": "; ", "resp": "; ", "author": "; ", "record": " ", "hand": " "}
"""What stands between the values of columns that may name several."""


@frozen
class GroupRow:
    """A group: the value that its rows share, how many there are, their different words, and where they stand."""

    value: str
    name: str
    count: int
    words: str
    places: str


def grouped(rows: Iterable[tuple[str, object]], column: str) -> list[GroupRow]:
    """The groups, the largest first; of several documents (each row with its file) places begin with the file.

    A cell that names several (“Zinoviev; Kamenev”) counts for each.
    """
    found: dict[str, list[tuple[str, object]]] = {}
    for file, row in rows:
        value = str(getattr(row, column))
        parts = value.split(_BETWEEN[column]) if column in _BETWEEN else [value]
        for each in dict.fromkeys(parts):
            found.setdefault(each, []).append((file, row))
    made = [_group(value, members) for value, members in found.items()]
    return sorted(made, key=lambda group: (-group.count, group.value == "", group.value))


def _group(value: str, members: list[tuple[str, object]]) -> GroupRow:
    names = dict.fromkeys(getattr(row, "normal", "") for _, row in members)
    words = dict.fromkeys(str(getattr(row, "text", getattr(row, "read", ""))) for _, row in members)
    places = dict.fromkeys(f"{file}: {_place(row)}" if file else _place(row) for file, row in members)
    return GroupRow(value, _joined(names), len(members), _joined(words), _joined(places))


def _place(row: object) -> str:
    return str(getattr(row, "called", "") or getattr(row, "reference" if not hasattr(row, "place") else "place"))


def _joined(values: Iterable[str]) -> str:
    return "; ".join(each for each in values if each)
