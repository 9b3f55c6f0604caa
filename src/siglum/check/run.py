"""Checking files: which ones, what is found in each, and how it adds up.

Paths come in; one `Verdict` a file goes out, as soon as it is known. A file's trouble is a finding and never stops the others.
What a verdict holds is small and can be sent to another process: findings, and the lines they speak of.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from siglum.check.schemas import Chosen, Schemas
from siglum.errors import DocumentError, FileError, SchemaError, SiglumError
from siglum.schema import relaxng
from siglum.text.diagnostic import CODES, Excerpt, Finding, Severity, excerpt, with_end
from siglum.text.digest import digest, digest_pieces
from siglum.text.files import DISK
from siglum.text.frozen import frozen
from siglum.text.source import Source
from siglum.text.xml_model import Prolog, prolog

if TYPE_CHECKING:
    from siglum.text.document import Document
    from siglum.text.policy import Policy

ALL = frozenset(CODES)
"""Every code. Family X is always on: what cannot be read cannot be checked for anything else."""

LARGE = 32 * 1024 * 1024
"""Bytes from which on no tree is made of a document: with all that the rules want to know it takes 35 times as much memory."""

_BEGINNING = 1 << 12
_HEAD = 1 << 16
_P5_ROOTS = frozenset({"http://www.tei-c.org/ns/1.0}TEI", "http://www.tei-c.org/ns/1.0}teiCorpus"})
_WANTS_A_TREE = (b"<!DOCTYPE", b"http://www.w3.org/2001/XInclude")
"""What expat alone does not treat as siglum does: entities, and files in files."""
_WITHOUT_TRACE = (b"fallback", b"parse")
"""Words of XInclude after which a document can rest on a file that left no trace in it."""
_SAME_FAULT = {
    "I001": frozenset({"S005", "S007"}),
    "I002": frozenset({"S005"}),
    "I003": frozenset({"S005", "S008"}),
    "I004": frozenset({"S005"}),
}
"""What a rule and the schema both find at the same place is one fault: the rule knows more, and its finding is kept."""
_PASSING = frozenset({"X002", "X006", "X008", "S011"})
"""Findings that something outside the files looked at may mend."""
_REMEMBERED = 10_000
_PLACE = r"((?s:.*?))(?::(\d+))?(?::(\d+))?"
"""A path, with a line and a column where they are known."""


@frozen
class Options:
    """What is looked for, and with what.

    `select`: the codes; `schemas`: to be used for every document; `otherwise`: for those that name none themselves, if they
    are below `project`; `within`: the folder that XInclude may read below; `strict`: a file that is named has to be TEI;
    `kept`: the verdicts are to be kept, and have to say what they rest on. `policy`: what the edition wants of marks and notes,
    None where it says nothing.
    """

    select: frozenset[str] = ALL
    schemas: tuple[Path, ...] = ()
    otherwise: tuple[Path, ...] = ()
    project: Path | None = None
    within: Path | None = None
    strict: bool = True
    kept: bool = True
    policy: Policy | None = None


@frozen
class Verdict:
    """What came of one file (or of a folder in which there was none).

    `further`: findings beyond the number that a schema keeps; `passed_over`: XML that is not TEI, met on the way.
    `content` is the digest of the file, `rests_on` has those of the other files that had a say (schemas, parts) by their paths;
    `content` is empty where something else might change the verdict.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    excerpts: dict[Finding, Excerpt] = field(default_factory=dict, hash=False)
    further: int = 0
    passed_over: bool = False
    content: str = field(default="", compare=False)
    rests_on: tuple[tuple[str, str], ...] = field(default=(), compare=False)


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
    policy: Policy | None = None,
) -> Iterator[Verdict]:
    """Check files, and all TEI files below folders, in this order; each file once.

    See `Options` for the meaning of the others. Raises SchemaError for a schema that is not usable.
    """
    checker = Checker(Options(frozenset(select), tuple(schemas), tuple(otherwise), project, within, policy=policy))
    return fresh(checker.check(target) for target in targets(paths))


def fresh(verdicts: Generator[Verdict, None, None]) -> Generator[Verdict, None, None]:
    """The verdicts, with what is found in a part that several documents include said once."""
    seen: set[Finding] = set()
    with closing(verdicts):
        for verdict in verdicts:
            new = tuple(each for each in verdict.findings if each not in seen)
            if len(seen) < _REMEMBERED:
                seen.update(each for each in new if each.path != verdict.name)
            yield verdict if len(new) == len(verdict.findings) else replace(verdict, findings=new)


@frozen
class Target:
    """A file to be checked, or a finding about why there is none. `walked`: it was met in a folder, not named."""

    path: Path
    walked: bool = False
    trouble: Finding | None = None

    @property
    def name(self) -> str:
        """How the file is called in reports; a byte that is no character in its name must not break one."""
        return os.fsencode(self.path.as_posix()).decode("utf-8", errors="replace")


