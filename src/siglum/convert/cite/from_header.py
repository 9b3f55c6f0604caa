"""The citation of an edition, from its header: the digital text is what is cited, its source goes into the original-… fields.

Everything the header says finds a field, or a remark says that it did not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from siglum.convert.cite import from_manuscript, keys, people, prose_dates, sources
from siglum.convert.cite.dates import when
from siglum.convert.cite.languages import named
from siglum.convert.cite.record import Credit, Record, When
from siglum.convert.cite.remark import Remark
from siglum.text.frozen import frozen
from siglum.text.header import Bibl, Header, Idno, Manuscript, Meeting, Title, Words
from siglum.text.header.records import is_known

_MAIN = frozenset({"", "main", "work", "full", "uniform", "supplied", "editorial", "marc245a"})
_SUB = frozenset({"sub", "subtitle", "subordinate", "marc245b", "marc245c"})
_WEB = re.compile(r"^https?://\S+$", re.IGNORECASE)
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)


@dataclass
class _Reading:
    """What has been read so far of one header."""

    header: Header
    remarks: list[Remark] = field(default_factory=list)

    @property
    def file(self) -> Bibl:
        return self.header.file

    def say(self, text: str, line: int = 0) -> None:
        self.remarks.append(Remark(text, line))


def cite(header: Header) -> tuple[Record, list[Remark]]:
    """The record of the edition that a header describes, and remarks on what could not be read or has no field."""
    reading = _Reading(header)
    titles = _titles(reading)
    who = _people(reading)
    publisher, distributors = _publisher(reading)
    original = sources.original(header.sources)
    same = original is None or _same(original.title, titles)
    original_date = _original_date(reading, original)
    manuscript = next((each for each in header.sources if isinstance(each, Manuscript)), None)
    doi, url, isbn, identifiers = _identifiers(reading)
    agents = who.agents()
    meeting = next(iter(header.file.meetings), Meeting(""))
    record = Record(
        type=_type(titles, manuscript, len(header.letters)),
        title=titles.title,
        container_title=titles.container,
        collection_title=titles.collection,
        collection_number=next((each.text for each in reading.file.scopes if each.within == "series"), ""),
        volume=_scope(reading.file, "volume", "vol"),
        issue=_scope(reading.file, "issue", "number"),
        page=_scope(reading.file, "page", "pp", "pages"),
        edition="; ".join(reading.file.editions),
        container_author=agents.get("author", ()) if titles.container and titles.level == "m" else (),
        publisher=publisher,
        publisher_place="; ".join(reading.file.places),
        issued=_issued(reading),
        original_title=original.title if original and not same else "",
        original_date=original_date,
        original_publisher=original.publisher if original else "",
        original_publisher_place=original.place if original else "",
        original_is_first=original is not None and original.first and same,
        archive=_known(manuscript.repository) if manuscript else "",
        archive_place=_known(manuscript.settlement) if manuscript else "",
        call_number=_known(manuscript.shelfmark) if manuscript else "",
        language=named(header.language),
        url=url,
        doi=doi,
        isbn=isbn,
        license=_licence(reading),
        note=_note(reading),
        credits=(*who.credited(), *distributors),
        identifiers=identifiers,
        custom=tuple(sorted(_custom(reading, who, original_date))),
        event_title=meeting.text,
        event_place=meeting.place,
        **{key: found for key, found in agents.items() if key != "container_author"},  # type: ignore[arg-type]  # all of agents
        proper=_proper(header, titles),
    )
    return keys.unique([record])[0], reading.remarks


def _original_date(reading: _Reading, original: sources.Original | None) -> When:
    """When the printed original appeared, the letter was sent, or the manuscript was made."""
    if original is not None:
        return original.date
    letters = reading.header.letters
    sent = from_manuscript.letter(letters[0], reading.header)[0].issued if len(letters) == 1 else When()
    made = _described(reading).issued
    return sent if sent != When() else made if made.start else When()


def _described(reading: _Reading) -> Record:
    """The record of the first manuscript among the sources; an empty one where there is none."""
    found = next((each for each in reading.header.sources if isinstance(each, Manuscript)), None)
    return from_manuscript.read(found, reading.header)[0] if found else Record()


def _known(part: str) -> str:
    return part if is_known(part) else ""


@frozen
class _Titles:
    title: str = ""
    container: str = ""
    collection: str = ""
    level: str = ""


def _titles(reading: _Reading) -> _Titles:
    """The titles by their level: a part (a) stands in a book (m) or journal (j), and these in a series (s)."""
    own = [each for each in reading.file.titles if each.within != "series" and each.level != "s" and each.type != "collection"]
    series = [each for each in reading.file.titles if each not in own]
    part = _heading(reading, [each for each in own if each.level == "a"])
    whole = _heading(reading, [each for each in own if each.level != "a"])
    level = next((each.level for each in own if each.level in {"m", "j"}), "m")
    collection = _heading(reading, series)
    if not (part or whole):
        reading.say("the header gives no title")
    return _Titles(part or whole, whole if part else "", collection, level)


def _same(title: str, titles: _Titles) -> bool:
    """Whether a title is that of the edition, or the beginning of it, or it with more words, whatever the punctuation."""
    bare, *own = (re.sub(r"\W", "", each).casefold() for each in (title, titles.title, titles.container))
    return any(each and (each.startswith(bare) or bare.startswith(each)) for each in own)


def _heading(reading: _Reading, titles: list[Title]) -> str:
    """“Main title: subtitle”. Of several main titles the first is taken."""
    main = [each for each in titles if each.type.lower() in _MAIN | {"collection"}] or titles[:1]
    sub = [each for each in titles if each.type.lower() in _SUB and each not in main]
    for each in titles:
        if each not in sub and each not in main[:1] and each.text != main[0].text:
            kind = f" of the type {each.type}" if each.type else ""
            reading.say(f"one more title{kind} is not in the citation: “{each.text}”", each.line)
    return join_title([each.text for each in (*main[:1], *sub)])


def join_title(parts: list[str]) -> str:
    """A title and its subtitles in one line; a mark that ends a part stands for the colon."""
    text = ""
    for part in parts:
        text += part if not text else f" {part}" if text[-1] in ":;.?!–—" else f": {part}"
    return text


def _people(reading: _Reading) -> people.People:
    """The agents by the field that their part has, and the credits of everybody else; of a letter, who sent it to whom."""
    found = people.read(reading.file.contributors, reading.header, of_the_series="collection_editor")
    reading.remarks += found.remarks
    letters = reading.header.letters
    if len(letters) == 1:
        record, remarks = from_manuscript.letter(letters[0], reading.header)
        reading.remarks += remarks
        if not found.by_field.get("author"):
            found.by_field["author"] = list(record.author)
        found.by_field.setdefault("recipient", list(record.recipient))
    return found


def _publisher(reading: _Reading) -> tuple[str, list[Credit]]:
    """The publishers, or else the authority or the distributor; whoever is left over is credited."""
    by_role: dict[str, list[str]] = {}
    for each in reading.file.agencies:
        by_role.setdefault(each.role, []).append(each.name.text)
    chosen = next((role for role in ("publisher", "authority", "distributor") if role in by_role), "")
    publisher = "; ".join(by_role.pop(chosen, []))
    if not publisher:
        reading.say("the header names no publisher")
    return publisher, [Credit(role, tuple(names)) for role, names in by_role.items() if publisher not in names]


def _issued(reading: _Reading) -> When:
    dates = [each for each in reading.file.dates if when(each) != When()]
    for each in dates[1:]:
        reading.say(f"one more date is not in the citation: “{each.shown or when(each).iso}”", each.line)
    found = when(dates[0]) if dates else When()
    if not dates:
        reading.say("the header gives no date of publication")
    elif not found.start and not prose_dates.is_undated(found.literal):
        reading.say(f"the date “{found.literal}” holds no year that can be read", dates[0].line)
    return found


def _scope(described: Bibl, *units: str) -> str:
    return next((each.text or each.start for each in described.scopes if each.unit in units and not each.within), "")


def _identifiers(reading: _Reading) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    """DOI, URL and ISBN, each where there is exactly one, and all other identifiers by kind."""
    own = [each for each in reading.file.idnos if not each.within]
    links = [Idno(each.target, each.type, line=each.line) for each in reading.file.links]
    dois = _doi(reading, own, links)
    urls = [each.text for each in (*own, *links) if _WEB.match(each.text) and not _DOI.match(each.text)]
    url = _one(reading, "address", urls[:1] if any(_WEB.match(each.text) for each in own) else urls)
    isbn = _one(reading, "ISBN", (each.text for each in own if each.type.lower() == "isbn"))
    rest = tuple(
        (each.type, each.text) for each in reading.file.idnos if each.text not in {url, isbn} and not _is_doi(each, dois)
    )
    for each in links:
        if not (_WEB.match(each.text) or each.text.startswith("#")):
            reading.say(f"the link “{each.text}” is no address on the web", each.line)
    return dois, url, isbn, rest


def _doi(reading: _Reading, own: list[Idno], links: list[Idno]) -> str:
    """The DOI of the file: its `idno` before what is only linked; of several the first."""
    found = dict.fromkeys(match.group(1) for each in (*own, *links) if (match := _DOI.match(each.text)))
    first = next(iter(found), "")
    if len(found) > 1:
        reading.say(f"more than one DOI; {first} is taken, not {', '.join(list(found)[1:])}")
    return first


def _is_doi(idno: Idno, doi: str) -> bool:
    found = _DOI.match(idno.text)
    return found is not None and found.group(1) == doi


def _one(reading: _Reading, kind: str, values: Iterable[str]) -> str:
    found = list(dict.fromkeys(values))
    if len(found) > 1:
        reading.say(f"more than one {kind}, and none is taken: {', '.join(found)}")
    return found[0] if len(found) == 1 else ""


def _licence(reading: _Reading) -> str:
    """The address of the licence or its words; where there is none, what is said of the rights."""
    licences = [each for given in reading.file.availability for each in given.licences]
    for each in licences[1:]:
        reading.say(f"one more licence is not in the citation: “{each.target or each.text}”", each.line)
    said = [given.text or given.status for given in reading.file.availability if given.text or given.status]
    return next((each.target or each.text for each in licences), " ".join(said))


def _note(reading: _Reading) -> str:
    """The sources as sentences, then what `notesStmt` says."""
    said = [_stopped(each.text) for each in reading.file.notes] + [_stopped(each.text) for each in _outside(reading)]
    return " ".join([*sources.sentences(reading.header.sources), *said])


def _outside(reading: _Reading) -> Iterator[Words]:
    """Statements in prose: nothing in them is a field, but they are kept."""
    for each in reading.file.loose:
        if each.element not in {"ref", "address"} and len(each.text) > 1:
            reading.say(f"the words “{each.text}” are in no field: they are kept as a note", each.line)
            yield each


def _custom(reading: _Reading, who: people.People, original_date: When) -> Iterator[tuple[str, str]]:
    """What CSL has no variable for: where persons are described, the extent, a postal address, where else a letter went."""
    yield from who.refs
    for letter in reading.header.letters:
        sent = from_manuscript.letter(letter, reading.header)[0]
        yield from (each for each in sent.custom if len(reading.header.letters) == 1 and each not in who.refs)
    yield from (("extent", each) for each in reading.file.extents)
    yield from (("address", each.text) for each in reading.file.loose if each.element == "address")
    described = _described(reading)
    yield from ((key, value) for key, value in described.custom if key in {"country", "institution"})
    if described.issued not in {When(), original_date}:
        yield "manuscript-date", described.issued.literal or described.issued.iso


def _stopped(text: str) -> str:
    return text if text[-1:] in ".!?" else f"{text}."


def _type(titles: _Titles, manuscript: Manuscript | None, letters: int) -> str:
    if titles.container:
        return "article-journal" if titles.level == "j" else "chapter"
    if letters == 1:
        return "personal_communication"
    return "document" if manuscript is not None else "book"


def _proper(header: Header, titles: _Titles) -> tuple[str, ...]:
    """The words of the titles that the lists of persons, organisations and places know as names, and those like “TEI”."""
    known = {word for entry in header.entries.values() for each in entry.names for word in re.findall(r"\w+", each.text)}
    known -= {each for each in known if each.casefold() in keys.PASSED}  # the article of a role: “Die Bediente”
    words = re.findall(r"\w+", f"{titles.title} {titles.container} {titles.collection}")
    return tuple(dict.fromkeys(_names(words, known)))


def _names(words: list[str], known: set[str]) -> Iterator[str]:
    for word in words:
        if (word in known and word[:1].isupper()) or re.search(r"\w[A-Z]", word):
            yield word
