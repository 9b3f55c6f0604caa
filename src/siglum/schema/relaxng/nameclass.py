"""Name classes of the simple syntax (clause 5) as strings and tuples, and the tests for them (clauses 4.16 and 7.3).

A name is a string: `uri}local`, or the local name alone without a namespace. expat reports names in this form, so the most
common test compares two strings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NameClass = str | tuple[Any, ...]
"""A name, (ANY, except), (NS, namespace, except), (EITHER, name classes): `except` is a name class or None."""

ANY, NS, EITHER = 0, 1, 2
_NOWHERE = "\0"
"""A local name and namespace that no name class mentions; it stands for all unmentioned names."""


def full_name(ns: str, local: str) -> str:
    return f"{ns}}}{local}" if ns else local


def split_name(name: str) -> tuple[str, str]:
    """Return namespace and local name."""
    ns, _, local = name.rpartition("}")
    return ns, local


def contains(name_class: NameClass, name: str) -> bool:
    if isinstance(name_class, str):
        return name_class == name
    kind = name_class[0]
    if kind == EITHER:
        return any(contains(member, name) for member in name_class[1])
    if kind == NS and split_name(name)[0] != name_class[1]:
        return False
    return name_class[-1] is None or not contains(name_class[-1], name)


def iter_names(name_class: NameClass) -> Iterator[str]:
    """Yield the names that the class mentions, except those within `except`."""
    if isinstance(name_class, str):
        yield name_class
    elif name_class[0] == EITHER:
        for member in name_class[1]:
            yield from iter_names(member)


def is_finite(name_class: NameClass) -> bool:
    """Return whether the class consists of names only (7.3 forbids others in an attribute that is not repeated)."""
    if isinstance(name_class, str):
        return True
    return name_class[0] == EITHER and all(map(is_finite, name_class[1]))


def iter_representatives(name_class: NameClass) -> Iterator[str]:
    """Yield enough names to compare two name classes: every name mentioned, and one of each open set."""
    if isinstance(name_class, str):
        yield name_class
    elif name_class[0] == EITHER:
        for member in name_class[1]:
            yield from iter_representatives(member)
    else:
        yield full_name(_NOWHERE if name_class[0] == ANY else name_class[1], _NOWHERE)
        if name_class[-1] is not None:
            yield from iter_representatives(name_class[-1])


def overlaps(one: NameClass, other: NameClass) -> bool:
    """Return whether both contain some name (James Clark, "The Design of RELAX NG": testing the representatives is enough)."""
    if isinstance(one, str):
        return contains(other, one)
    if isinstance(other, str):
        return contains(one, other)
    tried = (*iter_representatives(one), *iter_representatives(other))
    return any(contains(one, name) and contains(other, name) for name in tried)


def describe(name_class: NameClass) -> str:
    """Describe the name class for messages."""
    if isinstance(name_class, str):
        return f"`{split_name(name_class)[1]}`"
    if name_class[0] == EITHER:
        return " or ".join(describe(member) for member in name_class[1])
    where = "any name" if name_class[0] == ANY else f"any name in the namespace “{name_class[1]}”"
    return f"{where} except {describe(name_class[-1])}" if name_class[-1] is not None else where
