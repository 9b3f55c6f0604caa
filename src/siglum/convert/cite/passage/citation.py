"""Write the citation of a passage in every format of an edition.

A plain reference gets the locator before its address. CSL-JSON becomes a citation with one item (csl-citation.json), because
CSL keeps locators there. The other formats get a note, and `page` if the passage is a page.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

from siglum.convert import cite
from siglum.convert.cite.passage.locator import Locator
from siglum.convert.cite.record import Record, When

_SCHEMA = "https://resource.citationstyles.org/schema/latest/input/json/csl-citation.json"
_LINE = re.compile(r"(?P<words>.*?)(?P<stop>[.]?)(?P<address>\s+https?://\S+)?", re.DOTALL)
_ABBREVIATION = re.compile(r"(?:^|[\s.])\w$")
"""The end of an abbreviation such as “n.d”, which keeps its stop."""


def write(record: Record, locator: Locator, link: str, form: str) -> str:
    """Write the citation. `link` leads to the passage."""
    linked = replace(record, url=link if link.startswith("http") else record.url)
    written = cite.FORMATS[form].write
    if form == "text":
        return _insert_locator(written([_drop_source(linked)]), locator.words)
    if form == "csl-json":
        return _write_citation(linked, locator, json.loads(written([linked]))[0])
    page = locator.value if locator.label == "page" and not record.page else record.page
    told = locator.words[:1].upper() + locator.words[1:]
    note = " ".join(filter(None, (f"{told}." if told and not told.endswith(".") else told, record.note)))
    return written([replace(linked, page=page, note=note)])


def _drop_source(record: Record) -> Record:
    """Drop the printed source, to which the locator would seem to belong."""
    return replace(
        record,
        original_title="",
        original_publisher="",
        original_publisher_place="",
        original_date=When(),
        original_is_first=False,
    )


def _insert_locator(line: str, words: str) -> str:
    found = _LINE.fullmatch(line.rstrip("\n"))
    if found is None or not words:
        return line
    stop = found["stop"] if _ABBREVIATION.search(found["words"]) else ""
    return f"{found['words']}{stop}, {words}.{found['address'] or ''}\n"


def _write_citation(record: Record, locator: Locator, item: dict[str, object]) -> str:
    cited = {"id": record.id, "itemData": item}
    if locator.value:
        cited |= {"locator": locator.value, "label": locator.label}
    citation = {"schema": _SCHEMA, "citationID": record.id, "citationItems": [cited]}
    return json.dumps(citation, ensure_ascii=False, indent=2) + "\n"
