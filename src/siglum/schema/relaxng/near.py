"""Find the names that somebody may have meant by a misspelled one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from siglum.schema.relaxng.common_mistakes import ATTRIBUTES, ELEMENTS, find_by_mistake
from siglum.schema.relaxng.nameclass import split_name


def count_edits(one: str, other: str, limit: int) -> int:
    """Count the letters to add, drop, change or swap to turn one word into the other; `limit` + 1 for more than `limit`."""
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


def find_nearest(name: str, names: Iterable[str]) -> list[str]:
    """Return the names similar to `name`, most similar first. Case counts little."""
    limit = 0 if len(name) < 3 else 1 if len(name) < 5 else 2 if len(name) < 9 else 3
    lower = name.lower()
    found = []
    for candidate in names:
        letters = count_edits(lower, candidate.lower(), limit)
        if letters <= limit and letters < len(candidate):
            found.append((letters, count_edits(name, candidate, 20), candidate))
    best = min((letters for letters, _, _ in found), default=0)
    return [candidate for letters, _, candidate in sorted(found) if letters <= best]


def find_nearest_names(local: str, names: Iterable[str]) -> list[str]:
    """Return full names with similar local parts."""
    by_local: dict[str, str] = {}
    for candidate in names:
        by_local.setdefault(split_name(candidate)[1], candidate)
    return [by_local[candidate] for candidate in find_nearest(local, by_local)]


def find_meant(name: str, names: Iterable[str], mistakes: dict[str, str]) -> list[str]:
    """Return full names meant by `name`: twins in other namespaces, the correction of a common mistake, or similar names."""
    listed = list(names)
    local = split_name(name)[1]
    twins = [candidate for candidate in listed if split_name(candidate)[1] == local]
    return twins or find_by_mistake(local, listed, mistakes) or find_nearest_names(local, listed)


@lru_cache(maxsize=1000)
def find_meant_element(name: str, names: tuple[str, ...]) -> str:
    """Return the only element that may be meant, or ""."""
    return _pick_only(find_meant(name, names, ELEMENTS))


@lru_cache(maxsize=1000)
def find_meant_attribute(name: str, names: tuple[str, ...]) -> str:
    """Return the only attribute that may be meant, or ""."""
    return _pick_only(find_meant(name, names, ATTRIBUTES))


def _pick_only(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ""
