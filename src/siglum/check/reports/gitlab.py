"""Code Quality of GitLab: a list of issues, each with a fingerprint by which a merge request tells new ones from old.

See: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps

from siglum.check.reports import place
from siglum.check.reports.look import Look
from siglum.check.verdict import Verdict
from siglum.text.diagnostic import Finding, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(verdicts: Iterable[Verdict], look: Look) -> Iterator[str]:
    """The list, issue by issue."""
    before = "["
    for verdict in verdicts:
        fingerprints = place.Fingerprints(look)
        for finding in verdict.findings:
            yield f"{before}\n  {dumps(_issue(finding, fingerprints.of(finding), look), ensure_ascii=False)}"
            before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _issue(finding: Finding, fingerprint: str, look: Look) -> dict[str, object]:
    return {
        "description": f"{finding.message}: {finding.help}" if finding.help else finding.message,
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": place.path(finding.path, look),
            "positions": {
                "begin": {"line": finding.line, "column": finding.column},
                "end": {"line": finding.end_line, "column": finding.end_column},
            },
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }
