"""JSON: one list of all findings, an object a line (see `Finding.as_dict` for its keys)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps

from siglum.check.reports.look import Look
from siglum.check.verdict import Verdict


def report(verdicts: Iterable[Verdict], look: Look) -> Iterator[str]:  # noqa: ARG001 - a report's signature
    """The list, finding by finding."""
    before = "["
    for verdict in verdicts:
        for finding in verdict.findings:
            yield f"{before}\n  {dumps(finding.as_dict(), ensure_ascii=False)}"
            before = ","
    yield "[]\n" if before == "[" else "\n]\n"
