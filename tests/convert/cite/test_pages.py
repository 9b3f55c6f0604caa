"""Records from headers and references: `pages/` says what each is read as, and what is said of the parts that are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from siglum.convert.cite import Agent, Credit, Record, Remark, When, cite
from siglum.convert.cite.bibliography import read_bibliography
from siglum.text import document
from siglum.text.document import Document
from siglum.text.header import read
from siglum.text.source import Source

PAGES = Path(__file__).with_name("pages")
_NOTHING = Record()


def shown_header(described: str) -> str:
    """The citation of the edition that has this header, then the works it describes."""
    opened = _opened(f"{described}<text><body><p/></body></text>")
    record, remarks = cite(read(opened))
    return "".join((*_lines(record, remarks), *_works(opened)))


def shown_works(described: str) -> str:
    """The works in this list."""
    return "".join(_works(_opened(f"<teiHeader/><standOff><listBibl>{described}</listBibl></standOff>")))


def _opened(inside: str) -> Document:
    return document.parse(Source("a.xml", f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{inside}</TEI>'.encode()))


def _works(opened: Document) -> Iterator[str]:
    for each in read_bibliography(opened):
        yield f"-- {each.kind}, {each.standing}\n"
        yield from _lines(each.record, each.remarks)


def _lines(record: Record, remarks: Iterable[Remark]) -> Iterator[str]:
    for each in fields(Record):
        value = getattr(record, each.name)
        if value != getattr(_NOTHING, each.name) or each.name == "type":
            yield from (f"{each.name}: {words}\n" for words in _shown(value))
    yield from (f"! {each}\n" for each in remarks)


def _shown(value: object) -> Iterator[str]:
    if isinstance(value, tuple):
        for each in value:
            yield from _shown(each) if not isinstance(each, tuple) else [" = ".join(each)]
    elif isinstance(value, Agent):
        yield value.inverted + (" (whole)" if value.literal else "")
    elif isinstance(value, Credit):
        yield f"{value.role} = {', '.join(value.names)}"
    elif isinstance(value, When):
        yield value.iso + (f" “{value.literal}”" if value.literal and value.start else "")
    else:
        yield str(value)


def fenced(page: Path) -> list[tuple[str, dict[str, str]]]:
    """The cases of a page: their headings, their blocks by the word after the fence."""
    found = re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found, page
    return [(title, dict(re.findall(r"^```(\w+)\n(.*?)^```$", rest, re.DOTALL | re.MULTILINE))) for title, rest in found]


CASES = [
    pytest.param(show, blocks["xml"], blocks["record"], id=f"{page}: {title}")
    for page, show in (("headers", shown_header), ("references", shown_works))
    for title, blocks in fenced(PAGES / f"{page}.md")
]


@pytest.mark.parametrize(("show", "written", "expected"), CASES)
def test_it_is_read_as_the_page_says(show: object, written: str, expected: str) -> None:
    assert callable(show)
    assert show(written) == expected
