"""`siglum cite`: the citation of one or more editions, and bibliographies from one format into another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from siglum.cli import citing
from siglum.cli.options import load_policy, output_option
from siglum.cli.output import deliver, say, warn
from siglum.cli.passages import hit_option, system_option
from siglum.convert import cite
from siglum.convert.cite import readers
from siglum.errors import DocumentError, FileError
from siglum.text import document, header
from siglum.text.diagnostic import Severity
from siglum.text.files import DISK


@click.command(
    epilog="""\b
Examples:
  siglum cite tei/red-book/remove-stalin.xml
  siglum cite tei/red-book/remove-stalin.xml --to bibtex -o remove-stalin.bib
  siglum cite tei/red-book/remove-stalin.xml --passage remove-stalin.7
  siglum cite tei/ --to biblatex -o editions.bib
  siglum cite library.bib --to csl-json -o library.json
  siglum cite library.bib --to tei -o bibliography.xml
"""
)
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DOC...")
@click.option("--to", "form", type=click.Choice(list(cite.FORMATS)), default="text", show_default=True, help="The format.")
@click.option("--passage", metavar="PASSAGE", help="Cite a passage: a reference, a range, #id or words of the text.")
@hit_option
@system_option
@output_option
def command(
    documents: tuple[Path, ...], form: str, passage: str | None, hit: int | None, system: str, output: Path | None
) -> None:
    """Cite editions from their TEI headers; several documents, or all below a folder, make one bibliography.

    DOC may also be a bibliography in BibTeX or BibLaTeX (.bib) or CSL-JSON (.json).

    Standard error names the facts of a header that a citation or the format cannot hold. With several documents, it also names
    a document that siglum cannot read, and siglum cites the others.
    """
    if passage is not None:
        _cite_passage(documents, form, passage, hit, system, output)
        return
    sources = _Sources()
    sources.add(documents)
    records = cite.make_unique(sources.records)
    text = citing.write_records(cite.FORMATS[form], records)
    deliver(text, output)
    if form != "text":  # a printed reference is a selection by its nature
        citing.report_left_out(cite.FORMATS[form], records)
    raise SystemExit(1 if sources.faults else 0)


class _Sources:
    """The records of all sources in order, and the number of sources that siglum could not read."""

    def __init__(self) -> None:
        self.records: list[cite.Record] = []
        self.faults = 0

    def add(self, paths: Sequence[Path]) -> None:
        """Read files and folders. Report a fault in one of several; raise the error of a single file."""
        alone = len(paths) == 1 and not DISK.is_folder(paths[0])
        for path, is_named in _list_files(paths):
            try:
                self.records += self._read_library(path) if readers.is_library(path) else [_read_header(path)]
            except (DocumentError, FileError) as error:
                if alone:
                    raise
                said = " ".join(str(error).split())
                say(f"siglum: {said}" if is_named else f"skipped: {said}")
                self.faults += is_named

    def _read_library(self, path: Path) -> Sequence[cite.Record]:
        library = readers.read(DISK.read(path))
        warn(library.findings)
        self.faults += any(finding.severity is Severity.ERROR for finding in library.findings)
        return library.records


def _list_files(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """List files, with whether the user named the file; for a folder, the XML files below it."""
    for path in paths:
        if not DISK.is_folder(path):
            yield path, True
            continue
        inside = list(DISK.walk(path))
        if not inside:
            say(f"siglum: {path.as_posix()}: this folder has no XML files (.xml, .tei)")
        yield from ((file, False) for file in inside)


def _read_header(path: Path) -> cite.Record:
    opened = document.open_document(path)
    warn(opened.findings)
    record, remarks = cite.cite(header.read(opened))
    for remark in remarks:
        say(f"{path}{f':{remark.line}' if remark.line else ''}: {remark}")
    return record


def _cite_passage(
    documents: tuple[Path, ...], form: str, wanted: str, hit: int | None, system: str, output: Path | None
) -> None:
    """Cite a passage of one document."""
    from siglum.cli.passages import cite_passage  # slow to import

    if len(documents) != 1:
        raise click.UsageError("--passage needs exactly one document")
    opened = document.open_document(documents[0])
    warn(opened.findings)
    record, _ = cite.cite(header.read(opened))
    deliver(cite_passage(opened, load_policy(documents[0]), record, form, wanted, hit, system), output)
