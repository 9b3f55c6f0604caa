"""The state of the models while they render one document: parameters, open elements, limits, and what went wrong."""

from __future__ import annotations

from siglum.convert.reading.processing_model.choose import Chooser
from siglum.convert.reading.processing_model.looks import Looks
from siglum.schema.odd.models import Model
from siglum.schema.xpath.values import evaluate_attribute
from siglum.text.diagnostic import Finding, Severity
from siglum.text.tei import Element


class ModelRun:
    """`open` are the elements that models of an ODD are rendering, outermost first.

    `limit` is how many models of an ODD may be applied before parameters stop selecting elements: models that select the same
    elements again and again would never end.
    """

    def __init__(self, chooser: Chooser, limit: int) -> None:
        self.chooser = chooser
        self.looks = Looks()
        self.open: list[Element] = []
        self.applied = 0
        self._limit = limit
        self._circles: set[int] = set()
        self._is_endless = False

    def parameter(self, key: str, element: Element) -> str:
        """The value of `$parameters?KEY` for an element."""
        return evaluate_attribute(self.chooser.parameters, key, element)

    def report_circle(self, model: Model, expression: str) -> None:
        """Warn once about a parameter that selects an element around its own."""
        if model.place.line not in self._circles:
            self._circles.add(model.place.line)
            message = f"“{expression}” selects an element that is being rendered already: it is not rendered again in itself"
            help_ = "select what is inside the element; string() gives the characters of what is around it"
            self._warn(model, message, help_)

    def may_select(self, model: Model, expression: str) -> bool:
        """Whether the limit is not reached yet; warn once where it is."""
        if self.applied <= self._limit:
            return True
        if not self._is_endless:
            self._is_endless = True
            message = (
                f"“{expression}” and its like select the same elements again and again: from here on nothing more is selected"
            )
            help_ = "let each model select what is inside its element; string() gives the characters of what is elsewhere"
            self._warn(model, message, help_)
        return False

    def _warn(self, model: Model, message: str, help_: str) -> None:
        at = model.place
        self.chooser.findings.append(Finding(at.path, at.line, at.column, "O402", Severity.WARNING, message, help_))
