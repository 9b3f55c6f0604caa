"""The formats of reports, one in each file. A report takes verdicts one by one and yields pieces of text.

The caller prints them, and the summary, which does not depend on the format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import cast

from siglum.check.reports.look import Look
from siglum.check.verdict import Verdict

Report = Callable[[Iterable[Verdict], Look], Iterator[str]]

FORMATS = {
    "text": "for people: path:line:column, the fault, and what to do",
    "json": "a list of findings",
    "jsonl": "one finding a line, as soon as siglum finds it",
    "github": "annotations of GitHub Actions",
    "sarif": "SARIF 2.1.0, for code scanning and editors",
    "junit": "JUnit XML, for Jenkins and GitLab",
    "gitlab": "GitLab Code Quality",
}
"""The formats. The name is both the value of --format and the module in this folder."""

__all__ = ["FORMATS", "Look", "Report", "load_report"]


def load_report(form: str) -> Report:
    """Load the report of a format. The others are not loaded."""
    return cast("Report", import_module(f"{__name__}.{form}").report)
