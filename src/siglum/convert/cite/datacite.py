"""Write DataCite Metadata Schema 4.5, the XML that registers a DOI. A file describes one work.

`list_missing` names what the schema requires and the record lacks; the writer invents nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siglum.convert.cite.languages import is_tag
from siglum.convert.cite.markup import Node, branch, leaf, write_document
from siglum.convert.cite.record import Agent, Credit, Record
from siglum.convert.cite.variables import KINDS, WITHOUT_WORDS, csl_name, format_value, is_empty, split_keywords, split_pages

_GENERAL = {
    "article": "Preprint",
    "article-journal": "JournalArticle",
    "article-magazine": "Text",
    "book": "Book",
    "chapter": "BookChapter",
    "dataset": "Dataset",
    "paper-conference": "ConferencePaper",
    "thesis": "Dissertation",
    "report": "Report",
    "software": "Software",
    "standard": "Standard",
    "map": "Image",
    "graphic": "Image",
    "figure": "Image",
    "motion_picture": "Audiovisual",
    "broadcast": "Audiovisual",
    "song": "Sound",
    "periodical": "Journal",
    "collection": "Collection",
    "event": "Event",
}
_HOSTS = {
    "article-journal": "Journal",
    "review": "Journal",
    "review-book": "Journal",
    "paper-conference": "ConferenceProceeding",
}
_CONTRIBUTORS = {
    "editor": "Editor",
    "collection_editor": "Editor",
    "compiler": "DataCollector",
    "translator": "Other",
    "contributor": "Other",
    "composer": "Other",
    "illustrator": "Other",
    "interviewer": "Other",
    "recipient": "Other",
    "original_author": "Other",
    "reviewed_author": "Other",
}
_OTHER_IDENTIFIERS = {"isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "call_number": "shelfmark"}
_PLACED = frozenset(
    """title container_title collection_title collection_number volume issue page number_of_pages edition version genre
    dimensions author container_author collection_editor editor translator compiler contributor composer
    illustrator recipient interviewer original_author reviewed_author publisher issued submitted accessed
    original_date call_number language url doi isbn issn pmid license abstract keyword note credits identifiers""".split()
)
_AS_DESCRIPTIONS = tuple(name for name in KINDS if name not in _PLACED | WITHOUT_WORDS)
"""Variables without an element. Each becomes a description that names it."""
_DATES = (("issued", "Issued"), ("submitted", "Submitted"), ("accessed", "Other"), ("original_date", "Other"))


def write(records: Sequence[Record]) -> str:
    return "".join(write_document(_build_resource(record)) for record in records)


def list_missing(record: Record) -> Iterator[str]:
    """List what DataCite requires of every work and this record lacks."""
    yield from ["a DOI"] if not record.doi else []
    yield from ["an author"] if not _choose_creators(record) else []
    yield from ["a title"] if not record.title else []
    yield from ["a publisher"] if not record.publisher else []
    yield from ["a year of publication"] if not record.issued.start else []


def _choose_creators(record: Record) -> tuple[Agent, ...]:
    return record.author or record.editor or record.compiler or record.translator


def _build_resource(record: Record) -> Node:
    spaces = {
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": "http://datacite.org/schema/kernel-4 https://schema.datacite.org/meta/kernel-4.5/metadata.xsd",
    }
    year = f"{record.issued.start[0]:04}" if record.issued.start and record.issued.start[0] > 0 else ""
    general = _GENERAL.get(record.type, "Text")
    parts = [
        leaf("identifier", record.doi, identifierType="DOI"),
        branch("creators", [_build_person("creator", "creatorName", agent) for agent in _choose_creators(record)]),
        branch("titles", [leaf("title", record.title)]),
        leaf("publisher", record.publisher),
        leaf("publicationYear", year),
        leaf("resourceType", record.genre or record.type, resourceTypeGeneral=general),
        branch("subjects", [leaf("subject", keyword) for keyword in split_keywords(record)]),
        branch("contributors", _build_contributors(record)),
        branch("dates", _build_dates(record)),
        leaf("language", record.language if is_tag(record.language) else ""),
        branch("alternateIdentifiers", _build_alternate_identifiers(record)),
        branch("sizes", _build_sizes(record)),
        leaf("version", "; ".join(filter(None, (record.version, "" if record.container_title else record.edition)))),
        branch("rightsList", [_build_rights(record.license)]),
        branch("descriptions", _build_descriptions(record)),
        branch("relatedItems", _build_related_items(record)),
    ]
    return branch("resource", parts, xmlns="http://datacite.org/schema/kernel-4", **spaces)


def _build_person(element: str, name: str, agent: Agent, **attributes: str) -> Node:
    if agent.literal:
        kind = "Personal" if agent.unsure else "Organizational"
        return branch(element, [leaf(name, agent.literal, nameType=kind)], **attributes)
    given = f"{agent.given} {agent.dropping_particle}".strip()
    family = " ".join(filter(None, (agent.non_dropping_particle, agent.family, agent.suffix)))
    parts = [
        leaf(name, agent.inverted, nameType="Personal"),
        leaf("givenName", given),
        leaf("familyName", family),
    ]
    return branch(element, parts, **attributes)


def _build_contributors(record: Record) -> Iterator[Node]:
    creators = _choose_creators(record)
    for field, kind in _CONTRIBUTORS.items():
        agents: tuple[Agent, ...] = getattr(record, field)
        if agents is not creators:
            yield from (_build_person("contributor", "contributorName", agent, contributorType=kind) for agent in agents)
    for credit in record.credits:
        yield from (_build_credit(credit, name) for name in credit.names)


def _build_credit(credit: Credit, name: str) -> Node:
    """Build a credit. DataCite has a closed list of roles, so the words of the role stand with the name."""
    shown = f"{name} ({credit.role})" if credit.role else name
    return branch("contributor", [leaf("contributorName", shown)], contributorType="Other")


def _build_dates(record: Record) -> Iterator[Node]:
    for field, kind in _DATES:
        when = getattr(record, field)
        said = csl_name(field) if kind == "Other" else when.literal if when.start else ""
        yield leaf("date", when.iso, dateType=kind, dateInformation=said)


def _build_alternate_identifiers(record: Record) -> Iterator[Node]:
    for field, kind in _OTHER_IDENTIFIERS.items():
        yield leaf("alternateIdentifier", getattr(record, field), alternateIdentifierType=kind)
    yield leaf("alternateIdentifier", record.url, alternateIdentifierType="URL")
    for kind, value in record.identifiers:
        yield leaf("alternateIdentifier", value, alternateIdentifierType=kind or "other")


def _build_sizes(record: Record) -> Iterator[Node]:
    yield leaf("size", f"{record.number_of_pages} pages" if record.number_of_pages else "")
    yield leaf("size", record.dimensions)


def _build_rights(licence: str) -> Node:
    return leaf("rights", licence, rightsURI=licence if licence.startswith("http") else "")


def _build_descriptions(record: Record) -> Iterator[Node]:
    yield leaf("description", record.abstract, descriptionType="Abstract")
    yield leaf("description", record.note, descriptionType="Other")
    yield leaf("description", "" if is_tag(record.language) else record.language, descriptionType="Other")
    for name in _AS_DESCRIPTIONS:
        if not is_empty(record, name):
            yield leaf("description", f"{csl_name(name)}: {format_value(getattr(record, name))}", descriptionType="Other")


def _build_related_items(record: Record) -> Iterator[Node]:
    """Build the book or journal that holds the text, and the series."""
    numbers = [leaf("volume", record.volume), leaf("issue", record.issue), *_build_pages(record)]
    if record.container_title or any(number.text for number in numbers):
        people = [_build_person("creator", "creatorName", agent) for agent in record.container_author]
        title = branch("titles", [leaf("title", record.container_title or record.title)])
        edition = leaf("edition", record.edition if record.container_title else "")
        kind = _HOSTS.get(record.type, "Book") if record.container_title else "Other"
        relation = "IsPublishedIn" if record.container_title else "IsPartOf"
        parts = [branch("creators", people), title, *numbers, edition]
        yield branch("relatedItem", parts, relatedItemType=kind, relationType=relation)
    title = branch("titles", [leaf("title", record.collection_title)])
    series = [title, leaf("number", record.collection_number, numberType="Other")]
    yield branch("relatedItem", series, relatedItemType="Other", relationType="IsPartOf")


def _build_pages(record: Record) -> Iterator[Node]:
    first, last = split_pages(record)
    yield leaf("firstPage", first)
    yield leaf("lastPage", last)
