"""Build the citation of an edition from its `teiHeader`: the record describes the digital text, `original_*` its source.

Input: a `Header`. Output: a record and remarks about what has no field. `parts` and `titles` read what `fileDesc` shares with
`biblStruct`; this module holds the rules of a header: several addresses are ambiguous, the sources become the note. TEI P5, 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from siglum.convert.cite import from_manuscript, keys, parts, prose_dates, sources, titles
from siglum.convert.cite.dates import parse_date
from siglum.convert.cite.languages import find_tag
from siglum.convert.cite.numbers import DOI, WEB
from siglum.convert.cite.record import Record, When
from siglum.convert.cite.record_builder import RecordBuilder
from siglum.convert.cite.remark import Remark
from siglum.text.header import Header, Idno, Manuscript


def cite(header: Header) -> tuple[Record, list[Remark]]:
    """Build the record of the edition that a header describes, and remarks on what could not be read or has no field."""
    builder = RecordBuilder(header.file, header)
    for step in _STEPS:
        step(builder)
    builder.custom.sort()
    record = replace(builder.record(), id="", proper=_find_proper_words(builder))
    return keys.make_unique([record])[0], builder.remarks


def _read_titles(builder: RecordBuilder) -> None:
    part, hosts, series = titles.group_by_level(builder.bibl)
    whole = [title for host in hosts for title in host]
    for key, group in (("title", part or whole), ("container_title", whole if part else []), ("collection_title", series)):
        heading = titles.choose_heading(group)
        builder.put(key, heading.text)
        for title in heading.others:
            kind = f" of the type {title.type}" if title.type else ""
            builder.remark(f"the citation leaves out another title{kind}: “{title.text}”", title.line)
    if "title" not in builder.fields:
        builder.remark("the header has no title")
    level = next((title.level for title in whole if title.level in {"m", "j"}), "m")
    builder.type = _choose_type(builder, level)


def _choose_type(builder: RecordBuilder, level: str) -> str:
    if "container_title" in builder.fields:
        return "article-journal" if level == "j" else "chapter"
    if len(builder.header.letters) == 1:
        return "personal_communication"
    return "document" if _first_manuscript(builder.header) is not None else "book"


def _read_people(builder: RecordBuilder) -> None:
    """Read the people of the file. A single letter adds its sender, where the file names no author, and its recipient."""
    parts.read_people(builder)
    builder.people.pop("container_author", None)
    if len(builder.header.letters) == 1:
        letter, remarks = from_manuscript.read_letter(builder.header.letters[0], builder.header)
        builder.remarks += remarks
        builder.people = {"author": letter.author, "recipient": letter.recipient} | builder.people
        builder.custom += letter.custom
    if builder.type == "chapter":
        builder.people["container_author"] = builder.people.get("author", ())


def _read_publisher(builder: RecordBuilder) -> None:
    parts.read_publisher(builder)
    if "publisher" not in builder.fields:
        builder.remark("the header has no publisher")


def _read_date(builder: RecordBuilder) -> None:
    dates = [(date, found) for date in builder.bibl.dates if (found := parse_date(date)) != When()]
    for date, found in dates[1:]:
        builder.remark(f"the citation leaves out another date: “{date.shown or found.iso}”", date.line)
    if not dates:
        builder.remark("the header has no date of publication")
        return
    date, issued = dates[0]
    builder.dates["issued"] = issued
    if not issued.start and not prose_dates.is_undated(issued.literal):
        builder.remark(f"the date “{issued.literal}” contains no year that siglum can read", date.line)


def _read_original(builder: RecordBuilder) -> None:
    """Read the printed original from the sources; without one, the date of the letter or of the manuscript."""
    original = sources.find_original(builder.header.sources)
    if original is None:
        builder.dates["original_date"] = _date_of_letter_or_manuscript(builder.header)
        return
    has_same_title = _is_title_of(builder, original.title)
    builder.put("original_title", "" if has_same_title else original.title)
    builder.put("original_publisher", original.publisher)
    builder.put("original_publisher_place", original.place)
    builder.dates["original_date"] = original.date
    builder.original_is_first = original.first and has_same_title


def _date_of_letter_or_manuscript(header: Header) -> When:
    if len(header.letters) == 1:
        sent = from_manuscript.read_letter(header.letters[0], header)[0].issued
        if sent != When():
            return sent
    manuscript = _first_manuscript(header)
    made = from_manuscript.read_manuscript(manuscript, header)[0].issued if manuscript else When()
    return made if made.start else When()


def _is_title_of(builder: RecordBuilder, title: str) -> bool:
    """Whether a title is that of the edition, or one begins with the other. Punctuation and case do not count."""
    own = (builder.fields.get("title", ""), builder.fields.get("container_title", ""))
    bare, *known = (re.sub(r"\W", "", text).casefold() for text in (title, *own))
    return any(text and (text.startswith(bare) or bare.startswith(text)) for text in known)


def _first_manuscript(header: Header) -> Manuscript | None:
    return next((source for source in header.sources if isinstance(source, Manuscript)), None)


def _read_manuscript(builder: RecordBuilder) -> None:
    """Read where the first manuscript among the sources is kept."""
    manuscript = _first_manuscript(builder.header)
    if manuscript is None:
        return
    described = from_manuscript.read_manuscript(manuscript, builder.header)[0]
    for key in ("archive", "archive_place", "call_number"):
        builder.put(key, getattr(described, key))
    builder.custom += [(key, value) for key, value in described.custom if key in {"country", "institution"}]
    if described.issued not in {When(), builder.dates["original_date"]}:
        builder.custom.append(("manuscript-date", described.issued.literal or described.issued.iso))


def _read_identifiers(builder: RecordBuilder) -> None:
    """Read DOI, web address and ISBN, each if there is exactly one, and keep all other identifiers by their types."""
    own = [idno for idno in builder.bibl.idnos if not idno.within]
    links = [Idno(link.target, link.type, line=link.line) for link in builder.bibl.links]
    doi = _read_doi(builder, [*own, *links])
    urls = [idno.text for idno in (*own, *links) if WEB.match(idno.text) and not DOI.match(idno.text)]
    url = _only(builder, "address", urls[:1] if any(WEB.match(idno.text) for idno in own) else urls)
    isbn = _only(builder, "ISBN", (idno.text for idno in own if idno.type.lower() == "isbn"))
    for key, value in (("doi", doi), ("url", url), ("isbn", isbn)):
        builder.put(key, value)
    rest = [idno for idno in builder.bibl.idnos if idno.text not in {url, isbn} and not (doi and _doi_in(idno) == doi)]
    builder.identifiers = tuple((idno.type, idno.text) for idno in rest)
    for link in links:
        if not (WEB.match(link.text) or link.text.startswith("#")):
            builder.remark(f"the link “{link.text}” is not a web address", link.line)


def _read_doi(builder: RecordBuilder, idnos: list[Idno]) -> str:
    """The first DOI: an `idno` comes before a link."""
    first, *others = dict.fromkeys(filter(None, map(_doi_in, idnos))) or [""]
    if others:
        builder.remark(f"more than one DOI; siglum takes {first}, not {', '.join(others)}")
    return first


def _doi_in(idno: Idno) -> str:
    match = DOI.match(idno.text)
    return match[1] if match else ""


def _only(builder: RecordBuilder, kind: str, values: Iterable[str]) -> str:
    found = list(dict.fromkeys(values))
    if len(found) > 1:
        builder.remark(f"more than one {kind}; siglum takes none: {', '.join(found)}")
    return found[0] if len(found) == 1 else ""


def _read_licence(builder: RecordBuilder) -> None:
    """Read the address of the licence or its words; without a licence, the statement about rights."""
    licences = [licence for availability in builder.bibl.availability for licence in availability.licences]
    for licence in licences[1:]:
        builder.remark(f"the citation leaves out another licence: “{licence.target or licence.text}”", licence.line)
    words = " ".join(filter(None, (availability.text or availability.status for availability in builder.bibl.availability)))
    builder.put("license", (licences[0].target or licences[0].text) if licences else words)


def _read_notes(builder: RecordBuilder) -> None:
    """Write the sources as sentences, then the notes of `notesStmt`, then words that stand in no part of the header."""
    notes = [note.text for note in builder.bibl.notes]
    sentences = [*sources.write_sentences(builder.header.sources), *map(_end_sentence, (*notes, *_find_unparsed(builder)))]
    builder.put("note", " ".join(sentences))


def _find_unparsed(builder: RecordBuilder) -> Iterator[str]:
    for words in builder.bibl.loose:
        if words.element not in {"ref", "address"} and len(words.text) > 1:
            builder.remark(f"the words “{words.text}” belong to no field. siglum keeps them as a note", words.line)
            yield words.text


def _end_sentence(text: str) -> str:
    return text if text[-1:] in ".!?" else f"{text}."


def _read_extent_and_language(builder: RecordBuilder) -> None:
    builder.custom += [("extent", extent) for extent in builder.bibl.extents]
    builder.put("language", find_tag(builder.header.language))


def _find_proper_words(builder: RecordBuilder) -> tuple[str, ...]:
    """Find the words of the titles that are names in the lists of the document, or are spelt like “TEI”."""
    names = (name.text for entry in builder.header.entries.values() for name in entry.names)
    known = {word for name in names for word in re.findall(r"\w+", name)}
    known -= {word for word in known if word.casefold() in keys.STOP_WORDS}  # the article of a role: “Die Bediente”
    keys_of_titles = ("title", "container_title", "collection_title")
    words = re.findall(r"\w+", " ".join(builder.fields.get(key, "") for key in keys_of_titles))
    proper = (word for word in words if (word in known and word[:1].isupper()) or re.search(r"\w[A-Z]", word))
    return tuple(dict.fromkeys(proper))


_STEPS = (
    _read_titles,
    _read_people,
    _read_publisher,
    _read_identifiers,
    parts.read_scopes,
    parts.read_meetings,
    _read_date,
    _read_original,
    _read_manuscript,
    _read_licence,
    _read_extent_and_language,
    parts.read_addresses,
    _read_notes,
)
