"""A spec in a line or a few, for people: what it is a member of, its content, and an attribute a line.

element p : model.pLike att.global = (text | hi)*
  @rend !teidata.word [a|b]     its own, required, with a closed list
  := @n teidata.text            in the place of what a class gives
  - @style                      taken away from what a class gives
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from siglum.schema.odd.customisation import spec_kind
from siglum.schema.tagdocs import specs as s

_LISTS = {"closed": "[{}]", "semi": "[{}|…]", "open": "[{}?]", None: "[{}?]"}
_SIGNS = {"replace": ":= @", "delete": "- @", None: "@"}


def spec(at: s.AnySpec) -> str:
    """The spec on one line, then its attributes and constraints."""
    return "\n".join(("".join(_head(at)), *_lines(at)))


def _head(at: s.AnySpec) -> Iterator[str]:
    yield f"{spec_kind(at)} {at.ident}"
    yield f" ({at.alt_ident})" if at.alt_ident else ""
    yield f" {{{at.ns}}}" if isinstance(at, s.ElementSpec) and at.ns is not None else ""
    if isinstance(at, s.ElementSpec | s.ClassSpec) and at.classes is not None:
        yield f" : {' '.join(each.key for each in at.classes.members)}"
    if not isinstance(at, s.ClassSpec) and at.content is not None:
        yield f" = {content(at.content)}"
    if isinstance(at, s.ElementSpec | s.DataSpec) and at.val_list is not None:
        yield f" {values(at.val_list)}"
    yield f" until {at.valid_until}" if at.valid_until else ""


def _lines(at: s.AnySpec) -> Iterator[str]:
    if isinstance(at, s.ElementSpec | s.ClassSpec) and at.attributes is not None:
        yield from attributes(at.attributes, "  ")
    for each in at.constraints:
        assert each.mode is None
        yield f"  test {each.ident}"


def attributes(at: s.AttList, indent: str) -> Iterator[str]:
    for each in at.children:
        match each:
            case s.AttDef():
                yield indent + attribute(each)
            case s.AttRef():
                yield f"{indent}ref {each.class_}@{each.name}".rstrip("@")
            case s.AttList():
                yield f"{indent}{each.org}:"
                yield from attributes(each, indent + "  ")


def attribute(at: s.AttDef) -> str:
    assert at.mode in _SIGNS
    named = f"{_SIGNS[at.mode]}{at.ident}" + (f" ({at.alt_ident})" if at.alt_ident else "")
    typed = "!" if at.usage == "req" else ""
    typed += content(at.datatype.content) + _occurs(at.datatype) if at.datatype and at.datatype.content else ""
    default = f"={at.default}" if at.default is not None else ""
    listed = values(at.val_list) if at.val_list else ""
    tests = " ".join(f"test {each.ident}" for each in at.constraints)
    return " ".join(part for part in (named, typed, default, listed, tests) if part)


def values(at: s.ValList) -> str:
    assert at.mode is None
    assert all(each.mode is None for each in at.items)
    return _LISTS[at.type].format("|".join(each.value for each in at.items))


def content(at: s.Content) -> str:
    match at:
        case s.TextNode():
            return "text"
        case s.Empty():
            return "empty"
        case s.ElementRef() | s.ClassRef() | s.MacroRef():
            return at.key + _occurs(at)
        case s.DataRef():
            return at.key or at.name or at.ref
        case s.Sequence():
            return f"({', '.join(map(content, at.children))}){_occurs(at)}"
        case s.Alternate():
            return f"({' | '.join(map(content, at.children))}){_occurs(at)}"
        case s.Interleave():
            return f"({' & '.join(map(content, at.children))}){_occurs(at)}"
        case s.AnyElement():
            return f"any{_occurs(at)}"
        case s.ValList():
            return values(at)
        case s.Rng():
            return type(at.pattern).__name__
        case _:
            assert_never(at)


def _occurs(at: s.Occurs) -> str:
    signs = {(1, 1): "", (0, 1): "?", (0, None): "*", (1, None): "+"}
    return signs.get((at.minimum, at.maximum), f"{{{at.minimum},{at.maximum or ''}}}")
