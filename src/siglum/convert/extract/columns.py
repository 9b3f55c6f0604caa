"""Rows as columns: the fields of their type, and before them the file, where the rows of several documents are in one list."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any


def columns(row: type[Any], files: Sequence[str]) -> list[str]:
    """The names of the columns."""
    return ["file"] * bool(files) + [field.name for field in dataclasses.fields(row)]


def cells(row: type[Any], rows: Sequence[object], files: Sequence[str]) -> Iterator[list[object]]:
    """The values of each row, in the order of the columns."""
    names = [field.name for field in dataclasses.fields(row)]
    for at, each in enumerate(rows):
        yield [*files[at : at + 1], *(getattr(each, name) for name in names)]
