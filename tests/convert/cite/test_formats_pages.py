"""What is written and read, as pages: `plain_references.md` (plain references), `bibtex.md` and `csl.md` (what is read)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from siglum.convert.cite import FORMATS, csl_json, make_unique, text
from siglum.convert.cite.readers import read
from siglum.text.source import Source

PAGES = Path(__file__).with_name("pages")
_CASE = re.compile(r"^## ([^\n]+)\n```(\w+)\n(.*?)^```\n```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def cases(page: str) -> list[object]:
    """Title, input and expectation of every case."""
    found = _CASE.findall((PAGES / f"{page}.md").read_text(encoding="utf-8"))
    assert len(found) == (PAGES / f"{page}.md").read_text(encoding="utf-8").count("\n## ") > 0
    return [pytest.param(content, wanted, id=title) for title, _, content, wanted in found]


@pytest.mark.parametrize(("content", "wanted"), cases("plain_references"))
def test_a_reference_is_as_the_page_says(content: str, wanted: str) -> None:
    items = json.loads(content)
    listed = items if isinstance(items, list) else [items]
    assert text.write(read(Source("page.json", json.dumps(listed).encode())).records) == wanted


@pytest.mark.parametrize(("content", "wanted"), cases("bibtex"))
def test_a_bib_file_is_read_as_the_page_says(content: str, wanted: str) -> None:
    assert told("page.bib", content) == wanted


@pytest.mark.parametrize(("content", "wanted"), cases("csl"))
def test_csl_json_is_read_as_the_page_says(content: str, wanted: str) -> None:
    assert told("page.json", content) == wanted


def told(name: str, content: str) -> str:
    library = read(Source(name, content.encode()))
    items = (csl_json.build_item(each) for each in library.records)
    lines = [json.dumps({key: value for key, value in each.items() if key != "id"}, ensure_ascii=False) for each in items]
    lines += [f"{each.path}:{each.line}:{each.column}: {each.code} {each.message}" for each in library.findings]
    return "\n".join(lines) + "\n"


HOSTILE = [
    ("a.json", b""),
    ("a.json", b"[" * 100_000),
    ("a.json", b'{"a":' * 5_000),
    (
        "a.json",
        b'[{"type": 3, "id": null, "author": "x", "issued": [1], "title": {"a": 1}, "custom": [1], "none": 3, "volume": null}]',
    ),
    ("a.json", b'[{"custom": {"siglum": {"exact": 3, "persons": [1], "dates": {"x": 1}, "credits": 4, "proper": 5}}}]'),
    ("a.json", b'[{"title": "\\ud800", "note": "\\u0000"}]'),
    ("a.bib", b""),
    ("a.bib", b"\xff\xfe@"),
    ("a.bib", b"@book{a, title = " + b"{" * 50_000),
    ("a.bib", b"@book{a, x = " + b'"a" # ' * 5_000),
    ("a.bib", b"@book{a, crossref = {a}, verba = {{{}}, author = {and and, , ,}, year = {~}, date = {9999999999-99}}"),
]


@pytest.mark.parametrize(("name", "data"), HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_file_holds_it_is_read_or_named(name: str, data: bytes) -> None:
    library = read(Source(name, data))
    for form in FORMATS.values():
        form.write(make_unique(library.records)).encode()
