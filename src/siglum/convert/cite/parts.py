"""The parts of a description that mean the same wherever they stand: imprint, scopes, dates, numbers, notes, languages.

Each function reads its part of the description into the draft.
"""

from __future__ import annotations

import re

from siglum.convert.cite import kinds, numbers, prose_dates, scopes, sources
from siglum.convert.cite.dates import when
from siglum.convert.cite.draft import DATES, TEXTS, Draft
from siglum.convert.cite.languages import named
from siglum.convert.cite.record import Credit
from siglum.text.header import Bibl, Date, Scope
from siglum.text.header.records import is_known

_DATED = {
    **dict.fromkeys(("accessed", "access", "accessdate", "lastaccess", "retrieved", "consulted", "urldate"), "accessed"),
    **dict.fromkeys(("submitted", "received"), "submitted"),
    **dict.fromkeys(("original", "originaldate", "firstpublished", "firstedition", "orig", "origdate"), "original_date"),
    **dict.fromkeys(("event", "conference", "meeting", "eventdate"), "event_date"),
    **dict.fromkeys(("available", "availabledate"), "available_date"),
    **dict.fromkeys(("", "publication", "published", "issued", "print", "pub", "publicationdate", "imprint"), "issued"),
}
_NOTED = {
    **{re.sub("_", "", each): each for each in TEXTS | DATES},
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
    **{re.sub(r"[\W_]", "", each): field for each, field in _DATED.items() if each and field != "issued"},
}
_NUMBERS = frozenset({"number", "numbers", "no", "nr", "nummer", "num", "n", "numéro"})
_KEYS = frozenset({"citekey", "bibtexkey", "citationKey"})


def word(kind: str) -> str:
    """A @type without what people write differently: “first-edition” and “firstEdition” are “firstedition”."""
    return re.sub(r"[\W_]", "", kind.casefold())


def imprint(draft: Draft) -> None:
    bibl = draft.bibl
    by_role: dict[str, list[str]] = {}
    for each in bibl.agencies:
        by_role.setdefault(each.role, []).append(each.name.text)
    chosen = next((role for role in ("publisher", "authority", "distributor") if role in by_role), "")
    agencies = by_role.pop(chosen, [])
    names = "; ".join(dict.fromkeys(filter(is_known, agencies)))
    place, publisher = sources.placed("; ".join(filter(is_known, dict.fromkeys(bibl.places))), names)
    draft.put("publisher", publisher)
    draft.put("publisher_place", place)
    draft.credits = (*draft.credits, *(Credit(role, tuple(dict.fromkeys(names))) for role, names in by_role.items()))
    draft.put("edition", "; ".join(dict.fromkeys(bibl.editions)))
    for text in bibl.extents:
        draft.put(*scopes.extent(text))
    for given in bibl.availability:
        for link in given.licences:
            draft.put("license", link.target or link.text)
            if link.target and link.text not in {"", link.target}:
                draft.custom.append(("licence", link.text))
        if not given.licences:
            draft.put("license", given.text or given.status)
        elif given.text:
            draft.custom.append(("availability", given.text))


def scoped(draft: Draft) -> None:
    for scope in draft.bibl.scopes:
        for key, value in scopes.parts(scope):
            if scope.within == "series" and key in {"volume", "issue", "scope"}:
                draft.put("collection_number", value)
            else:
                draft.put("number" if key == "issue" and _is_number(draft, scope) else key, value)
    for cited in draft.bibl.cited:
        draft.custom.append(("cited-range" + (f"-{cited.unit}" if cited.unit else ""), scopes.value(cited)))


def _is_number(draft: Draft, scope: Scope) -> bool:
    """Whether a number is that of the work itself (of a report, a record, a law) and not of an issue in which it stands."""
    return word(scope.unit) in _NUMBERS and draft.type != "article" and not kinds.is_in_a_journal(draft.type)


def dates(draft: Draft) -> None:
    """Each date by its type; of several of a type the first that holds a year, and one in our calendar before others."""
    for each in sorted(draft.bibl.dates, key=_rank):
        key = _DATED.get(word(each.type), "")
        found = when(each)
        known = draft.dates.get(key)
        if key and known is None:
            draft.dates[key] = found
            if not found.start and not prose_dates.is_undated(found.literal):
                draft.say(f"`date` “{found.literal}” holds no year that can be read", each.line)
        elif not key or (known is not None and (known.start, known.end) != (found.start, found.end)):
            draft.custom.append((f"date-{each.type}" if each.type else "date", each.shown or found.iso))


def _rank(date: Date) -> tuple[bool, bool]:
    return (not (when(date).start), "jul" in date.calendar.lower())


def meetings(draft: Draft) -> None:
    for each in draft.bibl.meetings:
        draft.put("event_title", each.text)
        draft.put("event_place", each.place)
        if each.date is not None:
            draft.dates.setdefault("event_date", when(each.date))
        draft.custom += [(f"event-{number.type}" if number.type else "event-idno", number.text) for number in each.idnos]


def numbered(draft: Draft) -> None:
    bibl = draft.bibl
    found = numbers.read(bibl.idnos if not bibl.kept else [each for each in bibl.idnos if each.within != "ms"], bibl.links)
    for key, value in found.fields.items():
        draft.put(key, value)
    draft.identifiers = tuple(each for each in dict.fromkeys(found.others) if each[0] not in _KEYS)
    draft.key = citekey(bibl)
    draft.custom += found.links
    draft.custom += [("corresp", each) for each in bibl.refers]
    for text, line in found.remarks:
        draft.say(text, line)


def citekey(bibl: Bibl) -> str:
    """The key that an `idno` gives the work in so many words; it counts before the xml:id."""
    return next((each.text for each in bibl.idnos if each.type in _KEYS), "")


def keeping(draft: Draft) -> None:
    names = {"repository": "archive", "settlement": "archive_place", "collection": "archive_collection"}
    for kind, words in draft.bibl.kept:
        draft.put(names.get(kind, kind), words)
    marks = [each for each in draft.bibl.idnos if each.within == "ms"]
    for at, mark in enumerate(marks):
        if at:
            draft.identifiers += ((mark.type, mark.text),)
        else:
            draft.put("call_number", mark.text)


def notes(draft: Draft) -> None:
    for note in draft.bibl.notes:
        key = _NOTED.get(word(note.type), "")
        if key in DATES:
            draft.dates.setdefault(key, when(Date(note.text)))
        elif note.type == "custom" and note.n:  # so `tei` writes what CSL does not know
            draft.custom.append((note.n, note.text))
        elif key:
            draft.put(key, note.text)
        else:
            draft.custom.append((note.type, note.text))


def is_unnamed(kind: str) -> bool:
    """Whether a `note` of this type is kept by the type: it means no field."""
    return kind != "custom" and word(kind) not in _NOTED


def languages(draft: Draft) -> None:
    """Those that `textLang` says; or the one that the title has of its own."""
    first, *others = map(named, draft.bibl.languages or ("",))
    draft.put("language", first)
    if others:
        draft.custom.append(("other-languages", " ".join(others)))
