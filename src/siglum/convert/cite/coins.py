"""Write COinS: one `span` per record, whose title is an OpenURL context object (Z39.88-2004, key/value), for any HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from siglum.convert.cite.kinds import is_in_a_journal
from siglum.convert.cite.line import one_line
from siglum.convert.cite.markup import escape_attribute
from siglum.convert.cite.record import Record
from siglum.convert.cite.variables import KINDS

_GENRES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "bookitem",
    "entry": "bookitem",
    "entry-dictionary": "bookitem",
    "entry-encyclopedia": "bookitem",
    "paper-conference": "proceeding",
    "report": "report",
    "review": "article",
    "review-book": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "periodical": "journal",
}
_PLACED = frozenset(
    """title container_title container_title_short collection_title volume issue page number_of_pages edition author editor
    translator contributor publisher publisher_place issued language url doi isbn issn pmid part_number license abstract keyword
    genre""".split()
)
LEFT_OUT = frozenset(KINDS) - _PLACED - {"id", "type"}


def write(records: Sequence[Record]) -> str:
    """Write one line per record."""
    return "".join(
        f'<span class="Z3988" title="{escape_attribute(build_context_object(record))}"></span>\n' for record in records
    )


def build_context_object(record: Record) -> str:
    """Build the context object: keys and percent-encoded values."""
    pairs = ((key, one_line(value)) for key, value in _list_pairs(record))
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs if value)


def _list_pairs(record: Record) -> Iterator[tuple[str, str]]:
    journal = is_in_a_journal(record.type)
    form = "journal" if journal else "dissertation" if record.type == "thesis" else "book"
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    yield "rfr_id", "info:sid/siglum"
    yield "rft_id", f"info:doi/{record.doi}" if record.doi else ""
    yield "rft_id", f"info:pmid/{record.pmid}" if record.pmid else ""
    yield "rft_id", record.url
    yield "rft.genre", "" if form == "dissertation" else _GENRES.get(record.type, "unknown")
    yield from _list_titles(record, form)
    first = next(iter(record.author), None)
    yield "rft.aulast", f"{first.non_dropping_particle} {first.family}".strip() if first else ""
    yield "rft.aufirst", f"{first.given} {first.dropping_particle}".strip() if first else ""
    yield "rft.ausuffix", first.suffix if first else ""
    yield from (("rft.aucorp" if agent.literal and not agent.unsure else "rft.au", agent.full) for agent in record.author)
    others = (*record.editor, *record.translator, *record.contributor)
    yield from (("rft.contributor", agent.full) for agent in others)
    yield from _list_imprint(record)


def _list_titles(record: Record, form: str) -> Iterator[tuple[str, str]]:
    if form == "dissertation":
        yield "rft.title", record.title
    elif form == "journal":
        yield "rft.title" if record.type == "periodical" else "rft.atitle", record.title
        yield "rft.jtitle", record.container_title or (record.title if record.type == "periodical" else "")
        yield "rft.stitle", record.container_title_short
    else:
        yield "rft.atitle", record.title if record.container_title else ""
        yield "rft.btitle", record.container_title or record.title
        yield "rft.stitle", record.container_title_short
    if form != "dissertation":
        yield "rft.series", record.collection_title
    else:
        yield "rft.source", record.container_title
        yield "rft.relation", record.collection_title
        yield "rft.relation", record.container_title_short


def _list_imprint(record: Record) -> Iterator[tuple[str, str]]:
    """List the keys of the book and journal formats, and Dublin Core keys for what these lack."""
    first, _, last = record.page.replace("–", "-").partition("-")
    yield "rft.volume", record.volume
    yield "rft.issue", record.issue
    yield "rft.part", record.part_number
    yield "rft.spage", first.strip()
    yield "rft.epage", last.strip()
    yield "rft.pages", record.page
    yield "rft.tpages", record.number_of_pages
    yield "rft.edition", record.edition
    yield "rft.place", record.publisher_place
    yield "rft.pub", record.publisher
    yield "rft.date", record.issued.iso
    yield "rft.isbn", record.isbn
    yield "rft.issn", record.issn
    yield "rft.language", record.language
    yield "rft.rights", record.license
    yield "rft.description", record.abstract
    yield "rft.subject", record.keyword
    yield "rft.type", record.genre
