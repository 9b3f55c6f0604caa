"""Build the record of an object from an `msDesc` (TEI P5, 11), and of a letter from a `correspDesc` (2.4.6)."""

from __future__ import annotations

from collections.abc import Iterable

from siglum.convert.cite import people, prose_dates
from siglum.convert.cite.dates import parse_date
from siglum.convert.cite.languages import find_tag
from siglum.convert.cite.record import Agent, Record, When
from siglum.convert.cite.remark import Remark
from siglum.text.header import Action, Contributor, Date, Header, Letter, Manuscript
from siglum.text.header.records import is_known


def read_manuscript(manuscript: Manuscript, header: Header) -> tuple[Record, tuple[Remark, ...]]:
    """Build the record of a manuscript, an inscription or a printed copy.

    Its title is its name, or else the title of its first item; titles of further items go to `custom`.
    """
    who = people.read_people(manuscript.contributors, header)
    found = who.agents()
    titles = list(dict.fromkeys([*manuscript.names, *(title.text for title in manuscript.titles)]))
    issued, others = _choose_date(manuscript.dates)
    languages = [*map(find_tag, manuscript.languages), ""]
    extra = [
        *(("item", title) for title in titles[1:]),
        *(("date", words) for words in others),
        *(("place", place) for place in manuscript.places[1:]),
        ("other-languages", " ".join(languages[1:]).strip()),
        ("country", _drop_unknown(manuscript.country)),
        ("institution", _drop_unknown(manuscript.institution)),
        ("type", manuscript.type),
        *(("extent", extent) for extent in manuscript.extents),
    ]
    kept = {_drop_unknown(manuscript.shelfmark), ""}
    record = Record(
        id=manuscript.id,
        type="manuscript",
        title=next(iter(titles), ""),
        abstract=manuscript.summary,
        issued=issued,
        event_place=next(filter(is_known, manuscript.places), ""),
        archive=_drop_unknown(manuscript.repository),
        archive_place=_drop_unknown(manuscript.settlement),
        archive_collection=_drop_unknown(manuscript.collection),
        call_number=_drop_unknown(manuscript.shelfmark),
        language=languages[0],
        medium=manuscript.material.strip(" ,;"),
        dimensions=manuscript.dimensions,
        credits=who.credited(),
        identifiers=tuple((idno.type, idno.text) for idno in manuscript.idnos if idno.text not in kept and is_known(idno.text)),
        custom=(*who.refs, *((key, value) for key, value in extra if value)),
        **found,  # type: ignore[arg-type]  # only fields of agents
    )
    unread = (
        []
        if issued.start or prose_dates.is_undated(issued.literal)
        else [f"`origDate` “{issued.literal}” contains no year that siglum can read"]
    )
    return record, (*who.remarks, *(Remark(text, manuscript.line) for text in unread))


def read_letter(described: Letter, header: Header, title: str = "") -> tuple[Record, tuple[Remark, ...]]:
    """Build the record of a letter: sender, recipient, date and place of sending."""
    sent, received = _select_actions(described, "sent"), _select_actions(described, "received")
    authors, first = _read_agents(sent, "author", header)
    recipients, second = _read_agents(received, "recipient", header)
    dates = [parse_date(date) for action in sent for date in action.dates] or [When()]
    others = [action for action in described.actions if action not in (*sent, *received)]
    extra = [
        *(("received-place", place) for action in received for place in action.places),
        *(("received-date", date.shown or parse_date(date).iso) for action in received for date in action.dates),
        *((f"letter-{action.type or 'action'}", _describe_action(action)) for action in others),
        *((f"note-{note.type}" if note.type else "note", note.text) for note in described.notes if note.type),
    ]
    record = Record(
        id=described.id,
        type="personal_communication",
        title=title,
        genre="letter",
        author=authors,
        recipient=recipients,
        issued=dates[0],
        event_place=next((place for action in sent for place in action.places), ""),
        note=" ".join(note.text for note in described.notes if not note.type),
        custom=tuple((key, value) for key, value in (*first.refs, *second.refs, *extra) if value),
    )
    unsent = [] if sent else [Remark('`correspDesc` has no sender. Add a `correspAction` with @type="sent"', described.line)]
    return record, (*first.remarks, *second.remarks, *unsent)


def _select_actions(described: Letter, kind: str) -> list[Action]:
    return [action for action in described.actions if action.type == kind]


def _read_agents(actions: Iterable[Action], role: str, header: Header) -> tuple[tuple[Agent, ...], people.People]:
    named = (Contributor(role, name, "", "", (), action.line) for action in actions for name in action.names)
    found = people.read_people(named, header)
    return found.agents().get(role, ()), found


def _describe_action(action: Action) -> str:
    dates = [date.shown or parse_date(date).iso for date in action.dates]
    return ", ".join(filter(None, (*(name.text for name in action.names), *action.places, *dates)))


def _choose_date(dates: Iterable[Date]) -> tuple[When, list[str]]:
    """Choose the first date that holds a year, and return the words of the others."""
    read_ones = [(date, parse_date(date)) for date in dates]
    first = next((pair for pair in read_ones if pair[1].start), next(iter(read_ones), None))
    others = dict.fromkeys(date.shown or found.iso for date, found in read_ones if first is not None and date is not first[0])
    return (first[1] if first else When()), [words for words in others if words]


def _drop_unknown(part: str) -> str:
    return part if is_known(part) else ""
