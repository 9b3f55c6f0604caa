"""Write JSON-LD with schema.org's vocabulary, for search engines. No value can end a surrounding `script` element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from siglum.convert.cite.csl_json import dump_json
from siglum.convert.cite.kinds import JOURNAL_ARTICLES
from siglum.convert.cite.record import Agent, Record
from siglum.convert.cite.variables import KINDS, WITHOUT_WORDS, csl_name, format_value, is_empty

_TYPES = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "event": "Event",
    "graphic": "VisualArtwork",
    "figure": "ImageObject",
    "legislation": "Legislation",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Movie",
    "musical_score": "SheetMusic",
    "paper-conference": "ScholarlyArticle",
    "periodical": "Periodical",
    "personal_communication": "Message",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "review": "Review",
    "review-book": "Review",
    "software": "SoftwareApplication",
    "song": "MusicRecording",
    "thesis": "Thesis",
    "webpage": "WebPage",
    "collection": "Collection",
}
_PEOPLE = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "illustrator": "illustrator",
    "composer": "composer",
    "recipient": "recipient",
}
_CONTRIBUTORS = ("compiler", "contributor", "interviewer", "collection_editor")
_PLACED = frozenset(
    """title title_short container_title collection_title volume issue page number_of_pages edition version genre
    author container_author collection_editor editor translator compiler contributor composer illustrator
    recipient interviewer publisher issued original_title original_date original_publisher
    original_publisher_place language url doi isbn issn pmid license abstract keyword note credits identifiers""".split()
)
_PROPERTIES = tuple(name for name in KINDS if name not in _PLACED | WITHOUT_WORDS)
"""Variables without a schema.org property. They become `additionalProperty`, under their CSL names."""
_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write(records: Sequence[Record]) -> str:
    """Write one record as an object, several as a graph."""
    found = [build_thing(record) for record in records]
    whole: dict[str, object] = {"@context": "https://schema.org"}
    whole |= found[0] if len(found) == 1 else {"@graph": found}
    return dump_json(whole, indent=2).translate(_SCRIPT) + "\n"


def build_thing(record: Record) -> dict[str, object]:
    """Build a schema.org object. Empty properties are left out."""
    found: dict[str, object] = {"@type": _TYPES.get(record.type, "CreativeWork"), "name": record.title}
    found["alternateName"] = record.title_short
    found |= {name: [build_agent(person) for person in getattr(record, field)] for field, name in _PEOPLE.items()}
    found["contributor"] = [build_agent(person) for field in _CONTRIBUTORS for person in getattr(record, field)] + [
        {"@type": "Role", "roleName": credit.role, "contributor": {"name": name}}
        for credit in record.credits
        for name in credit.names
    ]
    found |= _build_publication(record)
    found["isPartOf"] = [whole for whole in (_build_container(record), _build_series(record)) if whole]
    found["isBasedOn"] = _build_original(record)
    found |= _build_description(record)
    found["additionalProperty"] = [
        {"@type": "PropertyValue", "name": csl_name(name), "value": format_value(getattr(record, name))}
        for name in _PROPERTIES
        if not is_empty(record, name)
    ]
    return {key: value for key, value in found.items() if value}


def _build_publication(record: Record) -> dict[str, object]:
    return {
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else {},
        "datePublished": record.issued.iso,
        "inLanguage": record.language,
        "bookEdition": "" if record.container_title else record.edition,
        "version": record.version,
        "genre": record.genre,
        "pagination": record.page,
        "numberOfPages": record.number_of_pages,
        "volumeNumber": "" if record.container_title else record.volume,
        "issueNumber": "" if record.container_title else record.issue,
    }


def _build_description(record: Record) -> dict[str, object]:
    web = record.license.startswith("http")
    numbers = [f"https://doi.org/{record.doi}" if record.doi else "", f"pmid:{record.pmid}" if record.pmid else ""]
    numbers += [f"{kind}:{value}" if kind else value for kind, value in record.identifiers]
    known = list(filter(None, numbers))
    return {
        "abstract": record.abstract,
        "description": record.note,
        "keywords": record.keyword,
        "license": record.license if web else "",
        "usageInfo": "" if web else record.license,
        "identifier": known[0] if len(known) == 1 else known,
        "isbn": record.isbn,
        "issn": record.issn,
        "url": record.url,
    }


def build_agent(given: Agent) -> dict[str, str]:
    if given.literal:
        return {"@type": "Person" if given.unsure else "Organization", "name": given.literal}
    family = f"{given.particle} {given.family}".strip()
    parts = {
        "@type": "Person",
        "name": given.full,
        "givenName": given.given,
        "familyName": family,
        "honorificSuffix": given.suffix,
    }
    return {key: value for key, value in parts.items() if value}


def _build_container(record: Record) -> dict[str, object]:
    """The book, or the journal with volume and issue."""
    if not record.container_title:
        return {}
    kind = "Periodical" if record.type in JOURNAL_ARTICLES else "Book"
    parts: dict[str, object] = {
        "@type": kind,
        "name": record.container_title,
        "bookEdition": record.edition,
        "volumeNumber": record.volume,
        "issueNumber": record.issue,
        "author": [build_agent(person) for person in record.container_author],
    }
    return _drop_empty(parts)


def _build_series(record: Record) -> dict[str, object]:
    return _drop_empty({"@type": "CreativeWorkSeries", "name": record.collection_title}) if record.collection_title else {}


def _build_original(record: Record) -> dict[str, object]:
    """The printed source, if it is known."""
    parts: dict[str, object] = {
        "name": record.original_title or record.container_title or record.title,
        "publisher": {"@type": "Organization", "name": record.original_publisher} if record.original_publisher else {},
        "locationCreated": record.original_publisher_place,
        "datePublished": record.original_date.iso,
    }
    known = _drop_empty(parts)
    return {"@type": "CreativeWork", **known} if known.keys() - {"name"} or record.original_title else {}


def _drop_empty(parts: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in parts.items() if value}
