"""Every date of a text as a row: its words, the values of its attributes, and what they amount to in EDTF (ISO 8601-2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from siglum.convert.extract.place_columns import is_omitted, list_place
from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.header.words import to_iso
from siglum.text.tei import XML_ID, Element, attribute, elements, name

_DATES = ("date", "time", "docDate", "origDate")


@frozen
class DateRow:
    """A date. `normal` is EDTF: “1936-10”, “1917/1925”, “[1320..1350]” for one day between two, “1620?” where it is unsure."""

    number: int
    id: str
    kind: str
    type: str
    text: str
    when: str
    start: str
    end: str
    not_before: str
    not_after: str
    duration: str
    calendar: str
    cert: str
    normal: str
    place: str
    paragraph: str
    note: str
    before: str
    after: str
    line: int


def dates(edition: Edition) -> Iterator[tuple[Element, DateRow]]:
    """The dates in the text, in document order; a `docDate` that holds a `date` is that."""
    number = 0
    for element in edition.document.index.in_texts(*_DATES):
        if is_omitted(edition, element) or (name(element) == "docDate" and next(elements(element, "date"), None) is not None):
            continue
        number += 1
        yield element, _row(edition, number, element)


def _row(edition: Edition, number: int, element: Element) -> DateRow:
    keys = ("when", "from", "to", "notBefore", "notAfter")
    standard = {key: to_iso(attribute(element, key)) or attribute(element, f"{key}-iso") for key in keys}
    given = {key: _value(element, key) for key in keys}
    cert = attribute(element, "cert")
    return DateRow(
        number=number,
        id=attribute(element, XML_ID),
        kind=name(element),
        type=attribute(element, "type"),
        text=running.within(edition, element),
        when=given["when"],
        start=given["from"],
        end=given["to"],
        not_before=given["notBefore"],
        not_after=given["notAfter"],
        duration=attribute(element, "dur") or attribute(element, "dur-iso"),
        calendar=attribute(element, "calendar").removeprefix("#"),
        cert=cert,
        normal=edtf(
            standard, unsure=cert in {"low", "medium", "unknown"}, circa=attribute(element, "precision") in {"low", "medium"}
        ),
        **list_place(edition, element),
    )


def _value(element: Element, key: str) -> str:
    """By the W3C's profile, else by ISO 8601, else in a calendar of the encoder's own."""
    return next(filter(None, (attribute(element, key + ending) for ending in ("", "-iso", "-custom"))), "")


def edtf(given: dict[str, str], *, unsure: bool = False, circa: bool = False) -> str:
    """What the attributes say in one expression; empty where they say nothing."""
    sign = {(True, True): "%", (True, False): "?", (False, True): "~", (False, False): ""}[unsure, circa]
    given = {key: _level_one(value) for key, value in given.items()}
    if given["when"]:
        return given["when"] + sign
    start, end = given["from"] or given["notBefore"], given["to"] or given["notAfter"]
    if not start and not end:
        return ""
    if not given["from"] and not given["to"]:
        return f"[{start}{sign if start else ''}..{end}{sign if end else ''}]"
    return f"{start + sign if start else '..'}/{end + sign if end else '..'}"


def _level_one(value: str) -> str:
    """A date of XML Schema in EDTF: a day of no year has digits left open, a long year a sign; a time alone has no form."""
    recurring = re.fullmatch(r"--(-|\d\d-?)(\d\d)?", value)
    if recurring:
        month = "XX" if recurring[1] == "-" else recurring[1].rstrip("-")
        return "-".join(filter(None, ("XXXX", month, recurring[2])))
    if re.match(r"\d\d:", value):
        return ""
    return f"Y{value}" if re.fullmatch(r"-?\d{5,}", value) else value
