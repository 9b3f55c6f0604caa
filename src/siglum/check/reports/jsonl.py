"""JSON Lines: an object a finding and line, as soon as it is known (see `Finding.as_dict` for its keys)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps

from siglum.check.reports.look import Look
from siglum.check.verdict import Verdict


def report(verdicts: Iterable[Verdict], look: Look) -> Iterator[str]:  # noqa: ARG001 - a report's signature
    """The findings, one by one."""
    for verdict in verdicts:
        for finding in verdict.findings:
            yield dumps(finding.as_dict(), ensure_ascii=False) + "\n"
