"""Write records as TEI: a `listBibl` of `biblStruct`s that `from_bibl` reads back as equal records. TEI P5, 3.12.

Values without a CSL variable stand where TEI puts them, or in a `note` named by @type, or by @n if the name is no single word
or means a field. Only `proper` is left out; the next reader finds it again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from lxml import etree

from siglum.convert.cite import keys, kinds, languages, numbers, parts, roles, scopes, titles
from siglum.convert.cite.record import DateParts, Record, When
from siglum.convert.cite.tei.elements import add, add_text, clean
from siglum.convert.cite.tei.people import write_agents, write_credit, write_other_people, write_responsible
from siglum.text.tei import TEI, TEI_NS, XML_ID, XML_LANG, Element

LEFT_OUT: frozenset[str] = frozenset({"proper"})
_PROLOGUE = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"?>
"""
_HEADER = (
    ("titleStmt", "title", "Bibliography"),
    ("publicationStmt", "p", "A list of works, to be taken over into an edition or to be published with a header of its own."),
    ("sourceDesc", "p", "Made from bibliographic records."),
)
_SCOPES = {
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "chapter_number": "chapter",
    "part_number": "part",
    "section": "section",
    "supplement_number": "supplement",
}
_IDNOS = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pmcid": "PMCID", "call_number": "callNumber"}
_OF_THE_WHOLE = ("isbn", "issn")
"""Identifiers of the book or journal that holds a part."""
_EXTENTS = {"number_of_pages": "{} pages", "number_of_volumes": "{} vols", "dimensions": "{}"}
_PLACED = frozenset(
    """title title_short volume_title container_title container_title_short collection_title collection_number edition
    publisher publisher_place language event_title event_place original_title original_publisher original_publisher_place
    reviewed_title license note""".split()
) | {*_SCOPES, *_IDNOS}  # fmt: skip
"""Fields with a TEI element of their own."""
_AS_NOTES = tuple(
    variable.name for variable in fields(Record) if variable.type == "str" and variable.name not in _PLACED | {"id", "type"}
)
_DATES = {"accessed": "accessed", "submitted": "submitted", "available_date": "available"}
_NCNAME = re.compile(r"[^\W\d][\w.-]*")
_WORD = re.compile(r"[^\s]+")
_KIND_OF_TITLE = re.compile(r"title-([^\W\d_]+)(?:-([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*))?")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")


def write(records: Sequence[Record]) -> str:
    """Write a TEI document with the records as a `listBibl`.

    The key of a record is its xml:id, or an `idno` of the type citekey if it is no valid or no telling xml:id.
    """
    root = etree.Element(f"{TEI}TEI", nsmap={None: TEI_NS})  # type: ignore[dict-item]  # None is the default namespace
    described = add(add(root, "teiHeader"), "fileDesc")
    for statement, element, words in _HEADER:
        add(add(described, statement), element, words)
    body = add(add(root, "text"), "body")
    holder = add(body, "listBibl" if records else "p")
    taken: set[str] = set()
    for record in records:
        struct = add(holder, "biblStruct")
        _set_identity(struct, record, taken)
        _write_parts(struct, record)
    etree.indent(root, "  ")
    return _PROLOGUE + etree.tostring(root, encoding="unicode") + "\n"


def _set_identity(struct: Element, record: Record, taken: set[str]) -> None:
    given = dict(record.custom)
    struct.set("type", given.get("type", "") if _WORD.fullmatch(given.get("type", "")) else record.type)
    pointers = [value for kind, value in record.custom if kind == "corresp" and _WORD.fullmatch(value)]
    if pointers:
        struct.set("corresp", " ".join(pointers))
    if struct.get("type") != record.type:
        struct.set("subtype", record.type)
    if _NCNAME.fullmatch(record.id) and record.id not in taken:
        struct.set(XML_ID, record.id)
        taken.add(record.id)


def _write_parts(struct: Element, record: Record) -> None:
    part = record.container_title or (kinds.is_in_a_journal(record.type) and record.type != "periodical")
    if part:
        _write_analytic(struct, record)
    _write_monograph(struct, record, in_part=bool(part))
    _write_series(struct, record)
    for key in _AS_NOTES:
        if not _has_place(record, key):
            _write_note(struct, key.replace("_", "-"), getattr(record, key))
    _write_note(struct, "", record.note)
    if not record.event_title:
        _write_note(struct, "event-place", record.event_place)
    _write_related(struct, record)
    _write_custom(struct, record)


def _has_place(record: Record, key: str) -> bool:
    """Whether a value that usually becomes a note is written elsewhere."""
    return (key == "url" and _is_address(record)) or (key == "number" and _is_numbered(record)) or _is_extent(record, key)


def _is_numbered(record: Record) -> bool:
    """Whether `from_bibl` reads a `biblScope` number as that of the work itself."""
    return record.type != "article" and not kinds.is_in_a_journal(record.type)


