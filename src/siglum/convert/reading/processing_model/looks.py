"""What an outputRendition says that holds in every output: the style of a stretch, and marks before and after it.

The rest of it is for pages alone, where it is a rule of the style sheet.
"""

from __future__ import annotations

from siglum.convert.reading.tree import Node, Text
from siglum.schema.odd.models import Model
from siglum.text import css
from siglum.text.frozen import frozen
from siglum.text.rendition import Rendition

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


@frozen
class _Look:
    """What one model says."""

    styles: tuple[str, ...]
    before: str
    after: str


class Looks:
    """Reads each model once."""

    def __init__(self) -> None:
        self._known: dict[int, _Look] = {}

    def styles(self, model: Model, look: Rendition) -> tuple[str, ...]:
        """Words of the tree's list of styles: by the source's own look, where the model uses it and it says something."""
        if model.uses_rendition and (look.words or look.is_own):
            return look.words
        return self._look(model).styles if model.renditions else ()

    def with_marks(self, model: Model, content: tuple[Node, ...]) -> tuple[Node, ...]:
        """The content between what `::before` and `::after` add: they are text, so that they stand in plain text too."""
        if not model.renditions:
            return content
        look = self._look(model)
        return (*((Text(look.before),) if look.before else ()), *content, *((Text(look.after),) if look.after else ()))

    def adds(self, model: Model) -> bool:
        """Whether the model puts something before or after the content."""
        return bool(model.renditions) and bool(self._look(model).before or self._look(model).after)

    def _look(self, model: Model) -> _Look:
        if id(model) not in self._known:
            self._known[id(model)] = _Look(told(model), _added(model, "before"), _added(model, "after"))
        return self._known[id(model)]


def told(model: Model) -> tuple[str, ...]:
    """The words of the tree's list of styles that a model has in itself."""
    found: list[str] = []
    for each in model.renditions:
        if not each.scope:
            found += [_STYLES[pair] for pair in css.parse_declarations(each.css).items() if pair in _STYLES]
    return tuple(dict.fromkeys(found))


def _added(model: Model, scope: str) -> str:
    written = [css.parse_declarations(each.css).get("content", "") for each in model.renditions if each.scope == scope]
    return "".join(text for value in written for text in css.read_strings(value))
