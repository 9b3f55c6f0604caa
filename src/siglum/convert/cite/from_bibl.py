"""Build the record of a work from a `bibl`, `biblStruct` or `biblFull`. TEI P5, 3.12.

Every part goes to a field, or to `custom` under a name if CSL has no variable. Remarks report unreadable parts. The note keeps
the words of a prose reference if they say more than the fields.
"""

from __future__ import annotations

from siglum.convert.cite import kinds, parts, sources, titles, unparsed_prose
from siglum.convert.cite.record import Record
from siglum.convert.cite.record_builder import RecordBuilder
from siglum.convert.cite.remark import Remark
from siglum.text.header import Bibl, Header, Manuscript

_REVIEWED = frozenset({"review", "reviewed", "reviewof", "reviews"})
_HOSTS = frozenset({"host", "in", "container", "ispartof", "partof"})
_FIRST = frozenset({"firstedition", "originalsource", "firstpublication"})
_ORIGINALS = _FIRST | frozenset({"original", "originaledition", "translatedfrom", "translationof"})


def is_part_of_another(relation: str) -> bool:
    """Whether a `relatedItem` of this type belongs to the record around it: the reviewed work, the original, the host."""
    return parts.normalize_type(relation) in _REVIEWED | _ORIGINALS | _HOSTS


def read_bibl(bibl: Bibl, header: Header) -> tuple[Record, tuple[Remark, ...]]:
    """Build the record of a description, and remarks. `header` knows the persons that the description points to."""
    builder = RecordBuilder(unparsed_prose.select_first_work(bibl), header)
    if builder.bibl is not bibl:
        builder.put("note", bibl.text)
        builder.full_reference = bibl.text
        builder.remark(f"`{bibl.kind}` names several works. siglum reads the first and keeps all words as a note", bibl.line)
    for step in _STEPS:
        step(builder)
    return builder.record(), tuple(builder.remarks)


def _read_titles(builder: RecordBuilder) -> None:
    found = titles.read_titles(builder.bibl)
    builder.fields |= found.fields
    builder.custom += found.custom
    for text, line in found.remarks:
        builder.remark(text, line)
    builder.type = _choose_type(builder, found)


def _choose_type(builder: RecordBuilder, found: titles.Titles) -> str:
    """The stated type, or else the type that the levels of the titles suggest."""
    bibl = builder.bibl
    said = kinds.find_type(bibl.type) or kinds.find_type(bibl.subtype)
    for key, word in (("type", bibl.type), ("subtype", bibl.subtype)):
        if word and (not kinds.find_type(word) or (key == "subtype" and kinds.find_type(bibl.type))):
            builder.custom.append((key, word))
    if said:
        if said == "article-journal" and bibl.type == "article" and found.host == "m":
            return "chapter"
        return said
    if bibl.kept:
        return "manuscript"
    if found.part:
        if bibl.meetings and found.host != "j":
            return "paper-conference"
        return {"j": "article-journal", "m": "chapter"}.get(found.host, "article")
    return _type_of_whole(bibl, found)


def _type_of_whole(bibl: Bibl, found: titles.Titles) -> str:
    """The type of a work that is not part of another."""
    if found.host == "u":
        return "manuscript"
    if found.host == "j":
        return "periodical"
    isbn = any(idno.type.lower().startswith("isbn") for idno in bibl.idnos)
    if found.level == "m" or isbn or (bibl.kind != "fileDesc" and bibl.titles and (bibl.places or bibl.agencies)):
        return "book"
    return "document"


def _read_related(builder: RecordBuilder) -> None:
    for related in builder.bibl.related:
        relation = parts.normalize_type(related.relation or related.type if isinstance(related, Bibl) else related.type)
        if isinstance(related, Manuscript):
            builder.put("archive", related.repository)
            builder.put("archive_place", related.settlement)
            builder.put("call_number", related.shelfmark)
        elif relation in _REVIEWED:
            _read_reviewed(builder, related)
        elif relation in _ORIGINALS:
            _read_original(builder, related)
            builder.original_is_first = relation in _FIRST
        elif relation in _HOSTS:
            _read_host(builder, related)
        else:
            builder.custom.append((f"related-{related.relation or related.type or 'bibl'}", sources.write_reference(related)))


def _read_reviewed(builder: RecordBuilder, bibl: Bibl) -> None:
    inner, _ = read_bibl(bibl, builder.header)
    builder.put("reviewed_title", inner.title)
    if inner != Record(id=inner.id, type=inner.type, title=inner.title, author=inner.author):
        builder.custom.append(("reviewed", sources.write_reference(bibl)))
    builder.people.setdefault("reviewed_author", inner.author)
    if not kinds.find_type(builder.bibl.type) and not kinds.find_type(builder.bibl.subtype):
        builder.type = "review"


def _read_original(builder: RecordBuilder, bibl: Bibl) -> None:
    inner, _ = read_bibl(bibl, builder.header)
    builder.put("original_title", inner.title)
    builder.put("original_publisher", inner.publisher)
    builder.put("original_publisher_place", inner.publisher_place)
    builder.dates.setdefault("original_date", inner.issued)
    kept = ("id", "type", "title", "publisher", "publisher_place", "issued", "author", "custom")
    if inner != Record(**{key: getattr(inner, key) for key in kept}):
        builder.custom.append(("original", sources.write_reference(bibl)))
    if inner.author and inner.author != builder.people.get("author"):
        builder.people.setdefault("original_author", inner.author)


def _read_host(builder: RecordBuilder, bibl: Bibl) -> None:
    """Take from the book or journal what the part does not state itself."""
    inner, _ = read_bibl(bibl, builder.header)
    builder.put("container_title", inner.title or inner.container_title)
    for key in (
        "publisher",
        "publisher_place",
        "volume",
        "issue",
        "page",
        "isbn",
        "issn",
        "collection_title",
        "collection_number",
    ):
        if not builder.fields.get(key):
            builder.put(key, getattr(inner, key))
    builder.dates.setdefault("issued", inner.issued)
    for key, who in (("container_author", inner.author), ("editor", inner.editor)):
        if who and who != builder.people.get("author"):
            builder.people.setdefault(key, who)
    if not kinds.find_type(builder.bibl.type):
        builder.type = "article-journal" if inner.type == "periodical" else "chapter"


_STEPS = (
    _read_titles,
    parts.read_people,
    parts.read_publisher,
    parts.read_extent_and_rights,
    parts.read_scopes,
    parts.read_dates,
    parts.read_meetings,
    parts.read_identifiers,
    parts.read_holding,
    parts.read_notes,
    _read_related,
    parts.read_languages,
    parts.read_addresses,
    unparsed_prose.read_unparsed,
)
"""Every description passes through these steps, in this order."""
