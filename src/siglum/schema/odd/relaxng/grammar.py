"""From a customisation to its grammar: a pattern for every spec, those kept that a document can come to.

The steps: names (`index`), grammars from outside (`foreign`), macros, elements and classes in the order of their specs, the
start; then what the start does not lead to is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.attributes import Attributes
from siglum.schema.odd.relaxng.classes import define_class
from siglum.schema.odd.relaxng.content import ContentModels
from siglum.schema.odd.relaxng.foreign import collect_definitions, include_definitions
from siglum.schema.odd.relaxng.index import Index
from siglum.schema.odd.relaxng.prefixes import prefixed_name
from siglum.schema.odd.relaxng.start import make_start
from siglum.schema.odd.relaxng.values import Values
from siglum.schema.odd.relaxng.work import GenerationContext, origin
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs


@dataclass(slots=True)
class GrammarBuilder:
    """What makes the patterns of one customisation."""

    work: GenerationContext
    contents: ContentModels
    attributes: Attributes
    outside: list[tuple[str, s.Define]] = field(default_factory=list)


def build_grammar(merged: specs.Merged, deviations: frozenset[Deviation]) -> tuple[s.Grammar, GenerationContext]:
    """The grammar, and the work that has its findings."""
    work = GenerationContext(Index(merged), deviations)
    found = collect_definitions(work, merged.grammars)
    work.known = frozenset(work.index.pattern_names()).union(each.define.name for each in found)
    values = Values(work)
    maker = GrammarBuilder(work, ContentModels(work, values), Attributes(work, values))
    for spec in merged.specs:
        _define(maker, spec)
    _report_same_names(work)
    maker.outside = include_definitions(work, found)
    begins = make_start(work, [define.name for _, define in maker.outside])
    return s.Grammar((begins, *_keep_reachable(maker, begins))), work


def _define(maker: GrammarBuilder, spec: specs.AnySpec) -> None:
    """The pattern of a spec; of two for the same thing, which merging has told of, the first one holds."""
    work = maker.work
    match spec:
        case specs.ClassSpec(type="atts"):
            maker.attributes.define_class(spec)
        case _ if id(spec) not in work.index.names:
            pass
        case specs.ElementSpec():
            work.define(work.index.prefixed(spec), lambda: _make_element(maker, spec), spec.place)
        case specs.ClassSpec():
            define_class(work, spec)
        case specs.MacroSpec() | specs.DataSpec():
            work.define(work.index.prefixed(spec), lambda: _join(maker.contents.make_content(spec)), spec.place)


def _make_element(maker: GrammarBuilder, spec: specs.ElementSpec) -> s.Pattern:
    if spec.content == specs.Rng(s.NotAllowed()):
        return s.NotAllowed()
    ns = maker.work.index.namespace(spec)
    name = s.Name(ns, spec.name.rpartition(":")[2]) if spec.ns else _make_prefixed_name(maker.work, spec, ns)
    inside = (*maker.contents.make_content(spec), *maker.attributes.make_element(spec))
    return s.Element(name, _join(inside), origin=origin(spec.place))


def _make_prefixed_name(work: GenerationContext, spec: specs.ElementSpec, ns: str) -> s.Name:
    return prefixed_name(work, spec, ns, f"`{spec.name}`")


def _join(nodes: tuple[s.Pattern, ...]) -> s.Pattern:
    return nodes[0] if len(nodes) == 1 else s.Group(nodes) if nodes else s.Empty()


def _report_same_names(work: GenerationContext) -> None:
    for ident, same in work.index.elements.items():
        if len(same) > 1:
            where = " and ".join(f"“{work.index.namespace(each)}”" for each in same)
            message = f"there are elements `{ident}` in {where}: TEI's tools make a broken schema of them"
            help_ = (
                "give one of them another ident and an altIdent; siglum keeps them apart, and takes an elementRef for either"
            )
            place = next((each.place for each in same if each.place.line), same[0].place)
            work.say(codes.SAME_NAME, place, message, help_)


def _keep_reachable(maker: GrammarBuilder, begins: s.Start) -> list[s.Define]:
    """The definitions that the start leads to, in the order of the specs; all of them, where there is no start."""
    work = maker.work
    keys: dict[str, list[str]] = {}
    for key, define in maker.outside:
        keys.setdefault(define.name, []).append(key)
    waiting = _list_names(begins.content) or [*work.defines, *keys]
    seen = set(waiting)
    for name in waiting:  # grows while it is read
        if name not in work.defines and name in work.later:
            work.define(name, work.later[name])
        for key in (name, *keys.get(name, ())):
            more = [each for each in work.used.get(key, ()) if each not in seen]
            seen.update(more)
            waiting += more
    return [
        *(define for _, define in maker.outside if define.name in seen),
        *(define for name, define in work.defines.items() if name in seen),
    ]


def _list_names(at: s.Pattern) -> list[str]:
    return (
        [each.name for each in at.patterns if isinstance(each, s.Ref)]
        if isinstance(at, s.Choice)
        else ([at.name] if isinstance(at, s.Ref) else [])
    )
