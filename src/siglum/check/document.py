"""Checking one document: a file, or text in memory. The command line, workers, `build` and editors all come here.

    verdict = check_source(Source("letter.xml", data), Path("tei/letter.xml"), Options())

A fault in a document is a finding and never stops the check of others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from siglum.check import codes, merge
from siglum.check.discovery import Target, find_targets, read_head, read_prolog
from siglum.check.options import Options
from siglum.check.subject import Subject, check_well_formed
from siglum.check.validators import Check, create_validators
from siglum.check.verdict import Verdict
from siglum.errors import DocumentError, FileError, SchemaError, SiglumError
from siglum.text.diagnostic import Finding, Severity, excerpt, with_end
from siglum.text.digest import digest, digest_pieces
from siglum.text.files import DISK, Files
from siglum.text.source import Source
from siglum.text.xml_model import Prolog

if TYPE_CHECKING:
    from siglum.text.document import Document
    from siglum.text.policy import Policy

LARGE = 32 * 1024 * 1024
"""Bytes above which siglum builds no tree: the tree with everything that the rules resolve takes 35 times as much memory."""

_P5_ROOTS = frozenset({"http://www.tei-c.org/ns/1.0}TEI", "http://www.tei-c.org/ns/1.0}teiCorpus"})
_NEEDS_TREE = (b"<!DOCTYPE", b"http://www.w3.org/2001/XInclude")
"""Text of files that expat alone does not read as siglum does: entities and XInclude."""
_UNTRACEABLE = (b"fallback", b"parse")
"""Words of XInclude that let a document depend on a file of which the parsed document keeps no trace."""
_VOLATILE = frozenset({"X002", "X006", "X008", "S011"})
"""Codes of findings that can disappear without a change in the files read."""
_PLACE = r"((?s:.*?))(?::(\d+))?(?::(\d+))?"
"""A path, optionally followed by a line and a column."""


def check_source(source: Source, base: Path | None, options: Options) -> Verdict:
    """Check text in memory. `base` is the path that XInclude and `xml-model` are relative to.

    Whoever checks many documents makes one `Checker`, which loads each schema once. Raises SchemaError.
    """
    checker = Checker(options)
    try:
        return checker.check_source(source, base)
    finally:
        checker.close()


def check_paths(
    paths: Iterable[Path],
    *,
    select: Collection[str] = codes.ALL,
    schemas: Sequence[Path] = (),
    default_schemas: Sequence[Path] = (),
    project: Path | None = None,
    within: Path | None = None,
    policy: Policy | None = None,
) -> Iterator[Verdict]:
    """Check files and all TEI files below folders, in this order, each file once. `Options` explains the other arguments.

    Raises SchemaError for a schema that cannot be used.
    """
    options = Options(frozenset(select), tuple(schemas), tuple(default_schemas), project, within, policy=policy)
    checker = Checker(options)
    return merge.merge_included(checker.check(target) for target in find_targets(paths))


class Checker:
    """Checks one document after another with the same options. Only the options travel to another process.

    Raises SchemaError for a schema that cannot be used.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.validators = create_validators(options)
        self._reported = options.select | codes.READING.keys()
        self._digests: dict[Path, str] = {}

    def __reduce__(self) -> tuple[type[Checker], tuple[Options]]:
        return Checker, (self.options,)

    def check(self, target: Target) -> Verdict:
        """Check a file. What prevents its reading is a finding, too. Raises SchemaError."""
        if target.trouble is not None:
            return Verdict(target.name, (target.trouble,))
        try:
            if self.options.files.size(target.path) > LARGE:
                return self._check_large(target)
            source = self.options.files.read(target.path, target.name)
        except FileError as error:
            return Verdict(target.name, (Finding(target.name, 1, 1, "X002", Severity.ERROR, error.message, error.help),))
        prolog = read_prolog(source)
        if self._passes_over(target, prolog):
            return Verdict(target.name, passed_over=True)
        return self._check(Subject(source.name, target.path, source, prolog, self.options))

    def check_source(self, source: Source, base: Path | None) -> Verdict:
        """Check text in memory. Raises SchemaError."""
        return self._check(Subject(source.name, base, source, read_prolog(source), self.options))

    def check_document(self, document: Document, base: Path) -> Verdict:
        """Check a document that has been read. Raises SchemaError."""
        source = document.source
        if len(source.data) > LARGE:
            return self.check(Target(base))
        subject = Subject(source.name, base, source, read_prolog(source), self.options)
        subject.document = document
        return self._check(subject)

    def close(self) -> None:
        """End the run: save what later runs can use."""
        for validator in self.validators:
            validator.close()

    def _passes_over(self, target: Target, prolog: Prolog) -> bool:
        return (target.walked or not self.options.strict) and not prolog.may_be_tei

    def _check(self, subject: Subject) -> Verdict:
        assert subject.source is not None
        checks = [validator.prepare(subject) for validator in self.validators]
        found: list[Finding] = []
        further = 0
        try:
            if not checks or any(check.needs_tree for check in checks) or not _is_plain(subject.source, subject.prolog):
                found += subject.document.findings
            for check in checks:
                outcome = check.run(subject)
                found += outcome.findings
                further += outcome.further
        except DocumentError as error:
            return self._verdict(subject, error.findings, 0, [])
        return self._verdict(subject, found, further, checks)

    def _check_large(self, target: Target) -> Verdict:
        """Check a file that is too large for a tree: only with engines that read events. Warn about the others (X009)."""
        name = target.name
        subject = Subject(name, target.path, None, read_prolog(read_head(target.path, name)), self.options)
        if self._passes_over(target, subject.prolog):
            return Verdict(name, passed_over=True)
        checks = [check for validator in self.validators if not (check := validator.prepare(subject)).needs_tree]
        found: list[Finding] = []
        further = 0
        try:
            if not checks:
                check_well_formed(target.path, name, self.options.files)
            for check in checks:
                outcome = check.run(subject)
                found += outcome.findings
                further += outcome.further
        except DocumentError as error:
            found, further = list(error.findings), 0
        found = [_not_looked_at(name), *(finding for finding in found if finding.code in self._reported)]
        dependencies = self._find_dependencies(checks, found, {})
        content = "" if dependencies is None else digest_of(target.path)
        return Verdict(
            name, tuple(found), {}, further, fallback=_fallback(checks), content=content, dependencies=dependencies or ()
        )

    def _verdict(self, subject: Subject, found: Iterable[Finding], further: int, checks: list[Check]) -> Verdict:
        """Put findings in the order of the file; those about included files come after."""
        name, source = subject.name, subject.source
        assert source is not None
        wanted = {finding for finding in found if finding.code in self._reported}
        findings = sorted(merge.merge_engines(wanted), key=lambda finding: (finding.path != name, finding))
        origins = subject.document.origins.values() if subject.has_document else ()
        parts = {part.name: part for part, _ in origins}
        sources = parts | {name: source}
        complete = [with_end(sources[finding.path], finding) if finding.path in sources else finding for finding in findings]
        excerpts = {finding: excerpt(sources[finding.path], finding) for finding in complete if finding.path in sources}
        dependencies = self._find_dependencies(checks, complete, sources if parts else {})
        content = "" if dependencies is None else digest(source.data)
        return Verdict(
            name,
            tuple(complete),
            excerpts,
            further,
            fallback=_fallback(checks),
            content=content,
            dependencies=dependencies or (),
        )

    def _find_dependencies(
        self, checks: list[Check], found: list[Finding], parts: dict[str, Source]
    ) -> tuple[tuple[str, str], ...] | None:
        """The files with their digests; None where the verdict could change although all of them stay as they are."""
        if not self.options.cached or any(finding.code in _VOLATILE for finding in found):
            return None
        known: dict[str, str] = {}
        for name, part in parts.items():
            if any(word in part.data for word in _UNTRACEABLE) or digest_of(Path(name), self.options.files) != digest(
                part.data
            ):
                return None
            known[str(Path(name).absolute())] = digest(part.data)
        for path in (path for check in checks for path in check.dependencies):
            if path not in self._digests:
                self._digests[path] = digest_of(path, self.options.files)
            known[str(path.absolute())] = self._digests[path]
        return tuple(sorted(known.items()))


