"""Write MODS 3.8: a `modsCollection` with one `mods` per record, elements in the order of the guidelines.

A variable without an element becomes a `note` whose type is its CSL name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siglum.convert.cite.kinds import JOURNAL_ARTICLES
from siglum.convert.cite.languages import is_tag
from siglum.convert.cite.markup import Node, branch, leaf, write_document
from siglum.convert.cite.record import Agent, Record, When
from siglum.convert.cite.variables import KINDS, WITHOUT_WORDS, csl_name, format_value, is_empty, split_keywords, split_pages

_ROLES = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "compiler": "com",
    "composer": "cmp",
    "illustrator": "ill",
    "recipient": "rcp",
    "interviewer": "ivr",
    "contributor": "ctb",
}
"""MARC relator codes."""
_RESOURCE_TYPES = {
    "map": "cartographic",
    "musical_score": "notated music",
    "song": "sound recording-musical",
    "broadcast": "moving image",
    "motion_picture": "moving image",
    "graphic": "still image",
    "figure": "still image",
    "software": "software, multimedia",
    "dataset": "software, multimedia",
}
_PLACED = frozenset(
    """title title_short volume_title container_title collection_title collection_number volume number_of_volumes issue
    part_number chapter_number page number_of_pages edition genre author container_author collection_editor
    editor translator compiler contributor composer illustrator recipient interviewer publisher publisher_place
    issued accessed original_date original_publisher original_publisher_place archive archive_place
    archive_location call_number language url doi isbn issn pmid license abstract keyword note annote
    identifiers""".split()
)
_AS_NOTES = tuple(name for name in KINDS if name not in _PLACED | WITHOUT_WORDS)


def write(records: Sequence[Record]) -> str:
    """Write the records as one collection."""
    root = branch(
        "modsCollection",
        [_build_record(record) for record in records],
        xmlns="http://www.loc.gov/mods/v3",
        **{
            "xmlns:xlink": "http://www.w3.org/1999/xlink",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": "http://www.loc.gov/mods/v3 http://www.loc.gov/standards/mods/v3/mods-3-8.xsd",
        },
    )
    return write_document(root)


def _build_record(record: Record) -> Node:
    parts = [
        *_build_titles(record),
        *_build_names(record),
        *_build_types(record),
        _build_origin(record),
        _build_language(record),
        *_build_description(record),
    ]
    parts += [
        *_build_notes(record),
        *_build_host(record),
        *_build_series(record),
        *_build_original(record),
        *_build_identifiers(record),
        *_build_locations(record),
    ]
    own = _build_part(record) if not record.container_title else branch("part", ())
    rights = leaf("accessCondition", record.license, type_="use and reproduction")
    source = branch("recordInfo", [leaf("recordIdentifier", record.id)])
    return branch("mods", [*parts, own, rights, source], version="3.8")


def _build_titles(record: Record) -> Iterator[Node]:
    volume = "" if record.container_title else record.volume_title
    yield branch("titleInfo", [leaf("title", record.title), leaf("partName", volume)])
    yield branch("titleInfo", [leaf("title", record.title_short)], type_="abbreviated")


def _build_names(record: Record) -> Iterator[Node]:
    for field, code in _ROLES.items():
        yield from (_build_name(agent, code) for agent in getattr(record, field))


def _build_name(agent: Agent, code: str) -> Node:
    role = branch("role", [leaf("roleTerm", code, type_="code", authority="marcrelator")])
    if agent.literal:
        return branch("name", [leaf("namePart", agent.literal), role], type_="personal" if agent.unsure else "corporate")
    family = f"{agent.non_dropping_particle} {agent.family}".strip()
    given = f"{agent.given} {agent.dropping_particle}".strip()
    parts = [
        leaf("namePart", family, type_="family"),
        leaf("namePart", given, type_="given"),
        leaf("namePart", agent.suffix, type_="termsOfAddress"),
    ]
    return branch("name", [*parts, role], type_="personal")


def _build_types(record: Record) -> Iterator[Node]:
    manuscript = {"manuscript": "yes"} if record.type == "manuscript" else {}
    yield leaf("typeOfResource", _RESOURCE_TYPES.get(record.type, "text"), **manuscript)
    yield leaf("genre", record.type, authority="csl")
    yield leaf("genre", record.genre)


def _build_origin(record: Record) -> Node:
    places = [branch("place", [leaf("placeTerm", place, type_="text")]) for place in record.publisher_place.split("; ")]
    publishers = [leaf("publisher", publisher) for publisher in record.publisher.split("; ")]
    issued = _build_dates("dateIssued", record.issued)
    return branch("originInfo", [*places, *publishers, *issued, leaf("edition", record.edition)], eventType="publication")


def _build_dates(name: str, when: When) -> Iterator[Node]:
    """Build a date, or both ends of a range, as EDTF; or the words of a date without numbers."""
    if not when.start:
        yield leaf(name, when.literal)
        return
    doubt = {"qualifier": "approximate"} if when.circa else {}
    first, last = When(when.start).iso, When(when.end).iso
    if not when.end:
        yield leaf(name, first, encoding="edtf", keyDate="yes" if name == "dateIssued" else "", **doubt)
    else:
        yield leaf(name, first, encoding="edtf", point="start", keyDate="yes" if name == "dateIssued" else "", **doubt)
        yield leaf(name, last, encoding="edtf", point="end", **doubt)


def _build_language(record: Record) -> Node:
    kind = {"type_": "code", "authority": "rfc5646"} if is_tag(record.language) else {"type_": "text"}
    return branch("language", [leaf("languageTerm", record.language, **kind)])


def _build_description(record: Record) -> Iterator[Node]:
    extent = [f"{record.number_of_volumes} volumes"] if record.number_of_volumes else []
    extent += [f"{record.number_of_pages} pages"] if record.number_of_pages else []
    yield branch("physicalDescription", [leaf("extent", ", ".join(extent))])
    yield leaf("abstract", record.abstract)
    yield from (branch("subject", [leaf("topic", keyword)]) for keyword in split_keywords(record))


def _build_notes(record: Record) -> Iterator[Node]:
    yield leaf("note", record.note)
    yield leaf("note", record.annote, type_="annotation")
    yield from (
        leaf("note", format_value(getattr(record, name)), type_=csl_name(name))
        for name in _AS_NOTES
        if not is_empty(record, name)
    )
    if record.issued.start and record.issued.literal:
        yield leaf("note", record.issued.literal, type_="date")


def _build_host(record: Record) -> Iterator[Node]:
    if not record.container_title:
        return
    title = branch("titleInfo", [leaf("title", record.container_title), leaf("partName", record.volume_title)])
    names = [_build_name(agent, "aut") for agent in record.container_author]
    issuance = "continuing" if record.type in JOURNAL_ARTICLES else "monographic"
    origin = branch("originInfo", [leaf("issuance", issuance)])
    yield branch("relatedItem", [title, *names, origin, _build_part(record)], type_="host")


def _build_part(record: Record) -> Node:
    """Build the position in the host, or in a work of several volumes."""
    numbered = (
        ("volume", record.volume),
        ("issue", record.issue),
        ("part", record.part_number),
        ("chapter", record.chapter_number),
    )
    details = [branch("detail", [leaf("number", value)], type_=kind) for kind, value in numbered if value]
    first, last = split_pages(record)
    ends = [leaf("start", first), leaf("end", last)] if last else [leaf("list", first)]
    return branch("part", [*details, branch("extent", ends, unit="pages")])


def _build_series(record: Record) -> Iterator[Node]:
    title = branch("titleInfo", [leaf("title", record.collection_title), leaf("partNumber", record.collection_number)])
    yield branch("relatedItem", [title, *(_build_name(agent, "edt") for agent in record.collection_editor)], type_="series")


def _build_original(record: Record) -> Iterator[Node]:
    title = branch("titleInfo", [leaf("title", record.original_title)])
    places = [
        branch("place", [leaf("placeTerm", place, type_="text")]) for place in record.original_publisher_place.split("; ")
    ]
    publishers = [leaf("publisher", publisher) for publisher in record.original_publisher.split("; ")]
    origin = branch("originInfo", [*places, *publishers, *_build_dates("dateIssued", record.original_date)])
    yield branch("relatedItem", [title, origin], type_="original")


def _build_identifiers(record: Record) -> Iterator[Node]:
    known = (("isbn", record.isbn), ("issn", record.issn), ("doi", record.doi), ("pmid", record.pmid), ("uri", record.url))
    yield from (leaf("identifier", value, type_=kind) for kind, value in known)
    yield from (leaf("identifier", value, type_=kind or "local") for kind, value in record.identifiers)


def _build_locations(record: Record) -> Iterator[Node]:
    address = leaf("url", record.url, usage="primary", dateLastAccessed=record.accessed.iso)
    physical = leaf("physicalLocation", ", ".join(filter(None, (record.archive_place, record.archive))))
    shelf = [leaf("shelfLocator", mark) for mark in (record.call_number, record.archive_location)]
    yield branch("location", [physical, *shelf, address])
    if record.accessed.iso and not record.url:
        yield leaf("note", record.accessed.iso, type_="accessed")
