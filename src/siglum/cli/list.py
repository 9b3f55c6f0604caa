"""`siglum list`: a table of the notes, names, quotations and the like of documents."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from siglum.cli import citing
from siglum.cli.options import load_policy, output_option
from siglum.cli.output import deliver, say, warn
from siglum.cli.passages import report_faults, system_option
from siglum.convert import cite, extract
from siglum.convert.cite import bibliography
from siglum.errors import DocumentError, FileError
from siglum.text import document as documents
from siglum.text.edition import resolve
from siglum.text.files import DISK
from siglum.text.frozen import frozen
from siglum.text.tei import elements

if TYPE_CHECKING:
    from siglum.text.edition import Edition
    from siglum.text.tei import Element

_OWN = {
    "w3c": "all but references and bibliography",
    "tei": "quotations, names, dates, notes, bibliography",
    "dts": "references",
}
_FORMATS = ["table", *extract.FORMATS, *_OWN, *(form for form in cite.FORMATS if form not in _OWN)]
_BY = ", ".join(dict.fromkeys(key for kind in extract.KINDS.values() for key in kind.by))


@frozen
class _DocumentRows:
    """The rows of one document."""

    edition: Edition
    rows: list[tuple[Element, object]]


@click.command(
    epilog="""\b
Examples:
  siglum list quotations tei/red-book/remove-stalin.xml
  siglum list quotations tei/red-book/remove-stalin.xml --by speaker
  siglum list names tei/ --by record --to csv -o names.csv
  siglum list notes tei/red-book/remove-stalin.xml --to json -o notes.json
