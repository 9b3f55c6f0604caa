"""RELAX NG in content models, as older ODDs have it: names get their prefixes, and what is not there is left out."""

from __future__ import annotations

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.nodes import BLANK, Nodes, drop_empty, make_group, make_interleave, make_list, make_repetition
from siglum.schema.odd.relaxng.work import GenerationContext
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs


class EmbeddedRng:
    """`auto_prefix`: names are those of specs, and get the prefixes of their patterns.

    `simplified`: it is a content model, of which TEI's tools do not keep one repetition in another.
    """

    def __init__(self, work: GenerationContext, *, auto_prefix: bool = False, simplified: bool = False) -> None:
        self.work = work
        self.auto_prefix = auto_prefix
        self.simplified = simplified

    def nodes(self, at: specs.Rng) -> Nodes:
        """What such a content model stands for."""
        return (self.pattern(at.pattern),)

    def pattern(self, at: s.Pattern) -> s.Pattern:
        """The pattern with its references resolved."""
        match at:
            case s.Ref():
                return self._make_ref(at.name)
            case s.Group():
                return make_group(self._make_all(at.patterns))
            case s.Choice():
                return self.work.choice(
                    self._make_all(at.patterns), specs.Place(at.origin.path, at.origin.line, at.origin.column)
                )
            case s.Interleave():
                return make_interleave(self._make_all(at.patterns))
            case s.Optional() | s.ZeroOrMore() | s.OneOrMore():
                return self._make_repetition(at)
            case s.List():
                return make_list(self._make_content(at.content))
            case s.Mixed():
                inside = drop_empty(self._make_content(at.content))
                return s.Mixed(make_group(inside)) if inside else s.Text()
            case s.Element():
                return s.Element(at.name, _join(drop_empty(self._make_content(at.content))), origin=at.origin)
            case s.AttributePattern():
                return s.AttributePattern(at.name, _join(drop_empty(self._make_content(at.content))), origin=at.origin)
            case s.Empty():
                return BLANK
            case _:
                return at

    def _make_repetition(self, at: s.Optional | s.ZeroOrMore | s.OneOrMore) -> s.Pattern:
        """Of one repetition in another, TEI's tools make `+`, even where nothing is needed."""
        inner = at.content
        if self.simplified and (type(at), type(inner)) in _NESTED:
            message = "one repetition in another: TEI's tools take it for oneOrMore, though it need not be there at all"
            place = specs.Place(at.origin.path, at.origin.line, at.origin.column)
            self.work.say(codes.COLLAPSED, place, message, "write zeroOrMore")
            if Deviation.NESTED_REPETITION_LOST in self.work.deviations and isinstance(inner, s.ZeroOrMore | s.OneOrMore):
                return make_repetition(s.OneOrMore, self._make_content(inner.content))
        return make_repetition(type(at), self._make_content(inner))

    def _make_all(self, patterns: tuple[s.Pattern, ...]) -> Nodes:
        return tuple(map(self.pattern, patterns))

    def _make_content(self, at: s.Pattern) -> Nodes:
        """Several children of one element are a group without its tags (RELAX NG, 4.12)."""
        return self._make_all(at.patterns) if isinstance(at, s.Group) else (self.pattern(at),)

    def _make_ref(self, name: str) -> s.Pattern:
        found = self.work.index.by_name(name) if self.auto_prefix else None
        return self.work.named(name if found is None else found)


_NESTED = ((s.Optional, s.OneOrMore), (s.OneOrMore, s.ZeroOrMore))


def _join(nodes: Nodes) -> s.Pattern:
    return nodes[0] if len(nodes) == 1 else s.Group(nodes) if nodes else s.Empty()
