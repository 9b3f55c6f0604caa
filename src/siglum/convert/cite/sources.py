"""Find the original among the sources of an edition, and write all sources in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from siglum.convert.cite.dates import parse_date
from siglum.convert.cite.record import When
from siglum.text.frozen import frozen
from siglum.text.header import Bibl, Manuscript, Source
from siglum.text.header.records import is_known

_DIGITAL = frozenset({"digitalsource", "digital", "web", "online", "electronic", "borndigital"})
_RANK = {"firstedition": 0, "originalsource": 1, "original": 1, "printsource": 2, "print": 2, "source": 3, "": 3}
_FIRST = frozenset({"firstedition", "first-edition", "originalsource", "original", "firstpublication", "first-publication"})
_PLACE_AND_PUBLISHER = re.compile(r"^([A-ZÀ-Þ][\w’'. -]{2,30}(?:, [A-ZÀ-Þ][\w. ]{1,20})?):\s+(\S.*)$")
_LABELS = {
    "firstedition": "First edition",
    "originalsource": "Original source",
    "printsource": "Printed source",
    "print": "Printed source",
    "digitalsource": "Digital source",
    "web": "Web source",
}


@frozen
class Original:
    """The printed text behind an edition."""

    title: str
    publisher: str
    place: str
    date: When
    first: bool
    """Whether the original is stated to be the first print, or no editor, series or edition contradicts it."""


def find_original(sources: Sequence[Source]) -> Original | None:
    """Find the original, if only one of the sources can be it."""
    found = [bibl for bibl in _flatten(sources) if bibl.type.lower() not in _DIGITAL and (bibl.dates or bibl.agencies)]
    ranked = [(_RANK.get(bibl.type.lower(), 9), bibl) for bibl in found]
    best = [bibl for rank, bibl in ranked if rank == min(rank for rank, _ in ranked)]
    if len(best) != 1:
        return None
    bibl = best[0]
    publishers = "; ".join(
        agency.name.text for agency in bibl.agencies if agency.role == "publisher" and is_known(agency.name.text)
    )
    place, publishers = split_place("; ".join(filter(is_known, bibl.places)), publishers)
    titles = [
        title
        for title in bibl.titles
        if title.type not in {"sub", "subtitle"} and title.level != "s" and title.within != "series"
    ]
    dated = next((date for stated in bibl.dates if (date := parse_date(stated)).start), When())
    return Original(titles[0].text if titles else "", publishers, place, dated, _is_first(bibl))


def split_place(place: str, publisher: str) -> tuple[str, str]:
    """Split a `publisher` that holds place and publisher: “London: Longman”."""
    found = _PLACE_AND_PUBLISHER.match(publisher) if not place and ";" not in publisher else None
    return (found[1], found[2]) if found else (place, publisher)


def _is_first(bibl: Bibl) -> bool:
    if bibl.kind == "recordingStmt":
        return False
    if bibl.type.lower() in _FIRST:
        return True
    later = (
        bibl.editions or bibl.related or any(contributor.role in {"editor", "translator"} for contributor in bibl.contributors)
    )
    series = any(title.level == "s" or title.within == "series" for title in bibl.titles)
    return not bibl.type and not later and not series


def _flatten(sources: Sequence[Source]) -> Iterator[Bibl]:
    """Yield the sources and the `bibl`s inside them. A `relatedItem` names another text."""
    for source in sources:
        if isinstance(source, Bibl):
            yield source
            yield from _flatten([inner for inner in source.related if isinstance(inner, Bibl) and inner.relation == ""])


def write_sentences(sources: Sequence[Source]) -> Iterator[str]:
    """Write each source as a sentence: “Printed source: Leon Sedov, …, New Park, 1980.”"""
    for source in sources:
        words = write_reference(source)
        kind = source.relation if isinstance(source, Bibl) and source.relation else source.type
        if words:
            label = _LABELS.get(kind.lower()) or (_type_as_words(kind) if kind else "Source")
            yield f"{label}: {words}{'' if words[-1] in '.!?' else '.'}"
        if isinstance(source, Bibl):
            yield from write_sentences(source.related)


def write_reference(source: Source) -> str:
    """Write a description in one line: a prose `bibl` as it stands, others from their parts."""
    if isinstance(source, Manuscript):
        when_made = next((date.text for date in source.dates if date.text), "")
        made = when_made.removeprefix("(").removesuffix(")")
        return f"{source.label} ({made})" if made and source.label else source.label
    return source.text or ", ".join(_list_parts(source))


def _list_parts(bibl: Bibl) -> Iterator[str]:
    authors = dict.fromkeys(contributor.name.text for contributor in bibl.contributors if contributor.role == "author")
    if authors:
        yield " and ".join(authors)
    levels = [[title.text for title in bibl.titles if title.within == part] for part in ("analytic", "monogr", "", "series")]
    titles = [": ".join(level) for level in levels if level]
    if titles:
        yield ", ".join(titles)
    editors = [
        contributor
        for contributor in bibl.contributors
        if contributor.role in {"editor", "translator"} and contributor.within != "series"
    ]
    yield from dict.fromkeys(f"{editor.name.text} ({editor.role})" for editor in editors)
    yield from bibl.editions
    yield from (scope.text if not scope.text.isdigit() else f"{scope.unit} {scope.text}".strip() for scope in bibl.scopes)
    publisher = "; ".join(agency.name.text for agency in bibl.agencies)
    place = "; ".join(bibl.places)
    if place or publisher:
        yield f"{place}: {publisher}" if place and publisher else place or publisher
    yield from (date.shown or parse_date(date).iso for date in bibl.dates)
    yield from (link.target for link in bibl.links if link.target.startswith("http"))


def _type_as_words(kind: str) -> str:
    """Write a type as words: “first-publication” becomes “First publication”."""
    words = kind.replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"
