"""Checking files: which ones, what is found in each, and how it adds up.

Paths come in; one `Verdict` a file goes out, as soon as it is known. A file's trouble is a finding and never stops the others.
What a verdict holds is small and can be sent to another process: findings, and the lines they speak of.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from siglum.check import rule
from siglum.check.rules import rules
from siglum.check.schemas import Schemas
from siglum.errors import DocumentError, FileError
from siglum.text import store
from siglum.text.diagnostic import CODES, Excerpt, Finding, Severity, excerpt
from siglum.text.document import Document, parse
from siglum.text.model import Prolog, prolog
from siglum.text.source import Source

ALL = frozenset(CODES)
"""Every code. Family X is always on: what cannot be read cannot be checked for anything else."""

_TEI_ROOTS = frozenset({"TEI", "teiCorpus", "TEI.2", "teiCorpus.2"})
_SAME_FAULT = {
    "I001": frozenset({"S005", "S007"}),
    "I002": frozenset({"S005"}),
    "I003": frozenset({"S005", "S008"}),
    "I004": frozenset({"S005"}),
}
"""What a rule and the schema both find at the same place is one fault: the rule knows more, and its finding is kept."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file (or of a folder in which there was none).

    `further`: findings beyond the number that a schema keeps; `passed_over`: XML that is not TEI, met on the way.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    excerpts: dict[Finding, Excerpt] = field(default_factory=dict, hash=False)
    further: int = 0
    passed_over: bool = False


@dataclass(slots=True)
class Tally:
    """The sum of many verdicts."""

    files: int = 0
    faulty: int = 0
    errors: int = 0
    warnings: int = 0
    passed_over: int = 0

    def add(self, verdict: Verdict) -> None:
        """Count one more file."""
        if verdict.passed_over:
            self.passed_over += 1
            return
        errors = sum(each.severity is Severity.ERROR for each in verdict.findings) + verdict.further
        self.files += 1
        self.faulty += bool(verdict.findings)
        self.errors += errors
        self.warnings += sum(each.severity is Severity.WARNING for each in verdict.findings)


def check(
    paths: Iterable[Path],
    *,
    select: Collection[str] = ALL,
    schemas: Sequence[Path] = (),
    otherwise: Sequence[Path] = (),
    project: Path | None = None,
    within: Path | None = None,
) -> Iterator[Verdict]:
    """Check files, and all TEI files below folders, in this order; each file once.

    `select`: the codes to look for; `schemas`: to be used for every document; `otherwise`: for those that name none
    themselves, if they are below `project`; `within`: the folder that XInclude may read below. Raises SchemaError for a
    schema that is not usable.
    """
    codes = frozenset(select)
    engine = Schemas(schemas, otherwise, project) if any(code.startswith("S") for code in codes) else None
    seen: set[Finding] = set()
    for target in _targets(paths):
        if target.trouble is not None:
            yield Verdict(target.trouble.path, (target.trouble,))
            continue
        verdict = _file(target, codes, engine, within)
        fresh = tuple(each for each in verdict.findings if each not in seen)
        seen.update(each for each in fresh if each.path != verdict.name)  # a part that several documents include is said once
        yield Verdict(verdict.name, fresh, verdict.excerpts, verdict.further, verdict.passed_over)


@dataclass(frozen=True, slots=True)
class _Target:
    path: Path
    walked: bool = False
    trouble: Finding | None = None


def _targets(paths: Iterable[Path]) -> Iterator[_Target]:
    """The files to read, each once, and findings for what is none."""
    seen: set[str] = set()
    for path in paths:
        for target in _below(path) if path.is_dir() else (_Target(path),):
            real = os.path.realpath(target.path)
            if target.trouble is None and real in seen:
                continue
            seen.add(real)
            yield target


def _below(folder: Path) -> Iterator[_Target]:
    found = False
    tei = False
    for path in store.walk(folder):
        if not path.is_file():  # a pipe or a device would keep us waiting for ever; a link may lead nowhere
            continue
        found = True
        tei = tei or _is_candidate(path)
        yield _Target(path, walked=True)
    if not tei:
        message = (
            "no TEI file is in this folder: its XML files are something else" if found else "no XML file is in this folder"
        )
        help_ = "name a folder with TEI files (.xml or .tei)"
        trouble = Finding(_shown(folder), 1, 1, "X007", Severity.ERROR, message, help_)
        yield _Target(folder, trouble=trouble)


def _is_candidate(path: Path) -> bool:
    """Whether a file is to be checked though it was only met on the way: TEI of any age, and what cannot be told."""
    try:
        return _may_be_tei(prolog(store.read(path)))
    except FileError:
        return True


def _may_be_tei(seen: Prolog) -> bool:
    return not seen.root or seen.root.rpartition("}")[2] in _TEI_ROOTS


def _shown(path: Path) -> str:
    """The path as it is reported; a byte that is no character in a file's name must not break a report."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="replace")


def _file(target: _Target, codes: Collection[str], engine: Schemas | None, within: Path | None) -> Verdict:
    name = _shown(target.path)
    try:
        source = store.read(target.path, name)
    except FileError as error:
        return Verdict(name, (Finding(name, 1, 1, "X002", Severity.ERROR, error.message, error.help),))
    before = prolog(source)
    if target.walked and not _may_be_tei(before):
        return Verdict(name, passed_over=True)
    try:
        document = parse(source, path=target.path, within=within)
    except DocumentError as error:
        return _verdict(name, list(error.findings), source, None)
    found = list(document.findings)
    further = 0
    if engine is not None:
        of_schemas, further = engine.findings(document, before, target.path)
        found += of_schemas
    found += rule.apply(rules(), document, codes)
    wanted = [each for each in found if each.code in codes or each.code.startswith("X")]
    return _verdict(name, _one_a_fault(wanted), source, document, further)


def _one_a_fault(findings: list[Finding]) -> list[Finding]:
    covered = {(each.path, each.line, each.column, code) for each in findings for code in _SAME_FAULT.get(each.code, ())}
    return [each for each in findings if (each.path, each.line, each.column, each.code) not in covered]


def _verdict(name: str, found: list[Finding], source: Source, document: Document | None, further: int = 0) -> Verdict:
    """In the order of the file; what is about included files comes after it."""
    findings = sorted(set(found), key=lambda each: (each.path != name, each))
    sources = {source.name: source}
    if document is not None:
        sources |= {origin.name: origin for origin, _ in document.origins.values()}
    excerpts = {each: excerpt(sources[each.path], each) for each in findings if each.path in sources}
    return Verdict(name, tuple(findings), excerpts, further)
