"""Export many documents with several processes, and mirror their tree of folders.

The place of each output is decided before any export, so that it does not depend on which process finishes first. The result
of an export is small, since it is sent between processes: findings, names of files, and counts of omissions.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from siglum.check.discovery import Target, find_targets, is_candidate
from siglum.check.document import describe_error, failure_verdict
from siglum.check.verdict import Verdict
from siglum.convert import export
from siglum.convert.export import Options
from siglum.errors import DocumentError, FileError, SiglumError
from siglum.project import config
from siglum.project.export_settings import ExportSettings
from siglum.project.options import resolve_options
from siglum.text.atomic import write_file
from siglum.text.diagnostic import Finding, Severity, excerpt, with_end
from siglum.text.files import DISK
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.text.document import Document

_HEAD_START = 0.1
"""Seconds of work after which starting other processes pays."""


@frozen
class Task:
    """A document, and the path of its output without suffix.

    `instead_of` is the document that already has the preferred name; `passed_over`: the file is XML, but not TEI.
    """

    target: Target
    stem: str
    instead_of: str = ""
    passed_over: bool = False


@frozen
class ExportResult:
    """The result for one document: findings (`verdict`), written files, and omissions.

    `files` are paths below the output folder, none if the document could not be read. `left_out` has format, reason, number of
    places and number of characters.
    """

    task: Task
    verdict: Verdict
    files: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str, int, int], ...] = ()


def run(paths: Iterable[Path], exporter: Exporter, *, jobs: int = 0) -> Generator[ExportResult, None, None]:
    """Export documents, and all TEI files below folders, in this order, without repetition.

    `jobs` is the number of processes (0: one for each core). Raises FileError if the folder cannot be written.
    """
    tasks = iter(plan(list(paths), exporter.forms))
    count = jobs or os.cpu_count() or 1
    spent = 0.0
    for task in tasks:
        start = perf_counter()
        yield _export_safely(exporter, task)
        spent += perf_counter() - start
        if spent > _HEAD_START and count > 1:
            break
    else:
        return
    from siglum.project.workers import Workers  # a short run does not pay for multiprocessing

    with Workers(partial(_export_safely, exporter), _failed_result, count) as workers:
        for _, done, _ in workers.results((task, None) for task in tasks):
            yield done


# Where everything goes


def plan(paths: list[Path], forms: Iterable[str]) -> Iterator[Task]:
    """Plan the place of each output: the path of the document, relative to the folder that contains all of `paths`."""
    base = _common_folder(paths)
    endings = [ending for form in forms for ending in export.FORMATS[form].endings]
    taken: dict[str, str] = {}
    for target in find_targets(paths):
        if target.trouble is not None or (target.walked and not is_candidate(target.path)):
            yield Task(target, "", passed_over=target.trouble is None)
            continue
        wanted = Path(os.path.relpath(target.path, base))
        first, stem = "", ""
        for stem in _candidate_names(wanted):
            files = [f"{stem}{ending}".lower() for ending in endings]  # two that differ in case are one file on some systems
            first = first or next((taken[file] for file in files if file in taken), "")
            if not any(file in taken for file in files):
                taken |= dict.fromkeys(files, target.name)
                break
        yield Task(target, stem, first)


def _common_folder(paths: list[Path]) -> str:
    """The innermost folder that contains all paths."""
    folders = [os.path.abspath(path if DISK.is_folder(path) else path.parent) for path in paths]  # noqa: PTH100 - links are kept
    try:
        return os.path.commonpath(folders)
    except ValueError:  # on several drives
        raise FileError("the documents lie on several drives", help="export those of one drive at a time") from None


def _candidate_names(path: Path) -> Iterator[str]:
    """Possible names, best first: “letter”, “letter.tei”, “letter.tei-2” …"""
    yield path.with_suffix("").as_posix()
    yield path.as_posix()
    number = 1
    while True:
        number += 1
        yield f"{path.as_posix()}-{number}"


# What is made


@dataclass
class Exporter:
    """Exports one document after another to `folder`. Processes receive a copy without caches.

    `asked` takes precedence over the configuration nearest to a document. Every process reads the ODD itself, because models
    cannot be pickled.
    """

    folder: Path
    forms: tuple[str, ...]
    asked: ExportSettings = field(default_factory=ExportSettings)
    _by_folder: dict[Path, Options] = field(default_factory=dict)
    _by_file: dict[Path | None, Options] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Exporter], tuple[Path, tuple[str, ...], ExportSettings]]:
        return Exporter, (self.folder, self.forms, self.asked)

    def export(self, task: Task) -> ExportResult:
        """Export one document. Raises FileError if the folder cannot be written."""
        from siglum.text.document import parse  # the first process may have nothing to read

        target = task.target
        if task.passed_over or target.trouble is not None:
            said = (target.trouble,) if target.trouble is not None else ()
            return ExportResult(task, Verdict(target.name, said, passed_over=task.passed_over))
        try:
            document = parse(DISK.read(target.path, target.name), path=target.path)
        except FileError as error:
            found = Finding(target.name, 1, 1, "X002", Severity.ERROR, error.message, error.help)
            return ExportResult(task, Verdict(target.name, (found,)))
        except DocumentError as error:
            return ExportResult(task, Verdict(target.name, tuple(error.findings)))
        return self._export_document(task, document)

    def _options(self, folder: Path) -> Options:
        """The options for the documents in a folder, cached for each configuration file."""
        if folder not in self._by_folder:
            found = config.load(folder)
            if found.file not in self._by_file:
                self._by_file[found.file] = resolve_options(found, self.asked, Path.cwd())
            self._by_folder[folder] = self._by_file[found.file]
        return self._by_folder[folder]

    def _export_document(self, task: Task, document: Document) -> ExportResult:
        wanted = self._options(task.target.path.parent)
        files: list[str] = []
        left_out: list[tuple[str, str, int, int]] = []
        findings: dict[Finding, None] = dict.fromkeys(document.findings)
        for form in self.forms:
            made = export.FORMATS[form].export(document, wanted)
            findings |= dict.fromkeys(made.findings)
            for name, content in made.named(task.stem + export.FORMATS[form].infix).items():
                write_file(self.folder / name, content)
                files.append(name)
            left_out += ((form, reason, places, letters) for reason, (places, letters) in made.counts().items())
        source = document.source
        located = [with_end(source, finding) if finding.path == source.name else finding for finding in findings]
        excerpts = {finding: excerpt(source, finding) for finding in located if finding.path == source.name}
        return ExportResult(task, Verdict(task.target.name, tuple(located), excerpts), tuple(files), tuple(left_out))


def _export_safely(exporter: Exporter, task: Task) -> ExportResult:
    """Export one document; a fault of siglum becomes a finding, so that the other documents are still exported."""
    try:
        return exporter.export(task)
    except SiglumError:
        raise
    except Exception as error:  # a fault of ours, whatever it is
        return _failed_result(task, describe_error(error))


def _failed_result(task: Task, reason: str) -> ExportResult:
    return ExportResult(task, failure_verdict(task.target, reason))


# Sums


@dataclass(slots=True)
class Totals:
    """The sums over all documents."""

    documents: int = 0
    files: int = 0
    unread: int = 0
    passed_over: int = 0
    errors: int = 0
    left_out: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def add(self, done: ExportResult) -> None:
        """Add one document."""
        if done.verdict.passed_over:
            self.passed_over += 1
            return
        self.errors += sum(finding.severity is Severity.ERROR for finding in done.verdict.findings)
        self.files += len(done.files)
        self.documents += bool(done.files)
        self.unread += not done.files and done.task.target.trouble is None
        for form, reason, places, letters in done.left_out:
            of = self.left_out.setdefault(reason, {}).setdefault(form, Counter())
            of.update(documents=1, places=places, letters=letters)

    def lines(self) -> Iterator[str]:
        """One line for each reason of omissions, with the formats if they differ."""
        forms = dict.fromkeys(form for by_form in self.left_out.values() for form in by_form)
        for reason, by_form in sorted(self.left_out.items()):
            alike: dict[tuple[int, int, int], list[str]] = {}
            for form in forms:
                of = by_form.get(form, Counter())
                alike.setdefault((of["places"], of["documents"], of["letters"]), []).append(form)
            for (places, documents, letters), those in alike.items():
                where = "left out" if len(alike) == 1 else f"left out of {', '.join(those)}"
                if places:
                    there = f"{_count(places, 'place')} in {_count(documents, 'document')}"
                    yield f"{where}: {reason}: {there}, {letters} characters"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
