"""CSL-JSON: a list of items as citation processors and Zotero read them (schema csl-data.json of CSL 1.0.2)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from siglum.convert.cite.record import Agent, Record, When

_TEXTS = """title container_title collection_title collection_number volume issue page edition publisher
publisher_place original_title original_publisher original_publisher_place archive archive_place call_number language url doi
isbn license note""".split()
_NAMES = ("author", "container_author", "editor", "translator")
_DATES = ("issued", "original_date")
_SPELT = {"url": "URL", "doi": "DOI", "isbn": "ISBN"}


def write(records: Sequence[Record]) -> str:
    """The records as a JSON list."""
    return json.dumps([item(each) for each in records], ensure_ascii=False, indent=2) + "\n"


def item(record: Record) -> dict[str, object]:
    """One record as a CSL item; fields of which nothing is known are left out."""
    return {"id": record.id, "type": record.type, **{key: value for key, value in _fields(record) if value}}


def _fields(record: Record) -> Iterator[tuple[str, object]]:
    for field in _NAMES:
        yield _spelt(field), [_name(each) for each in getattr(record, field)]
    for field in _TEXTS:
        yield _spelt(field), getattr(record, field)
    for field in _DATES:
        yield _spelt(field), _date(getattr(record, field))
    yield "annote", record.annotation


def _spelt(field: str) -> str:
    return _SPELT.get(field, field.replace("_", "-"))


def _name(agent: Agent) -> dict[str, str]:
    parts = ("family", "given", "dropping_particle", "non_dropping_particle", "suffix", "literal")
    return {_spelt(part): value for part in parts if (value := getattr(agent, part))}


def _date(when: When) -> dict[str, object]:
    if not when.start:
        return {"literal": when.literal} if when.literal else {}
    parts: dict[str, object] = {"date-parts": [list(each) for each in (when.start, when.end) if each]}
    return {**parts, "circa": True} if when.circa else parts
