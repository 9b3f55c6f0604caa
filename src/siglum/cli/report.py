"""Report verdicts: the report on standard output or in a file, a progress bar, and a summary at the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from siglum.check.reports import Look, load_report
from siglum.check.verdict import Tally, Verdict
from siglum.cli.output import deliver, say, write
from siglum.text.files import DISK

if TYPE_CHECKING:
    from siglum.check.reports.statistics import Statistics

Verdicts = Generator[Verdict, None, None]

_FEW = 20
"""Findings that a reader can survey without a summary by code."""
_SUMMED = 3
"""Codes that the summary names; `--statistics` names all."""
_LISTED = 100_000
"""Findings that a report written to a file holds; the rest are counted."""


def report_verdicts(
    verdicts: Verdicts, form: str, output: Path | None, progress: Progress | None = None, *, statistics: bool = False
) -> Tally:
    """Report verdicts as they come, print the totals on standard error, and return them. Ends all processes of the run."""
    tally, counts, bar = Tally(), _create_statistics() if statistics else None, progress or Progress(())

    def count_verdicts() -> Iterator[Verdict]:
        for verdict in verdicts:
            tally.add(verdict)
            if counts:
                counts.add(verdict)
            bar.step()
            yield verdict

    with closing(verdicts):
        if output is None or str(output) == "-":
            for piece in load_report(form)(count_verdicts(), _detect_look()):
                bar.clear()
                write(piece)
        else:
            pieces = "".join(load_report(form)(_limit_findings(_LISTED, count_verdicts()), Look(here=Path.cwd().as_posix())))
            bar.clear()
            deliver(pieces, output)
    bar.clear()
    say_fallbacks(tally)
    if counts:
        say("\n".join(counts.lines()))
    elif tally.codes.total() > _FEW:
        say(_sum_by_code(tally))
    say(_summarize(tally))
    return tally


def _create_statistics() -> Statistics:
    from siglum.check.reports.statistics import Statistics  # most runs do not need it

    return Statistics()


def _limit_findings(room: int, verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    for verdict in verdicts:
        over = max(len(verdict.findings) - room, 0)
        kept = verdict.findings[: len(verdict.findings) - over]
        room -= len(kept)
        yield replace(verdict, findings=kept, further=verdict.further + over) if over else verdict


def _detect_look() -> Look:
    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Look(colour=colour, excerpts=terminal, here=Path.cwd().as_posix())


class Progress:
    """A progress bar on a terminal, for runs longer than half a second. It prints nothing in a pipe or in CI."""

    _AFTER, _EVERY = 0.5, 0.1

    def __init__(self, documents: Sequence[Path]) -> None:
        self.documents = documents
        self.wanted = sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
        self.next = monotonic() + self._AFTER
        self.done = self.total = 0
        self.drawn = False

    def step(self) -> None:
        """Count one file."""
        self.done += 1
        if self.wanted and monotonic() >= self.next:
            self.total = self.total or sum(1 for path in self.documents for _ in _list_files(path))
            width = 24
            filled = min(width * self.done // max(self.total, 1), width)
            bar = "█" * filled + "░" * (width - filled)
            write(f"\r\x1b[K{bar} {self.done}/{max(self.total, self.done)}", error=True)
            self.next = monotonic() + self._EVERY
            self.drawn = True

    def clear(self) -> None:
        """Remove the bar, so that other text can be printed."""
        if self.drawn:
            write("\r\x1b[K", error=True)
            self.drawn = False


def _list_files(path: Path) -> Iterable[Path]:
    return DISK.walk(path) if DISK.is_folder(path) else (path,)


def _summarize(tally: Tally) -> str:
    """“3 errors, 1 warning in 2 of 48 files; 2 XML files without TEI passed over”."""
    kinds = [count(number, noun) for number, noun in ((tally.errors, "error"), (tally.warnings, "warning")) if number]
    where = f"in {tally.faulty} of {count(tally.files, 'file')}" if kinds else f"in {count(tally.files, 'file')}"
    others = f"; {count(tally.passed_over, 'XML file')} without TEI passed over" if tally.passed_over else ""
    return f"{', '.join(kinds) or 'no errors'} {where}{others}"


def say_fallbacks(tally: Tally) -> None:
    """“S010 info: no schema is known for 3 files: siglum checked them against tei_all of TEI P5 4.9.0; name one ...”."""
    help_ = "name one with --schema, in an xml-model instruction, or in the configuration"
    for schema, number in tally.fallbacks.items():
        them = "it" if number == 1 else "them"
        say(f"S010 info: no schema is known for {count(number, 'file')}: siglum checked {them} against {schema}; {help_}")


def _sum_by_code(tally: Tally) -> str:
    """“40 findings: 25 S003, 10 I003, 3 S001, 2 of other codes; ...”, the most frequent first."""
    codes = sorted(tally.codes.items(), key=lambda entry: (-entry[1], entry[0]))
    parts = [f"{number} {code}" for code, number in codes[:_SUMMED]]
    others = sum(number for _, number in codes[_SUMMED:])
    parts += [f"{others} of other codes"] if others else []
    steps = f"--statistics counts them all, `siglum explain {codes[0][0]}` explains the most frequent code"
    return f"{tally.codes.total()} findings: {', '.join(parts)}; {steps}"


def count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
