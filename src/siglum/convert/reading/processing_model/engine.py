"""The models at work: behaviours make nodes of what their parameters select (Guidelines, 22.5.4.6 and 22.5.4.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from siglum.convert.reading import editorial
from siglum.convert.reading.builder import Builder
from siglum.convert.reading.processing_model import default
from siglum.convert.reading.processing_model.application import ModelApplication
from siglum.convert.reading.processing_model.behaviours import BEHAVIOURS, LEAVING_OUT, POINTS
from siglum.convert.reading.processing_model.choose import Chooser
from siglum.convert.reading.processing_model.known import build_parameters
from siglum.convert.reading.processing_model.run import ModelRun
from siglum.convert.reading.processing_model.unused import find_unused
from siglum.convert.reading.tree import Node
from siglum.schema.odd.models import Model, Rendering, Rule
from siglum.schema.xpath import TextAt
from siglum.text.diagnostic import Finding
from siglum.text.edition import Edition
from siglum.text.tei import TEI, Element, is_filled, name

_GROUPS = frozenset({"choice", "app", "noteGrp"})
_FREE, _EACH = 5_000, 5
"""How often models of an ODD may be applied in a document: `_FREE` times, and `_EACH` times for each element."""


class ProcessingModel:
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
        limit = _FREE + (_EACH * len(edition.document.index.elements) if rendering is not None else 0)
        self.chooser = Chooser(outputs, {**build_parameters(edition), **(parameters or {})})
        self.run = ModelRun(self.chooser, limit)

    @property
    def findings(self) -> list[Finding]:
        return [*self.rendering.findings, *self.chooser.findings]

    def __call__(self, builder: Builder, element: Element) -> Iterable[Node]:
        """The nodes of an element: by the models of the ODD, else by a clause of `editorial`, else by siglum's own models."""
        if self.rendering.rules and (models := self.models(element)):
            return self._render_by_odd(builder, element, models)
        kind = name(element)
        clause = editorial.CLAUSES.get(kind)
        if clause is not None:
            return clause(builder, element)
        rules = self.own.of(kind) if str(element.tag).startswith(TEI) else self.own.others
        model = rules[0] if len(rules) == 1 else self._choose_own(rules, element)
        behaviour = model.behaviour
        if behaviour in LEAVING_OUT:
            builder.omissions.omit(element, f"{kind}: no text to be read")
            return ()
        nodes = BEHAVIOURS[behaviour](ModelApplication(self.run, builder, element, model, is_own=True))
        if behaviour in POINTS and is_filled(element):  # TEI wants them empty; what stands there is kept
            return (*nodes, *builder.children(element))
        return nodes

    def models(self, element: Element) -> list[Model]:
        """The models of the ODD that apply to an element."""
        rules = self._rules(element)
        return self.chooser.choose(rules, element) if rules else []

    def _rules(self, element: Element) -> tuple[Rule, ...]:
        found = self.rendering.of(name(element)) if self.rendering.rules else ()
        return found if found and str(element.tag).startswith(f"{{{self.rendering.ns}}}") else ()

    def wants(self, element: Element) -> bool:
        """Whether the ODD renders an element that the view leaves out. The sides of a choice are left to the choice."""
        parent = element.getparent()
        return (parent is None or name(parent) not in _GROUPS) and bool(self.models(element))

    def find_notes_not_rendered_as_notes(self, edition: Edition) -> frozenset[Element]:
        """The `note` elements that the models of the ODD do not render as notes."""
        if not self.rendering.of("note"):
            return frozenset()
        found = ((note.element, self.models(note.element)) for note in edition.notes)
        return frozenset(note for note, models in found if models and all(model.behaviour != "note" for model in models))

    def _render_by_odd(self, builder: Builder, element: Element, models: Sequence[Model]) -> Iterator[Node]:
        """The nodes by the models of the ODD. Text that they do not select is reported."""
        self.run.open.append(element)
        self.run.applied += 1
        seen: list[Element | TextAt | str] = []
        for model in models:
            work = ModelApplication(self.run, builder, element, model)
            yield from BEHAVIOURS[model.behaviour](work)
            seen += work.seen
        self.run.open.pop()
        omissions, notes = find_unused(builder, element, seen, f"what the models of {name(element)} leave out")
        builder.omissions.items += omissions
        for note in notes:
            yield from builder.notes.call_in_place(note)

    def _choose_own(self, rules: tuple[Model, ...], element: Element) -> Model:
        """The first of siglum's own models whose predicate holds; the last has none."""
        for model in rules:
            if model.predicate is None or model.predicate.is_true(element, self.chooser.parameters):
                return model
        return rules[-1]
