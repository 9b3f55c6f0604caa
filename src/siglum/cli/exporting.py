"""`siglum export` for many documents: progress, findings, and a summary of omissions."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from siglum.check.reports import Look, load_report
from siglum.check.verdict import Verdict
from siglum.cli.output import say, write
from siglum.cli.report import Progress, count
from siglum.errors import FileError
from siglum.project import exporting
from siglum.project.export_settings import ExportSettings
from siglum.project.exporting import Exporter, ExportResult, Totals
from siglum.text.diagnostic import Finding
from siglum.text.files import DISK


def run(documents: Sequence[Path], forms: tuple[str, ...], folder: Path, asked: ExportSettings, jobs: int) -> int:
    """Export the documents, report on standard error, and return the exit code."""
    if DISK.exists(folder) and not DISK.is_folder(folder):
        raise FileError("this is a file, a folder is wanted", where=folder.as_posix(), help="choose another name")
    total, bar = Totals(), Progress(documents)
    with closing(exporting.run(documents, Exporter(folder, forms, asked), jobs=jobs)) as stream:
        for piece in load_report("text")(_verdicts(stream, total, bar), Look()):
            bar.clear()
            write(piece, error=True)
    bar.clear()
    for line in total.lines():
        say(line)
    say(_summary(total, folder))
    return 1 if total.errors else 0


def _verdicts(stream: Generator[ExportResult, None, None], total: Totals, bar: Progress) -> Iterator[Verdict]:
    seen: set[Finding] = set()
    for done in stream:
        total.add(done)
        bar.step()
        if done.task.instead_of:
            bar.clear()
            say(f"{done.task.target.name}: written as {done.task.stem}, since {done.task.instead_of} has its name")
        new = tuple(finding for finding in done.verdict.findings if finding not in seen)
        seen.update(finding for finding in new if finding.path != done.verdict.name)  # in a part that several documents include
        yield Verdict(done.verdict.name, new, done.verdict.excerpts, passed_over=done.verdict.passed_over)


def _summary(total: Totals, folder: Path) -> str:
    """“wrote 96 files of 48 documents to public; 1 document could not be exported; 2 XML files without TEI passed over”."""
    parts = [f"wrote {count(total.files, 'file')} of {count(total.documents, 'document')} to {folder}"]
    if total.unread:
        parts.append(f"{count(total.unread, 'document')} could not be exported")
    if total.passed_over:
        parts.append(f"{count(total.passed_over, 'XML file')} without TEI passed over")
    return "; ".join(parts)
