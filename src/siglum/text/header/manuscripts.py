"""Read descriptions of objects (`msDesc`) and of letters (`correspDesc`). TEI P5, 11 and 2.4.6."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.text.header.records import Action, Contributor, Letter, Manuscript, Note, Title
from siglum.text.header.words import children, join_words, line_of, plain, read_date, read_idnos, read_names
from siglum.text.tei import XML_ID, Element, attribute, child, elements, language, name, tokens

_NO_PLACE = frozenset({"note", "geo", "idno"})
_NO_EXTENT = frozenset({"note", "dimensions"})
_PLACES = ("placeName", "settlement", "region", "country", "geogName")


def read_manuscript(element: Element) -> Manuscript:
    """Read the description of the whole object, without those of its parts (`msPart`, `msFrag`)."""
    identifier = child(element, "msIdentifier")
    numbers = (
        [found for element in elements(identifier, "idno") for found in read_idnos(element, "")]
        if identifier is not None
        else []
    )
    shelfmark = next((idno for idno in numbers if idno.type.lower() in {"shelfmark", ""}), None)
    titles, contributors = _read_contents(element)
    return Manuscript(
        id=attribute(element, XML_ID),
        type=attribute(element, "type"),
        settlement=_find_words(identifier, "settlement"),
        repository=_find_words(identifier, "repository") or _find_words(identifier, "institution"),
        shelfmark=shelfmark.text if shelfmark is not None else "",
        names=tuple(filter(None, (plain(element) for element in children(identifier, "msName", "objectName")))),
        titles=tuple(titles),
        contributors=tuple(dict.fromkeys(contributors)),
        dates=tuple(read_date(child) for child in elements(element, "origDate")),
        idnos=tuple(dict.fromkeys(numbers)),
        country=_find_words(identifier, "country"),
        institution=_find_words(identifier, "institution") if _find_words(identifier, "repository") else "",
        collection=_find_words(identifier, "collection"),
        summary=_find_words(child(element, "msContents"), "summary"),
        places=tuple(dict.fromkeys(filter(None, (join_words(child, _NO_PLACE) for child in elements(element, "origPlace"))))),
        languages=tuple(dict.fromkeys(_read_languages(element))),
        extents=_read_extents(element),
        dimensions=_read_dimensions(element),
        material=_read_material(element),
        parts=len(children(element, "msPart", "msFrag")),
        line=line_of(element),
    )


def read_letters(header: Element | None) -> Iterator[Letter]:
    """Read the letters that the header describes."""
    yield from map(read_letter, elements(header, "correspDesc") if header is not None else ())


def read_letter(element: Element) -> Letter:
    actions = tuple(map(_read_action, children(element, "correspAction")))
    notes = tuple(
        Note(plain(child), attribute(child, "type"), "", "", line_of(child)) for child in children(element, "note", "p")
    )
    return Letter(actions, attribute(element, XML_ID), notes, line_of(element))


def _read_action(element: Element) -> Action:
    who = [found for child in children(element, "persName", "orgName", "name", "rs") for found in read_names(child)]
    return Action(
        attribute(element, "type"),
        tuple(who),
        tuple(read_date(child) for child in children(element, "date")),
        tuple(filter(None, (plain(child) for child in children(element, *_PLACES)))),
        line_of(element),
    )


def _read_contents(element: Element) -> tuple[list[Title], list[Contributor]]:
    """Read titles and authors of the head and the items, without those of works that an item only cites."""
    contents = child(element, "msContents")
    titles: list[Title] = []
    people: list[Contributor] = []
    items = list(elements(contents, "msItem", "msItemStruct")) if contents is not None else []
    for holder in (*items, *children(element, "head")):
        titles += [_read_title(element) for element in children(holder, "title") if plain(element)]
        for holder_ in children(holder, "author", "editor"):
            role = attribute(holder_, "role") or name(holder_)
            people += [Contributor(role, found, "", "", (), line_of(holder_)) for found in read_names(holder_)]
    return titles, people


def _read_title(element: Element) -> Title:
    return Title(
        plain(element), attribute(element, "level"), attribute(element, "type"), language(element), "", line_of(element)
    )


def _read_languages(element: Element) -> Iterator[str]:
    for stated in elements(element, "textLang"):
        yield from [*tokens(stated, "mainLang"), *tokens(stated, "otherLangs")] or filter(None, [plain(stated)])


def _read_extents(element: Element) -> tuple[str, ...]:
    described = next(elements(element, "supportDesc"), None)
    return tuple(filter(None, (plain(element, _NO_EXTENT) for element in children(described, "extent"))))


def _read_dimensions(element: Element) -> str:
    """Read the first dimensions: “220 × 150 mm”."""
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


def _read_material(element: Element) -> str:
    described = next(elements(element, "supportDesc"), None)
    if described is None:
        return ""
    named = dict.fromkeys(filter(None, (plain(element) for element in elements(described, "material"))))
    return ", ".join(named) or attribute(described, "material")


def _find_words(element: Element | None, kind: str) -> str:
    return next((words for child in children(element, kind) if (words := plain(child))), "")
