"""What becomes of a content model when parts of it are not there.

TEI's tools remove a reference to what is absent, and leave `empty` only where it was the one child of its parent; then
they remove repetitions of nothing, and put `empty` in the place of groups and choices in which nothing is left. So
`(absent+ | p)` is `p`, but `((absent, absent) | p)` is `(empty | p)`. Both decide what is valid, and are kept as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from siglum.schema.relaxng import syntax as s

Nodes = tuple[s.Pattern, ...]
"""Patterns that follow one another in whatever is put around them."""

GONE: s.Pattern = s.Ref("")
"""A reference to what is absent. It may not reach the grammar."""
VOID: s.Pattern = s.Empty()
"""A repetition of nothing. It still counts as a child, and is then left out."""
BLANK: s.Pattern = s.Empty()
"""Emptiness as it was written, or as it was left behind by a lone reference: what repeats it is VOID."""
HOLLOW: s.Pattern = s.Empty()
"""What is left of a group or choice in which nothing is left: a choice may be made of it."""
TEXT: s.Pattern = s.Text()
NOT_ALLOWED: s.Pattern = s.NotAllowed()

MOST = 400
"""Optional copies that are written out; from here on there is no bound, as in TEI's tools."""

Repetition = type[s.Optional] | type[s.ZeroOrMore] | type[s.OneOrMore]


def make_group(nodes: Nodes) -> s.Pattern:
    """The nodes one after the other."""
    found = drop_absent(nodes)
    if len(found) == 1:
        return HOLLOW if found[0] is BLANK else found[0]
    return _make_group(found) or HOLLOW


def make_choice(nodes: Nodes, *, strict: bool = True) -> s.Pattern:
    """One of the nodes. `strict`: TEI's tools see nothing in a choice whose only contents are values further down."""
    found = _drop_void(drop_absent(nodes))
    if not any(has_content(each, values=not strict or isinstance(each, s.Value)) for each in found):
        return HOLLOW
    return found[0] if len(found) == 1 else s.Choice(found)


def make_interleave(nodes: Nodes) -> s.Pattern:
    """The nodes in any order."""
    found = _drop_void(drop_absent(nodes))
    if not found:
        return HOLLOW
    return found[0] if len(found) == 1 else s.Interleave(found)


def make_repetition(kind: Repetition, nodes: Nodes) -> s.Pattern:
    """The nodes, as a group, as often as the kind of repetition says."""
    found = drop_absent(nodes)
    if not found or (len(found) == 1 and (found[0] is BLANK or found[0] is VOID)):
        return VOID
    inner = _make_group(found)
    return HOLLOW if inner is None else kind(inner)


def make_list(nodes: Nodes) -> s.Pattern:
    """A list of the nodes; of nothing, it allows nothing but white space."""
    return s.List(_make_group(drop_absent(nodes)) or s.Empty())


def drop_empty(nodes: Nodes) -> Nodes:
    """The nodes as all that an element or a define holds: none where nothing is left."""
    return tuple(each for each in drop_absent(nodes) if not isinstance(each, s.Empty))


def drop_absent(nodes: Nodes) -> Nodes:
    """Without references to what is absent; one that was alone leaves emptiness behind."""
    if not any(each is GONE for each in nodes):
        return nodes
    return (BLANK,) if len(nodes) == 1 else tuple(each for each in nodes if each is not GONE)


def _drop_void(nodes: Iterable[s.Pattern]) -> Nodes:
    return tuple(each for each in nodes if each is not VOID)


def _make_group(nodes: Nodes) -> s.Pattern | None:
    """What of the nodes is more than emptiness, in a row; None for nothing."""
    kept = tuple(each for each in nodes if not isinstance(each, s.Empty))
    if not any(map(has_content, kept)):
        return None
    return kept[0] if len(kept) == 1 else s.Group(kept)


def count_patterns(at: s.Pattern) -> int:
    """How many patterns there are in a pattern, as it would be written."""
    match at:
        case s.Group() | s.Interleave() | s.Choice():
            return 1 + sum(map(count_patterns, at.patterns))
        case s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed() | s.AttributePattern() | s.Element():
            return 1 + count_patterns(at.content)
        case _:
            return 1


def has_content(at: s.Pattern, *, values: bool = True) -> bool:
    """Whether there is something in a pattern that could be found in a document. `values`: whether values count."""
    match at:
        case s.Ref() | s.Text() | s.Data() | s.Element() | s.ParentRef() | s.ExternalRef() | s.Grammar():
            return True
        case s.Value() | s.NotAllowed():
            return values
        case s.Empty():
            return False
        case s.Group() | s.Interleave() | s.Choice():
            return any(has_content(each, values=values) for each in at.patterns)
        case s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed() | s.AttributePattern():
            return has_content(at.content, values=values)
        case _:
            assert_never(at)
