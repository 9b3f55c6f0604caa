"""Content models (Guidelines, 22.4.5) as patterns: a function of a node of `specs` gives nodes, which `nodes` puts together."""

from __future__ import annotations

from typing import assert_never

from siglum.schema.odd.compat import Deviation
from siglum.schema.odd.relaxng import codes
from siglum.schema.odd.relaxng.anything import make_any_element
from siglum.schema.odd.relaxng.classes import expand_class, expand_members
from siglum.schema.odd.relaxng.nodes import (
    BLANK,
    GONE,
    HOLLOW,
    MOST,
    TEXT,
    Nodes,
    count_patterns,
    drop_empty,
    make_choice,
    make_group,
    make_interleave,
    make_list,
    make_repetition,
)
from siglum.schema.odd.relaxng.old import EmbeddedRng
from siglum.schema.odd.relaxng.simplified import format_times, simplify_content
from siglum.schema.odd.relaxng.values import Values
from siglum.schema.odd.relaxng.work import GenerationContext
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs

_LARGEST = 20_000
"""Patterns that copies of one thing may come to; it takes copies of copies of copies to get there."""
_SIMPLE: dict[tuple[int, int | None], type[s.Optional] | type[s.ZeroOrMore] | type[s.OneOrMore]] = {
    (0, 1): s.Optional,
    (0, None): s.ZeroOrMore,
    (1, None): s.OneOrMore,
}
_Wrapper = specs.Sequence | specs.Alternate | specs.Interleave
_Repeated = (specs.Sequence, specs.Alternate, specs.Interleave, specs.AnyElement)


