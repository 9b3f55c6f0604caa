"""Write plain references after the Chicago bibliography (17th edition, chapter 14), one line per record.

    Sedov, Leon. “‘Remove Stalin.’” In The Red Book: On the Moscow Trials. First edition in TEI. siglum, 2026. …

The text is plain: titles of books, usually in italics, have no mark. A DOI or an address stands last. The other formats hold
the variables that a reference leaves out (`LEFT_OUT`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from siglum.convert.cite.kinds import JOURNAL_ARTICLES
from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import DateParts, Record, When, shown_year
from siglum.convert.cite.text_names import list_inverted, list_names
from siglum.convert.cite.variables import KINDS
from siglum.text.header.records import format_holding

_SHOWN = frozenset(
    """director performer narrator title volume_title part_title container_title collection_title collection_number
    volume issue page edition version genre medium status author editor translator recipient interviewer
    reviewed_author reviewed_title event_title event_place issued event_date original_date original_publisher
    original_publisher_place archive archive_place archive_collection archive_location call_number doi""".split()
)
LEFT_OUT = frozenset(KINDS) - _SHOWN - {"id", "type"}
"""Variables that a reference does not show, or only without another: the address beside a DOI, the publisher of a journal."""
_INNER_QUOTES = str.maketrans("“”", "‘’")
_DATED_PERIODICALS = frozenset({"article-magazine", "article-newspaper", "review"})
_PARTS_OF_BOOKS = frozenset({"chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"})
"""Parts of a book: “In …”."""
_QUOTED_TITLES = frozenset({"thesis", "webpage", "post", "post-weblog", "speech", "interview", "article"})
"""Works whose title is quoted although they stand in no other work."""
_TO_THE_DAY = frozenset(
    """article-magazine article-newspaper webpage post post-weblog personal_communication letter interview speech broadcast
    performance manuscript""".split()
)
"""Works that are dated to the day."""
_MONTHS = """January February March April May June July August September October November December""".split()
_SEASONS = ("", "Spring", "Summer", "Autumn", "Winter")
_LONGEST_DATE = 40
"""The most characters of an editor's words for a date that a reference shows."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।॥][”’»]*$|https?://\S+$")
_CLOSING_QUOTES = re.compile(r"^(.*?)([”’]+)$", re.DOTALL)


def write(records: Sequence[Record]) -> str:
    """Write one reference per line."""
    return "".join(f"{format_reference(record)}\n" for record in records)


def format_reference(record: Record) -> str:
    """Format one record as one line."""
    return " ".join(_end_sentence(line) for part in _list_sentences(record) if (line := one_line(part)))


def _list_sentences(record: Record) -> Iterator[str]:
    yield _format_first_people(record)
    yield from _list_titles(record)
    yield from _list_other_people(record)
    yield from _list_issue(record)
    if record.type not in JOURNAL_ARTICLES:
        yield _format_imprint(record)
    yield _format_archive(record)
    yield _format_original(record)
    yield f"Accessed {_format_day(record.accessed)}" if record.accessed.start and record.url and not record.doi else ""
    yield f"https://doi.org/{record.doi}" if record.doi else record.url


def _format_first_people(record: Record) -> str:
    """The first people of a reference: the authors, or else the editors, compilers or translators."""
    for agents, one, many in (
        (record.author, "", ""),
        (record.editor, "ed.", "eds."),
        (record.compiler, "comp.", "comps."),
        (record.translator, "trans.", "trans."),
    ):
        if agents:
            label = one if len(agents) == 1 else many
            return f"{list_inverted(agents)}, {label}" if label else list_inverted(agents)
    return ""


def _list_titles(record: Record) -> Iterator[str]:
    """List the title and the work that contains it."""
    quoted = bool(record.container_title) or record.type in _QUOTED_TITLES
    if record.title:
        yield f"“{_end_sentence(one_line(record.title).translate(_INNER_QUOTES))}”" if quoted else record.title
    elif not record.reviewed_title:
        yield _format_untitled(record)
    yield record.part_title
    if record.reviewed_title and record.reviewed_title != record.title:
        by = f", by {list_names(record.reviewed_author)}" if record.reviewed_author else ""
        yield f"Review of {record.reviewed_title}{by}"
    if record.type in JOURNAL_ARTICLES and record.container_title:
        yield _format_journal(record)
    elif record.container_title:
        yield f"{'In ' if record.type in _PARTS_OF_BOOKS or record.type not in _QUOTED_TITLES else ''}{_format_book(record)}"


