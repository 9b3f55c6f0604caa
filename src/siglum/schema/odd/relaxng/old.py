"""RELAX NG in content models, as older ODDs have it: names get their prefixes, and what is not there is left out."""

from __future__ import annotations

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.nodes import BLANK, Nodes, group, interleave, listed, repeat, whole
from siglum.schema.odd.relaxng.work import Work
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs


class Old:
    """`auto_prefix`: names are those of specs, and get the prefixes of their patterns.

    `simplified`: it is a content model, of which TEI's tools do not keep one repetition in another.
    """

    def __init__(self, work: Work, *, auto_prefix: bool = False, simplified: bool = False) -> None:
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
                return self._ref(at.name)
            case s.Group():
                return group(self._all(at.patterns))
            case s.Choice():
                return self.work.choice(self._all(at.patterns), specs.Place(at.origin.path, at.origin.line, at.origin.column))
            case s.Interleave():
                return interleave(self._all(at.patterns))
            case s.Optional() | s.ZeroOrMore() | s.OneOrMore():
                return self._repeated(at)
            case s.List():
                return listed(self._content(at.content))
            case s.Mixed():
                inside = whole(self._content(at.content))
                return s.Mixed(group(inside)) if inside else s.Text()
            case s.Element():
                return s.Element(at.name, _in_a_row(whole(self._content(at.content))), origin=at.origin)
            case s.AttributePattern():
                return s.AttributePattern(at.name, _in_a_row(whole(self._content(at.content))), origin=at.origin)
            case s.Empty():
                return BLANK
            case _:
                return at

    def _repeated(self, at: s.Optional | s.ZeroOrMore | s.OneOrMore) -> s.Pattern:
        """Of one repetition in another, TEI's tools make `+`, even where nothing is needed."""
        inner = at.content
        if self.simplified and (type(at), type(inner)) in _NESTED:
            message = "one repetition in another: TEI's tools take it for oneOrMore, though it need not be there at all"
            place = specs.Place(at.origin.path, at.origin.line, at.origin.column)
            self.work.say(codes.COLLAPSED, place, message, "write zeroOrMore")
            if Deviation.NESTED_REPETITION_LOST in self.work.deviations and isinstance(inner, s.ZeroOrMore | s.OneOrMore):
                return repeat(s.OneOrMore, self._content(inner.content))
        return repeat(type(at), self._content(inner))

    def _all(self, patterns: tuple[s.Pattern, ...]) -> Nodes:
        return tuple(map(self.pattern, patterns))

    def _content(self, at: s.Pattern) -> Nodes:
        """Several children of one element are a group without its tags (RELAX NG, 4.12)."""
        return self._all(at.patterns) if isinstance(at, s.Group) else (self.pattern(at),)

    def _ref(self, name: str) -> s.Pattern:
        found = self.work.index.by_name(name) if self.auto_prefix else None
        return self.work.named(name if found is None else found)


_NESTED = ((s.Optional, s.OneOrMore), (s.OneOrMore, s.ZeroOrMore))


def _in_a_row(nodes: Nodes) -> s.Pattern:
    return nodes[0] if len(nodes) == 1 else s.Group(nodes) if nodes else s.Empty()