def _write_analytic(struct: Element, record: Record) -> None:
    analytic = add(struct, "analytic")
    _write_titles(analytic, record, "a")
    write_agents(analytic, record, "author", "author")
    write_other_people(analytic, record)
    _write_idnos(analytic, record)


def _write_monograph(struct: Element, record: Record, *, in_part: bool) -> None:
    """Write in the order of the content model: titles and numbers, people, licence, edition, imprint, extent."""
    monogr = add(struct, "monogr")
    if in_part:
        level = "j" if kinds.is_in_a_journal(record.type) else "m"
        add(monogr, "title", record.container_title, level=level)
        add_text(monogr, "title", record.container_title_short, level=level, type="short")
    else:
        level = {"manuscript": "u", "personal_communication": "u", "periodical": "j"}.get(record.type, "m")
        _write_titles(monogr, record, level)
        _write_idnos(monogr, record)
    add_text(monogr, "title", record.volume_title, level="m", type="volume")
    if in_part:
        for key in _OF_THE_WHOLE:
            add_text(monogr, "idno", getattr(record, key), type=_IDNOS[key])
    _write_languages(monogr, record)
    write_agents(monogr, record, "container_author" if in_part else "author", "author")
    write_agents(monogr, record, "editor", "editor")
    if not in_part:
        write_other_people(monogr, record)
        write_responsible(monogr, record, "container_author")
    _write_meeting(monogr, record)
    _write_rights(monogr, record)
    add_text(monogr, "edition", record.edition)
    _write_imprint(monogr, record)
    for key, form in _EXTENTS.items():
        if _is_extent(record, key):
            add(monogr, "extent", form.format(getattr(record, key)))
    for kind, value in record.custom:
        if _is_own_extent(kind, value):
            add(monogr, "extent", value)


def _write_rights(monogr: Element, record: Record) -> None:
    """Write a licence with its address and name. A statement in words is no `licence`."""
    if not record.license:
        return
    stated = add(monogr, "availability")
    if not _ADDRESS.fullmatch(record.license):
        add(stated, "p", record.license)
        return
    called = dict(record.custom).get("licence", "")
    add(stated, "licence", called or record.license, target=record.license)


def _write_titles(holder: Element, record: Record, level: str) -> None:
    """Write the title, even an empty one, and the other titles."""
    add(holder, "title", record.title, level=level)
    add_text(holder, "title", record.title_short, level=level, type="short")
    for kind, value in record.custom:
        found = _other_title_attributes(record, kind)
        if found:
            add(holder, "title", value, level=level, **found)


def _other_title_attributes(record: Record, kind: str) -> dict[str, str]:
    """The attributes of a further title: its type and language; empty if it would be read as something else."""
    found = _KIND_OF_TITLE.fullmatch(kind)
    known = titles.MAIN | titles.SUB | titles.SHORT | titles.EVENTS | titles.VOLUMES | {"collection", "other"}
    if not found or not record.title or found[1].lower() in known:
        return {}
    return {"type": found[1]} | ({XML_LANG: found[2]} if found[2] else {})


def _write_idnos(holder: Element, record: Record) -> None:
    for key, kind in _IDNOS.items():
        if key not in _OF_THE_WHOLE or holder.tag == f"{TEI}monogr":
            add_text(holder, "idno", getattr(record, key), type=kind)
    if _is_address(record):
        add(holder, "idno", record.url, type="URL")
    for kind, value in record.identifiers:
        idno = add(holder, "idno", value)
        if kind:
            idno.set("type", re.sub(r"\s+", "_", clean(kind)))
    if not _NCNAME.fullmatch(record.id) or keys.choose_key(record) != record.id:
        add_text(holder, "idno", record.id, type="citekey")


def _is_address(record: Record) -> bool:
    return bool(numbers.WEB.match(record.url)) and not numbers.DOI.match(record.url)


def _write_languages(holder: Element, record: Record) -> None:
    if not languages.is_tag(record.language):
        add_text(holder, "textLang", record.language)
        return
    element = add(holder, "textLang", mainLang=record.language)
    others = dict(record.custom).get("other-languages", "")
    if others and all(map(languages.is_tag, others.split())):
        element.set("otherLangs", others)


def _write_meeting(holder: Element, record: Record) -> None:
    if record.event_title:
        meeting = add(holder, "meeting", record.event_title)
        meeting.text = f"{meeting.text}, " if record.event_place or record.event_date != When() else meeting.text
        add_text(meeting, "placeName", record.event_place)
        if record.event_date != When():
            _write_date(meeting, record.event_date)


