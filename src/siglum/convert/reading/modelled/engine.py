"""The models at work: behaviours make nodes of what their parameters select (Guidelines, 22.5.4.6 and 22.5.4.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from siglum.convert.reading.builder import Behave, Builder
from siglum.convert.reading.modelled import behaviours
from siglum.convert.reading.modelled.choose import Chooser
from siglum.convert.reading.modelled.unused import unused
from siglum.convert.reading.tree import Node, Source, Text
from siglum.schema.odd.rendering import Model, Rendering
from siglum.schema.xpath import ExpressionError, TextAt, Value
from siglum.text.diagnostic import Finding, Severity
from siglum.text.tei import Element, name, squeeze


class Modelled:
    """To be used where the clauses are: a function of builder and element, that remembers what went wrong."""

    def __init__(
        self,
        rendering: Rendering,
        otherwise: Behave,
        *,
        outputs: Collection[str] = (),
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        self.rendering = rendering
        self.otherwise = otherwise
        self.chooser = Chooser(outputs, parameters or {})
        self.open: list[Element] = []
        self._circles: set[int] = set()

    @property
    def findings(self) -> list[Finding]:
        return [*self.rendering.findings, *self.chooser.findings]

    def __call__(self, builder: Builder, element: Element) -> Iterator[Node]:
        rules = self.rendering.of(name(element)) if self._is_ours(element) else ()
        models = self.chooser.chosen(rules, element)
        if not models:
            yield from self.otherwise(builder, element)
            return
        self.open.append(element)
        seen: list[Element | TextAt | str] = []
        for model in models:
            at_work = Work(self, builder, element, model, seen)
            yield from behaviours.BEHAVIOURS[model.behaviour](at_work)
        self.open.pop()
        omissions, notes = unused(builder, element, seen, f"what the models of {name(element)} leave out")
        builder.omissions += omissions
        for note in notes:
            yield from builder.note_here(note)

    def _is_ours(self, element: Element) -> bool:
        return str(element.tag).startswith(f"{{{self.rendering.ns}}}")

    def circle(self, model: Model, asked: str) -> None:
        """A parameter that selects an element around its own would never end."""
        if model.place.line not in self._circles:
            self._circles.add(model.place.line)
            at = model.place
            message = f"“{asked}” selects an element that is being rendered already: it is not rendered again in itself"
            help_ = "select what is inside the element; string() gives the characters of what is around it"
            self.chooser.findings.append(Finding(at.path, at.line, at.column, "O402", Severity.WARNING, message, help_))


class Work:
    """One model on one element. `seen` holds all that its parameters have selected."""

    def __init__(
        self, modelled: Modelled, builder: Builder, element: Element, model: Model, seen: list[Element | TextAt | str]
    ) -> None:
        self.modelled = modelled
        self.builder = builder
        self.element = element
        self.model = model
        self.seen = seen

    def has(self, param: str) -> bool:
        return self.model.param(param) is not None

    def value(self, param: str) -> Value:
        """What a parameter selects; nothing where it is not given, or fails."""
        asked = self.model.param(param)
        if asked is None:
            return ()
        try:
            found = asked.value(self.element, self.modelled.chooser.parameters)
        except ExpressionError as error:
            self.modelled.chooser.failed(self.model, asked, error)
            return ()
        self.seen += found
        return found

    def string(self, param: str) -> str:
        """The characters that a parameter selects."""
        return squeeze(" ".join(_characters(each) for each in self.value(param)))

    def content(self, param: str = "content") -> tuple[Node, ...]:
        """The nodes that a parameter selects; all that is in the element where the parameter `content` is not given."""
        if not self.has(param):
            if param != "content":
                return ()
            self.seen.append(self.element)
            return tuple(self.builder.children(self.element))  # without marks: those of a model are its own
        asked = self.model.param(param)
        return tuple(node for each in self.value(param) for node in self._nodes(each, asked.source if asked else ""))

    def _nodes(self, item: Element | TextAt | str, asked: str) -> Iterator[Node]:
        if isinstance(item, str):
            yield Text(item)
        elif isinstance(item, TextAt):
            yield from self.builder.texts(item.owner, item.text, tail=item.is_tail)
        elif item is self.element:
            yield from self.builder.children(item)
        elif item in self.modelled.open or item in self.element.iterancestors():
            self.modelled.circle(self.model, asked)
        else:
            yield from self.builder.chosen(item)

    def source(self) -> Source:
        return replace(self.builder.source(self.element), classes=self.classes())

    def classes(self) -> tuple[str, ...]:
        """The names that a page's style sheet knows the element by: `tei-p2` is the second model of `p`."""
        own = f"tei-{name(self.element)}"
        return (own, f"{own}{self.model.number}", *self.model.css_classes)


def _characters(item: Element | TextAt | str) -> str:
    if isinstance(item, str):
        return item
    return item.text if isinstance(item, TextAt) else "".join(map(str, item.itertext()))
