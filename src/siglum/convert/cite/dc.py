"""Write Dublin Core: DCMI terms in RDF/XML, one `rdf:Description` per record, for libraries and Zotero.

The fifteen elements of simple Dublin Core stand in `dc:`, their refinements in `dcterms:`. For simple Dublin Core, replace a
refinement by its element.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siglum.convert.cite.markup import Node, branch, leaf, write_document
from siglum.convert.cite.record import Record
from siglum.convert.cite.text import format_reference
from siglum.convert.cite.variables import KINDS, NAMES, split_keywords

_PLACED = frozenset(
    """title title_short volume_title part_title container_title collection_title collection_number volume issue page
    number_of_pages edition version genre medium status author collection_editor editor translator compiler
    contributor composer illustrator recipient interviewer reviewed_author reviewed_title publisher event_title
    event_place issued submitted event_date original_title original_date original_publisher
    original_publisher_place archive archive_place archive_collection archive_location call_number language url
    doi isbn issn pmid license abstract keyword note credits identifiers""".split()
)
LEFT_OUT = frozenset(KINDS) - _PLACED - (set(NAMES) - {"container_author", "original_author"}) - {"id", "type"}
"""Variables that are neither a term nor part of the citation."""
_TYPES = {
    "dataset": "Dataset",
    "software": "Software",
    "map": "StillImage",
    "graphic": "StillImage",
    "figure": "StillImage",
    "motion_picture": "MovingImage",
    "broadcast": "MovingImage",
    "song": "Sound",
    "periodical": "Collection",
    "collection": "Collection",
    "event": "Event",
    "performance": "Event",
}
"""The type vocabulary of DCMI. Every other type is Text."""
_NOT_CONTRIBUTORS = frozenset({"author", "recipient", "container_author", "original_author", "reviewed_author"})
_CONTRIBUTORS = tuple(name for name in NAMES if name not in _NOT_CONTRIBUTORS)
_NAMESPACES = {
    "xmlns:rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
}


def write(records: Sequence[Record]) -> str:
    """Write the records as one RDF document."""
    return write_document(branch("rdf:RDF", [_build_description(record) for record in records], **_NAMESPACES))


def _build_description(record: Record) -> Node:
    about = f"https://doi.org/{record.doi}" if record.doi else record.url
    return branch("rdf:Description", [leaf(name, value) for name, value in list_terms(record)], **{"rdf:about": about})


def list_terms(record: Record) -> Iterator[tuple[str, str]]:
    yield "dc:title", record.title
    yield "dcterms:alternative", record.title_short
    yield from (("dc:creator", agent.inverted) for agent in record.author)
    yield from (("dc:contributor", agent.inverted) for name in _CONTRIBUTORS for agent in getattr(record, name))
    yield from (("dc:contributor", name) for credit in record.credits for name in credit.names)
    yield from (("dcterms:audience", agent.inverted) for agent in record.recipient)
    yield from (("dc:subject", keyword) for keyword in split_keywords(record))
    yield "dcterms:abstract", record.abstract
    yield "dc:description", record.note
    yield "dc:publisher", record.publisher
    yield "dcterms:issued", record.issued.iso
    yield "dcterms:dateSubmitted", record.submitted.iso
    yield "dc:source", _format_source(record)
    yield "dc:type", _TYPES.get(record.type, "Text")
    yield "dc:type", record.genre
    yield "dcterms:extent", f"{record.number_of_pages} pages" if record.number_of_pages else ""
    yield from (("dc:identifier", value) for value in _list_identifiers(record))
    yield "dcterms:bibliographicCitation", format_reference(record)
    yield "dc:language", record.language
    yield "dcterms:isPartOf", record.container_title
    yield "dcterms:isPartOf", record.collection_title
    yield "dcterms:provenance", ", ".join(filter(None, (record.archive_place, record.archive, record.call_number)))
    yield "dc:rights" if not record.license.startswith("http") else "dcterms:license", record.license


def _format_source(record: Record) -> str:
    agency = ": ".join(filter(None, (record.original_publisher_place, record.original_publisher)))
    return ", ".join(filter(None, (record.original_title, agency, record.original_date.iso)))


def _list_identifiers(record: Record) -> Iterator[str]:
    yield f"https://doi.org/{record.doi}" if record.doi else ""
    yield record.url
    yield f"urn:isbn:{record.isbn}" if record.isbn else ""
    yield f"urn:issn:{record.issn}" if record.issn else ""
    yield f"info:pmid/{record.pmid}" if record.pmid else ""
    yield from (f"{kind} {value}".strip() for kind, value in record.identifiers)
