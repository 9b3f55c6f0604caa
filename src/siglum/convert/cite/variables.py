"""The variables of a record by kind, and their names in CSL 1.0.2 (appendix IV).

The kinds come from the annotations of `Record`, so that every format knows a new variable at once.
"""

from __future__ import annotations

import re
from dataclasses import fields

from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Agent, Credit, Record, When

KINDS = {variable.name: str(variable.type) for variable in fields(Record)}
TEXTS = tuple(name for name, kind in KINDS.items() if kind == "str" and name not in {"id", "type"})
NAMES = tuple(name for name, kind in KINDS.items() if kind == "tuple[Agent, ...]")
DATES = tuple(name for name, kind in KINDS.items() if kind == "When")

WITHOUT_WORDS = frozenset({"id", "type", "proper", "original_is_first"})
"""Variables without words of the source. A format that lacks them leaves nothing out."""

_CSL_NAMES = {
    "url": "URL",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "archive_collection": "archive_collection",
    "archive_location": "archive_location",
}
_EMPTY = Record()
_DASHES = re.compile(r"\s*[–—-]+\s*")
_SEPARATORS = re.compile(r"\s*[;,]\s*")


def csl_name(field: str) -> str:
    """The CSL name of a variable: container_title is container-title."""
    return _CSL_NAMES.get(field, field.replace("_", "-"))


BY_CSL = {csl_name(name): name for name in KINDS}


def is_empty(record: Record, field: str) -> bool:
    """Whether a variable of the record is empty."""
    return bool(getattr(record, field) == getattr(_EMPTY, field))


def split_pages(record: Record) -> tuple[str, str]:
    """The first and the last page; the last is empty if there is no range."""
    first, *last = _DASHES.split(one_line(record.page), maxsplit=1)
    return first, last[0] if last else ""


def split_keywords(record: Record) -> list[str]:
    return _SEPARATORS.split(one_line(record.keyword))


def format_value(value: object) -> str:
    """Format any value as one line: names in sorting order, separated by semicolons; dates as EDTF."""
    match value:
        case str():
            return one_line(value)
        case When():
            return value.iso
        case tuple():
            return "; ".join(filter(None, map(_format_item, value)))
        case _:
            return ""


def _format_item(value: object) -> str:
    if isinstance(value, Agent):
        return one_line(value.inverted)
    if isinstance(value, Credit):
        return one_line(f"{value.role}: {', '.join(value.names)}")
    return one_line(" ".join(map(str, value)) if isinstance(value, tuple) else str(value))
