"""Model classes: what stands for the members of one (Guidelines, 22.4.5 and 22.6.1).

A class is a choice of its members, or one of five other things where `expand` says so; those have names such as
`model.hiLike_sequence`. The members come in the order of the specs.
"""

from __future__ import annotations

from collections.abc import Iterable

from siglum.schema.odd.relaxng.index import EXPANSIONS, Member
from siglum.schema.odd.relaxng.nodes import (
    HOLLOW,
    MOST,
    NOT_ALLOWED,
    Nodes,
    drop_empty,
    make_choice,
    make_group,
    make_repetition,
)
from siglum.schema.odd.relaxng.work import GenerationContext
from siglum.schema.relaxng import syntax as s
from siglum.schema.tagdocs import specs

_EACH: dict[specs.Expand, type[s.Optional] | type[s.ZeroOrMore] | type[s.OneOrMore]] = {
    "sequenceOptional": s.Optional,
    "sequenceRepeatable": s.OneOrMore,
    "sequenceOptionalRepeatable": s.ZeroOrMore,
}
_WITHOUT_MEMBERS: dict[specs.Expand | None, s.Pattern] = {
    None: NOT_ALLOWED,
    "alternation": NOT_ALLOWED,
    "sequence": HOLLOW,
    "sequenceOptional": HOLLOW,
    "sequenceOptionalRepeatable": HOLLOW,
    "sequenceRepeatable": NOT_ALLOWED,
}
"""What a class that nothing is a member of stands for: a choice of nothing is impossible, a sequence of nothing is not."""


def define_class(work: GenerationContext, spec: specs.ClassSpec) -> None:
    """The pattern of a class; those of its expansions are made when something refers to them."""
    name = work.index.prefixed(spec)
    work.define(name, lambda: expand_class(work, work.index.members.get(spec.ident, ()), None), spec.place)
    for expand in EXPANSIONS:
        work.later[f"{name}_{expand}"] = lambda how=expand: expand_class(work, work.index.members.get(spec.ident, ()), how)  # type: ignore[misc]


def expand_class(work: GenerationContext, members: Iterable[Member], expand: specs.Expand | None) -> s.Pattern:
    """These members as one pattern."""
    found = expand_members(work, members, expand)
    if not found:
        return _WITHOUT_MEMBERS[expand]
    return make_choice(found, strict=False) if expand in {None, "alternation"} else make_group(found)


def expand_members(work: GenerationContext, members: Iterable[Member], expand: specs.Expand | None) -> Nodes:
    """These members, each as it is in such an expansion, with nothing around them."""
    return tuple(node for member in members for node in _expand_member(work, member, expand))


def _expand_member(work: GenerationContext, member: Member, expand: specs.Expand | None) -> Nodes:
    spec, membership = member
    nodes = (
        _refer_to_element(work, spec, membership)
        if isinstance(spec, specs.ElementSpec)
        else (_refer_to_class(work, spec, expand),)
    )
    each = _EACH.get(expand) if expand else None
    return drop_empty((make_repetition(each, nodes),)) if each else nodes


def _refer_to_class(work: GenerationContext, spec: specs.ClassSpec, expand: specs.Expand | None) -> s.Pattern:
    name = work.index.prefixed(spec)
    return work.ref(f"{name}_{expand}" if expand else name)


def _refer_to_element(work: GenerationContext, spec: specs.ElementSpec, membership: specs.MemberOf) -> Nodes:
    """`min` and `max` of a memberOf: copies, which are alternatives of their own where the class is a choice."""
    ref = work.ref(work.index.names[id(spec)])
    least, most = membership.minimum, membership.maximum
    if (least, most) == (1, 1):
        return (ref,)
    endless = most is None or most - least >= MOST
    more: Nodes = (s.ZeroOrMore(ref),) if endless else (s.Optional(ref),) * ((most or 0) - least)
    return (ref,) * min(least, MOST) + more
