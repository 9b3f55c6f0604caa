"""A plain reference in one house form, after the Chicago bibliography: a line for each record.

    Sedov, Leon. “‘Remove Stalin.’” In The Red Book: On the Moscow Trials. First edition in TEI. siglum, 2026. …

It is plain text: a book's title, in italics elsewhere, has no mark. A digital object identifier or an address stands last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from siglum.convert.cite.line import one_line
from siglum.convert.cite.record import Agent, Record
from siglum.text.header.records import keeping

_INNER = str.maketrans("“”", "‘’")


def write(records: Sequence[Record]) -> str:
    """The references, a line each."""
    return "".join(f"{reference(each)}\n" for each in records)


def reference(record: Record) -> str:
    """One record as one line."""
    return " ".join(_stopped(one_line(part)) for part in _parts(record) if one_line(part))


def _parts(record: Record) -> Iterator[str]:
    yield _people(record)
    title = record.title or "[no title]"
    if record.container_title:
        yield f"“{_stopped(title.translate(_INNER))}”"
        yield f"{'' if record.type == 'article-journal' else 'In '}{record.container_title}{_numbers(record)}"
    else:
        yield title
    if record.author and record.editor:
        yield f"Edited by {_listed(each.full for each in record.editor)}"
    if record.translator and (record.author or record.editor):
        yield f"Translated by {_listed(each.full for each in record.translator)}"
    yield record.edition
    yield f"{record.collection_title} {record.collection_number}".strip()
    yield _imprint(record)
    yield _source(record)
    yield f"https://doi.org/{record.doi}" if record.doi else record.url


def _people(record: Record) -> str:
    if record.author:
        return _inverted(record.author)
    if record.editor:
        return f"{_inverted(record.editor)}, {'ed.' if len(record.editor) == 1 else 'eds.'}"
    return f"{_inverted(record.translator)}, trans." if record.translator else ""


def _inverted(agents: tuple[Agent, ...]) -> str:
    *before, last = [agents[0].inverted, *(each.full for each in agents[1:])]
    return f"{', '.join(before)}, and {last}" if before else last


def _listed(names: Iterator[str] | list[str]) -> str:
    *before, last = names
    return f"{', '.join(before)}{',' if len(before) > 1 else ''} and {last}" if before else last


def _numbers(record: Record) -> str:
    parts = (record.volume, f"no. {record.issue}" if record.issue else "")
    return "".join(f" {each}" for each in parts if each) + (f": {record.page}" if record.page else "")


def _imprint(record: Record) -> str:
    agency = ": ".join(filter(None, (record.publisher_place, record.publisher)))
    return ", ".join(filter(None, (agency, _dated(record.issued.year, record) or record.issued.literal or "n.d.")))


def _dated(year: str, record: Record) -> str:
    last = str(record.issued.end[0]) if record.issued.end else ""
    span = f"{year}–{last}" if last and last != year else year
    return f"ca. {span}" if span and record.issued.circa else span


def _source(record: Record) -> str:
    """The printed original, or the shelfmark of the manuscript."""
    if record.call_number or record.archive:
        return keeping(record.archive_place, record.archive, record.call_number)
    agency = ": ".join(filter(None, (record.original_publisher_place, record.original_publisher)))
    imprint = ", ".join(filter(None, (agency, record.original_date.iso.replace("/", "–"))))
    if record.original_is_first and imprint:
        return f"First published {imprint}"
    title = record.original_title or (imprint and (record.container_title or record.title))
    return f"Source: {title}" + (f" ({imprint})" if imprint else "") if title else f"Source: {imprint}" if imprint else ""


def _stopped(text: str) -> str:
    """The text with a full stop, unless it ends in a mark already (inside closing quotation marks, too) or in an address."""
    if re.search(r"[.!?…][”’)]*$", text) or re.search(r"https?://\S+$", text):
        return text
    inside = re.match(r"^(.*?)([”’]+)$", text, re.DOTALL)
    return f"{inside.group(1)}.{inside.group(2)}" if inside else f"{text}."
