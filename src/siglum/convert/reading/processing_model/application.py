"""One model applied to one element: what its parameters select, and the source of its nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from siglum.convert.reading import quoted
from siglum.convert.reading.builder import Builder
from siglum.convert.reading.processing_model import content, templates
from siglum.convert.reading.processing_model.run import ModelRun
from siglum.convert.reading.tree import Node, Source, Text
from siglum.schema.odd.models import Model
from siglum.schema.xpath import ExpressionError, TextAt, Value
from siglum.text.tei import Element, name, squeeze


class ModelApplication:
    """`seen` holds everything that the parameters have selected; `is_own` is true for siglum's own models.

    A parameter that `failed` counts as absent, so that the element keeps its text.
    """

    __slots__ = ("builder", "element", "failed", "is_own", "model", "run", "seen")

    def __init__(self, run: ModelRun, builder: Builder, element: Element, model: Model, *, is_own: bool = False) -> None:
        self.run = run
        self.builder = builder
        self.element = element
        self.model = model
        self.is_own = is_own
        self.seen: list[Element | TextAt | str] = []
        self.failed: set[str] = set()

    def has(self, param: str) -> bool:
        return bool(self.model.params) and self.model.param(param) is not None

    def value(self, param: str) -> Value:
        """The items that a parameter selects; none if it is absent or fails."""
        asked = self.model.param(param) if self.model.params else None
        if asked is None:
            return ()
        try:
            found = asked.value(self.element, self.run.chooser.parameters)
        except ExpressionError as error:
            self.run.chooser.report_failure(self.model, asked, error)
            self.failed.add(param)
            return ()
        self.seen += found
        return found

    def string(self, param: str) -> str:
        """The characters that a parameter selects."""
        return squeeze(" ".join(self.characters(param)))

    def characters(self, param: str) -> list[str]:
        """The characters of each selected item, with their white space."""
        return [_characters(item) for item in self.value(param)]

    def content(self, param: str = "content") -> tuple[Node, ...]:
        """The nodes that a parameter selects. Without a parameter `content`, the content of the element."""
        if param == "content" and self.model.template is not None:
            return templates.fill_template(self.model.template, self._selected, self.string)
        return self._selected(param)

    def _selected(self, param: str) -> tuple[Node, ...]:
        selected = self.value(param) if self.has(param) else ()
        if not self.has(param) or param in self.failed:
            if param != "content":
                return ()
            self.seen.append(self.element)
            if self.run.looks.adds(self.model):  # marks of the model's own stand for those of the edition
                return tuple(self.builder.children(self.element))
            return content.render_inside(self.builder, self.element)
        asked = self.model.param(param)
        return tuple(node for item in selected for node in self._nodes(item, asked.source if asked else ""))

    def _nodes(self, item: Element | TextAt | str, asked: str) -> Iterator[Node]:
        if isinstance(item, str):
            yield Text(item)
        elif isinstance(item, TextAt):
            yield from self.builder.texts(item.owner, item.text, tail=item.is_tail)
        elif item is self.element:
            yield from content.render_inside(self.builder, item)
        elif item in self.run.open or item in self.element.iterancestors():
            self.run.report_circle(self.model, asked)
        elif self.is_own or self.run.may_select(self.model, asked):
            yield from self.builder.select(item)

    def styles(self) -> tuple[str, ...]:
        """The styles of a phrase."""
        found = self.run.looks.styles(self.model, self.builder.looks.of(self.element))
        return quoted.style_title(self.builder.edition, self.element, found) if name(self.element) == "title" else found

    def source(self) -> Source:
        """The source of a node, with the classes that a style sheet uses."""
        source = self.builder.source(self.element)
        if self.is_own:
            return source
        return replace(source, classes=self.classes(), look=source.look if self.model.uses_rendition else "")

    def classes(self) -> tuple[str, ...]:
        """`tei-p2` is the second model of `p`."""
        own = f"tei-{name(self.element)}"
        return (own, f"{own}{self.model.number}", *self.model.css_classes)


def _characters(item: Element | TextAt | str) -> str:
    if isinstance(item, str):
        return item
    return item.text if isinstance(item, TextAt) else "".join(map(str, item.itertext()))
