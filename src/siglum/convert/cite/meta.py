"""Build the metadata of a web page: Dublin Core and Highwire tags, and JSON-LD with schema.org's vocabulary.

Zotero, Google Scholar and library catalogues read it. Values are plain text; the writer of the page escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.cite import highwire, jsonld
from siglum.convert.cite.record import Record
from siglum.text.header import Header


def list_meta_tags(record: Record, header: Header) -> list[tuple[str, str]]:
    """List names and contents of `meta` elements, in page order."""
    return [(name, value) for name, value in (*_list_dublin_core(record, header), *highwire.list_tags(record)) if value]


def _list_dublin_core(record: Record, header: Header) -> Iterator[tuple[str, str]]:
    yield "DC.title", record.title
    yield from (("DC.creator", agent.inverted) for agent in record.author)
    yield from (("DC.contributor", agent.inverted) for agent in (*record.editor, *record.translator))
    yield from (("DC.contributor", name) for credit in record.credits for name in credit.names)
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


def build_json_ld(record: Record, header: Header) -> dict[str, object]:
    """Build the edition as a schema.org object, with the persons, places and organisations that it mentions."""
    mentioned = [_build_mention(value.kind, value.label) for value in header.entries.values()]
    found = {"@context": "https://schema.org", **jsonld.build_thing(record)}
    return found | ({"mentions": mentioned} if mentioned else {})


def _build_mention(kind: str, label: str) -> dict[str, str]:
    return {"@type": {"person": "Person", "place": "Place", "org": "Organization"}.get(kind, "Thing"), "name": label}
