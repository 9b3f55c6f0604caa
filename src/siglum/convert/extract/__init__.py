"""What a document holds, as tables: quotations, notes, names, dates, corrections, references, works. A row is a record.

rows = quotations(resolve(document))
table = FORMATS["csv"].write(QuotationRow, rows)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from siglum.convert.extract import csv_table, json_list
from siglum.convert.extract.grouped import GroupRow, grouped
from siglum.convert.extract.kinds import KINDS, Kind, Row
from siglum.convert.extract.notes import NoteRow
from siglum.convert.extract.quotations import QuotationRow
from siglum.text.edition import Edition
from siglum.text.frozen import frozen

__all__ = [
    "BUILT",
    "FORMATS",
    "KINDS",
    "Format",
    "GroupRow",
    "Kind",
    "NoteRow",
    "QuotationRow",
    "Row",
    "grouped",
    "notes",
    "quotations",
]


@frozen
class Format:
    """A way to write rows: the file's ending, its media type, the function (of the row's type, the rows, the file of each)."""

    suffix: str
    media_type: str
    write: Callable[[type[object], Sequence[object], Sequence[str]], str]


FORMATS = {
    "csv": Format(".csv", "text/csv", csv_table.write),
    "json": Format(".json", "application/json", json_list.write),
    "jsonl": Format(".jsonl", "application/jsonl", json_list.write_lines),
}
"""Every format of rows by the name it has on the command line."""

BUILT = (tuple(KINDS), ("csv", "json"))
"""The lists, and their formats, that are made of a published edition where there is anything to list."""


def quotations(edition: Edition) -> Sequence[QuotationRow]:
    """The quotations of an edition that are part of the text in its view, in document order."""
    return KINDS["quotations"].find(edition)


def notes(edition: Edition) -> Sequence[NoteRow]:
    """The notes of an edition in the order of their calls."""
    return KINDS["notes"].find(edition)
