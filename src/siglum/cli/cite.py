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

    DOC may be a bibliography, too: BibTeX and BibLaTeX (.bib) and CSL-JSON (.json) are read into the same records.

    What a header says that has no place in a citation, or in the format, is named on standard error. Of several documents, one
    that cannot be read is named there too, and the others are cited.
    """
    if passage is not None:
        _cite_passage(documents, form, passage, hit, system, output)
        return
    gathered = _RecordCollector()
    gathered.add(documents)
    records = cite.make_unique(gathered.records)
    written = citing.write_records(cite.FORMATS[form], records)
    deliver(written, output)
    if form != "text":  # a reference is a choice of what is known, and nobody expects the abstract in it
        citing.report_left_out(cite.FORMATS[form], records)
    raise SystemExit(1 if gathered.faults else 0)


class _RecordCollector:
    """The records of all that is to be cited, in order, and how much of it could not be read."""

    def __init__(self) -> None:
        self.records: list[cite.Record] = []
        self.faults = 0

    def add(self, paths: Sequence[Path]) -> None:
        """The records of files and folders; a fault in the only one of them is an error, in others it is named."""
        alone = len(paths) == 1 and not DISK.is_folder(paths[0])
        for path, asked in _find_files(paths):
            try:
                self.records += self._library(path) if readers.is_library(path) else [_cite_file(path)]
            except (DocumentError, FileError) as error:
                if alone:
                    raise
                said = " ".join(str(error).split())
                say(f"siglum: {said}" if asked else f"passed over: {said}")
                self.faults += asked

    def _library(self, path: Path) -> Sequence[cite.Record]:
        library = readers.read(DISK.read(path))
        warn(library.findings)
        self.faults += any(finding.severity is Severity.ERROR for finding in library.findings)
        return library.records


def _find_files(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Every file, and whether it was asked for by name; of a folder, the XML files below it."""
    for path in paths:
        if not DISK.is_folder(path):
            yield path, True
            continue
        found = list(DISK.walk(path))
        if not found:
            say(f"siglum: {path.as_posix()}: there are no XML files (.xml, .tei) in this folder")
        yield from ((found_item, False) for found_item in found)


def _cite_file(path: Path) -> cite.Record:
    opened = document.open_document(path)
    warn(opened.findings)
    record, remarks = cite.cite(header.read(opened))
    for remark in remarks:
        say(f"{path}{f':{remark.line}' if remark.line else ''}: {remark}")
    return record


def _cite_passage(
    documents: tuple[Path, ...], form: str, wanted: str, hit: int | None, system: str, output: Path | None
) -> None:
    """Cite one passage of one document; what it is called and where a link to it leads is said on standard error."""
    from siglum.cli.passages import cite_passage  # a whole edition is cited without reading its text

    if len(documents) != 1:
        raise click.UsageError("--passage is of one document")
    opened = document.open_document(documents[0])
    warn(opened.findings)
    record, _ = cite.cite(header.read(opened))
    deliver(cite_passage(opened, load_policy(documents[0]), record, form, wanted, hit, system), output)
