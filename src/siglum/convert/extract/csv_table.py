"""CSV (RFC 4180, UTF-8): a header line, a line for each row, CRLF.

A spreadsheet takes a cell that begins with = + - @, a tab or a carriage return for a formula: such a cell gets an apostrophe
before it. JSON gives the words unchanged.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from siglum.convert.extract.columns import cells, columns

_FORMULA = tuple("=+-@\t\r")


def write(row: type[object], rows: Sequence[object], files: Sequence[str] = ()) -> str:
    """The rows under a line with the names of the fields of their type; `files`: the file of each, the first column."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(columns(row, files))
    writer.writerows([_cell(value) for value in each] for each in cells(row, rows, files))
    return table.getvalue()


def _cell(value: object) -> str:
    """A value as a harmless cell; truth is “true” or “false”, no number is empty."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
