"""What a web page says of the edition to machines: Dublin Core and Highwire tags, and JSON-LD in the words of schema.org.

Zotero, Google Scholar and library catalogues read them. Values are plain text: the page's writer escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.cite.record import Agent, Record
from siglum.text.header import Header

_SCHEMA_TYPES = {"chapter": "Chapter", "book": "Book", "article-journal": "ScholarlyArticle"}


def tags(record: Record, header: Header) -> list[tuple[str, str]]:
    """Names and contents of `meta` elements, in the order of the page."""
    return [(name, value) for name, value in (*_dublin_core(record, header), *_highwire(record)) if value]


def _dublin_core(record: Record, header: Header) -> Iterator[tuple[str, str]]:
    yield "DC.title", record.title
    yield from (("DC.creator", each.inverted) for each in record.author)
    yield from (("DC.contributor", each.inverted) for each in (*record.editor, *record.translator))
    yield from (("DC.contributor", name) for each in record.credits for name in each.names)
    yield "DC.publisher", record.publisher
    yield "DC.date", record.issued.iso
    yield "DC.language", record.language
    yield "DC.type", "Text"
    yield "DC.format", "text/html"
    yield "DC.identifier", f"https://doi.org/{record.doi}" if record.doi else record.url
    yield "DC.rights", record.license
    yield from (("DC.rights", said.text) for said in header.file.availability if said.text != record.license)
    yield "DC.relation.isPartOf", record.container_title
    yield "DC.source", record.note


def _highwire(record: Record) -> Iterator[tuple[str, str]]:
    yield "citation_title", record.title
    yield from (("citation_author", each.inverted) for each in record.author)
    yield from (("citation_editor", each.inverted) for each in record.editor)
    yield "citation_publication_date", _slashed(record)
    kind = {"chapter": "citation_inbook_title", "article-journal": "citation_journal_title"}.get(record.type, "")
    yield from [(kind, record.container_title)] if kind else []
    yield "citation_series_title", record.collection_title
    yield "citation_volume", record.volume
    yield "citation_issue", record.issue
    first, _, last = record.page.replace("–", "-").partition("-")
    yield "citation_firstpage", first.strip()
    yield "citation_lastpage", last.strip()
    yield "citation_publisher", record.publisher
    yield "citation_language", record.language
    yield "citation_isbn", record.isbn
    yield "citation_doi", record.doi
    yield "citation_public_url", record.url


def _slashed(record: Record) -> str:
    """The date as Highwire wants it: 2026/11/22; for a range, its beginning."""
    return "/".join(f"{part:02}" for part in record.issued.start)


def json_ld(record: Record, header: Header) -> dict[str, object]:
    """The edition as a schema.org object; keys of which nothing is known are left out."""
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": _SCHEMA_TYPES.get(record.type, "CreativeWork"),
        "name": record.title,
        "author": [_agent(each) for each in record.author],
        "editor": [_agent(each) for each in record.editor],
        "translator": [_agent(each) for each in record.translator],
        "contributor": [{"name": name} for each in record.credits for name in each.names],
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else {},
        "datePublished": record.issued.iso,
        "inLanguage": record.language,
        "isPartOf": _container(record),
        "bookEdition": record.edition if record.type == "book" else "",
        "isBasedOn": _original(record),
        "license": record.license if record.license.startswith("http") else "",
        "usageInfo": "" if record.license.startswith("http") else record.license,
        "identifier": f"https://doi.org/{record.doi}" if record.doi else "",
        "isbn": record.isbn,
        "url": record.url,
        "mentions": [_mentioned(each.kind, each.label) for each in header.entries.values()],
    }
    return {key: value for key, value in found.items() if value}


def _agent(agent: Agent) -> dict[str, str]:
    if agent.literal:
        return {"@type": "Person" if agent.unsure else "Organization", "name": agent.literal}
    family = f"{agent.particle} {agent.family}".strip()
    parts = {"@type": "Person", "name": agent.full, "givenName": agent.given, "familyName": family}
    return {key: value for key, value in parts.items() if value}


def _container(record: Record) -> dict[str, object]:
    if not record.container_title:
        return {}
    kind = "Periodical" if record.type == "article-journal" else "Book"
    book: dict[str, object] = {"@type": kind, "name": record.container_title}
    edition = {"bookEdition": record.edition} if record.edition and kind == "Book" else {}
    authors = [_agent(each) for each in record.container_author]
    return book | edition | ({"author": authors} if authors else {})


def _original(record: Record) -> dict[str, object]:
    """The printed source, where the header leaves no doubt of it."""
    parts: dict[str, object] = {
        "name": record.original_title or record.container_title or record.title,
        "publisher": {"@type": "Organization", "name": record.original_publisher} if record.original_publisher else {},
        "datePublished": record.original_date.iso,
    }
    known = {key: value for key, value in parts.items() if value}
    return {"@type": "CreativeWork", **known} if known.keys() - {"name"} else {}


def _mentioned(kind: str, label: str) -> dict[str, str]:
    return {"@type": {"person": "Person", "place": "Place", "org": "Organization"}.get(kind, "Thing"), "name": label}
