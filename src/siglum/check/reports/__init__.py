"""How verdicts are told: one file a format. Each takes the verdicts as they come, and gives text piece by piece.

Printing is the caller's work; so is the summary, which is the same for every format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from siglum.check.reports import json, text
from siglum.check.reports.look import Look
from siglum.check.run import Verdict

Report = Callable[[Iterable[Verdict], Look], Iterator[str]]

REPORTS: dict[str, Report] = {
    "text": text.report,
    "json": json.report,
}
"""Every format by its name on the command line."""

__all__ = ["REPORTS", "Look", "Report"]
