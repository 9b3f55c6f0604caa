"""What the page of an edition says about it: from the header, the citation and the records of persons, places and works."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert import cite
from siglum.convert.cite import from_header, meta
from siglum.convert.cite import text as plain_reference
from siglum.convert.cite.record import Record as CitationRecord
from siglum.convert.cite.sources import reference
from siglum.convert.reading import Builder
from siglum.convert.reading.space import settle
from siglum.convert.reading.tree import Node
from siglum.convert.writers.html.page import Citation, Page, Record
from siglum.text import header as headers
from siglum.text.edition import Edition
from siglum.text.header import Header
from siglum.text.tei import child, name

_PRINCIPLES = {
    "correction": "Correction",
    "normalization": "Normalization",
    "quotation": "Quotation",
    "hyphenation": "Hyphenation",
    "punctuation": "Punctuation",
    "segmentation": "Segmentation",
    "interpretation": "Interpretation",
    "stdVals": "Standard values",
}
"""The editorial declarations a reader may ask about (TEI P5, 2.3.3), with what they are called on the page."""

_CITED = ("text", "bibtex", "ris", "csl-json")


def describe(edition: Edition, builder: Builder) -> Page:
    """Everything the page of this edition shows beside its text."""
    header = headers.read(edition.document)
    record, _ = from_header.cite(header)
    return Page(
        title=record.title,
        authors=tuple(each.full for each in record.author),
        within=record.container_title or record.collection_title,
        facts=_facts(header, record),
        about=_about(header, record),
        principles=tuple(_principles(edition, builder)),
        records=tuple(_records(header)),
        reference=plain_reference.reference(record),
        citations=tuple(_citations(record)),
        meta=tuple(meta.tags(record, header)),
        json_ld=meta.json_ld(record, header),
    )


def _facts(header: Header, record: CitationRecord) -> tuple[tuple[str, str], ...]:
    roles = [("editor", record.editor), ("translator", record.translator)]
    named = [(role, ", ".join(each.full for each in agents)) for role, agents in roles if agents]
    return (
        *((role, names) for role, names in named),
        *((each.role[:1].upper() + each.role[1:], ", ".join(each.names)) for each in record.credits),
        ("published", ", ".join(part for part in (record.publisher, record.publisher_place, _dated(header)) if part)),
    )


def _dated(header: Header) -> str:
    return next((each.shown for each in header.file.dates), "")


def _about(header: Header, record: CitationRecord) -> tuple[tuple[str, str], ...]:
    rights = [
        part for each in header.file.availability for part in (each.text, *(link.target for link in each.licences)) if part
    ]
    return (
        ("edition", record.edition),
        *(("source text", reference(each)) for each in header.sources),
        ("rights", " ".join(dict.fromkeys(rights))),
    )


def _principles(edition: Edition, builder: Builder) -> Iterator[tuple[str, tuple[Node, ...]]]:
    declared = child(edition.document.root, "teiHeader", "encodingDesc", "editorialDecl")
    for each in declared if declared is not None else ():
        title = _PRINCIPLES.get(name(each))
        if title and len(each):
            yield title, settle(builder.content(each))


def _records(header: Header) -> Iterator[Record]:
    for entry in header.entries.values():
        kind = "person" if entry.kind == "personGrp" else entry.kind
        yield Record(entry.id, kind, entry.label, tuple(fact.text for fact in entry.notes if fact.text)[:3])
    for bibl in header.bibls.values():
        if bibl.id:
            yield Record(bibl.id, "bibl", bibl.label)


def _citations(record: CitationRecord) -> Iterator[Citation]:
    for key in _CITED:
        form = cite.FORMATS[key]
        if key != "text":
            yield Citation(form.title, f"{record.id}{form.suffix}", form.media_type, form.write([record]))
