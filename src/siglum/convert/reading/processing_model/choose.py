"""Which models apply to an element: by output, then the first in the order of the ODD whose predicate holds.

So the Guidelines, 22.5.4.3. In a modelSequence every one that applies does; a modelGrp stands for the first that applies in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import assert_never

from siglum.schema.odd.models import Model, ModelGrp, ModelSequence, Rule
from siglum.schema.xpath import Expression, ExpressionError, Parameters
from siglum.text.diagnostic import Finding, Severity
from siglum.text.tei import Element


class Chooser:
    """`outputs`: the names of the output at hand (`web`, `print`); `parameters`: what `$parameters?x` stands for."""

    def __init__(self, outputs: Collection[str], parameters: Parameters) -> None:
        self.outputs = frozenset(outputs)
        self.parameters = parameters
        self.findings: list[Finding] = []
        self._failed: set[tuple[str, int, str]] = set()

    def choose(self, rules: Iterable[Rule], element: Element) -> list[Model]:
        """The models that apply: none, one, or several of a sequence."""
        for rule in rules:
            if rule.outputs and self.outputs.isdisjoint(rule.outputs):
                continue
            found = self._applying(rule, element)
            if found:
                return found
        return []

    def _applying(self, rule: Rule, element: Element) -> list[Model]:
        match rule:
            case Model():
                return [rule] if self._holds(rule, element) else []
            case ModelSequence():
                if not self._holds(rule, element):
                    return []
                return [model for inner in rule.models for model in self.choose([inner], element)]
            case ModelGrp():
                return self.choose(rule.models, element)
        assert_never(rule)

    def _holds(self, rule: Model | ModelSequence, element: Element) -> bool:
        if rule.predicate is None:
            return True
        try:
            return rule.predicate.is_true(element, self.parameters)
        except ExpressionError as error:
            self.report_failure(rule, rule.predicate, error)
            return False

    def report_failure(self, rule: Model | ModelSequence, asked: Expression, error: ExpressionError) -> None:
        """Warn once about an expression that fails on an element."""
        at = rule.place
        key = (at.path, at.line, asked.source)
        if key not in self._failed:
            self._failed.add(key)
            message = f"“{asked.source}” fails on an element: {error}"
            help_ = "make it hold for every element that it is asked about"
            self.findings.append(Finding(at.path, at.line, at.column, "O402", Severity.WARNING, message, help_))
