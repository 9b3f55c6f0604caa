"""The sources of an edition: which of them is the original that it gives again, and all of them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from siglum.convert.cite.dates import when
from siglum.convert.cite.record import When
from siglum.text.frozen import frozen
from siglum.text.header import Bibl, Manuscript, Source
from siglum.text.header.records import is_known

_DIGITAL = frozenset({"digitalsource", "digital", "web", "online", "electronic", "borndigital"})
_RANK = {"firstedition": 0, "originalsource": 1, "original": 1, "printsource": 2, "print": 2, "source": 3, "": 3}
_FIRST = frozenset({"firstedition", "first-edition", "originalsource", "original", "firstpublication", "first-publication"})
_PLACED = re.compile(r"^([A-ZÀ-Þ][\w’'. -]{2,30}(?:, [A-ZÀ-Þ][\w. ]{1,20})?):\s+(\S.*)$")
_SAID = {
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
    """Whether it is the first print of the text: it is said to be, or no editor, series or edition speaks against it."""


def original(sources: Sequence[Source]) -> Original | None:
    """The original, where the header leaves no doubt which of the sources it is."""
    found = [each for each in _flat(sources) if each.type.lower() not in _DIGITAL and (each.dates or each.agencies)]
    ranked = [(_RANK.get(each.type.lower(), 9), each) for each in found]
    best = [each for rank, each in ranked if rank == min(rank for rank, _ in ranked)]
    if len(best) != 1:
        return None
    bibl = best[0]
    publishers = "; ".join(each.name.text for each in bibl.agencies if each.role == "publisher" and is_known(each.name.text))
    place, publishers = placed("; ".join(filter(is_known, bibl.places)), publishers)
    titles = [
        each for each in bibl.titles if each.type not in {"sub", "subtitle"} and each.level != "s" and each.within != "series"
    ]
    dated = next((date for each in bibl.dates if (date := when(each)).start), When())
    return Original(titles[0].text if titles else "", publishers, place, dated, _is_first(bibl))


def placed(place: str, publisher: str) -> tuple[str, str]:
    """The place and the publisher, where the `publisher` holds both: “London: Longman”."""
    found = _PLACED.match(publisher) if not place and ";" not in publisher else None
    return (found[1], found[2]) if found else (place, publisher)


def _is_first(bibl: Bibl) -> bool:
    if bibl.kind == "recordingStmt":
        return False
    if bibl.type.lower() in _FIRST:
        return True
    later = bibl.editions or bibl.related or any(each.role in {"editor", "translator"} for each in bibl.contributors)
    series = any(each.level == "s" or each.within == "series" for each in bibl.titles)
    return not bibl.type and not later and not series


def _flat(sources: Sequence[Source]) -> Iterator[Bibl]:
    """The sources and the `bibl`s inside them; what a `relatedItem` names is another text, not this one's source."""
    for each in sources:
        if isinstance(each, Bibl):
            yield each
            yield from _flat([inner for inner in each.related if isinstance(inner, Bibl) and inner.relation == ""])


def sentences(sources: Sequence[Source]) -> Iterator[str]:
    """Each source as a sentence: “Printed source: Leon Sedov, …, New Park, 1980.”"""
    for each in sources:
        words = reference(each)
        kind = each.relation if isinstance(each, Bibl) and each.relation else each.type
        if words:
            label = _SAID.get(kind.lower()) or (_spoken(kind) if kind else "Source")
            yield f"{label}: {words}{'' if words[-1] in '.!?' else '.'}"
        if isinstance(each, Bibl):
            yield from sentences(each.related)


def reference(source: Source) -> str:
    """A description in one line: that of a `bibl` of prose as it stands, others put together from their parts."""
    if isinstance(source, Manuscript):
        when_made = next((each.text for each in source.dates if each.text), "")
        made = when_made.removeprefix("(").removesuffix(")")
        return f"{source.label} ({made})" if made and source.label else source.label
    return source.text or ", ".join(_parts(source))


def _parts(bibl: Bibl) -> Iterator[str]:
    authors = dict.fromkeys(each.name.text for each in bibl.contributors if each.role == "author")
    if authors:
        yield " and ".join(authors)
    levels = [[each.text for each in bibl.titles if each.within == part] for part in ("analytic", "monogr", "", "series")]
    titles = [": ".join(each) for each in levels if each]
    if titles:
        yield ", ".join(titles)
    editors = [each for each in bibl.contributors if each.role in {"editor", "translator"} and each.within != "series"]
    yield from dict.fromkeys(f"{each.name.text} ({each.role})" for each in editors)
    yield from bibl.editions
    yield from (each.text if not each.text.isdigit() else f"{each.unit} {each.text}".strip() for each in bibl.scopes)
    publisher = "; ".join(each.name.text for each in bibl.agencies)
    place = "; ".join(bibl.places)
    if place or publisher:
        yield f"{place}: {publisher}" if place and publisher else place or publisher
    yield from (each.shown or when(each).iso for each in bibl.dates)
    yield from (each.target for each in bibl.links if each.target.startswith("http"))


def _spoken(kind: str) -> str:
    """A type as words: “first-publication” is “First publication”."""
    words = kind.replace("-", " ").replace("_", " ").strip()
    return f"{words[:1].upper()}{words[1:]}"
