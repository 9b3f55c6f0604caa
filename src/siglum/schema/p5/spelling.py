"""Content models, datatypes and lists of values in a line of words, as people read them."""

from __future__ import annotations

from typing import assert_never

from siglum.schema.tagdocs import specs as s

_SIGNS = {(1, 1): "", (0, 1): "?", (0, None): "*", (1, None): "+"}
_USAGES = {
    "req": "required",
    "mwa": "required where it applies",
    "rec": "recommended",
    "rwa": "recommended where it applies",
    "nr": "not recommended",
}
_LISTS = {"closed": "one of: ", "semi": "suggested: ", "open": "for example: "}


def format_model(content: s.Content | None) -> str:
    """A content model: `,` for a sequence, `|` for a choice, `?`, `*` and `+` for how often."""
    match content:
        case None | s.Empty():
            return "empty"
        case s.TextNode():
            return "text"
        case s.ElementRef() | s.MacroRef():
            return content.key + format_occurs(content)
        case s.ClassRef():
            return _format_class(content)
        case s.DataRef():
            return _format_data(content) + format_occurs(content)
        case s.ValList():
            return "(" + " | ".join(f'"{each.value}"' for each in content.items) + ")"
        case s.AnyElement():
            return "any element" + format_occurs(content)
        case s.Sequence():
            return _join(content.children, ", " if content.preserve_order else " & ", format_occurs(content))
        case s.Alternate():
            return _join(content.children, " | ", format_occurs(content))
        case s.Interleave():
            return _join(content.children, " & ", format_occurs(content))
        case s.Rng():
            return _format_rng(content)
        case _:
            assert_never(content)


def format_occurs(node: s.Occurs) -> str:
    """How often, in the signs of a grammar."""
    low, high = node.minimum, node.maximum
    sign = _SIGNS.get((low, high))
    return f"{{{low},{'' if high is None else high}}}" if sign is None else sign


def _join(children: tuple[s.Content, ...], sign: str, times: str) -> str:
    inner = sign.join(map(format_model, children))
    return inner + times if len(children) == 1 and not times else f"({inner}){times}"


def _format_class(ref: s.ClassRef) -> str:
    only = f" only {' '.join(ref.include)}" if ref.include is not None else ""
    but = f" but {' '.join(ref.except_)}" if ref.except_ is not None else ""
    expanded = f" {ref.expand}" if ref.expand else ""
    notes = expanded + only + but
    return f"{ref.key}[{notes.strip()}]{format_occurs(ref)}" if notes else ref.key + format_occurs(ref)


def _format_data(ref: s.DataRef) -> str:
    name = ref.key or ref.ref or f"xs:{ref.name}"
    facets = [f"{facet}={value}" for facet, value in ref.facets] + ([f"pattern={ref.restriction}"] if ref.restriction else [])
    return f"{name} [{', '.join(facets)}]" if facets else name


def _format_rng(node: s.Rng) -> str:
    """The names that a pattern refers to; the rest of RELAX NG is left to those who write it."""
    from siglum.schema.p5.patterns import list_leaves  # the present TEI has no RELAX NG

    names, (text, _, _) = list_leaves(node.pattern)
    parts = ["text"] * text + names
    return f"(RELAX NG: {', '.join(parts)})" if parts else "(RELAX NG)"


def format_attribute(given: s.AttDef) -> str:
    """Whether an attribute is required, its datatype, and its values."""
    parts = [_USAGES.get(given.usage or "opt", "optional"), format_datatype(given.datatype), format_values(given.val_list)]
    if given.default is not None:
        parts.append(f"“{given.default}” if it is not given")
    if given.valid_until:
        parts.append(f"deprecated, valid until {given.valid_until}")
    return "; ".join(each for each in parts if each)


def format_datatype(node: s.Datatype | None) -> str:
    """A datatype and how many values of it."""
    if node is None or node.content is None:
        return "text"
    name = format_model(node.content)
    low, high = node.minimum, node.maximum
    if (low, high) == (1, 1):
        return name
    if high == 1:
        return f"{name} or nothing"
    if high is None:
        many = "any number" if low == 0 else f"{'one' if low == 1 else low} or more"
    else:
        many = f"{low}" if low == high else f"{low} to {high}"
    return f"{name} ({many}, separated by spaces)"


def format_values(listed: s.ValList | None) -> str:
    """A list of values, and whether others are possible."""
    if listed is None or not listed.items:
        return ""
    return _LISTS[listed.type or "open"] + ", ".join(each.value or '""' for each in listed.items)
