"""Which of many names somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from siglum.schema.relaxng.common_mistakes import ATTRIBUTES, ELEMENTS, by_habit
from siglum.schema.relaxng.nameclass import split


def distance(one: str, other: str, limit: int) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one word of the other; `limit` + 1 for any more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """Names so like `name` that they may have been meant, the likeliest first. Upper and lower case count little."""
    limit = 0 if len(name) < 3 else 1 if len(name) < 5 else 2 if len(name) < 9 else 3
    lower = name.lower()
    found = []
    for each in names:
        letters = distance(lower, each.lower(), limit)
        if letters <= limit and letters < len(each):
            found.append((letters, distance(name, each, 20), each))
    best = min((letters for letters, _, _ in found), default=0)
    return [each for letters, _, each in sorted(found) if letters <= best]


def nearest_names(local: str, names: Iterable[str]) -> list[str]:
    """Full names whose local parts are near."""
    by_local: dict[str, str] = {}
    for each in names:
        by_local.setdefault(split(each)[1], each)
    return [by_local[each] for each in nearest(local, by_local)]


def meant(name: str, names: Iterable[str], habits: dict[str, str]) -> list[str]:
    """The full names that may have been meant by one: its twins in other namespaces, what it is by habit, or those near."""
    listed = list(names)
    local = split(name)[1]
    twins = [each for each in listed if split(each)[1] == local]
    return twins or by_habit(local, listed, habits) or nearest_names(local, listed)


@lru_cache(maxsize=1000)
def element_meant(name: str, names: tuple[str, ...]) -> str:
    """The only element that somebody may have meant, or nothing."""
    return _only(meant(name, names, ELEMENTS))


@lru_cache(maxsize=1000)
def attribute_meant(name: str, names: tuple[str, ...]) -> str:
    """The only attribute that somebody may have meant, or nothing."""
    return _only(meant(name, names, ATTRIBUTES))


def _only(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ""
