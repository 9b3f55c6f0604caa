"""Write RIS: two letters, two spaces, a hyphen, a space and a value per line. A value cannot begin a line.

The tags follow the specification of 2011 (EndNote), as Zotero reads them. A variable without a tag becomes a note of its own,
“event-place: Wien”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Record, When
from siglum.convert.cite.variables import KINDS, WITHOUT_WORDS, csl_name, format_value, is_empty, split_keywords, split_pages

_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "MULTI",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "dataset": "DATA",
    "entry": "ENCYC",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "regulation": "LEGAL",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "treaty": "LEGAL",
    "webpage": "ELEC",
}
_END = "\r\n"
_TAGGED = (
    ("TI", "title"),
    ("ST", "title_short"),
    ("T2", "container_title"),
    ("J2", "container_title_short"),
    ("T3", "collection_title"),
    ("ET", "edition"),
    ("VL", "volume"),
    ("NV", "number_of_volumes"),
    ("SE", "section"),
    ("M3", "genre"),
    ("PB", "publisher"),
    ("CY", "publisher_place"),
    ("RI", "reviewed_title"),
    ("DB", "archive"),
    ("AN", "archive_location"),
    ("CN", "call_number"),
    ("DP", "source"),
    ("LA", "language"),
    ("SN", "isbn"),
    ("SN", "issn"),
    ("DO", "doi"),
    ("UR", "url"),
    ("AB", "abstract"),
    ("N1", "note"),
    ("N1", "annote"),
)
_NAMED = (("AU", "author"), ("A3", "collection_editor"), ("A4", "translator"))
_PLACED = frozenset(name for _, name in (*_TAGGED, *_NAMED)) | frozenset(
    """editor issued accessed page keyword original_date original_publisher original_publisher_place issue collection_number
    credits identifiers license""".split()
)
_SEASONS = ("", "Spring", "Summer", "Autumn", "Winter")


def write(records: Sequence[Record]) -> str:
    """Write a .ris file, with the line ends that the format requires."""
    return "".join(_write_entry(record) for record in records)


def _write_entry(record: Record) -> str:
    lines = [f"{tag}  - {line}" for tag, value in _list_fields(record) if (line := one_line(value))]
    return _END.join([f"TY  - {_TYPES.get(record.type, 'GEN')}", *lines, "ER  - ", "", ""])


def _list_fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "ID", record.id
    for tag, name in _NAMED:
        yield from ((tag, agent.inverted) for agent in getattr(record, name))
    yield from (("A2" if record.container_title else "ED", agent.inverted) for agent in record.editor)
    for tag, name in _TAGGED:
        yield tag, getattr(record, name)
    yield "IS", record.issue or record.collection_number
    first, last = split_pages(record)
    yield "SP", first
    yield "EP", last
    yield "PY", record.issued.year if record.issued.start else record.issued.literal
    yield "DA", _format_date(record.issued)
    yield "Y2", _format_date(record.accessed) or record.accessed.iso
    original = (record.original_publisher_place, record.original_publisher, record.original_date.iso)
    yield "OP", ", ".join(filter(None, original))
    yield from (("KW", keyword) for keyword in split_keywords(record))
    yield "N1", record.annotation
    yield from _list_untagged(record)


def _list_untagged(record: Record) -> Iterator[tuple[str, str]]:
    """List the variables without a tag, each as a note that names it."""
    if record.type not in _TYPES and record.type != "document":
        yield "N1", f"type: {record.type}"
    for name in KINDS:
        if name not in _PLACED and name not in WITHOUT_WORDS and not is_empty(record, name):
            yield "N1", f"{csl_name(name)}: {format_value(getattr(record, name))}"
    if record.issue and record.collection_number:
        yield "N1", f"collection-number: {record.collection_number}"


def _format_date(when: When) -> str:
    """Format a date as YYYY/MM/DD/words; unknown parts stay empty."""
    if not when.start or when.start[0] < 1:
        return ""
    year, *rest = when.start
    month, day = ([f"{part:02}" for part in rest] + ["", ""])[:2]
    said = _SEASONS[when.season] or (when.iso if when.end or when.circa else "")
    return f"{year:04}/{month}/{day}/{said}"