def _write_imprint(holder: Element, record: Record) -> None:
    imprint = add(holder, "imprint")
    for place in filter(None, record.publisher_place.split("; ")):
        add(imprint, "pubPlace", place)
    for publisher in filter(None, record.publisher.split("; ")):
        add(imprint, "publisher", publisher)
    for key, unit in _SCOPES.items():
        add_text(imprint, "biblScope", getattr(record, key), unit=unit)
    if _is_numbered(record):
        add_text(imprint, "biblScope", record.number, unit="number")
    if record.issued != When() or not len(imprint):
        _write_date(imprint, record.issued)
    for key, kind in _DATES.items():
        if getattr(record, key) != When():
            _write_date(imprint, getattr(record, key), kind)
    if record.event_date != When() and not record.event_title:
        _write_date(imprint, record.event_date, "event")


def _write_date(holder: Element, when: When, kind: str = "") -> None:
    """Write a date by attributes, with its words if they say more."""
    date = add(holder, "date", when.literal or (f"{_SEASONS[when.season]} {when.year}" if when.season else ""))
    if kind:
        date.set("type", kind)
    start, end = map(_format_w3c, (when.start, when.end))
    if start and when.circa:
        date.attrib.update({"notBefore": start, "notAfter": end} if end else {"when": start, "cert": "low"})
    elif start:
        date.attrib.update({"from": start, "to": end} if end else {"when": start})


def _format_w3c(date: DateParts) -> str:
    """Format a date as XML Schema 1.0, which has no year 0."""
    if not date or date[0] > 0:
        return When(date).iso
    return "-".join((f"-{1 - date[0]:04}", *(f"{part:02}" for part in date[1:])))


_SEASONS = ("", "spring", "summer", "autumn", "winter")


def _write_series(struct: Element, record: Record) -> None:
    credits = [credit for credit in record.credits if roles.find_field("resp", credit.role)]
    if not (record.collection_title or record.collection_number or record.collection_editor or credits):
        return
    series = add(struct, "series")
    add_text(series, "title", record.collection_title, level="s")
    write_agents(series, record, "collection_editor", "editor")
    for credit in credits:
        write_credit(series, credit)
    add_text(series, "biblScope", record.collection_number, unit="volume")


def _write_related(struct: Element, record: Record) -> None:
    author = record.original_author if record.original_author != record.author else ()
    original = Record(
        type="book",
        title=record.original_title,
        publisher=record.original_publisher,
        publisher_place=record.original_publisher_place,
        issued=record.original_date,
        author=author,
    )
    if original != Record(type="book"):
        _write_parts(
            add(add(struct, "relatedItem", type="firstEdition" if record.original_is_first else "original"), "biblStruct"),
            original,
        )
    reviewed = Record(type="book", title=record.reviewed_title, author=record.reviewed_author)
    if reviewed != Record(type="book"):
        _write_parts(add(add(struct, "relatedItem", type="reviewed"), "biblStruct"), reviewed)


def _write_custom(struct: Element, record: Record) -> None:
    """Write the values without a CSL variable, except those that are already written in an element."""
    others = dict(record.custom).get("other-languages", "")
    for kind, value in record.custom:
        if _is_written(struct, record, kind, value) or (
            kind == "other-languages" and _has_attribute_value(struct, "otherLangs", others)
        ):
            continue
        ranged = re.fullmatch(r"cited-range(?:-([^\s]+))?", kind)
        if ranged:
            cited = add(struct, "citedRange", value)
            if ranged[1]:
                cited.set("unit", ranged[1])
        elif _WORD.fullmatch(kind) and parts.keeps_type(kind):
            _write_note(struct, kind, value)
        else:
            add(struct, "note", value, type="custom", n=clean(kind))


def _is_written(struct: Element, record: Record, kind: str, value: str) -> bool:
    if kind in {"type", "corresp"}:
        return value in struct.get(kind, "").split()
    if kind == "licence":
        return bool(_ADDRESS.fullmatch(record.license)) and value == dict(record.custom)[kind]
    return (
        bool(_other_title_attributes(record, kind))
        or _is_own_extent(kind, value)
        or (kind.endswith("-ref") and _has_attribute_value(struct, "ref", value))
    )


def _has_attribute_value(struct: Element, key: str, value: str) -> bool:
    return any(value in (element.get(key, ""), *element.get(key, "").split()) for element in struct.iter())


def _is_extent(record: Record, key: str) -> bool:
    """Whether `from_bibl` reads the value of an `extent` as the same field."""
    value: str = getattr(record, key, "") if key in _EXTENTS else ""
    return bool(value) and scopes.parse_extent(_EXTENTS[key].format(value)) == (key, value)


def _is_own_extent(kind: str, value: str) -> bool:
    """Whether the value is an extent in words that reads as nothing else."""
    return kind == "extent" and scopes.parse_extent(value) == (kind, value)


def _write_note(struct: Element, kind: str, words: str) -> None:
    if words:
        note = add(struct, "note", words)
        if kind:
            note.set("type", kind)