class ContentModels:
    """The content models of one customisation. `owner`: the spec that is being read."""

    def __init__(self, work: GenerationContext, values: Values) -> None:
        self.work = work
        self.values = values
        self.owner: specs.AnySpec
        self._alternatives: set[int] = set()

    def make_content(self, spec: specs.ElementSpec | specs.MacroSpec | specs.DataSpec) -> Nodes:
        """All that a spec's content model says; nothing where it is empty or says nothing."""
        self.owner = spec
        values = spec.val_list if isinstance(spec, specs.ElementSpec | specs.DataSpec) else None
        if values is not None and values.type == "closed":
            return (self.values.make_val_list(values),)
        content = simplify_content(self.work, spec)
        return drop_empty(self.make_nodes(content)) if content is not None else ()

    def make_nodes(self, at: specs.Content) -> Nodes:
        """A content model, with nothing around what it is made of."""
        match at:
            case specs.ElementRef() | specs.ClassRef() | specs.MacroRef():
                return self._repeat_reference(self._make_reference(at), at)
            case specs.Sequence() | specs.Alternate() | specs.Interleave():
                return self._make_wrapper(at)
            case specs.TextNode():
                return (TEXT,)
            case specs.Empty():
                return (BLANK,)
            case specs.DataRef():
                return self._make_data(at)
            case specs.ValList():
                return (self.values.make_val_list(at),)
            case specs.AnyElement():
                return self._repeat_group((make_any_element(self.work, at, self.owner.ident),), at)
            case specs.Rng():
                return EmbeddedRng(self.work, auto_prefix=self._auto_prefix(), simplified=True).nodes(at)
            case _:
                assert_never(at)

    def _auto_prefix(self) -> bool:
        return not isinstance(self.owner, specs.ElementSpec | specs.MacroSpec) or self.owner.auto_prefix

    # References

    def _make_reference(self, at: specs.ElementRef | specs.ClassRef | specs.MacroRef) -> Nodes:
        match at:
            case specs.ElementRef():
                found = self._make_element_ref(at)
            case specs.ClassRef():
                found = self._make_class_ref(at)
            case specs.MacroRef():
                macro = self.work.macro(at.key)
                found = (self.work.named(at.key) if macro is None else macro,)
            case _:
                assert_never(at)
        if found == (GONE,):
            self._report_absent(at)
        return found

    def _report_absent(self, at: specs.ElementRef | specs.ClassRef | specs.MacroRef) -> None:
        kind = {specs.ElementRef: "element", specs.ClassRef: "class", specs.MacroRef: "macro"}[type(at)]
        message = f"the content of `{self.owner.ident}` names the {kind} `{at.key}`, which is not in the schema: it is left out"
        help_ = f'add <{kind}Ref key="{at.key}"/> to the schemaSpec, or take it out of the content model'
        self.work.say(codes.ABSENT, at.place, message, help_)

    def _make_element_ref(self, at: specs.ElementRef) -> Nodes:
        found = self.work.every_element() if at.key == specs.EVERY else self.work.element(at.key)
        if not found:
            return (self.work.named(at.key),)
        return found if len(found) == 1 else (s.Choice(found),)

    def _make_class_ref(self, at: specs.ClassRef) -> Nodes:
        spec = self.work.index.models.get(at.key)
        if spec is None:
            return () if at.expand and Deviation.ABSENT_CLASS_NOT_GONE in self.work.deviations else (self.work.named(at.key),)
        if at.expand is None and at.include is None and at.except_ is None:
            return (self.work.ref(self.work.index.prefixed(spec)),)
        members = [each for each in self.work.index.members.get(at.key, ()) if _is_included(at, each[0].ident)]
        if at.expand is None and len(members) > 1 and id(at) not in self._alternatives:
            message = f"a choice of some members of `{at.key}`, of which TEI's tools make a sequence"
            self.work.say(codes.UNGROUPED, at.place, message, 'write expand="alternation", which they understand')
        if not members and at.expand in {"alternation", "sequenceRepeatable"}:
            message = f"a choice of the members of `{at.key}`, which has none: it is impossible, but TEI's tools leave it out"
            self.work.say(codes.NOTHING_TO_CHOOSE, at.place, message, "leave it out, or say which elements are its members")
        if Deviation.MEMBERS_NOT_GROUPED not in self.work.deviations:
            return (expand_class(self.work, members, at.expand),)
        inlined = expand_members(self.work, members, at.expand)
        return (make_choice(inlined),) if at.expand == "alternation" else inlined

    # How often

    def _repeat_reference(self, nodes: Nodes, at: specs.Occurs) -> Nodes:
        """A reference, as often as it says; TEI's tools allow one more where none is needed and the bound is above one."""
        bounds = self._check_bounds(at)
        if bounds == (1, 1):
            return nodes
        simple = _SIMPLE.get(bounds)
        if simple is not None:
            return (make_repetition(simple, nodes),)
        if bounds[0] == 0 and bounds[1] is not None:
            more = format_times(bounds[1] + 1 if bounds[1] else 1)
            message = f"at most {format_times(bounds[1])} here: TEI's tools let it stand {more}"
            self.work.say(codes.ONE_MORE, at.place, message, "siglum counts as the ODD says, unless it is to do as they do")
            if Deviation.ONE_MORE in self.work.deviations:
                bounds = (0, max(bounds[1] + (bounds[1] > 0), 1))
        return (make_group(self._write_copies(nodes, bounds, at)),) if bounds != (0, 0) else (HOLLOW,)

    def _repeat_group(self, nodes: Nodes, at: specs.Occurs) -> Nodes:
        """A group, as often as it says; TEI's tools put copies side by side, even where they then are alternatives."""
        bounds = self._check_bounds(at)
        if bounds == (1, 1):
            return nodes
        simple = _SIMPLE.get(bounds)
        if simple is not None:
            return (make_repetition(simple, nodes),)
        copies = self._write_copies(nodes, bounds, at)
        return copies if Deviation.COPIES_NOT_GROUPED in self.work.deviations else (make_group(copies) if copies else HOLLOW,)

    def _write_copies(self, nodes: Nodes, bounds: tuple[int, int | None], at: specs.Occurs) -> Nodes:
        """Copies that must be there, then copies that may be: any number of those, where they would be too many."""
        least, most = bounds
        too_large = (most or least) * sum(map(count_patterns, nodes)) > _LARGEST
        if too_large or least > MOST or (most is not None and most - least >= MOST):
            if most is not None or least > 1:
                message = f"something in `{self.owner.ident}` may stand so often that it is not counted"
                self.work.say(codes.MANY_TIMES, at.place, message, 'write maxOccurs="unbounded", and count with Schematron')
            most = None
        if too_large:
            return (make_repetition(s.OneOrMore if least else s.ZeroOrMore, nodes),)
        if most is None:
            return nodes * min(least, MOST) + (make_repetition(s.ZeroOrMore, nodes),)
        return nodes * least + (make_repetition(s.Optional, nodes),) * (most - least)

    def _check_bounds(self, at: specs.Occurs) -> tuple[int, int | None]:
        least, most = at.minimum, at.maximum
        if most is not None and most < least:
            message = (
                f"something in `{self.owner.ident}` is to stand at least {format_times(least)} and at most {format_times(most)}"
            )
            self.work.say(codes.MIN_OVER_MAX, at.place, message, f'add maxOccurs="{least}" or more: {least} is taken for both')
            most = least
        return least, most

    # Groups

    def _make_wrapper(self, at: _Wrapper) -> Nodes:
        if isinstance(at, specs.Alternate):
            self._report_ungrouped(at)
        inner = tuple(node for each in at.children for node in self.make_nodes(each))
        match at:
            case specs.Alternate():
                found = self.work.choice(inner, at.place)
            case specs.Interleave():
                found = make_interleave(inner)
            case specs.Sequence():
                found = self._make_sequence(at, inner)
            case _:
                assert_never(at)
        return self._repeat_group((found,), at)

    def _make_sequence(self, at: specs.Sequence, inner: Nodes) -> s.Pattern:
        if at.children and all(isinstance(each, specs.DataRef) for each in at.children):
            return make_list(inner)
        if not at.preserve_order:
            return make_interleave(inner)
        return make_group(self._drop_repeated(at, inner))

    def _report_ungrouped(self, at: specs.Alternate) -> None:
        """In an alternate, what TEI's tools put side by side becomes alternatives."""
        self._alternatives |= {id(each) for each in at.children if isinstance(each, specs.ClassRef) and _is_single(each)}
        for each in at.children:
            odd = (each.minimum, each.maximum) not in {(1, 1), *_SIMPLE} if isinstance(each, _Repeated) else False
            inlined = isinstance(each, specs.ClassRef) and _is_single(each) and each.expand not in {None, "alternation"}
            if odd or inlined:
                message = "in an alternate, TEI's tools take each part of this for an alternative of its own"
                self.work.say(
                    codes.UNGROUPED, each.place, message, "put a sequence around it: siglum keeps it together as it is"
                )

    def _drop_repeated(self, at: specs.Sequence, inner: Nodes) -> Nodes:
        """TEI's tools leave out a repetition if the next one, of a choice or group, names the same thing."""
        dropped = {here for here in range(len(inner) - 1) if _repeats_next(inner[here], inner[here + 1])}
        if not dropped:
            return inner
        if any(isinstance(inner[here], s.OneOrMore) for here in dropped):
            message = "a part that has to stand here is left out by TEI's tools, because the next part may be the same"
            self.work.say(codes.REPEATED, at.place, message, "siglum keeps it, unless it is to do as they do")
        if Deviation.REPETITION_LOST not in self.work.deviations:
            return inner
        return tuple(each for here, each in enumerate(inner) if here not in dropped)

    # Text with a datatype

    def _make_data(self, at: specs.DataRef) -> Nodes:
        found = self.values.make_data(at) or (TEXT,)
        if (at.minimum, at.maximum) == (1, 1) or Deviation.DATA_OCCURS_ONCE in self.work.deviations:
            return found
        bounds = self._check_bounds(at)
        if bounds == (0, 1):
            return (make_repetition(s.Optional, found),)
        simple = _SIMPLE.get(bounds)
        return (make_list((make_repetition(simple, found),) if simple else self._write_copies(found, bounds, at)),)


def _is_single(at: specs.Occurs) -> bool:
    return (at.minimum, at.maximum) == (1, 1)


def _is_included(at: specs.ClassRef, ident: str) -> bool:
    if at.include is not None:
        return ident in at.include
    return at.except_ is None or ident not in at.except_


def _repeats_next(one: s.Pattern, other: s.Pattern) -> bool:
    if not isinstance(one, s.Optional | s.ZeroOrMore | s.OneOrMore) or not isinstance(one.content, s.Ref):
        return False
    around = other.content if isinstance(other, s.Optional | s.ZeroOrMore | s.OneOrMore) else None
    return isinstance(around, s.Choice | s.Group) and one.content in around.patterns
