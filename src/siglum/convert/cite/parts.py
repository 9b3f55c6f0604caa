"""Read the parts that `fileDesc`, `bibl`, `biblStruct` and `biblFull` share: people, imprint, dates, identifiers, notes.

Each function reads one part of the description into the builder.
"""

from __future__ import annotations

import re

from siglum.convert.cite import kinds, numbers, people, prose_dates, scopes, sources
from siglum.convert.cite.dates import parse_date
from siglum.convert.cite.languages import find_tag
from siglum.convert.cite.record import Credit
from siglum.convert.cite.record_builder import DATES, TEXTS, RecordBuilder
from siglum.text.header import Bibl, Date, Scope
from siglum.text.header.records import is_known

_DATE_FIELDS = {
    **dict.fromkeys(("accessed", "access", "accessdate", "lastaccess", "retrieved", "consulted", "urldate"), "accessed"),
    **dict.fromkeys(("submitted", "received"), "submitted"),
    **dict.fromkeys(("original", "originaldate", "firstpublished", "firstedition", "orig", "origdate"), "original_date"),
    **dict.fromkeys(("event", "conference", "meeting", "eventdate"), "event_date"),
    **dict.fromkeys(("available", "availabledate"), "available_date"),
    **dict.fromkeys(("", "publication", "published", "issued", "print", "pub", "publicationdate", "imprint"), "issued"),
}
_NOTE_FIELDS = {
    **{re.sub("_", "", variable): variable for variable in TEXTS | DATES},
    **dict.fromkeys(("", "extra", "general", "public"), "note"),
    **dict.fromkeys(("abstract", "summary", "abstractnote"), "abstract"),
    **dict.fromkeys(("keywords", "keyword", "tag", "tags", "subject", "subjects"), "keyword"),
    **dict.fromkeys(("annotation", "annote", "comment"), "annote"),
    **dict.fromkeys(("thesistype", "genre", "reporttype", "lettertype", "manuscripttype", "websitetype", "posttype"), "genre"),
    **dict.fromkeys(("rights", "licence", "license", "copyright"), "license"),
    **dict.fromkeys(("shorttitle", "titleshort"), "title_short"),
    **dict.fromkeys(("librarycatalog", "catalogue"), "source"),
    **dict.fromkeys(("numpages", "pages"), "number_of_pages"),
    **dict.fromkeys(("journalabbreviation",), "container_title_short"),
    **dict.fromkeys(("seriesnumber",), "collection_number"),
    **dict.fromkeys(("numberofvolumes",), "number_of_volumes"),
    **dict.fromkeys(("url", "uri"), "url"),
    **{re.sub(r"[\W_]", "", item): field for item, field in _DATE_FIELDS.items() if item and field != "issued"},
}
_NUMBERS = frozenset({"number", "numbers", "no", "nr", "nummer", "num", "n", "numéro"})
_KEYS = frozenset({"citekey", "bibtexkey", "citationKey"})


def normalize_type(kind: str) -> str:
    """Normalize a @type: “first-edition” and “firstEdition” become “firstedition”."""
    return re.sub(r"[\W_]", "", kind.casefold())


def read_people(builder: RecordBuilder) -> None:
    """Read everybody with a part in the work. Authors of the book around a part become `container_author`."""
    bibl = builder.bibl
    in_part = any(contributor.within == "analytic" for contributor in bibl.contributors) or any(
        title.within == "analytic" for title in bibl.titles
    )
    outer = [contributor for contributor in bibl.contributors if in_part and contributor.within.startswith("monogr")]
    outer_ids = set(map(id, outer))
    inner = people.read_people(
        (contributor for contributor in bibl.contributors if id(contributor) not in outer_ids),
        builder.header,
        of_the_series="collection_editor",
    )
    found, credits = inner.agents(), inner.credited()
    builder.remarks += inner.remarks
    builder.custom += inner.refs
    if outer:
        host = people.read_people(outer, builder.header)
        builder.remarks += host.remarks
        known = host.agents()
        builder.custom += [
            (key.replace("author", "container_author", 1) if key.startswith("author") else key, ref) for key, ref in host.refs
        ]
        authors = known.pop("author", ())
        found = {**known, **found} | {
            key: (*found[key], *(agent for agent in known[key] if agent not in found[key]))
            for key in known.keys() & found.keys()
        }
        found |= {"container_author": authors} if authors else {}
        credits = (*credits, *host.credited())
    builder.people, builder.credits = found, credits


def read_publisher(builder: RecordBuilder) -> None:
    """Read the publisher, or else the authority or the distributor, and the place. Agencies in other roles become credits."""
    by_role: dict[str, list[str]] = {}
    for agency in builder.bibl.agencies:
        by_role.setdefault(agency.role, []).append(agency.name.text)
    chosen = next((role for role in ("publisher", "authority", "distributor") if role in by_role), "")
    names = "; ".join(dict.fromkeys(filter(is_known, by_role.pop(chosen, []))))
    place, publisher = "; ".join(filter(is_known, dict.fromkeys(builder.bibl.places))), names
    if builder.bibl.kind != "fileDesc":  # in a header, “Syriaca.org: The Syriac Portal” is one name
        place, publisher = sources.split_place(place, publisher)
    builder.put("publisher", publisher)
    builder.put("publisher_place", place)
    builder.credits += tuple(Credit(role, tuple(dict.fromkeys(names))) for role, names in by_role.items())
    builder.put("edition", "; ".join(dict.fromkeys(builder.bibl.editions)))


