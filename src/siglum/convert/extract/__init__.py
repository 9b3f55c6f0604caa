"""What a document holds, as tables: its quotations, its notes. A row is a record, and a writer for each format.

rows = quotations(resolve(document))
table = FORMATS["csv"].write(rows)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from siglum.convert.extract import csv_table, json_list
from siglum.convert.extract.notes import NoteRow, notes
from siglum.convert.extract.quotations import QuotationRow, quotations
from siglum.text.edition import Edition

__all__ = ["FORMATS", "KINDS", "Format", "Kind", "NoteRow", "QuotationRow", "Row", "notes", "quotations"]

Row = QuotationRow | NoteRow


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write rows: the file's ending, its media type, the function (of the row's type and the rows)."""

    suffix: str
    media_type: str
    write: Callable[[type[Row], Sequence[Row]], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A thing that can be listed: the type of its rows, and what finds them."""

    row: type[Row]
    find: Callable[[Edition], Sequence[Row]]


FORMATS = {
    "csv": Format(".csv", "text/csv", csv_table.write),
    "json": Format(".json", "application/json", json_list.write),
}
"""Every format by the name it has on the command line."""

KINDS = {"quotations": Kind(QuotationRow, quotations), "notes": Kind(NoteRow, notes)}
"""Everything that can be listed, by its name on the command line."""
