"""What becomes of the content models that an ODD writes, or whose specs it changes, before patterns are made of them.

What the ODD deletes is taken out, and every group in which nothing is left then: `((a, b) | p)` without `a` and `b` is `p`.
(Of what is merely absent, a group keeps emptiness: see `nodes`.) TEI's own tools do two things more, which siglum tells of and
does on demand: they forget a group around a single other one, and take `empty` out of groups and choices. Specs that come from
the source as they are stay as they are.
"""

from __future__ import annotations

from typing import assert_never

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.work import GenerationContext
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs
from siglum.text.frozen import frozen

_Wrapper = specs.Sequence | specs.Alternate | specs.Interleave
_WRAPPERS = (specs.Sequence, specs.Alternate, specs.Interleave)
_Repetition = s.Optional | s.ZeroOrMore | s.OneOrMore | s.List | s.Mixed


@frozen
class _Readings:
    """A part of a content model as siglum reads it, and as TEI's own tools do; None: nothing is left of it."""

    ours: specs.Content | None
    theirs: specs.Content | None


@frozen
class _Patterns:
    """The same for a part in RELAX NG."""

    ours: s.Pattern | None
    theirs: s.Pattern | None


def simplify_content(
    work: GenerationContext, spec: specs.ElementSpec | specs.MacroSpec | specs.DataSpec
) -> specs.Content | None:
    """The content of a spec, ready for its patterns to be made; None where the spec says nothing about it."""
    if spec.content is None:
        return None
    return _Simplifier(work, is_rewritten(work, spec)).content(spec.content)


def is_rewritten(work: GenerationContext, spec: specs.AnySpec) -> bool:
    """Whether the ODD writes the content of a spec, or changes the spec in another way."""
    return (type(spec), spec.ident) in work.index.merged.rewritten


