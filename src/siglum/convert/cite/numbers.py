"""Read identifiers and addresses: DOI, ISBN, ISSN, PubMed, web address. Other kinds keep the type of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from siglum.text.header import Idno, Link

WEB = re.compile(r"^https?://\S+$", re.IGNORECASE)
DOI = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s*)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_ISBN = re.compile(r"^(?:isbn(?:-1[03])?:?\s*)?((?:97[89][- ]?)?\d[\d -]{7,14}[\dx])$", re.IGNORECASE)
_ISSN = re.compile(r"^(?:e?issn:?\s*)?(\d{4}-?\d{3}[\dx])$", re.IGNORECASE)
_FIELDS = {
    "doi": "doi",
    **dict.fromkeys(("isbn", "isbn10", "isbn13", "eisbn"), "isbn"),
    **dict.fromkeys(("issn", "eissn", "pissn", "issne", "issnl"), "issn"),
    **dict.fromkeys(("pmid", "pubmed"), "pmid"),
    **dict.fromkeys(("pmc", "pmcid"), "pmcid"),
    **dict.fromkeys(("callnumber", "shelfmark", "signature", "signatur"), "call_number"),
    **dict.fromkeys(("url", "uri", "web"), "url"),
}
_OTHER_LINKS = {"citedRange": "cited-link", "another": "link"}
"""Links to a cited passage, or to another work that is named beside this one."""
_PREFIX = {
    "doi": re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s*)", re.IGNORECASE),
    "isbn": re.compile(r"^isbn(?:-1[03])?:?\s*", re.IGNORECASE),
    "issn": re.compile(r"^e?issn:?\s*", re.IGNORECASE),
    "pmid": re.compile(r"^pmid:?\s*", re.IGNORECASE),
}


@dataclass
class Numbers:
    """The fields, the other identifiers by type, the links, and remarks."""

    fields: dict[str, str] = field(default_factory=dict)
    others: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, int]] = field(default_factory=list)


def read_identifiers(idnos: Iterable[Idno], links: Iterable[Link]) -> Numbers:
    """Read the identifiers and addresses of a work. The first of a kind takes the field; others stand beside it."""
    found = Numbers()
    for idno in idnos:
        _read_idno(found, idno)
    for link in links:
        _read_link(found, link)
    return found


def is_isbn(text: str) -> bool:
    """Whether the check digit is right."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return sum((10 - at) * (10 if digit == "X" else int(digit)) for at, digit in enumerate(digits)) % 11 == 0
    return (
        bool(re.fullmatch(r"\d{13}", digits)) and sum((1, 3)[at % 2] * int(digit) for at, digit in enumerate(digits)) % 10 == 0
    )


def _read_idno(found: Numbers, idno: Idno) -> None:
    name = _choose_field(idno)
    value = _PREFIX[name].sub("", idno.text) if name in _PREFIX else idno.text
    if name == "isbn" and not is_isbn(value):
        found.remarks.append((f"`idno` “{idno.text}” is not an ISBN: its check digit is wrong", idno.line))
    if name == "doi" and not DOI.match(value):
        found.remarks.append((f"`idno` “{idno.text}” is not a DOI: a DOI begins with 10. and has a slash", idno.line))
        name = ""
    if name and name not in found.fields:
        found.fields[name] = value
    elif found.fields.get(name) != value:
        found.others.append((idno.type, idno.text))


def _choose_field(idno: Idno) -> str:
    """Choose the field by the type, or without a type by the form of the number."""
    said = re.sub(r"[\W_]", "", idno.type.casefold())
    if said not in {"", "url", "uri", "web"}:
        return _FIELDS.get(said, "")
    if DOI.match(idno.text):
        return "doi"
    if WEB.match(idno.text):
        return "url"
    if said:
        return ""
    isbn = _ISBN.match(idno.text)
    if isbn and is_isbn(isbn[1]):
        return "isbn"
    return "issn" if _ISSN.match(idno.text) and "-" in idno.text else ""


def _read_link(found: Numbers, link: Link) -> None:
    doi = DOI.match(link.target)
    if link.target.startswith("#"):
        return
    if link.type in _OTHER_LINKS:
        found.links.append((_OTHER_LINKS[link.type], link.target))
        return
    if doi and found.fields.get("doi", doi[1]).casefold() == doi[1].casefold():
        found.fields.setdefault("doi", doi[1])
    elif WEB.match(link.target) and found.fields.get("url", link.target) == link.target:
        if "url" not in found.fields and link.text not in {"", link.target}:
            found.links.append(("link-text", link.text))
        found.fields["url"] = link.target
    else:
        label = f" ({link.text})" if link.text not in {"", link.target} else ""
        found.links.append(("link", link.target + label))
