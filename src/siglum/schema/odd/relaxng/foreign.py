"""Grammars taken into a schema by a moduleRef with `url` (Guidelines, 22.8.2): a div of their definitions, without their start.

Where two definitions of a name do not say how to combine, the one that stands further out holds: the schema's own before one
of a grammar, that before one in a div or in a file that the grammar includes (which is a div by now).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.old import EmbeddedRng
from siglum.schema.odd.relaxng.work import GenerationContext
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs
from siglum.text.frozen import frozen


@frozen
class ForeignDefine:
    """A definition that comes from outside, and how deep it stands."""

    define: s.Define
    depth: int
    place: specs.Place


def collect_definitions(work: GenerationContext, grammars: Iterable[specs.GrammarRef]) -> list[ForeignDefine]:
    """All the definitions that the grammars bring with them, with their prefixes."""
    return [found for each in grammars for found in _read_grammar(work, each)]


def _read_grammar(work: GenerationContext, at: specs.GrammarRef) -> Iterator[ForeignDefine]:
    if isinstance(at.grammar, s.Grammar):
        yield from _list_defines(at.grammar.components, 1, at)
    elif at.grammar is not None:
        message = f"“{at.url}” is no grammar, but a single pattern"
        work.say(codes.NOT_READ, at.place, message, "put it into a define of a grammar")
    yield from _list_defines(at.components, 1, replace(at, prefix=""))


def _list_defines(components: Iterable[s.Component], depth: int, at: specs.GrammarRef) -> Iterator[ForeignDefine]:
    for each in components:
        match each:
            case s.Define():
                yield ForeignDefine(_add_prefix(each, at.prefix), depth, at.place)
            case s.Div() | s.Include():
                yield from _list_defines(each.components, depth + 1, at)
            case s.Start():
                pass
            case _:
                assert_never(each)


def _add_prefix(at: s.Define, prefix: str) -> s.Define:
    return replace(at, name=prefix + at.name, content=_rename_refs(at.content, prefix)) if prefix else at


def _rename_refs(at: s.Pattern, prefix: str) -> s.Pattern:
    """The pattern with another name in its references; a grammar inside it has names of its own."""
    match at:
        case s.Ref():
            return replace(at, name=prefix + at.name)
        case s.Group() | s.Interleave() | s.Choice():
            return replace(at, patterns=tuple(_rename_refs(each, prefix) for each in at.patterns))
        case s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed() | s.Element() | s.AttributePattern():
            return replace(at, content=_rename_refs(at.content, prefix))
        case _:
            return at


def include_definitions(work: GenerationContext, found: Iterable[ForeignDefine]) -> list[tuple[str, s.Define]]:
    """The definitions that hold, each under a key of its own, with references to what is not there left out."""
    held = list(_find_overridden(work, sorted(found, key=lambda each: each.depth)))
    taken: list[tuple[str, s.Define]] = []
    for number, each in enumerate(held):
        key = f"{each.name}\0{number}"
        work.define(key, lambda at=each: EmbeddedRng(work).pattern(at.content))  # type: ignore[misc]
        made = work.defines.pop(key)
        taken.append((key, replace(each, content=made.content)))
    return taken


def _find_overridden(work: GenerationContext, found: Iterable[ForeignDefine]) -> Iterator[s.Define]:
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