def check_safely(checker: Checker, target: Target) -> Verdict:
    """Check a file; a crash of siglum becomes a finding (X008), so that the other files are still checked.

    Raises SiglumError.
    """
    try:
        return checker.check(target)
    except SiglumError:
        raise
    except Exception as error:  # a bug, whatever it is
        return failure_verdict(target, describe_error(error))


def check_schema(path: Path) -> Verdict:
    """Check a RELAX NG schema: finding S011 names the file and line of its fault."""
    from siglum.schema import relaxng  # not needed to check documents from a warm cache

    name = Target(path).name
    try:
        relaxng.load(path, cache=False)
    except FileError as error:
        return Verdict(name, (Finding(name, 1, 1, "X002", Severity.ERROR, error.message, error.help),))
    except SchemaError as error:
        match = re.fullmatch(_PLACE, error.where or name)
        name, line, column = match.groups() if match else (name, None, None)
        finding = Finding(name, int(line or 1), int(column or 1), "S011", Severity.ERROR, error.message, error.help)
        with suppress(FileError):
            return Verdict(name, (finding,), {finding: excerpt(DISK.read(Path(name)), finding)})
        return Verdict(name, (finding,))
    return Verdict(name)


def failure_verdict(target: Target, reason: str) -> Verdict:
    """The verdict (X008) about a file on which siglum crashed."""
    message = f"siglum failed on this file: {reason}"
    help_ = "siglum checked the other files, but knows nothing about this one; please report this"
    return Verdict(target.name, (Finding(target.name, 1, 1, "X008", Severity.ERROR, message, help_),))


def describe_error(error: Exception) -> str:
    """The error and the line of siglum that raised it."""
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f" ({Path(at.tb_frame.f_code.co_filename).name}, line {at.tb_lineno})" if at is not None else ""
    return f"{type(error).__name__}: {error}{where}".replace("\n", " ")[:300]


def digest_of(path: Path, files: Files = DISK) -> str:
    """The digest of a file of any size; empty for a file that cannot be read, or that can be read only once (a pipe)."""
    try:
        return digest_pieces(files.pieces(path, 1 << 20)) if files.is_file(path) else ""
    except FileError:
        return ""


def _is_plain(source: Source, prolog: Prolog) -> bool:
    """Whether expat alone reads the file as siglum's parser does."""
    encoded = source.encoding in {"utf-8", "utf-8-sig", "ascii"}
    return encoded and prolog.root in _P5_ROOTS and not any(text in source.data for text in _NEEDS_TREE)


def _fallback(checks: Iterable[Check]) -> str:
    return next((check.fallback for check in checks if check.fallback), "")


def _not_looked_at(name: str) -> Finding:
    message = "the file is too large for a tree: siglum checked it against the schema only, and did not follow XInclude"
    return Finding(name, 1, 1, "X009", Severity.WARNING, message, "divide it into several files to have all of it checked")
