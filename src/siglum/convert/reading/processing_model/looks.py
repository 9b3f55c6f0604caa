"""The part of an outputRendition that every output prints: styles, and text before and after the content.

All other declarations become rules of the style sheet of a page.
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
    """The styles of one model, and the text before and after its content."""

    styles: tuple[str, ...]
    before: str
    after: str


class Looks:
    """Reads each model once."""

    def __init__(self) -> None:
        self._known: dict[int, _Look] = {}

    def styles(self, model: Model, look: Rendition) -> tuple[str, ...]:
        """The styles of an element: those of the source if the model uses them and there are any, else those of the model."""
        if model.uses_rendition and (look.words or look.is_own):
            return look.words
        return self._look(model).styles if model.renditions else ()

    def with_marks(self, model: Model, content: tuple[Node, ...]) -> tuple[Node, ...]:
        """Put the text of `::before` and `::after` around the content, so that plain text has it too."""
        if not model.renditions:
            return content
        look = self._look(model)
        return (*((Text(look.before),) if look.before else ()), *content, *((Text(look.after),) if look.after else ()))

    def adds(self, model: Model) -> bool:
        """Whether the model adds text before or after the content."""
        return bool(model.renditions) and bool(self._look(model).before or self._look(model).after)

    def _look(self, model: Model) -> _Look:
        if id(model) not in self._known:
            self._known[id(model)] = _Look(read_styles(model), _read_marks(model, "before"), _read_marks(model, "after"))
        return self._known[id(model)]


def read_styles(model: Model) -> tuple[str, ...]:
    """The styles that the outputRendition of a model declares."""
    found: list[str] = []
    for rendition in model.renditions:
        if not rendition.scope:
            found += [_STYLES[pair] for pair in css.parse_declarations(rendition.css).items() if pair in _STYLES]
    return tuple(dict.fromkeys(found))


def _read_marks(model: Model, scope: str) -> str:
    written = [
        css.parse_declarations(rendition.css).get("content", "") for rendition in model.renditions if rendition.scope == scope
    ]
    return "".join(text for value in written for text in css.read_strings(value))
