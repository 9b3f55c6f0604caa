"""Exporting many documents at once: a tree of folders in, the same tree of pages or texts out, with all cores.

Where each document goes is settled before anything is made, so that it does not depend on which process is ready first. What
comes of a document is small and can be sent between processes: its findings, the files made, what was left out.
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
"""Seconds of work after which other processes are worth what they cost."""


@frozen
class Task:
    """A document and where what is made of it goes, without the ending.

    `instead_of` is the document that has the name it would have had; `passed_over`: it is XML, but not TEI.
    """

    target: Target
    stem: str
    instead_of: str = ""
    passed_over: bool = False


@frozen
class Done:
    """What came of a document: `verdict` has what is to be said of it, `left_out` how much by format and reason.

    `files` are those written, as paths below the folder; none where the document could not be read.
    """

    task: Task
    verdict: Verdict
    files: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str, int, int], ...] = ()


def run(paths: Iterable[Path], exporter: Exporter, *, jobs: int = 0) -> Generator[Done, None, None]:
    """Export documents, and all TEI files below folders, in this order; each once.

    `jobs`: how many processes (0: one a core). Raises FileError where the folder cannot be written.
    """
    tasks = iter(plan(list(paths), exporter.forms))
    count = jobs or os.cpu_count() or 1
    spent = 0.0
    for task in tasks:
        start = perf_counter()
        yield _safely(exporter, task)
        spent += perf_counter() - start
        if spent > _HEAD_START and count > 1:
            break
    else:
        return
    from siglum.project.workers import Workers  # a short run does not pay for multiprocessing

    with Workers(partial(_safely, exporter), _failed, count) as workers:
        for _, done, _ in workers.results((task, None) for task in tasks):
            yield done


# Where everything goes


def plan(paths: list[Path], forms: Iterable[str]) -> Iterator[Task]:
    """Each document with the place of what is made of it: its own path, from the folder that holds all that was named."""
    base = _common(paths)
    endings = [ending for form in forms for ending in export.FORMATS[form].endings]
    taken: dict[str, str] = {}
    for target in find_targets(paths):
        if target.trouble is not None or (target.walked and not is_candidate(target.path)):
            yield Task(target, "", passed_over=target.trouble is None)
            continue
        wanted = Path(os.path.relpath(target.path, base))
        first, stem = "", ""
        for stem in _names(wanted):
            files = [f"{stem}{ending}".lower() for ending in endings]  # two that differ in case are one file on some systems
            first = first or next((taken[file] for file in files if file in taken), "")
            if not any(file in taken for file in files):
                taken |= dict.fromkeys(files, target.name)
                break
        yield Task(target, stem, first)


def _common(paths: list[Path]) -> str:
    """The innermost folder that holds everything that was named."""
    folders = [os.path.abspath(path if DISK.is_folder(path) else path.parent) for path in paths]  # noqa: PTH100 - links are kept
    try:
        return os.path.commonpath(folders)
    except ValueError:  # on several drives
        raise FileError("the documents lie on several drives", help="export those of one drive at a time") from None


def _names(path: Path) -> Iterator[str]:
    """What it may be called, best first: “letter”, “letter.tei”, “letter.tei-2” …"""
    yield path.with_suffix("").as_posix()
    yield path.as_posix()
    number = 1
    while True:
        number += 1
        yield f"{path.as_posix()}-{number}"


# What is made


@dataclass
class Exporter:
    """Makes the wanted formats of one document after another in `folder`; a copy in another process is made of its options.

    `asked` comes before what the configuration nearest to a document says; an ODD is read here, since models cannot be sent.
    """

    folder: Path
    forms: tuple[str, ...]
    asked: ExportSettings = field(default_factory=ExportSettings)
    _by_folder: dict[Path, Options] = field(default_factory=dict)
    _by_file: dict[Path | None, Options] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Exporter], tuple[Path, tuple[str, ...], ExportSettings]]:
        return Exporter, (self.folder, self.forms, self.asked)

    def export(self, task: Task) -> Done:
        """What comes of one document. Raises FileError where the folder cannot be written."""
        from siglum.text.document import parse  # the first process may have nothing to read

        target = task.target
        if task.passed_over or target.trouble is not None:
            said = (target.trouble,) if target.trouble is not None else ()
            return Done(task, Verdict(target.name, said, passed_over=task.passed_over))
        try:
            document = parse(DISK.read(target.path, target.name), path=target.path)
        except FileError as error:
            found = Finding(target.name, 1, 1, "X002", Severity.ERROR, error.message, error.help)
            return Done(task, Verdict(target.name, (found,)))
        except DocumentError as error:
            return Done(task, Verdict(target.name, tuple(error.findings)))
        return self._made(task, document)

    def _options(self, folder: Path) -> Options:
        """The options for the documents in a folder; made once for each configuration."""
        if folder not in self._by_folder:
            found = config.load(folder)
            if found.file not in self._by_file:
                self._by_file[found.file] = resolve_options(found, self.asked, Path.cwd())
            self._by_folder[folder] = self._by_file[found.file]
        return self._by_folder[folder]

    def _made(self, task: Task, document: Document) -> Done:
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
        return Done(task, Verdict(task.target.name, tuple(located), excerpts), tuple(files), tuple(left_out))


def _safely(exporter: Exporter, task: Task) -> Done:
    """What came of it; where siglum itself fails on a document, that is said, and the others are still exported."""
    try:
        return exporter.export(task)
    except SiglumError:
        raise
    except Exception as error:  # a fault of ours, whatever it is
        return _failed(task, describe_error(error))


def _failed(task: Task, reason: str) -> Done:
    return Done(task, failure_verdict(task.target, reason))


# Sums


@dataclass(slots=True)
class Sum:
    """What came of all of them."""

    documents: int = 0
    files: int = 0
    unread: int = 0
    passed_over: int = 0
    errors: int = 0
    left_out: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def add(self, done: Done) -> None:
        """Count one more document."""
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
        """What was left out, a line a reason; formats are named where they differ."""
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