def targets(paths: Iterable[Path]) -> Iterator[Target]:
    """The files to read, each once, and findings for what is none."""
    seen: set[int] = set()
    for path in paths:
        for target in _below(path) if path.is_dir() else (Target(path),):
            real = hash(os.path.realpath(target.path))
            if target.trouble is None and real in seen:
                continue
            seen.add(real)
            yield target


def _below(folder: Path) -> Iterator[Target]:
    found = False
    tei = False
    for path in DISK.walk(folder):
        found = True
        tei = tei or is_candidate(path)
        yield Target(path, walked=True)
    if not tei:
        message = (
            "no TEI file is in this folder: its XML files are something else" if found else "no XML file is in this folder"
        )
        help_ = "name a folder with TEI files (.xml or .tei)"
        trouble = Finding(Target(folder).name, 1, 1, "X007", Severity.ERROR, message, help_)
        yield Target(folder, trouble=trouble)


def is_candidate(path: Path) -> bool:
    """Whether a file is to be read though it was only met on the way: TEI of any age, and what cannot be told."""
    try:
        return prolog(_head(path, "")).may_be_tei
    except FileError:
        return True


def _head(path: Path, name: str) -> Source:
    """As much of a file as holds what stands before its root; all of it where that is uncommonly much."""
    head = Source(name, next(DISK.pieces(path, _HEAD, name), b""))
    return head if len(head.data) < _HEAD or prolog(head).root else DISK.read(path, name)


def _before(source: Source) -> Prolog:
    """What stands before the root. Mostly the first part of the file is enough, and the rest need not be decoded for it."""
    for most in (_BEGINNING, _HEAD):
        seen = prolog(Source(source.name, source.data[:most]))
        if seen.root or len(source.data) <= most:
            return seen
    return prolog(source)


