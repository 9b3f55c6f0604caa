"""Workflow commands of GitHub Actions: a line for each finding, which GitHub shows beside the line of the file.

See: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siglum.check.reports import place
from siglum.check.reports.look import Look
from siglum.check.verdict import Verdict
from siglum.text.diagnostic import Finding, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def report(verdicts: Iterable[Verdict], look: Look) -> Iterator[str]:
    """The commands, one by one."""
    for verdict in verdicts:
        for finding in verdict.findings:
            yield _command(finding, look)
        if verdict.further:
            where = place.path(verdict.name, look).translate(_PROPERTY)
            yield f"::notice file={where}::{verdict.further} more findings in this file are not shown\n"


def _command(finding: Finding, look: Look) -> str:
    """GitHub takes columns only where the end is on the line of the start."""
    properties = {
        "file": place.path(finding.path, look),
        "line": str(finding.line),
        "endLine": str(finding.end_line),
        "title": f"siglum {finding.code}",
    }
    if finding.end_line == finding.line:
        properties |= {"col": str(finding.column), "endColumn": str(finding.end_column)}
    listed = ",".join(f"{key}={value.translate(_PROPERTY)}" for key, value in properties.items())
    said = f"{finding.message}\n{finding.help}" if finding.help else finding.message
    return f"::{_COMMANDS[finding.severity]} {listed}::{said.translate(_DATA)}\n"
