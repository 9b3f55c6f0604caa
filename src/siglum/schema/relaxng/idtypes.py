"""Find the attributes that are identifiers or references (RELAX NG DTD Compatibility, clause 5), by element and attribute
name.

An attribute of an element must have one ID type in all definitions, and identifiers need names, not open name classes. Schemas
that break these rules are rejected, as in jing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siglum.errors import SchemaError
from siglum.schema.datatypes import datatype
from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.grammar import Grammar
from siglum.schema.relaxng.nameclass import NameClass
from siglum.schema.relaxng.pattern import ATTRIBUTE, CHOICE, DATA, GROUP, INTERLEAVE, LIST, ONE_OR_MORE, VALUE

_Memo = dict[int, list[tuple[NameClass, int]]]
"""The attributes in a pattern, each with the pattern of its value."""


def find_id_types(grammar: Grammar, origins: Sequence[s.Origin]) -> dict[tuple[str, str], str]:
    """Return the ID type by element and attribute. Raises SchemaError."""
    _check_only_in_attributes(grammar, origins)
    found: dict[tuple[str, str], str] = {}
    plain: dict[tuple[NameClass, NameClass], int] = {}
    for number, element, attribute, kind in _iter_attributes(grammar):
        if not kind:
            plain.setdefault((element, attribute), number)
            continue
        _check_named(element, attribute, kind, origins[number])
        for name in nameclass.iter_names(element):
            for key in nameclass.iter_names(attribute):
                if found.setdefault((name, key), kind) != kind:
                    _refuse_conflict(name, key, origins[number])
    _compare(found, plain, origins)
    return found


def _check_only_in_attributes(grammar: Grammar, origins: Sequence[s.Origin]) -> None:
    """Check that an ID type is the whole value of an attribute: no choice, no list, no element content."""
    clean: set[int] = set()
    for number, (_, content) in enumerate(grammar.elements):
        node = grammar.pool.nodes[content]
        for part in node[1] if node[0] == GROUP else (content,):
            if part in clean:
                continue
            kind = next(_iter_misplaced(grammar, part), "")
            if kind:
                message = f"the type {kind} stands where it is not all of an attribute's value"
                where = f"{origins[number].path}:{origins[number].line}"
                raise SchemaError(
                    message, where=where, help=f"make it the only content of an attribute, or use NCName instead of {kind}"
                )
            clean.add(part)


def _compare(
    found: dict[tuple[str, str], str], plain: dict[tuple[NameClass, NameClass], int], origins: Sequence[s.Origin]
) -> None:
    keys = {key for _, key in found}
    for (element, attribute), number in plain.items():
        if isinstance(attribute, str) and attribute not in keys:
            continue
        for name, key in found:
            if nameclass.contains(attribute, key) and nameclass.contains(element, name):
                _refuse_conflict(name, key, origins[number])


def _iter_attributes(grammar: Grammar) -> Iterator[tuple[int, NameClass, NameClass, str]]:
    """Yield each attribute of each element with its ID type ("" for none)."""
    kinds: dict[int, str] = {}
    memo: _Memo = {}
    for number, (element, content) in enumerate(grammar.elements):
        for attribute, value in _find_attributes(grammar, content, memo):
            if value not in kinds:
                kinds[value] = _find_kind(grammar, value)
            yield number, element, attribute, kinds[value]


def _find_attributes(grammar: Grammar, pattern: int, memo: _Memo) -> list[tuple[NameClass, int]]:
    if pattern not in memo:
        memo[pattern] = list(dict.fromkeys(_iter_pattern_attributes(grammar, pattern, memo)))
    return memo[pattern]


def _iter_pattern_attributes(grammar: Grammar, pattern: int, memo: _Memo) -> Iterator[tuple[NameClass, int]]:
    node = grammar.pool.nodes[pattern]
    if node[0] == ATTRIBUTE:
        yield node[1], node[2]
    elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
        for member in node[1]:
            yield from _find_attributes(grammar, member, memo)
    elif node[0] == ONE_OR_MORE:
        yield from _find_attributes(grammar, node[1], memo)


def _find_kind(grammar: Grammar, leaf: int) -> str:
    """Return the ID type of a `data` or `value` pattern; "" for other types and patterns."""
    node = grammar.pool.nodes[leaf]
    if node[0] not in {DATA, VALUE}:
        return ""
    return datatype(node[1], node[2], node[3] if node[0] == DATA else ()).id_kind


def _iter_misplaced(grammar: Grammar, pattern: int) -> Iterator[str]:
    """Yield the ID types at places of a pattern where none is allowed."""
    node = grammar.pool.nodes[pattern]
    if node[0] in {DATA, VALUE}:
        kind = _find_kind(grammar, pattern)
        if kind:
            yield kind
    elif node[0] == ATTRIBUTE:
        if not _find_kind(grammar, node[2]):
            yield from _iter_misplaced(grammar, node[2])
    elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
        for member in node[1]:
            yield from _iter_misplaced(grammar, member)
    elif node[0] in {ONE_OR_MORE, LIST}:
        yield from _iter_misplaced(grammar, node[1])


def _check_named(element: NameClass, attribute: NameClass, kind: str, origin: s.Origin) -> None:
    for what, name_class in (("attribute", attribute), ("element", element)):
        if not nameclass.is_finite(name_class):
            message = f"an attribute of the type {kind} belongs to an open name class ({nameclass.describe(name_class)})"
            raise SchemaError(
                message, where=f"{origin.path}:{origin.line}", help=f"name the {what}, or use another type than {kind}"
            )


def _refuse_conflict(name: str, key: str, origin: s.Origin) -> None:
    element, attribute = nameclass.split_name(name)[1], nameclass.split_name(key)[1]
    message = (
        f"the attribute @{attribute} of `{element}` is an identifier in one definition, and not or another kind in another"
    )
    raise SchemaError(
        message, where=f"{origin.path}:{origin.line}", help="give it the same type wherever the element is defined"
    )
