"""JSON: a list of objects, or an object a line (JSON Lines); the keys in the order of the fields, values of their own type."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from siglum.convert.extract.columns import cells, columns


def write(row: type[object], rows: Sequence[object], files: Sequence[str] = ()) -> str:
    """The rows as a JSON list."""
    return json.dumps(list(_objects(row, rows, files)), ensure_ascii=False, indent=2) + "\n"


def write_lines(row: type[object], rows: Sequence[object], files: Sequence[str] = ()) -> str:
    """The rows as JSON Lines."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in _objects(row, rows, files))


def _objects(row: type[object], rows: Sequence[object], files: Sequence[str]) -> Iterator[dict[str, object]]:
    names = columns(row, files)
    return (dict(zip(names, each, strict=True)) for each in cells(row, rows, files))
