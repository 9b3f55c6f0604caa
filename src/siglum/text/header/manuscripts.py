"""Descriptions of objects (`msDesc`) and of letters (`correspDesc`). TEI P5, 11 and 2.4.6."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.text.header.records import Action, Contributor, Letter, Manuscript, Note, Title
from siglum.text.header.words import children, date, idnos, joined, line, names, plain
from siglum.text.tei import XML_ID, Element, attribute, child, elements, language, name, tokens

_NO_PLACE = frozenset({"note", "geo", "idno"})
_NO_EXTENT = frozenset({"note", "dimensions"})
_PLACES = ("placeName", "settlement", "region", "country", "geogName")


def manuscript(element: Element) -> Manuscript:
    """What an `msDesc` says of the whole object: that of its parts (`msPart`, `msFrag`) is left to them."""
    identifier = child(element, "msIdentifier")
    numbers = (
        [found for element in elements(identifier, "idno") for found in idnos(element, "")] if identifier is not None else []
    )
    shelfmark = next((idno for idno in numbers if idno.type.lower() in {"shelfmark", ""}), None)
    titles, contributors = _contents(element)
    return Manuscript(
        id=attribute(element, XML_ID),
        type=attribute(element, "type"),
        settlement=_said(identifier, "settlement"),
        repository=_said(identifier, "repository") or _said(identifier, "institution"),
        shelfmark=shelfmark.text if shelfmark is not None else "",
        names=tuple(filter(None, (plain(element) for element in children(identifier, "msName", "objectName")))),
        titles=tuple(titles),
        contributors=tuple(dict.fromkeys(contributors)),
        dates=tuple(date(child) for child in elements(element, "origDate")),
        idnos=tuple(dict.fromkeys(numbers)),
        country=_said(identifier, "country"),
        institution=_said(identifier, "institution") if _said(identifier, "repository") else "",
        collection=_said(identifier, "collection"),
        summary=_said(child(element, "msContents"), "summary"),
        places=tuple(dict.fromkeys(filter(None, (joined(child, _NO_PLACE) for child in elements(element, "origPlace"))))),
        languages=tuple(dict.fromkeys(_languages(element))),
        extents=_extents(element),
        dimensions=_dimensions(element),
        material=_material(element),
        parts=len(children(element, "msPart", "msFrag")),
        line=line(element),
    )


def letters(header: Element | None) -> Iterator[Letter]:
    """The letters that the header describes."""
    yield from map(letter, elements(header, "correspDesc") if header is not None else ())


def letter(element: Element) -> Letter:
    """What a `correspDesc` says."""
    actions = tuple(map(_action, children(element, "correspAction")))
    notes = tuple(Note(plain(child), attribute(child, "type"), "", "", line(child)) for child in children(element, "note", "p"))
    return Letter(actions, attribute(element, XML_ID), notes, line(element))


def _action(element: Element) -> Action:
    who = [found for child in children(element, "persName", "orgName", "name", "rs") for found in names(child)]
    return Action(
        attribute(element, "type"),
        tuple(who),
        tuple(date(child) for child in children(element, "date")),
        tuple(filter(None, (plain(child) for child in children(element, *_PLACES)))),
        line(element),
    )


def _contents(element: Element) -> tuple[list[Title], list[Contributor]]:
    """The titles and authors of the head and of the items; those of works that an item only cites are not among them."""
    contents = child(element, "msContents")
    titles: list[Title] = []
    people: list[Contributor] = []
    items = list(elements(contents, "msItem", "msItemStruct")) if contents is not None else []
    for holder in (*items, *children(element, "head")):
        titles += [_title(element) for element in children(holder, "title") if plain(element)]
        for holder_ in children(holder, "author", "editor"):
            role = attribute(holder_, "role") or name(holder_)
            people += [Contributor(role, found, "", "", (), line(holder_)) for found in names(holder_)]
    return titles, people


def _title(element: Element) -> Title:
    return Title(plain(element), attribute(element, "level"), attribute(element, "type"), language(element), "", line(element))


def _languages(element: Element) -> Iterator[str]:
    for stated in elements(element, "textLang"):
        yield from [*tokens(stated, "mainLang"), *tokens(stated, "otherLangs")] or filter(None, [plain(stated)])


def _extents(element: Element) -> tuple[str, ...]:
    described = next(elements(element, "supportDesc"), None)
    return tuple(filter(None, (plain(element, _NO_EXTENT) for element in children(described, "extent"))))


def _dimensions(element: Element) -> str:
    """“220 × 150 mm”: of the first that are given."""
    given = next(elements(element, "dimensions"), None)
    sides = [plain(element) or attribute(element, "quantity") for element in children(given, "height", "width", "depth")]
    unit = next(
        (
            found
            for dimension in (given, *children(given, "height"))
            if dimension is not None and (found := attribute(dimension, "unit"))
        ),
        "",
    )
    return f"{' × '.join(filter(None, sides))} {unit}".strip() if any(sides) else ""


def _material(element: Element) -> str:
    described = next(elements(element, "supportDesc"), None)
    if described is None:
        return ""
    named = dict.fromkeys(filter(None, (plain(element) for element in elements(described, "material"))))
    return ", ".join(named) or attribute(described, "material")


def _said(element: Element | None, kind: str) -> str:
    return next((words for child in children(element, kind) if (words := plain(child))), "")
