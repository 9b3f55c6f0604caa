"""Validation by definition: James Clark's algorithm, as plain as he wrote it, to compare the automaton with.

Documents are trees of tuples: a string, or (name, {attribute: value}, children). Names are local, values text or
fixed.
"""

from __future__ import annotations

from functools import cache
from typing import Any

Pattern = tuple[Any, ...]
Tree = str | tuple[str, tuple[tuple[str, str], ...], tuple[Any, ...]]

EMPTY: Pattern = ("empty",)
NONE: Pattern = ("notAllowed",)


def valid(pattern: Pattern, document: Tree) -> bool:
    return nullable(child(pattern, document))


@cache
def nullable(p: Pattern) -> bool:
    match p[0]:
        case "empty" | "text":
            return True
        case "choice":
            return nullable(p[1]) or nullable(p[2])
        case "group" | "interleave":
            return nullable(p[1]) and nullable(p[2])
        case "oneOrMore":
            return nullable(p[1])
    return False


def choice(a: Pattern, b: Pattern) -> Pattern:
    if NONE in (a, b) or a == b:
        return b if a == NONE else a
    return ("choice", a, b)


def pair(kind: str, a: Pattern, b: Pattern) -> Pattern:
    if NONE in (a, b):
        return NONE
    if EMPTY in (a, b):
        return b if a == EMPTY else a
    return (kind, a, b)


def optional(p: Pattern) -> Pattern:
    return choice(p, EMPTY)


def text(p: Pattern, string: str) -> Pattern:
    match p[0]:
        case "text":
            return p
        case "value":
            return EMPTY if " ".join(string.split()) == p[1] else NONE
        case "choice":
            return choice(text(p[1], string), text(p[2], string))
        case "interleave":
            return choice(pair("interleave", text(p[1], string), p[2]), pair("interleave", p[1], text(p[2], string)))
        case "group":
            first = pair("group", text(p[1], string), p[2])
            return choice(first, text(p[2], string)) if nullable(p[1]) else first
        case "oneOrMore":
            return pair("group", text(p[1], string), optional(p))
    return NONE


def child(p: Pattern, node: Tree) -> Pattern:
    return text(p, node) if isinstance(node, str) else element(p, node)


def element(p: Pattern, node: tuple[str, tuple[tuple[str, str], ...], tuple[Any, ...]]) -> Pattern:
    match p[0]:
        case "element":
            return EMPTY if p[1] == node[0] and nullable(content(p[2], node)) else NONE
        case "choice":
            return choice(element(p[1], node), element(p[2], node))
        case "interleave":
            return choice(pair("interleave", element(p[1], node), p[2]), pair("interleave", p[1], element(p[2], node)))
        case "group":
            first = pair("group", element(p[1], node), p[2])
            return choice(first, element(p[2], node)) if nullable(p[1]) else first
        case "oneOrMore":
            return pair("group", element(p[1], node), optional(p))
    return NONE


def content(p: Pattern, node: tuple[str, tuple[tuple[str, str], ...], tuple[Any, ...]]) -> Pattern:
    _, attributes, children = node
    for name, value in attributes:
        p = attribute(p, name, value)
    p = closed(p)
    if not children:
        return choice(p, text(p, ""))
    if len(children) == 1 and isinstance(children[0], str):
        after = text(p, children[0])
        return choice(p, after) if not children[0].strip() else after
    for each in children:
        if not isinstance(each, str) or each.strip():
            p = child(p, each)
    return p


def attribute(p: Pattern, name: str, value: str) -> Pattern:
    match p[0]:
        case "attribute":
            matches = p[1] == name and (nullable(text(p[2], value)) or (nullable(p[2]) and not value.strip()))
            return EMPTY if matches else NONE
        case "choice":
            return choice(attribute(p[1], name, value), attribute(p[2], name, value))
        case "interleave" | "group":
            first = pair(p[0], attribute(p[1], name, value), p[2])
            return choice(first, pair(p[0], p[1], attribute(p[2], name, value)))
        case "oneOrMore":
            return pair("group", attribute(p[1], name, value), optional(p))
    return NONE


def closed(p: Pattern) -> Pattern:
    match p[0]:
        case "attribute":
            return NONE
        case "choice":
            return choice(closed(p[1]), closed(p[2]))
        case "interleave" | "group":
            return pair(p[0], closed(p[1]), closed(p[2]))
        case "oneOrMore":
            inner = closed(p[1])
            return NONE if inner == NONE else ("oneOrMore", inner)
    return p