"""
)
@click.argument("kind", type=click.Choice(list(extract.KINDS)), metavar="|".join(extract.KINDS))
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DOC...")
@click.option(
    "--to",
    "form",
    type=click.Choice(_FORMATS),
    metavar="FORMAT",
    help="The format. Default: table on a terminal, else csv.",
)
@click.option("--by", metavar="WHAT", help=f"Count rows by {_BY} (where the list has that column).")
@click.option("--unsourced", is_flag=True, help="Quotations: only those without a source.")
@click.option("--level", type=click.IntRange(min=1), help="References: only those of this level.")
@system_option
@output_option
def command(
    kind: str,
    paths: tuple[Path, ...],
    form: str | None,
    by: str | None,
    unsourced: bool,
    level: int | None,
    system: str,
    output: Path | None,
) -> None:
    """List quotations, notes, names, dates, corrections, references or the bibliography of documents.

    DOC may be a folder, for all XML files below it. With several documents, each row names its file, and siglum reports a
    document that it cannot read and lists the others. Formats: table, csv, json, jsonl; w3c (Web Annotations), tei (quotations,
    names, dates, notes), dts (references); for the bibliography also those of `siglum cite`. In CSV, an apostrophe precedes a
    cell that a spreadsheet would read as a formula. docs/lists.md describes the columns.
    """
    form = form or ("table" if output is None and sys.stdout.isatty() else "csv")
    _check(kind, form, by, unsourced=unsourced, level=level)
    listed, failed = _read_rows(kind, paths, system)
    kept = [replace(found, rows=[row for row in found.rows if _is_selected(row[1], unsourced, level)]) for found in listed]
    several = len(paths) > 1 or DISK.is_folder(paths[0])
    deliver(_write_list(kind, form, by, kept, several=several), output)
    raise SystemExit(1 if failed else 0)


def _check(kind: str, form: str, by: str | None, *, unsourced: bool, level: int | None) -> None:
    """Refuse options that do not go together, before reading anything."""
    known = extract.KINDS[kind].by
    if by is not None and by not in known:
        raise click.BadParameter(f"{kind} can be counted by {', '.join(known)}", param_hint="--by")
    if unsourced and kind != "quotations":
        raise click.BadParameter("only quotations have a source", param_hint="--unsourced")
    if level is not None and kind != "references":
        raise click.BadParameter("only references have levels", param_hint="--level")
    rows = {"table", *extract.FORMATS}
    own = {"references": {"dts"}, "bibliography": set(cite.FORMATS), "corrections": {"w3c"}}.get(kind, {"w3c", "tei"})
    allowed = [name for name in _FORMATS if name in rows or (name in own and by is None)]
    if form not in allowed:
        counted = " counted with --by" if by is not None else ""
        raise click.BadParameter(f"{kind}{counted} can be written as {', '.join(allowed)}", param_hint="--to")


def _read_rows(kind: str, paths: tuple[Path, ...], system: str) -> tuple[list[_DocumentRows], bool]:
    """Read the rows of all documents, and whether a document failed. Raises the error of a document that is the only one."""
    found: list[_DocumentRows] = []
    failed = False
    for path in _files(paths):
        try:
            opened = documents.open_document(path)
        except (DocumentError, FileError) as error:
            if paths == (path,):
                raise
            say(f"siglum: {' '.join(str(error).split())}")
            failed = True
            continue
        warn(opened.findings)
        edition = resolve(opened, policy=load_policy(path), system=system)
        report_faults(edition, edition.references, system)
        if kind != "bibliography" and next(elements(opened.root, "text"), None) is None:
            say(f"{opened.source.name}: the document has no `text`, so the list is empty")
        found.append(_DocumentRows(edition, list(extract.KINDS[kind].items(edition))))
    return found, failed


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if DISK.is_folder(path):
            inside = list(DISK.walk(path))
            if not inside:
                say(f"siglum: {path.as_posix()}: there are no XML files in this folder")
            yield from inside
        else:
            yield path


def _is_selected(row: Any, unsourced: bool, level: int | None) -> bool:
    return not (unsourced and (row.source or row.reference)) and (level is None or row.level == level)


def _write_list(kind: str, form: str, by: str | None, listed: list[_DocumentRows], *, several: bool) -> str:
    if form in _OWN and kind != "bibliography":
        return _write_special(kind, form, listed)
    if form in cite.FORMATS:
        return _write_bibliography(form, listed)
    known = extract.KINDS[kind]
    rows = [(one.edition.document.source.name, row) for one in listed for _, row in one.rows]
    row_type, shown = known.row, known.shown
    files = [file for file, _ in rows] if several else []
    cells: list[Any] = [row for _, row in rows]
    if by is not None:
        cells = extract.grouped(rows if several else [("", row) for _, row in rows], known.by[by])
        row_type, shown, files = extract.GroupRow, ("value", "count", "name", "places"), []
    if form == "table":
        from siglum.convert.extract import table  # a run writes one format

        return table.write(cells, shown, files, _terminal_width())
    return extract.FORMATS[form].write(row_type, cells, files)


def _write_bibliography(form: str, listed: list[_DocumentRows]) -> str:
    """Write the works as citations. Report what siglum could not read, and what the format cannot hold."""
    records = []
    for one in listed:
        document = one.edition.document
        for entry in bibliography.read_bibliography(document):
            empty = bibliography.is_empty_entry(entry)
            for remark in entry.remarks:
                say(f"{document.source.name}:{remark.line or entry.line}: {remark}{' (left out)' if empty else ''}")
            records += [entry.record] * (not empty)
    unique = cite.make_unique(records)
    text = citing.write_records(cite.FORMATS[form], unique)
    if form != "text":
        citing.report_left_out(cite.FORMATS[form], unique)
    return text


def _terminal_width() -> int:
    """The width of the terminal in columns."""
    return click.formatting.HelpFormatter(max_width=1000).width + 2


def _write_special(kind: str, form: str, listed: list[_DocumentRows]) -> str:
    from siglum.convert.extract import dts, tei_list, w3c  # a run writes one format

    pairs = [(one.edition, one.rows) for one in listed]
    if form == "w3c":
        return w3c.write(kind, pairs)
    return tei_list.write(kind, pairs) if form == "tei" else dts.write(pairs)
