"""How verdicts are told: one file a format. Each takes the verdicts as they come, and gives text piece by piece.

Printing is the caller's work; so is the summary, which is the same for every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import cast

from siglum.check.reports.look import Look
from siglum.check.verdict import Verdict

Report = Callable[[Iterable[Verdict], Look], Iterator[str]]

FORMATS = {
    "text": "for people: path:line:column, what was found, and what to do",
    "json": "a list of findings",
    "jsonl": "a finding a line, as soon as it is known",
    "github": "annotations of GitHub Actions",
    "sarif": "SARIF 2.1.0, for code scanning and editors",
    "junit": "JUnit XML, for Jenkins and GitLab",
    "gitlab": "GitLab Code Quality",
}
"""Every format by its name on the command line and in this folder."""

__all__ = ["FORMATS", "Look", "Report", "report"]


def report(form: str) -> Report:
    """The report of that name; the others are not loaded."""
    return cast("Report", import_module(f"{__name__}.{form}").report)
