"""Write Highwire Press tags, `<meta name="citation_…">`, for Google Scholar and Zotero. A page describes one work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siglum.convert.cite.markup import escape_attribute
from siglum.convert.cite.record import Record
from siglum.convert.cite.variables import KINDS

_PLACED = frozenset(
    """title container_title container_title_short collection_title volume issue page author editor translator publisher issued
    language url doi isbn issn pmid abstract keyword number event_title""".split()
)
LEFT_OUT = frozenset(KINDS) - _PLACED - {"id", "type"}
_CONTAINERS = {
    "chapter": "citation_inbook_title",
    "entry": "citation_inbook_title",
    "entry-dictionary": "citation_inbook_title",
    "entry-encyclopedia": "citation_inbook_title",
    "paper-conference": "citation_inbook_title",
}


def write(records: Sequence[Record]) -> str:
    """Write one tag per line."""
    found = ((name, escape_attribute(value)) for record in records for name, value in list_tags(record))
    return "".join(f'<meta name="{name}" content="{value}">\n' for name, value in found if value)


def list_tags(record: Record) -> Iterator[tuple[str, str]]:
    """List names and contents. The caller skips empty contents."""
    yield "citation_title", record.title
    yield from (("citation_author", agent.inverted) for agent in record.author)
    yield from (("citation_editor", agent.inverted) for agent in record.editor)
    yield from (("citation_translator", agent.inverted) for agent in record.translator)
    yield "citation_publication_date", _format_date(record)
    yield _CONTAINERS.get(record.type, "citation_journal_title"), record.container_title
    yield "citation_journal_abbrev", record.container_title_short
    yield "citation_conference_title", record.event_title
    yield "citation_series_title", record.collection_title
    yield "citation_volume", record.volume
    yield "citation_issue", record.issue
    first, _, last = record.page.replace("–", "-").partition("-")
    yield "citation_firstpage", first.strip()
    yield "citation_lastpage", last.strip()
    thesis, report = record.type == "thesis", record.type == "report"
    institution = "citation_dissertation_institution" if thesis else "citation_technical_report_institution"
    yield institution if thesis or report else "citation_publisher", record.publisher
    yield "citation_technical_report_number" if report else "citation_number", record.number
    yield "citation_language", record.language
    yield "citation_isbn", record.isbn
    yield "citation_issn", record.issn
    yield "citation_doi", record.doi
    yield "citation_pmid", record.pmid
    yield "citation_keywords", record.keyword
    yield "citation_abstract", record.abstract
    yield "citation_public_url", record.url


def _format_date(record: Record) -> str:
    """Format a date as 2026/11/22: the start of a range, or the words of a date without numbers."""
    start = record.issued.start
    if not start or start[0] < 1:
        return record.issued.iso
    return "/".join([str(start[0]), *(f"{part:02}" for part in start[1:])])
