"""Parse references in prose without guessing.

Input: the words of a `bibl` that stand in none of its parts. Output: fields of the record and the words that are left.
“Geoffrey of Monmouth, De gestis, ed. Michael D. Reeve, trans. Neil Wright (Woodbridge, 2007), pp. 3–5.”
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from siglum.convert.cite import scopes

_WHO = r"((?:(?:[A-ZÀ-Þ]\.[- ]?)+\s?|[A-ZÀ-Þ][\w’'-]+\s)+(?:v[ao]n (?:de[rn]? )?|de (?:la )?)?[A-ZÀ-Þ][\w’'-]+)(?=[,;.:()\s]|$)"
_EDITOR = re.compile(rf"(?:\b(?:[Ee]d(?:s|ited by|ited)?|[Hh]rsg|[Hh]g|[ÉEé]d)\b\.?(?:\s+(?:by|von|par|di))?)\s+{_WHO}")
_TRANSLATOR = re.compile(
    rf"(?:\b(?:[Tt]rans(?:l|lated by|lated)?|[Tt]r|[ÜüU]bers|[Tt]rad)\b\.?(?:\s+(?:by|von|par|di))?)\s+{_WHO}"
)
_IMPRINT = re.compile(r"\(([A-ZÀ-Þ][^():,;\d]{1,40}):\s*([^():]{2,60}?),\s*(\[?\d{4}\]?(?:[-–/]\d{2,4})?)\)")
_YEAR = re.compile(r"(?:^|[\s,(\[])(1[0-9]\d\d|20\d\d)(?:[-–/](\d{2,4}))?(?=[\s,;.)\]:]|$)")
_PAGES = re.compile(r"(?:\bpp?\.|\bS\.|\bpages?|\bSeiten?)\s*(\d+\w?(?:\s*[-–]\s*\d+)?(?:ff?\.?)?)")
_VOLUME = re.compile(r"(?:\bvols?\.|\bBd\.|\bt\.|\btome|\bvolume)\s*((?:\d+|[IVXLC]+)\b)", re.IGNORECASE)
_ISSUE = re.compile(r"(?:\bno\.|\bNr\.|\bH\.|\bn°)\s*(\d+)", re.IGNORECASE)
_ROMAN_VOLUME = re.compile(r"(?:^|,)\s*([ivxlc]+),\s*(\d+\w?\s*[-–]\s*\d+)(?=[\s,.;)]|$)")
_AUTHOR = re.compile(r"^\s*((?:[A-ZÀ-Þ]\.[- ]?)+\s?(?:v[ao]n (?:de[rn]? )?|de (?:la )?)?[A-ZÀ-Þ][\w’'-]+)\s*[,:]\s*$")
_QUOTED = re.compile(r"[“„«‘‚\"]([^“”„«»‘’\"]{3,}?)[,.]?[”“»’\"](?=[\s,.;:)]|$)")
_CONNECTING = re.compile(
    r"\b(?:in|jahrgang|jg|theil|teil|band|heft|by|von|from|and|und|et|y|e|ed|eds|edited|hrsg|hg|trans|transl|vol|bd|no|nr|pp?|see|cf|vgl|voir|"
    r"available|at|online|url|doi|isbn|dir|par|de|repr|the|du|di|s|ff?|oder|or)\b|[^\w]+",
    re.IGNORECASE,
)


@dataclass
class ProseFields:
    """The fields found in prose, and the remaining words."""

    fields: dict[str, str] = field(default_factory=dict)
    rest: str = ""


def read_words(words: str, taken: frozenset[str]) -> ProseFields:
    """Read the fields in some words, except those in `taken`."""
    found = ProseFields(rest=words)
    for names, pattern, values in _STEPS:
        match = None if taken.intersection(names) else pattern.search(found.rest)
        if match is not None:
            found.fields |= dict(zip(names, values(match), strict=True))
            found.rest = f"{found.rest[: match.start()]} , {found.rest[match.end() :]}"
            taken |= {*names}
    for piece in re.split(r"[,;()]\s*", found.rest):
        named = scopes.parse_labelled(piece)
        if named is not None and named[0] not in taken | found.fields.keys():
            found.fields[named[0]] = named[1]
            found.rest = found.rest.replace(piece, " ", 1)
    pieces = (word.strip(" .,:[]’‘“”„»«'\"–—-") for word in re.split(r"[,;:()\[\]=]\s*", found.rest))
    found.rest = ", ".join(piece for piece in pieces if _CONNECTING.sub("", piece))
    return found


def find_author(words: str) -> str:
    """Find a person with initials before the title: “H. O. Coxe, ” is one, “Early English Texts, ” is not."""
    found = _AUTHOR.match(words)
    return found[1] if found else ""


def find_title(words: str) -> str:
    """Find the title in a prose reference: the only words in quotation marks."""
    quoted = _QUOTED.findall(words)
    return quoted[0].strip() if len(quoted) == 1 else ""


def _strip_groups(match: re.Match[str]) -> Iterator[str]:
    return iter(group.strip() if group else "" for group in match.groups())


def _strip_match(match: re.Match[str]) -> Iterator[str]:
    yield match[0].strip(" ,([")


_STEPS: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], Iterator[str]]], ...] = (
    (("publisher_place", "publisher", "issued"), _IMPRINT, _strip_groups),
    (("editor",), _EDITOR, _strip_groups),
    (("translator",), _TRANSLATOR, _strip_groups),
    (("volume", "page"), _ROMAN_VOLUME, _strip_groups),
    (("page",), _PAGES, _strip_groups),
    (("volume",), _VOLUME, _strip_groups),
    (("issue",), _ISSUE, _strip_groups),
    (("issued",), _YEAR, _strip_match),
)
"""The patterns in order: a longer one comes before its own part."""