class Checker:
    """Checks one file after another with the same options; a copy in another process is made of these alone.

    Raises SchemaError for a schema that is not usable.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.schemas: Schemas | None = None
        if any(code.startswith("S") for code in options.select):
            self.schemas = Schemas(options.schemas, options.otherwise, options.project)
        self.needs_tree = any(code[0] not in "SX" for code in options.select)
        self._digests: dict[Path, str] = {}

    def __reduce__(self) -> tuple[type[Checker], tuple[Options]]:
        return Checker, (self.options,)

    def check(self, target: Target) -> Verdict:
        """What is to be said about a file."""
        if target.trouble is not None:
            return Verdict(target.name, (target.trouble,))
        try:
            if DISK.size(target.path) > LARGE:
                return self._streamed(target)
            source = DISK.read(target.path, target.name)
        except FileError as error:
            return Verdict(target.name, (Finding(target.name, 1, 1, "X002", Severity.ERROR, error.message, error.help),))
        before = _before(source)
        if self._passes_over(target, before):
            return Verdict(target.name, passed_over=True)
        chosen = self._chosen(target, before)
        try:
            if not self.needs_tree and chosen.schemas and _is_plain(source, before):
                found, further = chosen.of_source(source)
                return self._verdict(source, found, further, chosen)
            return self._with_tree(target, source, chosen)
        except DocumentError as error:
            return self._verdict(source, list(error.findings), 0, Chosen())

    def close(self) -> None:
        """At the end of a run."""
        if self.schemas is not None:
            self.schemas.keep()

    def _passes_over(self, target: Target, before: Prolog) -> bool:
        return (target.walked or not self.options.strict) and not before.may_be_tei

    def _chosen(self, target: Target, before: Prolog) -> Chosen:
        return Chosen() if self.schemas is None else self.schemas.choose(before, target.name, target.path)

    def _with_tree(self, target: Target, source: Source, chosen: Chosen) -> Verdict:
        from siglum.check import rule  # lxml and the rules are not wanted where a schema alone is asked for
        from siglum.check.rules import rules
        from siglum.text.document import parse

        document = parse(source, path=target.path, within=self.options.within)
        of_schemas, further = chosen.of_document(document)
        found = [*document.findings, *of_schemas, *rule.apply(rules(), document, self.options.select, self.options.policy)]
        return self._verdict(source, found, further, chosen, document)

    def _streamed(self, target: Target) -> Verdict:
        """A file too large for a tree: what the schema has against it, and a word about what was not looked at."""
        name, select = target.name, self.options.select
        before = prolog(_head(target.path, name))
        if self._passes_over(target, before):
            return Verdict(name, passed_over=True)
        chosen = self._chosen(target, before)
        try:
            if not chosen.schemas:
                _read_through(target.path, name)
            found, further = chosen.of_file(target.path, name)
        except DocumentError as error:
            found, further = list(error.findings), 0
        found = [_not_looked_at(name), *(each for each in found if each.code in select or each.code.startswith("X"))]
        rests_on = self._rests_on(chosen.files, found)
        content = "" if rests_on is None else digest_of(target.path)
        return Verdict(name, tuple(found), further=further, content=content, rests_on=rests_on or ())

    def _verdict(
        self, source: Source, found: list[Finding], further: int, chosen: Chosen, document: Document | None = None
    ) -> Verdict:
        """In the order of the file; what is about included files comes after it."""
        wanted = {each for each in found if each.code in self.options.select or each.code.startswith("X")}
        findings = sorted(_one_a_fault(wanted), key=lambda each: (each.path != source.name, each))
        parts = {each.name: each for each, _ in document.origins.values()} if document is not None else {}
        sources = parts | {source.name: source}
        whole = [with_end(sources[each.path], each) if each.path in sources else each for each in findings]
        excerpts = {each: excerpt(sources[each.path], each) for each in whole if each.path in sources}
        rests_on = self._rests_on(chosen.files, whole, sources if parts else {})
        content = "" if rests_on is None else digest(source.data)
        return Verdict(source.name, tuple(whole), excerpts, further, content=content, rests_on=rests_on or ())

    def _rests_on(
        self, files: Iterable[Path], found: list[Finding], parts: dict[str, Source] | None = None
    ) -> tuple[tuple[str, str], ...] | None:
        """The files with their digests; None where the verdict might be another one although all of them are the same."""
        if not self.options.kept or any(each.code in _PASSING for each in found):
            return None
        known: dict[str, str] = {}
        for name, part in (parts or {}).items():
            if any(word in part.data for word in _WITHOUT_TRACE) or digest_of(Path(name)) != digest(part.data):
                return None
            known[str(Path(name).absolute())] = digest(part.data)
        for path in files:
            if path not in self._digests:
                self._digests[path] = digest_of(path)
            known[str(path.absolute())] = self._digests[path]
        return tuple(sorted(known.items()))


def safely(checker: Checker, target: Target) -> Verdict:
    """The verdict; where siglum itself fails on a file, that is one, and the others are still checked. Raises SiglumError."""
    try:
        return checker.check(target)
    except SiglumError:
        raise
    except Exception as error:  # a fault of ours, whatever it is
        return failed(target, told(error))


def check_schema(path: Path) -> Verdict:
    """Whether a RELAX NG schema is correct: S011 where it is not, in the file and line that has the fault."""
    try:
        relaxng.load(path, cache=False)
    except FileError as error:
        finding = Finding(Target(path).name, 1, 1, "X002", Severity.ERROR, error.message, error.help)
        return Verdict(Target(path).name, (finding,))
    except SchemaError as error:
        name, line, column = re.fullmatch(_PLACE, error.where or Target(path).name).groups()  # type: ignore[union-attr]
        finding = Finding(name, int(line or 1), int(column or 1), "S011", Severity.ERROR, error.message, error.help)
        with suppress(FileError):
            return Verdict(name, (finding,), {finding: excerpt(DISK.read(Path(name)), finding)})
        return Verdict(name, (finding,))
    return Verdict(Target(path).name)


def failed(target: Target, reason: str) -> Verdict:
    """The verdict on a file that brought siglum down."""
    message = f"siglum failed on this file: {reason}"
    help_ = "nothing is known about it, the others are checked all the same; please report this"
    return Verdict(target.name, (Finding(target.name, 1, 1, "X008", Severity.ERROR, message, help_),))


def told(error: Exception) -> str:
    """The error and the line of siglum it comes from."""
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f" ({Path(at.tb_frame.f_code.co_filename).name}, line {at.tb_lineno})" if at is not None else ""
    return f"{type(error).__name__}: {error}{where}".replace("\n", " ")[:300]


def digest_of(path: Path) -> str:
    """The digest of a file of any size; empty where it cannot be read, or only once (a pipe)."""
    try:
        return digest_pieces(DISK.pieces(path, 1 << 20)) if path.is_file() else ""
    except FileError:
        return ""


def _is_plain(source: Source, before: Prolog) -> bool:
    """Whether expat alone reads the file as the tree's parser would."""
    encoded = source.encoding in {"utf-8", "utf-8-sig", "ascii"}
    return encoded and before.root in _P5_ROOTS and not any(each in source.data for each in _WANTS_A_TREE)


def _read_through(path: Path, name: str) -> None:
    """Raises DocumentError where a file, of any size, is not well-formed."""
    parser = expat.ParserCreate()
    try:
        for piece in DISK.pieces(path, _HEAD, name):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = f"not well-formed: {expat.ErrorString(error.code)}"
        found = Finding(name, error.lineno, error.offset + 1, "X001", Severity.ERROR, message, "mend the XML here")
        raise DocumentError([found]) from None


def _not_looked_at(name: str) -> Finding:
    message = "the file is too large to be held as a tree: only what a schema can say was looked at, and XInclude not followed"
    return Finding(name, 1, 1, "X009", Severity.WARNING, message, "divide it into several files to have all of it checked")


def _one_a_fault(findings: Collection[Finding]) -> list[Finding]:
    covered = {(each.path, each.line, each.column, code) for each in findings for code in _SAME_FAULT.get(each.code, ())}
    return [each for each in findings if (each.path, each.line, each.column, each.code) not in covered]
