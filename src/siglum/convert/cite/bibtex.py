"""BibTeX, with the fields that biblatex adds for originals. UTF-8 is kept; what TeX would read as more than text is escaped.

No value can end its field: braces become commands, so that the only braces are those written here, in pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Agent, Record, When
from siglum.text.header.records import keeping

_TYPES = {"book": "book", "article-journal": "article"}
_OF_MISC = {"publisher": "howpublished", "edition": "version", "series": "titleaddon"}
"""What biblatex's data model calls on `@misc` the fields it does not know there."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': '{"}',
}
_TABLE = str.maketrans(_ESCAPES)
_ADDRESS = str.maketrans(
    {"\\": "%5C", "{": "%7B", "}": "%7D", '"': "%22", "^": "%5E", "`": "%60", "<": "%3C", ">": "%3E", " ": "%20"}
)
_NAME_SYNTAX = re.compile(r"(?:^|\s)and(?:\s|$)|,", re.IGNORECASE)


def write(records: Sequence[Record]) -> str:
    """The records as a .bib file."""
    return "\n".join(_entry(each) for each in records)


def escape(text: str) -> str:
    """Text in one line, made safe between braces."""
    return one_line(text).translate(_TABLE)


def _entry(record: Record) -> str:
    kind = _type(record)
    renamed = _OF_MISC if kind == "misc" else {}
    known = [(renamed.get(key, key), value) for key, value in _fields(record) if value not in {"", "{}"}]
    fields = "".join(f"  {key} = {value},\n" for key, value in known)
    return f"@{kind}{{{record.id},\n{fields}}}\n"


def _type(record: Record) -> str:
    """A chapter is `@inbook` in its author's book, and `@incollection` in an editor's."""
    if record.type == "chapter":
        return "incollection" if record.editor else "inbook"
    return _TYPES.get(record.type, "misc")


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "author", _names(record.author)
    yield "title", _title(record.title, record.proper)
    yield {"article-journal": "journal"}.get(record.type, "booktitle"), _title(record.container_title, record.proper)
    yield "bookauthor", _names(record.container_author if _type(record) == "inbook" else ())
    yield "editor", _names(record.editor)
    yield "translator", _names(record.translator)
    yield "edition", _braced(record.edition)
    yield "series", _title(record.collection_title, record.proper)
    yield "number", _braced(record.issue or record.collection_number)
    yield "volume", _braced(record.volume)
    yield "pages", _braced(re.sub(r"(?<=\d)\s*[-–—]\s*(?=\d)", "--", record.page))
    yield "publisher", _literal_list(record.publisher)
    yield "address", _literal_list(record.publisher_place)
    yield from _date(record.issued)
    yield "origdate", _braced(record.original_date.iso if record.original_date.start else "")
    yield "origtitle", _title(record.original_title, record.proper)
    yield "origpublisher", _literal_list(record.original_publisher)
    yield "origlocation", _literal_list(record.original_publisher_place)
    yield "library", _braced(keeping(record.archive_place, record.archive, record.call_number))
    yield "language", _braced(record.language)
    yield "isbn", _braced(record.isbn)
    yield "doi", _braced(record.doi)
    yield "url", "{" + one_line(record.url).translate(_ADDRESS) + "}"
    yield "note", _braced(record.note)
    yield "annotation", _braced(record.annotation)


def _braced(text: str) -> str:
    return "{" + escape(text) + "}"


def _title(text: str, proper: tuple[str, ...]) -> str:
    """A title; words that are names are braced, so that no style takes their capitals."""
    pieces = (each.translate(_TABLE) for each in re.split(r"(\w+)", one_line(text)))
    return "{" + "".join(f"{{{each}}}" if each in proper else each for each in pieces) + "}"


def _literal_list(text: str) -> str:
    """A list of institutions or places: “and” inside one of them does not part it."""
    items = [each for each in one_line(text).split("; ") if each]
    return (
        "{" + " and ".join(_whole(each) if _NAME_SYNTAX.search(each.replace(",", "")) else escape(each) for each in items) + "}"
    )


def _names(agents: tuple[Agent, ...]) -> str:
    return "{" + " and ".join(_name(each) for each in agents) + "}"


def _name(agent: Agent) -> str:
    """“von Last, Jr, First”; a name that is not to be taken apart stands in braces of its own."""
    if agent.literal:
        return _whole(agent.literal)
    parts = [f"{_part(agent.particle)} {_part(agent.family)}".strip(), _part(agent.suffix), _part(agent.given)]
    return ", ".join([parts[0], *(part for part in parts[1:2] if part), *(part for part in parts[2:] if part)])


def _part(text: str) -> str:
    return _whole(text) if _NAME_SYNTAX.search(text) else escape(text)


def _whole(text: str) -> str:
    return "{" + escape(text) + "}"


def _date(when: When) -> Iterator[tuple[str, str]]:
    """Year and month for every BibTeX; a range, a day or a doubtful date as biblatex's `date`, which holds them."""
    if not when.start:
        yield "year", _braced(when.literal)
    elif when.end or when.circa or when.start[0] < 1 or len(when.start) > 2:
        yield "date", _braced(when.iso).replace(r"\textasciitilde{}", "~")
        yield "year", _braced(when.year)
    else:
        yield "year", _braced(when.year)
        yield "month", _MONTHS[when.start[1] - 1] if len(when.start) > 1 else ""