class _Simplifier:
    """`rewritten`: the spec is none of those that come from the source as they are."""

    def __init__(self, work: GenerationContext, rewritten: bool) -> None:
        self.work = work
        self.rewritten = rewritten
        self.deleted = work.index.merged.deleted if rewritten else frozenset()
        self.place = specs.NOWHERE

    def content(self, at: specs.Content) -> specs.Content:
        """All of a content model: a reference that is alone in it stays, deleted or not."""
        match at:
            case specs.Sequence() | specs.Alternate() | specs.Interleave():
                return self._choose(self._simplify_wrapper(at)) or specs.Empty(place=at.place)
            case specs.Rng() if self.rewritten and not isinstance(at.pattern, s.Ref | s.Empty | s.NotAllowed):
                return self._choose(self._simplify_rng(at)) or specs.Empty(place=at.place)
            case _:
                return at

    def _choose(self, found: _Readings) -> specs.Content | None:
        return found.theirs if Deviation.NESTED_GROUP_LOST in self.work.deviations else found.ours

    # Pure ODD

    def _simplify_child(self, at: specs.Content) -> _Readings:
        match at:
            case specs.ElementRef() | specs.ClassRef() | specs.MacroRef() | specs.DataRef():
                return _Readings(None, None) if at.key in self.deleted else _Readings(at, at)
            case specs.Sequence() | specs.Alternate() | specs.Interleave():
                return self._simplify_wrapper(at)
            case specs.Empty():
                return _Readings(at, None if self.rewritten else at)
            case specs.Rng() if self.rewritten:
                return self._simplify_rng(at)
            case specs.TextNode() | specs.AnyElement() | specs.ValList() | specs.Rng():
                return _Readings(at, at)
            case _:
                assert_never(at)

    def _simplify_wrapper(self, at: _Wrapper) -> _Readings:
        inside = [self._simplify_child(each) for each in at.children]
        ours = [each.ours for each in inside if each.ours is not None]
        theirs = [each.theirs for each in inside if each.theirs is not None]
        if isinstance(at, specs.Alternate) and theirs and any(each.ours and not each.theirs for each in inside):
            self._report_emptied(at.place)
        their_reading = self._collapse(at, theirs[0]) if len(theirs) == 1 else None
        emptied = not theirs and (self.rewritten or bool(at.children))
        return _Readings(
            _replace_children(at, ours) if ours or not at.children else None,
            their_reading or (None if emptied else _replace_children(at, theirs)),
        )

    def _collapse(self, at: _Wrapper, inner: specs.Content) -> specs.Content | None:
        """The one child, where TEI's tools take it for the whole; that of a spec of P5 never is a group."""
        if not isinstance(inner, _WRAPPERS) or not at.place.line:
            return None
        bounds = (at.minimum, at.maximum)
        optional = bounds == (0, 1) and (inner.minimum, inner.maximum) == (1, None) and self.rewritten
        if type(inner) is not type(at) and not optional:
            return None
        if bounds != (1, 1):
            one, other = (_ARTICLED[type(each)] for each in (at, inner))
            message = f"{one} that holds nothing but {other}: TEI's tools forget that the outer one stands {format_range(at)}"
            self.work.say(codes.COLLAPSED, at.place, message, "write one of them, with the bounds of both")
        return inner

    def _report_emptied(self, place: specs.Place) -> None:
        message = "one of the alternatives is that there is nothing: TEI's tools leave it out, so that another one is needed"
        self.work.say(codes.EMPTY_LOST, place, message, 'write minOccurs="0" on the alternate')

    # RELAX NG

    def _simplify_rng(self, at: specs.Rng) -> _Readings:
        self.place = at.place
        found = self._simplify_pattern(at.pattern)
        ours, theirs = (None if part is None else specs.Rng(part, place=at.place) for part in (found.ours, found.theirs))
        return _Readings(ours, theirs)

    def _simplify_pattern(self, at: s.Pattern) -> _Patterns:
        match at:
            case s.Ref():
                return _Patterns(None, None) if at.name in self.deleted else _Patterns(at, at)
            case s.Empty() | s.NotAllowed():
                return _Patterns(at, None)
            case s.Group() | s.Choice() | s.Interleave():
                return self._simplify_patterns(at)
            case s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed():
                inner = self._simplify_pattern(at.content)
                return _Patterns(_replace_content(at, inner.ours), _replace_content(at, inner.theirs))
            case _:
                return _Patterns(at, at)

    def _simplify_patterns(self, at: s.Group | s.Choice | s.Interleave) -> _Patterns:
        inside = [self._simplify_pattern(each) for each in at.patterns]
        ours = tuple(each.ours for each in inside if each.ours is not None)
        theirs = tuple(each.theirs for each in inside if each.theirs is not None)
        lost = any(isinstance(each.ours, s.Empty) for each in inside)
        if isinstance(at, s.Choice) and lost and theirs:
            self._report_emptied(self._place(at.origin))
        kind = type(at)
        return _Patterns(*(kind(each, origin=at.origin) if each else None for each in (ours, theirs)))

    def _place(self, origin: s.Origin) -> specs.Place:
        """Where a pattern stands: of the outermost one, the column is known too."""
        known = (origin.path, origin.line) == (self.place.path, self.place.line)
        return self.place if known else specs.Place(origin.path, origin.line, origin.column)


def _replace_children(at: _Wrapper, children: list[specs.Content]) -> specs.Content:
    """The wrapper with these children: itself, if they are what it has."""
    if len(children) == len(at.children) and all(map(_is_same, children, at.children)):
        return at
    found = tuple(children)
    low, high, place = at.minimum, at.maximum, at.place
    match at:
        case specs.Sequence():
            return specs.Sequence(found, at.preserve_order, minimum=low, maximum=high, place=place)
        case specs.Alternate():
            return specs.Alternate(found, minimum=low, maximum=high, place=place)
        case specs.Interleave():
            return specs.Interleave(found, minimum=low, maximum=high, place=place)
        case _:
            assert_never(at)


def _is_same(one: object, other: object) -> bool:
    return one is other


def _replace_content(at: _Repetition, inner: s.Pattern | None) -> s.Pattern | None:
    if inner is None or inner is at.content:
        return at if inner is not None else None
    return type(at)(inner, origin=at.origin)


_ARTICLED: dict[type[_Wrapper], str] = {
    specs.Sequence: "a sequence",
    specs.Alternate: "an alternate",
    specs.Interleave: "an interleave",
}


def format_times(count: int) -> str:
    """A number of times, as messages say it."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def format_range(at: specs.Occurs) -> str:
    """How often something may stand, as messages say it."""
    if at.maximum is None:
        return f"at least {format_times(at.minimum)}" if at.minimum else "any number of times"
    most = f"at most {format_times(at.maximum)}"
    return f"at least {format_times(at.minimum)} and {most}" if at.minimum else most
