"""Name classes of the simple syntax (clause 5) as strings and tuples, and what can be asked of them (clauses 4.16 and 7.3).

A name is a string: `uri}local`, or the local name alone where there is no namespace; that is what expat reports, so the
commonest question is one comparison of strings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NameClass = str | tuple[Any, ...]
"""A name, (ANY, except), (NS, namespace, except), (EITHER, name classes): `except` is a name class or None."""

ANY, NS, EITHER = 0, 1, 2
_NOWHERE = "\0"
"""A local name and a namespace that no name class names: it stands for all the names not mentioned."""


def full_name(ns: str, local: str) -> str:
    return f"{ns}}}{local}" if ns else local


def split(name: str) -> tuple[str, str]:
    """Namespace and local name."""
    ns, _, local = name.rpartition("}")
    return ns, local


def contains(name_class: NameClass, name: str) -> bool:
    if isinstance(name_class, str):
        return name_class == name
    kind = name_class[0]
    if kind == EITHER:
        return any(contains(each, name) for each in name_class[1])
    if kind == NS and split(name)[0] != name_class[1]:
        return False
    return name_class[-1] is None or not contains(name_class[-1], name)


def names(name_class: NameClass) -> Iterator[str]:
    """The names that are named, outside of `except`."""
    if isinstance(name_class, str):
        yield name_class
    elif name_class[0] == EITHER:
        for each in name_class[1]:
            yield from names(each)


def is_finite(name_class: NameClass) -> bool:
    """Whether it is made of names alone (7.3 forbids others in an attribute that may not be repeated)."""
    if isinstance(name_class, str):
        return True
    return name_class[0] == EITHER and all(map(is_finite, name_class[1]))


def representatives(name_class: NameClass) -> Iterator[str]:
    """Names enough to tell two name classes apart, or together: every name mentioned, and one of each open set."""
    if isinstance(name_class, str):
        yield name_class
    elif name_class[0] == EITHER:
        for each in name_class[1]:
            yield from representatives(each)
    else:
        yield full_name(_NOWHERE if name_class[0] == ANY else name_class[1], _NOWHERE)
        if name_class[-1] is not None:
            yield from representatives(name_class[-1])


def overlap(one: NameClass, other: NameClass) -> bool:
    """Whether some name is in both (James Clark, "The Design of RELAX NG": it is enough to try the representatives)."""
    if isinstance(one, str):
        return contains(other, one)
    if isinstance(other, str):
        return contains(one, other)
    tried = (*representatives(one), *representatives(other))
    return any(contains(one, name) and contains(other, name) for name in tried)


def in_words(name_class: NameClass) -> str:
    """For messages."""
    if isinstance(name_class, str):
        return f"`{split(name_class)[1]}`"
    if name_class[0] == EITHER:
        return " or ".join(in_words(each) for each in name_class[1])
    where = "any name" if name_class[0] == ANY else f"any name in the namespace “{name_class[1]}”"
    return f"{where} except {in_words(name_class[-1])}" if name_class[-1] is not None else where