def _format_untitled(record: Record) -> str:
    if record.recipient:
        return f"Letter to {list_names(record.recipient)}"
    return f"Interview by {list_names(record.interviewer)}" if record.interviewer else "[no title]"


def _format_journal(record: Record) -> str:
    """Format “Journal 2, no. 3 (2000): 4–5”; a newspaper by its day."""
    pages = _format_pages(record)
    name = " ".join(filter(None, (record.container_title, record.volume)))
    number = f"no. {record.issue}" if record.issue else ""
    special = f"“{record.volume_title.translate(_INNER_QUOTES)}”" if record.volume_title else ""
    if record.type in _DATED_PERIODICALS and not record.volume:
        return ", ".join(filter(None, (name, number, special, _format_day(record.issued) or "n.d.", pages)))
    head = ", ".join(filter(None, (name, number, special)))
    return f"{head} ({_format_day_or_year(record) or 'n.d.'})" + (f": {pages}" if pages else "")


def _format_book(record: Record) -> str:
    """Format “Book, edited by E, vol. 2, 4–5”."""
    parts = [record.container_title]
    if record.container_author and record.container_author != record.author:
        parts.append(f"by {list_names(record.container_author)}")
    if record.editor and record.author:
        parts.append(f"edited by {list_names(record.editor)}")
    if record.volume:
        parts.append(f"vol. {record.volume}")
    number = f"no. {record.issue}" if record.issue else ""
    return ", ".join([*parts, *filter(None, (record.volume_title, number, _format_pages(record)))])


def _format_pages(record: Record) -> str:
    return re.sub(r"(?<=\w)\s*-{1,2}\s*(?=\w)", "–", one_line(record.page))


def _list_other_people(record: Record) -> Iterator[str]:
    """List the other contributors."""
    bound = bool(record.container_title) and record.type not in JOURNAL_ARTICLES
    if record.author and record.editor and not bound:
        yield f"Edited by {list_names(record.editor)}"
    if record.translator and (record.author or record.editor or record.compiler):
        yield f"Translated by {list_names(record.translator)}"
    for agents, words in ((record.director, "Directed"), (record.performer, "Performed"), (record.narrator, "Narrated")):
        yield f"{words} by {list_names(agents)}" if agents else ""
    if record.recipient and record.title:
        yield f"To {list_names(record.recipient)}"
    if record.interviewer and record.title:
        yield f"Interview by {list_names(record.interviewer)}"


def _list_issue(record: Record) -> Iterator[str]:
    """List edition, volumes, genre, series and number."""
    yield _format_edition(record.edition)
    yield f"Version {record.version}" if record.version else ""
    if not record.container_title:
        volume = f"Vol. {record.volume}" if record.volume else ""
        yield ", ".join(filter(None, (volume, record.volume_title)))
        yield f"{record.number_of_volumes} vols." if record.number_of_volumes and not volume else ""
        yield f"no. {record.issue}" if record.issue else ""
    genre = "" if record.type == "thesis" else f"{record.genre} {record.number}".strip()
    yield f"no. {record.number}" if record.number and not record.genre else genre
    yield record.medium
    yield record.status
    yield f"{record.collection_title} {record.collection_number}".strip()
    yield ", ".join(filter(None, (record.event_title, record.event_place, _format_day(record.event_date))))
    yield (
        ""
        if record.container_title
        else (f"{'Pp.' if '–' in _format_pages(record) else 'P.'} {_format_pages(record)}" if record.page else "")
    )


def _format_edition(edition: str) -> str:
    """Format an edition. A bare number becomes an ordinal: “2nd ed.”."""
    if not edition.isdecimal():
        return edition
    number = int(edition)
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} ed."


