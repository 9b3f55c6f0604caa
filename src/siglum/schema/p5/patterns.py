"""What is in a RELAX NG pattern of a content model: the names it refers to, and whether it lets in text, values or anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from siglum.schema.relaxng import syntax as rng


def list_leaves(pattern: rng.Pattern) -> tuple[list[str], tuple[bool, bool, bool]]:
    """The names referred to, and whether there is text, a datatype's value, or an element of any name."""
    found = list(_walk(pattern))
    names = [each.name for each in found if isinstance(each, rng.Ref)]
    text = any(isinstance(each, rng.Text | rng.Mixed) for each in found)
    value = any(isinstance(each, rng.Data | rng.Value | rng.List) for each in found)
    anything = any(isinstance(each, rng.Element) and not isinstance(each.name, rng.Name) for each in found)
    return names, (text, value, anything)


def _walk(pattern: rng.Pattern) -> Iterator[rng.Pattern]:
    """The pattern and those in it, except what is inside elements and attributes."""
    yield pattern
    match pattern:
        case rng.Group() | rng.Interleave() | rng.Choice():
            for each in pattern.patterns:
                yield from _walk(each)
        case rng.Optional() | rng.ZeroOrMore() | rng.OneOrMore() | rng.List() | rng.Mixed():
            yield from _walk(pattern.content)
        case rng.Element() | rng.AttributePattern() | rng.Grammar() | rng.ExternalRef() | rng.ParentRef() | rng.Ref():
            pass
        case rng.Text() | rng.Empty() | rng.NotAllowed() | rng.Data() | rng.Value():
            pass
        case _:
            assert_never(pattern)
