"""Parse volumes, issues and pages from the unit or the words of a `biblScope` or an `extent`.

Input: “pp. 3–5”, “Bd. 2, H. 3”, from="3" to="5". Output: fields of the record with bare values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from siglum.text.header import Scope

_UNITS = {
    "volume": "volume vol vols v volumes band bd bde tome tom t tomo tomus jahrgang jg",
    "issue": "issue issues iss number numbers no nos nr num n numéro numero heft h fasc fascicle fascicule fascicolo nummer",
    "page": "page pages pp p pag seite seiten s pagina pagine página páginas",
    "chapter_number": "chapter chapters chap ch kapitel kap cap caput chapitre capitolo",
    "part_number": "part parts pars pt teil teile teilband halbband hbd parte partie",
    "section": "section sections sect sec abschnitt §",
    "supplement_number": "supplement suppl supp beiheft beih",
    "collection_number": "series seriesnumber ser",
    "edition": "edition",
}
_FIELD = {word: field for field, words in _UNITS.items() for word in words.split()}
_LABELLED = re.compile(
    r"^(?P<label>[^\W\d]+|§)(?:\.|(?<=§))?\s*(?P<value>\d[\w.,/–—:\s-]*|[ivxlcdm]+(?:\s?[/,–—-]\s?[ivxlcdm\d]+)*|[a-z]?\d\S*)$",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"^(?:[ivxlcdm\d\[\]]+\s*[,+]\s*)*\[?\d+\]?\s*(?:pages?|pp?\.?|s\.|seiten|pág\w*\.?|pagine)?$", re.IGNORECASE
)
_PAGE_UNIT = re.compile(r"\s*(?:pages?|pp?\.?|s\.|seiten|pág\w*\.?|pagine)$", re.IGNORECASE)
_VOLUMES = re.compile(r"^(\d+)\s*(?:vols?\.?|volumes?|bde?\.?|bände|tomes?|tomi)$", re.IGNORECASE)
_SIZE = re.compile(r"\d\s*(?:mm|cm|in\b|inches|×|x\s*\d)", re.IGNORECASE)


def parse_scope(scope: Scope) -> Iterator[tuple[str, str]]:
    """Yield fields and values. A unit without a field gives “scope-UNIT”."""
    text = text_of(scope)
    if not text:
        return
    field = _FIELD.get(scope.unit.casefold().rstrip("."), "")
    if field:
        yield field, strip_label(text, field)
    elif scope.unit:
        yield f"scope-{scope.unit}", text
    else:
        yield from _parse_words(text)


def text_of(scope: Scope) -> str:
    """The words of a scope, or “from–to”."""
    if scope.text:
        return scope.text
    return f"{scope.start}–{scope.end}" if scope.start and scope.end and scope.start != scope.end else scope.start or scope.end


def strip_label(text: str, field: str) -> str:
    """Strip a label that repeats the unit: “3–5” for “pp. 3–5”."""
    found = _LABELLED.match(text)
    return found["value"] if found and _FIELD.get(found["label"].casefold()) == field else text


def parse_labelled(text: str) -> tuple[str, str] | None:
    """Parse “vol. 3” into field and value; None for other words."""
    found = _LABELLED.match(text.strip(" ,;.()"))
    field = _FIELD.get(found["label"].casefold(), "") if found else ""
    return (field, found["value"].strip()) if found and field else None


def parse_extent(text: str) -> tuple[str, str]:
    """Parse an `extent`: pages, volumes, dimensions, or words."""
    volumes = _VOLUMES.match(text)
    if volumes:
        return "number_of_volumes", volumes[1]
    if _PAGES.match(text):
        return "number_of_pages", _PAGE_UNIT.sub("", text)
    return ("dimensions", text) if _SIZE.search(text) else ("extent", text)


def _parse_words(text: str) -> Iterator[tuple[str, str]]:
    """Parse “Bd. 2, S. 3–5” if every part can be read; otherwise yield the words."""
    found = [parse_labelled(word) for word in re.split(r"[,;]\s+(?=[^\W\d])", text)]
    known = [pair for pair in found if pair is not None]
    if len(known) == len(found):
        yield from known
    elif re.fullmatch(r"\d+\s*[-–]\s*\d+", text):
        yield "page", text
    else:
        yield "scope", text