def _format_imprint(record: Record) -> str:
    agency = ": ".join(filter(None, (record.publisher_place, record.publisher)))
    kind = (record.genre or "Thesis") if record.type == "thesis" else ""
    return ", ".join(filter(None, (kind, agency, _format_day_or_year(record) or "n.d.")))


def _format_day_or_year(record: Record) -> str:
    return _format_day(record.issued) if record.type in _TO_THE_DAY else _format_year(record.issued)


def _format_year(when: When) -> str:
    """Format a year: “1936”, “ca. 1620–1625”, “50–44 BCE”; or the words of a date without a year."""
    if not when.start:
        return when.literal
    years = [side[0] for side in (when.start, when.end) if side]
    return _mark_circa(when, _format_span(*years) if len(years) > 1 and years[0] != years[1] else shown_year(years[0]))


def _format_span(first: int, last: int) -> str:
    if first < 1 <= last:
        return f"{shown_year(first)}–{shown_year(last)} CE"
    return f"{shown_year(first).removesuffix(' BCE')}–{shown_year(last)}"


def _format_day(when: When) -> str:
    """Format a day: “22 November 2026”, “3–5 March 1901”, “March–April 1901”, “Spring 1936”."""
    if not when.start:
        return when.literal
    if not when.end or when.end == when.start:
        return _mark_circa(when, f"{_SEASONS[when.season]} {_format_date(when.start)}".strip())
    first, last = when.start, when.end
    if len(first) == len(last) == 1:
        return _format_year(when)
    shared = next(
        (at for at, (one, two) in enumerate(zip(first, last, strict=False)) if one != two), min(len(first), len(last))
    )
    if len(first) == len(last) and shared:
        return _mark_circa(when, f"{_format_date(first, shared)}–{_format_date(last)}")
    return _mark_circa(when, f"{_format_date(first)} – {_format_date(last)}")


def _format_date(date: DateParts, without: int = 0) -> str:
    """Format a date in English, without its `without` largest parts."""
    year, *rest = date
    month = _MONTHS[(rest[0] - 1) % 12] if rest else ""
    day = str(rest[1]) if len(rest) > 1 else ""
    return " ".join(filter(None, (day, "" if without > 1 else month, "" if without else shown_year(year))))


def _mark_circa(when: When, shown: str) -> str:
    return f"ca. {shown}" if when.circa else shown


def _format_archive(record: Record) -> str:
    """Format where the manuscript or inscription is kept."""
    shelfmark = ", ".join(filter(None, (record.archive_collection, record.call_number, record.archive_location)))
    kept = format_holding(record.archive_place, record.archive, shelfmark) if record.archive or shelfmark else ""
    made = _format_origin_date(record.original_date) if _is_of_an_object(record) else ""
    return f"{kept} ({made})" if kept and made else kept or (made and f"Original: {made}")


def _format_origin_date(when: When) -> str:
    """Format the date of a manuscript or inscription, in the words of its editor if they are few."""
    words = when.literal
    return words if words and len(words) <= _LONGEST_DATE and "(" not in words else _format_day(when) if when.start else ""


def _is_of_an_object(record: Record) -> bool:
    """Whether the original is a manuscript or an inscription and not a printed book."""
    printed = record.original_title or record.original_publisher or record.original_publisher_place or record.original_is_first
    return bool(record.archive or record.call_number or record.type == "document") and not printed


def _format_original(record: Record) -> str:
    """The printed text behind an edition."""
    if _is_of_an_object(record):
        return ""
    agency = ": ".join(filter(None, (record.original_publisher_place, record.original_publisher)))
    imprint = ", ".join(filter(None, (agency, _format_year(record.original_date))))
    if record.original_is_first and imprint:
        return f"First published {imprint}"
    title = record.original_title or (imprint and (record.container_title or record.title))
    return f"Source: {title}" + (f" ({imprint})" if imprint else "") if title else f"Source: {imprint}" if imprint else ""


def _end_sentence(text: str) -> str:
    """End a text with a full stop, unless it ends with a mark (also inside closing quotation marks) or an address."""
    if _SENTENCE_END.search(text):
        return text
    inside = _CLOSING_QUOTES.match(text)
    return f"{inside[1]}.{inside[2]}" if inside else f"{text}."
