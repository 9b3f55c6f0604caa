"""Grammars taken into a schema by a moduleRef with `url` (Guidelines, 22.8.2): a div of their definitions, without their start.

Where two definitions of a name do not say how to combine, the one that stands further out holds: the schema's own before one
of a grammar, that before one in a div or in a file that the grammar includes (which is a div by now).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.old import Old
from siglum.schema.odd.relaxng.work import Work
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs
from siglum.text.frozen import frozen


@frozen
class Found:
    """A definition that comes from outside, and how deep it stands."""

    define: s.Define
    depth: int
    place: specs.Place


def definitions(work: Work, grammars: Iterable[specs.GrammarRef]) -> list[Found]:
    """All the definitions that the grammars bring with them, with their prefixes."""
    return [found for each in grammars for found in _from(work, each)]


def _from(work: Work, at: specs.GrammarRef) -> Iterator[Found]:
    if isinstance(at.grammar, s.Grammar):
        yield from _in(at.grammar.components, 1, at)
    elif at.grammar is not None:
        message = f"“{at.url}” is no grammar, but a single pattern"
        work.say(codes.NOT_READ, at.place, message, "put it into a define of a grammar")
    yield from _in(at.components, 1, replace(at, prefix=""))


def _in(components: Iterable[s.Component], depth: int, at: specs.GrammarRef) -> Iterator[Found]:
    for each in components:
        match each:
            case s.Define():
                yield Found(_prefixed(each, at.prefix), depth, at.place)
            case s.Div() | s.Include():
                yield from _in(each.components, depth + 1, at)
            case s.Start():
                pass
            case _:
                assert_never(each)


def _prefixed(at: s.Define, prefix: str) -> s.Define:
    return replace(at, name=prefix + at.name, content=_renamed(at.content, prefix)) if prefix else at


def _renamed(at: s.Pattern, prefix: str) -> s.Pattern:
    """The pattern with another name in its references; a grammar inside it has names of its own."""
    match at:
        case s.Ref():
            return replace(at, name=prefix + at.name)
        case s.Group() | s.Interleave() | s.Choice():
            return replace(at, patterns=tuple(_renamed(each, prefix) for each in at.patterns))
        case s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed() | s.Element() | s.AttributePattern():
            return replace(at, content=_renamed(at.content, prefix))
        case _:
            return at


def take_in(work: Work, found: Iterable[Found]) -> list[tuple[str, s.Define]]:
    """The definitions that hold, each under a key of its own, with references to what is not there left out."""
    held = list(_holding(work, sorted(found, key=lambda each: each.depth)))
    taken: list[tuple[str, s.Define]] = []
    for number, each in enumerate(held):
        key = f"{each.name}\0{number}"
        work.define(key, lambda at=each: Old(work).pattern(at.content))  # type: ignore[misc]
        made = work.defines.pop(key)
        taken.append((key, replace(each, content=made.content)))
    return taken


def _holding(work: Work, found: Iterable[Found]) -> Iterator[s.Define]:
    own = set(work.defines) | set(work.later)
    depths: dict[str, int] = {}
    for each in found:
        name = each.define.name
        if each.define.combine is None:
            if name in own:
                continue
            if name in depths:
                if depths[name] == each.depth:
                    message = f"`{name}` is defined twice in the grammars taken in: the first definition holds"
                    work.say(codes.DEFINED_TWICE, each.place, message, "give one of the moduleRefs a @prefix")
                continue
            depths[name] = each.depth
        yield each.define
