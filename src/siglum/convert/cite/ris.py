"""RIS: two letters, two spaces, a hyphen, a space, a value, one line each. A value cannot begin a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Record, When

_TYPES = {"chapter": "CHAP", "book": "BOOK", "article-journal": "JOUR"}
_END = "\r\n"


def write(records: Sequence[Record]) -> str:
    """The records as a .ris file, with the line ends that the format prescribes."""
    return "".join(_entry(each) for each in records)


def _entry(record: Record) -> str:
    lines = [f"{tag}  - {one_line(value)}" for tag, value in _fields(record) if one_line(value)]
    return _END.join([f"TY  - {_TYPES.get(record.type, 'GEN')}", *lines, "ER  - ", "", ""])


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "ID", record.id
    yield from (("AU", each.inverted) for each in record.author)
    yield "TI", record.title
    yield "T2", record.container_title
    yield "T3", record.collection_title
    yield from (("A2" if record.container_title else "ED", each.inverted) for each in record.editor)
    yield from (("A4", each.inverted) for each in record.translator)
    yield "ET", record.edition
    yield "VL", record.volume
    yield "IS", record.issue or record.collection_number
    first, _, last = record.page.replace("–", "-").partition("-")
    yield "SP", first
    yield "EP", last
    yield "PB", record.publisher
    yield "CY", record.publisher_place
    yield "PY", record.issued.year if record.issued.start else record.issued.literal
    yield "DA", _date(record.issued)
    yield "OP", ", ".join(filter(None, (record.original_publisher_place, record.original_publisher, record.original_date.iso)))
    yield "DB", record.archive
    yield "CN", record.call_number
    yield "LA", record.language
    yield "SN", record.isbn
    yield "DO", record.doi
    yield "UR", record.url
    yield "N1", record.note
    yield "N1", record.annotation


def _date(when: When) -> str:
    """YYYY/MM/DD/words, the parts that are not known left empty."""
    if not when.start or when.start[0] < 1:
        return ""
    month, day = ([f"{part:02}" for part in when.start[1:]] + ["", ""])[:2]
    words = when.iso if when.end or when.circa else ""
    return f"{when.start[0]:04}/{month}/{day}/{words}"