def read_extent_and_rights(builder: RecordBuilder) -> None:
    bibl = builder.bibl
    for text in bibl.extents:
        builder.put(*scopes.parse_extent(text))
    for given in bibl.availability:
        for link in given.licences:
            builder.put("license", link.target or link.text)
            if link.target and link.text not in {"", link.target}:
                builder.custom.append(("licence", link.text))
        if not given.licences:
            builder.put("license", given.text or given.status)
        elif given.text:
            builder.custom.append(("availability", given.text))


def read_scopes(builder: RecordBuilder) -> None:
    for scope in builder.bibl.scopes:
        for key, value in scopes.parse_scope(scope):
            if scope.within == "series" and key in {"volume", "issue", "scope"}:
                builder.put("collection_number", value)
            else:
                builder.put("number" if key == "issue" and _is_number(builder, scope) else key, value)
    for cited in builder.bibl.cited:
        builder.custom.append(("cited-range" + (f"-{cited.unit}" if cited.unit else ""), scopes.text_of(cited)))


def _is_number(builder: RecordBuilder, scope: Scope) -> bool:
    """Whether a number belongs to the work itself (a report, a record, a law) and not to an issue that holds it."""
    return normalize_type(scope.unit) in _NUMBERS and builder.type != "article" and not kinds.is_in_a_journal(builder.type)


def read_dates(builder: RecordBuilder) -> None:
    """Read the dates by their types. Dates with a year and dates in our calendar come first; further ones go to `custom`."""
    for date in sorted(builder.bibl.dates, key=_date_rank):
        key = _DATE_FIELDS.get(normalize_type(date.type), "")
        found = parse_date(date)
        known = builder.dates.get(key)
        if key and known is None:
            builder.dates[key] = found
            if not found.start and not prose_dates.is_undated(found.literal):
                builder.remark(f"`date` “{found.literal}” contains no year that siglum can read", date.line)
        elif not key or (known is not None and (known.start, known.end) != (found.start, found.end)):
            builder.custom.append((f"date-{date.type}" if date.type else "date", date.shown or found.iso))


def _date_rank(date: Date) -> tuple[bool, bool]:
    return (not (parse_date(date).start), "jul" in date.calendar.lower())


def read_meetings(builder: RecordBuilder) -> None:
    for meeting in builder.bibl.meetings:
        builder.put("event_title", meeting.text)
        builder.put("event_place", meeting.place)
        if meeting.date is not None:
            builder.dates.setdefault("event_date", parse_date(meeting.date))
        builder.custom += [(f"event-{number.type}" if number.type else "event-idno", number.text) for number in meeting.idnos]


def read_identifiers(builder: RecordBuilder) -> None:
    bibl = builder.bibl
    found = numbers.read_identifiers(
        bibl.idnos if not bibl.kept else [idno for idno in bibl.idnos if idno.within != "ms"], bibl.links
    )
    for key, value in found.fields.items():
        builder.put(key, value)
    builder.identifiers = tuple(pair for pair in dict.fromkeys(found.others) if pair[0] not in _KEYS)
    builder.key = find_citekey(bibl)
    builder.custom += found.links
    builder.custom += [("corresp", pointer) for pointer in bibl.refers]
    for text, line in found.remarks:
        builder.remark(text, line)


def find_citekey(bibl: Bibl) -> str:
    """The citation key in an `idno`. It takes precedence over the xml:id."""
    return next((idno.text for idno in bibl.idnos if idno.type in _KEYS), "")


def read_holding(builder: RecordBuilder) -> None:
    names = {"repository": "archive", "settlement": "archive_place", "collection": "archive_collection"}
    for kind, words in builder.bibl.kept:
        builder.put(names.get(kind, kind), words)
    marks = [idno for idno in builder.bibl.idnos if idno.within == "ms"]
    for at, mark in enumerate(marks):
        if at:
            builder.identifiers += ((mark.type, mark.text),)
        else:
            builder.put("call_number", mark.text)


def read_notes(builder: RecordBuilder) -> None:
    for note in builder.bibl.notes:
        key = _NOTE_FIELDS.get(normalize_type(note.type), "")
        if key in DATES:
            builder.dates.setdefault(key, parse_date(Date(note.text)))
        elif note.type == "custom" and note.n:  # so `tei` writes what CSL does not know
            builder.custom.append((note.n, note.text))
        elif key:
            builder.put(key, note.text)
        else:
            builder.custom.append((note.type, note.text))


def read_addresses(builder: RecordBuilder) -> None:
    builder.custom += [("address", words.text) for words in builder.bibl.loose if words.element == "address"]


def keeps_type(kind: str) -> bool:
    """Whether `custom` keeps a `note` of this type under its type, because the type means no field."""
    return kind != "custom" and normalize_type(kind) not in _NOTE_FIELDS


def read_languages(builder: RecordBuilder) -> None:
    """Read the languages of `textLang`."""
    first, *others = map(find_tag, builder.bibl.languages or ("",))
    builder.put("language", first)
    if others:
        builder.custom.append(("other-languages", " ".join(others)))
