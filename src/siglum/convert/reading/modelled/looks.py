"""What an outputRendition says that holds in every output: the style of a stretch, and marks before and after it.

The rest of it is for pages alone, where it is a rule of the style sheet.
"""

from __future__ import annotations

from siglum.convert.reading.tree import Node, Text
from siglum.schema.odd.models import Model
from siglum.text import css

_STYLES = {
    ("font-style", "italic"): "italic",
    ("font-style", "oblique"): "italic",
    ("font-weight", "bold"): "bold",
    ("font-weight", "700"): "bold",
    ("font-variant", "small-caps"): "smallcaps",
    ("text-decoration", "underline"): "underline",
    ("text-decoration", "line-through"): "strike",
    ("vertical-align", "super"): "sup",
    ("vertical-align", "sub"): "sub",
}


def styles(model: Model) -> tuple[str, ...]:
    """Words of the tree's list of styles."""
    found: list[str] = []
    for each in model.renditions:
        if not each.scope:
            found += [_STYLES[pair] for pair in css.declarations(each.css).items() if pair in _STYLES]
    return tuple(dict.fromkeys(found))


def with_marks(model: Model, content: tuple[Node, ...]) -> tuple[Node, ...]:
    """The content between what `::before` and `::after` add: they are text, so that they stand in plain text too."""
    before, after = (_added(model, scope) for scope in ("before", "after"))
    return (*((Text(before),) if before else ()), *content, *((Text(after),) if after else ()))


def _added(model: Model, scope: str) -> str:
    written = [css.declarations(each.css).get("content", "") for each in model.renditions if each.scope == scope]
    return "".join(text for value in written for text in css.strings(value))
