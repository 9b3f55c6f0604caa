"""Who is told of faults while an ODD is put together, and which of two readings is taken where there are two."""

from __future__ import annotations

from collections.abc import Iterable

from siglum.schema.odd.codes import make_finding
from siglum.schema.odd.compat import Compat, Deviation, deviations
from siglum.schema.tagdocs.specs import Place
from siglum.text.diagnostic import Finding, Severity
from siglum.text.spelling import suggest


class Report:
    """Findings in the making. `own` holds the names of the ODD's files: only what is written there is to be judged."""

    def __init__(self, compat: Compat) -> None:
        self.deviations = deviations(compat)
        self.findings: list[Finding] = []
        self.own: set[str] = set()

    def append(self, finding: Finding) -> None:
        self.findings.append(finding)

    def add(self, code: str, place: Place, *facts: object, severity: Severity | None = None) -> None:
        self.findings.append(make_finding(code, place, *facts, severity=severity))

    def differs(self, deviation: Deviation, place: Place, *facts: object) -> bool:
        """Report a deviation of TEI's own tools, and return whether to follow them."""
        self.add(deviation.code, place, *facts)
        return deviation in self.deviations

    def is_own(self, place: Place) -> bool:
        """Whether this was written in the ODD, and not in its source."""
        return place.path in self.own


def suggest_name(name: str, names: Iterable[str], otherwise: str = "check the spelling") -> str:
    """What to do about a name that is not known."""
    found = suggest(name, sorted(set(names)))
    return f"did you mean `{found[0]}`?" if found else otherwise
