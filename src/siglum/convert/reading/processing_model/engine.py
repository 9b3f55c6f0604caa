"""The models at work: behaviours make nodes of what their parameters select (Guidelines, 22.5.4.6 and 22.5.4.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from siglum.convert.reading import editorial
from siglum.convert.reading.builder import Builder
from siglum.convert.reading.processing_model import default, looks
from siglum.convert.reading.processing_model.application import Work
from siglum.convert.reading.processing_model.behaviours import BEHAVIOURS, LEAVING_OUT, POINTS
from siglum.convert.reading.processing_model.choose import Chooser
from siglum.convert.reading.processing_model.known import known
from siglum.convert.reading.processing_model.unused import unused
from siglum.convert.reading.tree import Node
from siglum.schema.odd.models import Model, Rendering, Rule
from siglum.schema.xpath import TextAt
from siglum.schema.xpath.values import asked
from siglum.text.diagnostic import Finding, Severity
from siglum.text.edition import Edition
from siglum.text.tei import TEI, Element, is_filled, name

_GROUPS = frozenset({"choice", "app", "noteGrp"})
_FREE, _EACH = 5_000, 5
"""How often models may be applied in a document: so often, and so often for each of its elements."""


class Modelled:
    """A function of builder and element, for one edition, that remembers what went wrong.

    The models of an ODD (`rendering`) come before siglum's own, which know every element.
    """

    def __init__(
        self,
        edition: Edition,
        rendering: Rendering | None = None,
        *,
        outputs: Collection[str] = (),
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        self.rendering: Rendering = rendering or Rendering()
        self.own = default.table()
        self.chooser = Chooser(outputs, {**known(edition), **(parameters or {})})
        self.open: list[Element] = []
        self.looks = looks.Looks()
        self._circles: set[int] = set()
        self._is_endless = False
        self._done = 0
        self._most = _FREE
        if rendering is not None:
            self._most += _EACH * sum(1 for _ in edition.document.root.iter("*"))

    @property
    def findings(self) -> list[Finding]:
        return [*self.rendering.findings, *self.chooser.findings]

    def __call__(self, builder: Builder, element: Element) -> Iterator[Node]:
        models = self.models(element) if self.rendering.rules else ()
        if models:
            yield from self._modelled(builder, element, models)
        else:
            yield from self._as_usual(builder, element)

    def models(self, element: Element) -> list[Model]:
        """The models of the ODD that apply to an element."""
        rules = self._rules(element)
        return self.chooser.chosen(rules, element) if rules else []

    def _rules(self, element: Element) -> tuple[Rule, ...]:
        found = self.rendering.of(name(element)) if self.rendering.rules else ()
        return found if found and str(element.tag).startswith(f"{{{self.rendering.ns}}}") else ()

    def wants(self, element: Element) -> bool:
        """Whether the ODD has models for an element that the view would leave out; sides of a choice are for the choice."""
        parent = element.getparent()
        return (parent is None or name(parent) not in _GROUPS) and bool(self.models(element))

    def no_notes(self, edition: Edition) -> frozenset[Element]:
        """The `note`s that the models of the ODD render as something else than notes."""
        if not self.rendering.of("note"):
            return frozenset()
        found = ((each.element, self.models(each.element)) for each in edition.notes)
        return frozenset(note for note, models in found if models and all(model.behaviour != "note" for model in models))

    def _modelled(self, builder: Builder, element: Element, models: Sequence[Model]) -> Iterator[Node]:
        """By the models of the ODD; what they leave out is told."""
        self.open.append(element)
        self._done += 1
        seen: list[Element | TextAt | str] = []
        for model in models:
            work = Work(self, builder, element, model)
            yield from BEHAVIOURS[model.behaviour](work)
            seen += work.seen
        self.open.pop()
        omissions, notes = unused(builder, element, seen, f"what the models of {name(element)} leave out")
        builder.omissions += omissions
        for note in notes:
            yield from builder.note_here(note)

    def _as_usual(self, builder: Builder, element: Element) -> Iterator[Node]:
        """By siglum's own models; what editors did to a text has clauses of its own."""
        kind = name(element)
        clause = editorial.CLAUSES.get(kind)
        if clause is not None:
            yield from clause(builder, element)
            return
        rules = self.own.of(kind) if str(element.tag).startswith(TEI) else self.own.others
        model = self.chosen(rules, element)
        if model.behaviour in LEAVING_OUT:
            builder.omit(element, f"{kind}: no text to be read")
        else:
            yield from BEHAVIOURS[model.behaviour](Work(self, builder, element, model, is_own=True))
            if model.behaviour in POINTS and is_filled(element):  # TEI wants them empty; what stands there is kept
                yield from builder.children(element)

    def chosen(self, rules: tuple[Model, ...], element: Element) -> Model:
        """The first of siglum's own models whose predicate holds; the last has none."""
        for model in rules:
            if model.predicate is None or model.predicate.is_true(element, self.chooser.parameters):
                return model
        return rules[-1]

    def circle(self, model: Model, asked: str) -> None:
        """A parameter that selects an element around its own would never end."""
        if model.place.line not in self._circles:
            self._circles.add(model.place.line)
            at = model.place
            message = f"“{asked}” selects an element that is being rendered already: it is not rendered again in itself"
            help_ = "select what is inside the element; string() gives the characters of what is around it"
            self.chooser.findings.append(Finding(at.path, at.line, at.column, "O402", Severity.WARNING, message, help_))

    def may_select(self, model: Model, asked: str) -> bool:
        """Whether there is an end to it: models that select the same elements again and again can go on for ever."""
        if self._done <= self._most:
            return True
        if not self._is_endless:
            self._is_endless = True
            at = model.place
            message = f"“{asked}” and its like select the same elements again and again: from here on nothing more is selected"
            help_ = "let each model select what is inside its element; string() gives the characters of what is elsewhere"
            self.chooser.findings.append(Finding(at.path, at.line, at.column, "O402", Severity.WARNING, message, help_))
        return False

    def asked(self, parameter: str, element: Element) -> str:
        """The value of one of the parameters for an element."""
        return asked(self.chooser.parameters, parameter, element)
