"""Build a site from the documents of the configuration: pages, texts, citations, lists, TEI files and an index.

siglum checks each document and compares it with its transcript. It leaves out a document that it cannot read, and builds the
others. When the folder is complete, it replaces the old one in one step.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from siglum.check import fidelity
from siglum.check.discovery import Target
from siglum.check.document import Checker
from siglum.check.options import Options as CheckOptions
from siglum.check.verdict import Verdict
from siglum.convert import cite, export, extract
from siglum.convert.document_export import sharing_tree
from siglum.convert.writers.html import index
from siglum.errors import ConfigError, DocumentError, FileError
from siglum.project.config import Config
from siglum.project.options import resolve_options
from siglum.project.publish import published
from siglum.text import header
from siglum.text.atomic import write_folder
from siglum.text.diagnostic import Finding, Severity, excerpt
from siglum.text.document import Document, open_document
from siglum.text.edition import resolve
from siglum.text.files import DISK
from siglum.text.policy import Policy

Progress = Callable[[int, int, str], None]
"""Called before each document with the number of finished documents, the number of all, and its name."""

_INDEX = "index.html"
_OURS = frozenset({"cite", "schema", *extract.KINDS})
"""Parts of file names between the stem of a document and the suffix."""


@dataclass(slots=True)
class Built:
    """What was made and found. `files` are paths below the folder; `left_out` says per document what its text lacks.

    Findings name files as seen from `here`.
    """

    folder: Path
    here: Path
    files: list[str] = field(default_factory=list)
    documents: int = 0
    verdicts: list[Verdict] = field(default_factory=list)
    comparisons: dict[str, fidelity.Comparison] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    @property
    def findings(self) -> list[Finding]:
        """The findings of all documents and comparisons."""
        of_documents = [each for verdict in self.verdicts for each in verdict.findings]
        return of_documents + [each for compared in self.comparisons.values() for each in compared.findings]

    @property
    def failed(self) -> bool:
        return any(each.severity is Severity.ERROR for each in self.findings)


def build(
    config: Config, output: Path, progress: Progress = lambda _done, _all, _name: None, here: Path | None = None
) -> Built:
    """Build everything into `output`. Raises ConfigError where nothing is named, FileError, SchemaError.

    `here`: the folder from which findings name the files; that of the configuration, if none is given.
    """
    paths = list(_documents(config))
    if not paths:
        help_ = 'name files or folders under documents, as in documents = ["tei"]'
        raise ConfigError("no document is named", where=str(config.file or config.root), help=help_)
    built = Built(output, here or config.root)
    maker = _Maker(config, resolve_options(config), built)
    content: dict[str, bytes] = {}
    entries: list[index.Entry] = []
    for done, (path, stem) in enumerate(_named(paths, config.root)):
        progress(done, len(paths), stem)
        made = maker.edition(path, stem)
        if made is not None:
            content.update(made[0])
            entries.append(made[1])
            built.documents += 1
    content[_INDEX] = index.write(config.title, entries).encode()
    progress(len(paths), len(paths), _INDEX)
    write_folder(output, content)
    built.files = [_INDEX, *sorted(set(content) - {_INDEX})]
    return built


def _documents(config: Config) -> Iterator[Path]:
    """The documents of the configuration, without duplicates."""
    seen: set[Path] = set()
    for path in config.documents:
        for each in DISK.walk(path) if DISK.is_folder(path) else (path,):
            if each.resolve() not in seen:
                seen.add(each.resolve())
                yield each


def _named(paths: list[Path], root: Path) -> Iterator[tuple[Path, str]]:
    """Pair documents with unique stems for their output: the stem of the file, with its folders if two would be equal."""
    same = Counter(path.stem.casefold() for path in paths)
    taken: Counter[str] = Counter()
    for path in paths:
        stem = path.stem
        if same[stem.casefold()] > 1 or f"{stem}.html" == _INDEX:
            inside = path.relative_to(root) if path.is_relative_to(root) else path
            stem = "-".join(PurePosixPath(inside.as_posix().lstrip("/")).with_suffix("").parts)
        if stem.rpartition(".")[2].casefold() in _OURS:  # “a.cite.xml” and the citation of “a.xml” would both be “a.cite.txt”
            stem = stem.replace(".", "-")
        taken[stem.casefold()] += 1
        yield path, stem if taken[stem.casefold()] == 1 else f"{stem}-{taken[stem.casefold()]}"


class _Maker:
    """Makes the output files of documents with one set of options."""

    def __init__(self, config: Config, wanted: export.Options, built: Built) -> None:
        self.config = config
        self.wanted = wanted
        self.built = built
        self.told: set[Finding] = set()
        wanted_checks = CheckOptions(default_schemas=config.schemas, project=config.root, within=config.root, cached=False)
        self.checker = Checker(replace(wanted_checks, policy=config.asked))

    def edition(self, path: Path, stem: str) -> tuple[dict[str, bytes], index.Entry] | None:
        """Make the files of one document. Returns None if siglum cannot read it; the verdict says why."""
        config, here = self.config, self.built.here
        shown = path.relative_to(config.root).as_posix() if path.is_relative_to(config.root) else str(path)
        try:
            document = open_document(path, name=shown, within=config.root)
        except (DocumentError, FileError):
            self.built.verdicts.append(_seen_from(here, config.root, self.checker.check(Target(path))))
            return None
        document.with_text = True  # JSON and standoff text need the positions of text
        verdict = _seen_from(here, config.root, self.checker.check_document(document, path))
        self.built.verdicts.append(verdict)
        self._compare(document, path, stem)
        files = published(document, path, stem, config.root)
        links = [("TEI", f"{stem}.xml")]
        with sharing_tree(document, self.wanted):
            made = {form: form.export(document, self.wanted) for form in export.FORMATS.values()}
        for form, exported in made.items():
            file = stem + form.endings[-1]
            files[file] = exported.data
            links.append((form.title, file))
        self.built.left_out[stem] = list(_left_out(made))
        self.built.verdicts[-1] = self._with_remarks(verdict, document, made.values())
        record, _ = cite.cite(header.read(document))
        for title, file, written in (*_citations(record, stem), *_lists(document, stem, config.policy)):
            files[file] = written.encode()
            links.append((title, file))
        author = ", ".join(each.full for each in record.author)
        addresses = tuple((words, quote(file)) for words, file in links)
        return files, index.Entry(record.title or stem, author, record.container_title, quote(f"{stem}.html"), addresses)

    def _compare(self, document: Document, path: Path, stem: str) -> None:
        """Compare a document with its transcripts in the configuration."""
        config, here = self.config, self.built.here
        for whole, transcript in config.transcripts:
            if whole == path:
                source = DISK.read(transcript, os.path.relpath(transcript, here))
                compared = fidelity.compare(document, source, policy=config.policy)
                found = tuple(_named_from(here, config.root, each) for each in compared.findings)
                self.built.comparisons[stem] = replace(compared, findings=found)

    def _with_remarks(self, verdict: Verdict, document: Document, made: Iterable[export.Output]) -> Verdict:
        """Add the findings of the exports to the verdict; a finding about an ODD appears once in a build."""
        findings, excerpts = list(verdict.findings), dict(verdict.excerpts)
        source = document.source
        for each in dict.fromkeys(finding for exported in made for finding in exported.findings):
            named = _named_from(self.built.here, self.config.root, each)
            if named not in self.told:
                self.told.add(named)
                findings.append(named)
                if each.path == source.name:
                    excerpts[named] = excerpt(source, each)
        return replace(verdict, findings=tuple(findings), excerpts=excerpts)


def _left_out(made: Mapping[export.Format, export.Output]) -> Iterator[str]:
    """Write one line per reason for omissions; it names the formats unless all of them have the omission."""
    forms: dict[str, list[str]] = {}
    for form, exported in made.items():
        for line in exported.omission_lines():
            forms.setdefault(line, []).append(form.title)
    for line, those in forms.items():
        yield f"left out of {'the reading text' if len(those) == len(made) else ', '.join(those)}: {line}"


def _citations(record: cite.Record, stem: str) -> Iterator[tuple[str, str, str]]:
    """Yield title, file name and content of each offered citation."""
    for form in (cite.FORMATS[each] for each in cite.OFFERED):
        file = f"{stem}.cite{form.suffix}" if form.suffix in {".txt", ".json"} else stem + form.suffix
        yield form.title, file, form.write([record])


def _lists(document: Document, stem: str, policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Yield title, file name and content of each list that is not empty."""
    edition = resolve(document, policy=policy)
    names, forms = extract.BUILT
    for name in names:
        listed = extract.KINDS[name]
        rows = [row for _, row in listed.items(edition)]
        for each in forms if rows else ():
            form = extract.FORMATS[each]
            yield f"{name} ({each})", f"{stem}.{name}{form.suffix}", form.write(listed.row, rows, ())


def _seen_from(here: Path, root: Path, verdict: Verdict) -> Verdict:
    """Make the paths of a verdict, which are relative to `root`, relative to `here`."""
    named = {each: _named_from(here, root, each) for each in verdict.findings}
    excerpts = {named[each]: shown for each, shown in verdict.excerpts.items() if each in named}
    name = os.path.relpath(root / verdict.name, here)
    return replace(verdict, name=name, findings=tuple(named.values()), excerpts=excerpts)


def _named_from(here: Path, root: Path, finding: Finding) -> Finding:
    return replace(finding, path=os.path.relpath(root / finding.path, here))
