"""`siglum list`: what documents hold, as a table."""

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
_FORMATS = ["table", *extract.FORMATS, *_OWN, *(each for each in cite.FORMATS if each not in _OWN)]
_BY = ", ".join(dict.fromkeys(key for kind in extract.KINDS.values() for key in kind.by))


@frozen
class _Listed:
    """What was found in one document."""

    edition: Edition
    rows: list[tuple[Element, Any]]


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
    help="The format; without it a table on a terminal, else csv.",
)
@click.option("--by", metavar="WHAT", help=f"Count by {_BY}, as the list has them.")
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
    """List what documents hold: quotations, notes, names, dates, corrections, references, bibliography.

    DOC may be a folder: all XML files below it. Of several documents each row has its file; one that cannot be read is named,
    and the others are listed. Formats: table, csv, json, jsonl; w3c (Web Annotations), tei (quotations, names, dates, notes),
    dts (references), and for the bibliography those of `siglum cite`. In CSV, a cell that a spreadsheet would take for a
    formula begins with an apostrophe. docs/lists.md tells more.
    """
    form = form or ("table" if output is None and sys.stdout.isatty() else "csv")
    _check(kind, form, by, unsourced=unsourced, level=level)
    listed, failed = _listed(kind, paths, system)
    kept = [replace(each, rows=[row for row in each.rows if _wanted(row[1], unsourced, level)]) for each in listed]
    several = len(paths) > 1 or DISK.is_folder(paths[0])
    deliver(_written(kind, form, by, kept, several=several), output)
    raise SystemExit(1 if failed else 0)


def _check(kind: str, form: str, by: str | None, *, unsourced: bool, level: int | None) -> None:
    """Say what does not go together before anything is read."""
    known = extract.KINDS[kind].by
    if by is not None and by not in known:
        raise click.BadParameter(f"{kind} are counted by {', '.join(known)}", param_hint="--by")
    if unsourced and kind != "quotations":
        raise click.BadParameter("only quotations have a source", param_hint="--unsourced")
    if level is not None and kind != "references":
        raise click.BadParameter("only references have levels", param_hint="--level")
    rows = {"table", *extract.FORMATS}
    own = {"references": {"dts"}, "bibliography": set(cite.FORMATS), "corrections": {"w3c"}}.get(kind, {"w3c", "tei"})
    allowed = [each for each in _FORMATS if each in rows or (each in own and by is None)]
    if form not in allowed:
        counted = " counted by something" if by is not None else ""
        raise click.BadParameter(f"{kind}{counted} can be written as {', '.join(allowed)}", param_hint="--to")


def _listed(kind: str, paths: tuple[Path, ...], system: str) -> tuple[list[_Listed], bool]:
    """What each document holds; whether one of them could not be read. A fault in the only one is an error."""
    found: list[_Listed] = []
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
            say(f"{opened.source.name}: there is no `text` in it, and the list is of what a text holds")
        found.append(_Listed(edition, list(extract.KINDS[kind].items(edition))))
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


def _wanted(row: Any, unsourced: bool, level: int | None) -> bool:
    return not (unsourced and (row.source or row.reference)) and (level is None or row.level == level)


def _written(kind: str, form: str, by: str | None, listed: list[_Listed], *, several: bool) -> str:
    if form in _OWN and kind != "bibliography":
        return _own(kind, form, listed)
    if form in cite.FORMATS:
        return _bibliography(form, listed)
    known = extract.KINDS[kind]
    rows = [(one.edition.document.source.name, row) for one in listed for _, row in one.rows]
    row_type, shown = known.row, known.shown
    files = [file for file, _ in rows] if several else []
    made: list[Any] = [row for _, row in rows]
    if by is not None:
        made = extract.grouped(rows if several else [("", row) for _, row in rows], known.by[by])
        row_type, shown, files = extract.GroupRow, ("value", "count", "name", "places"), []
    if form == "table":
        from siglum.convert.extract import table  # each run writes one format

        return table.write(made, shown, files, _terminal())
    return extract.FORMATS[form].write(row_type, made, files)


def _bibliography(form: str, listed: list[_Listed]) -> str:
    """The works as a file of citations; what could not be read of them and what the format has no place for is said."""
    records = []
    for one in listed:
        document = one.edition.document
        for entry in bibliography.read_bibliography(document):
            empty = bibliography.is_empty_entry(entry)
            for each in entry.remarks:
                say(f"{document.source.name}:{each.line or entry.line}: {each}{' (left out)' if empty else ''}")
            records += [entry.record] * (not empty)
    unique = cite.make_unique(records)
    text = citing.write_records(cite.FORMATS[form], unique)
    if form != "text":
        citing.report_left_out(cite.FORMATS[form], unique)
    return text


def _terminal() -> int:
    """The columns of the terminal, where it says how many it has."""
    return click.formatting.HelpFormatter(max_width=1000).width + 2


def _own(kind: str, form: str, listed: list[_Listed]) -> str:
    from siglum.convert.extract import dts, tei_list, w3c  # each run writes one format

    pairs = [(one.edition, one.rows) for one in listed]
    if form == "w3c":
        return w3c.write(kind, pairs)
    return tei_list.write(kind, pairs) if form == "tei" else dts.write(pairs)
