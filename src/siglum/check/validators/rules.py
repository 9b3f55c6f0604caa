"""The rules of `check/rules`, one walk of the tree for all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from siglum.check import rule
from siglum.check.options import Options
from siglum.check.rules import load_rules
from siglum.check.subject import Subject
from siglum.check.validators import Outcome
from siglum.text.frozen import frozen


@frozen
class Rules:
    """The rules selected for a run. They need nothing but the document, so the engine is its own `Check`."""

    options: Options
    needs_tree: bool = True
    dependencies: Iterable[Path] = ()
    fallback: str = ""

    def prepare(self, _subject: Subject) -> Rules:
        return self

    def run(self, subject: Subject) -> Outcome:
        return Outcome(list(rule.run_rules(load_rules(), subject.document, self.options.select, self.options.policy)))

    def close(self) -> None:
        pass


create = Rules
