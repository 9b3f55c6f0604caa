"""The record of a work, from a `bibl`, `biblStruct` or `biblFull`. TEI P5, 3.12.

Every part finds a field; what CSL has no variable for goes to `custom`, by a name; what could not be read is said. Of a
reference in prose the words stay as the note, where they say more than the fields.
"""

from __future__ import annotations

from siglum.convert.cite import kinds, parts, people, sources, titles, unparsed_prose
from siglum.convert.cite.draft import Draft
from siglum.convert.cite.record import Record
from siglum.convert.cite.remark import Remark
from siglum.text.header import Bibl, Header, Manuscript

_REVIEWED = frozenset({"review", "reviewed", "reviewof", "reviews"})
_HOSTS = frozenset({"host", "in", "container", "ispartof", "partof"})
_FIRST = frozenset({"firstedition", "originalsource", "firstpublication"})
_ORIGINALS = _FIRST | frozenset({"original", "originaledition", "translatedfrom", "translationof"})


def is_told_by_another(relation: str) -> bool:
    """Whether a work in a `relatedItem` of this type is told in full with the work around it: the reviewed, the original."""
    return parts.word(relation) in _REVIEWED | _ORIGINALS | _HOSTS


def read(bibl: Bibl, header: Header) -> tuple[Record, tuple[Remark, ...]]:
    """The record of what a description describes, and remarks; `header` knows the persons that it points to."""
    draft = Draft(unparsed_prose.first(bibl), header)
    if draft.bibl is not bibl:
        draft.put("note", bibl.text)
        draft.words = bibl.text
        draft.say(f"`{bibl.kind}` names more than one work: only the first is read, and all its words are kept as a note")
    for step in _STEPS:
        step(draft)
    return draft.record(), tuple(draft.remarks)


def _titles(draft: Draft) -> None:
    found = titles.read(draft.bibl)
    draft.fields |= found.fields
    draft.custom += found.custom
    for text, line in found.remarks:
        draft.say(text, line)
    draft.type = _kind(draft, found)


def _kind(draft: Draft, found: titles.Titles) -> str:
    """The type that is said, or else that which the levels of the titles make."""
    bibl = draft.bibl
    said = kinds.named(bibl.type) or kinds.named(bibl.subtype)
    for key, word in (("type", bibl.type), ("subtype", bibl.subtype)):
        if word and (not kinds.named(word) or (key == "subtype" and kinds.named(bibl.type))):
            draft.custom.append((key, word))
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
    return _whole(bibl, found)


def _whole(bibl: Bibl, found: titles.Titles) -> str:
    """The type of what stands in nothing else."""
    if found.host == "u":
        return "manuscript"
    if found.host == "j":
        return "periodical"
    isbn = any(each.type.lower().startswith("isbn") for each in bibl.idnos)
    if found.level == "m" or isbn or (bibl.kind != "fileDesc" and bibl.titles and (bibl.places or bibl.agencies)):
        return "book"
    return "document"


def _people(draft: Draft) -> None:
    """The authors of the part are the author; those of the book around it, who are not the same, its author."""
    bibl = draft.bibl
    in_part = any(each.within == "analytic" for each in bibl.contributors) or any(
        each.within == "analytic" for each in bibl.titles
    )
    outer = [each for each in bibl.contributors if in_part and each.within.startswith("monogr")]
    outer_ids = set(map(id, outer))
    inner = people.read(
        (each for each in bibl.contributors if id(each) not in outer_ids), draft.header, of_the_series="collection_editor"
    )
    found, credits = inner.agents(), inner.credited()
    draft.remarks += inner.remarks
    draft.custom += inner.refs
    if outer:
        host = people.read(outer, draft.header)
        draft.remarks += host.remarks
        known = host.agents()
        draft.custom += [
            (key.replace("author", "container_author", 1) if key.startswith("author") else key, ref) for key, ref in host.refs
        ]
        authors = known.pop("author", ())
        found = {**known, **found} | {
            key: (*found[key], *(each for each in known[key] if each not in found[key])) for key in known.keys() & found.keys()
        }
        found |= {"container_author": authors} if authors else {}
        credits = (*credits, *host.credited())
    draft.people, draft.credits = found, credits


def _related(draft: Draft) -> None:
    for each in draft.bibl.related:
        relation = parts.word(each.relation or each.type if isinstance(each, Bibl) else each.type)
        if isinstance(each, Manuscript):
            draft.put("archive", each.repository)
            draft.put("archive_place", each.settlement)
            draft.put("call_number", each.shelfmark)
        elif relation in _REVIEWED:
            _reviewed(draft, each)
        elif relation in _ORIGINALS:
            _original(draft, each)
            draft.first = relation in _FIRST
        elif relation in _HOSTS:
            _host(draft, each)
        else:
            draft.custom.append((f"related-{each.relation or each.type or 'bibl'}", sources.reference(each)))


def _reviewed(draft: Draft, bibl: Bibl) -> None:
    inner, _ = read(bibl, draft.header)
    draft.put("reviewed_title", inner.title)
    if inner != Record(id=inner.id, type=inner.type, title=inner.title, author=inner.author):
        draft.custom.append(("reviewed", sources.reference(bibl)))
    draft.people.setdefault("reviewed_author", inner.author)
    if not kinds.named(draft.bibl.type) and not kinds.named(draft.bibl.subtype):
        draft.type = "review"


def _original(draft: Draft, bibl: Bibl) -> None:
    inner, _ = read(bibl, draft.header)
    draft.put("original_title", inner.title)
    draft.put("original_publisher", inner.publisher)
    draft.put("original_publisher_place", inner.publisher_place)
    draft.dates.setdefault("original_date", inner.issued)
    kept = ("id", "type", "title", "publisher", "publisher_place", "issued", "author", "custom")
    if inner != Record(**{key: getattr(inner, key) for key in kept}):
        draft.custom.append(("original", sources.reference(bibl)))
    if inner.author and inner.author != draft.people.get("author"):
        draft.people.setdefault("original_author", inner.author)


def _host(draft: Draft, bibl: Bibl) -> None:
    """The book or journal around it gives what the part does not say itself."""
    inner, _ = read(bibl, draft.header)
    draft.put("container_title", inner.title or inner.container_title)
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
        if not draft.fields.get(key):
            draft.put(key, getattr(inner, key))
    draft.dates.setdefault("issued", inner.issued)
    for key, who in (("container_author", inner.author), ("editor", inner.editor)):
        if who and who != draft.people.get("author"):
            draft.people.setdefault(key, who)
    if not kinds.named(draft.bibl.type):
        draft.type = "article-journal" if inner.type == "periodical" else "chapter"


_STEPS = (
    _titles,
    _people,
    parts.imprint,
    parts.scoped,
    parts.dates,
    parts.meetings,
    parts.numbered,
    parts.keeping,
    parts.notes,
    _related,
    parts.languages,
    unparsed_prose.words,
)
"""One after the other, for every description."""
