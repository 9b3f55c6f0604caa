"""The pages beside this file: a schema, and documents with the findings they get, and with what jing says of them.

`SIGLUM_ACCEPT=1` writes new expectations of both; without jing, of the findings alone.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from siglum.schema import relaxng
from siglum.text.source import Source
from tests.schema.datatypes.outside import needs_jing
from tests.schema.relaxng.test_against_jing import jing

PAGES = sorted((Path(__file__).parent / "pages").glob("*.md"))
CASE = re.compile(
    r"## (?P<title>[^\n]+)\n```xml\n(?P<document>.*?)\n```\n```findings\n(?P<findings>.*?)```\n```jing\n(?P<jing>.*?)```\n",
    re.S,
)
SCHEMA = re.compile(r"```rng\n(.*?)\n```", re.S)


@dataclass(frozen=True)
class Case:
    """A document under the page's schema."""

    page: Path
    title: str
    document: str
    findings: str
    jing: str


def cases(pages: list[Path]) -> list[Case]:
    return [Case(page, *found.groups()) for page in pages for found in CASE.finditer(page.read_text(encoding="utf-8"))]


def schema(page: Path, folder: Path) -> Path:
    found = SCHEMA.search(page.read_text(encoding="utf-8"))
    assert found
    path = folder / "schema.rng"
    path.write_text(found.group(1), encoding="utf-8")
    return path


def findings(case: Case, folder: Path) -> str:
    """A line for each finding: place, code, message, and what to do."""
    document = Source("document.xml", case.document.encode())
    return "".join(
        f"{one.line}:{one.column} {one.code} {one.message} → {one.help}\n"
        for one in relaxng.load(schema(case.page, folder), cache=False).validate(document)
    )


def accept(case: Case, fence: str, old: str, new: str) -> None:
    text = case.page.read_text(encoding="utf-8")
    start = text.index(f"## {case.title}\n```xml\n{case.document}\n```\n")
    at = text.index(f"```{fence}\n{old}```\n", start)
    rest = text[at:].replace(f"```{fence}\n{old}```\n", f"```{fence}\n{new}```\n", 1)
    case.page.write_text(text[:at] + rest, encoding="utf-8")


def test_there_are_pages() -> None:
    found = cases(PAGES)
    assert len(found) >= 30
    assert len(found) == sum(page.read_text(encoding="utf-8").count("\n## ") for page in PAGES)


@pytest.mark.parametrize("case", cases(PAGES), ids=lambda case: case.title)
def test_page(case: Case, tmp_path: Path) -> None:
    said = findings(case, tmp_path)
    if os.environ.get("SIGLUM_ACCEPT") and said != case.findings:
        accept(case, "findings", case.findings, said)
        return
    assert said == case.findings


@needs_jing
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_jing(page: Path, tmp_path: Path) -> None:
    """One start of jing for all cases of a page."""
    found = cases([page])
    paths = [tmp_path / f"{number}.xml" for number in range(len(found))]
    for path, case in zip(paths, found, strict=True):
        path.write_text(case.document, encoding="utf-8")
    answers = jing(schema(page, tmp_path), paths)
    said = ["".join(f"{one.line}: {one.message}\n" for one in answers if one.name == path.name) for path in paths]
    if os.environ.get("SIGLUM_ACCEPT"):
        for case, new in zip(found, said, strict=True):
            accept(case, "jing", case.jing, new)
        return
    assert list(map(sort_alternatives, said)) == [sort_alternatives(case.jing) for case in found]


def sort_alternatives(answer: str) -> list[list[str]]:
    """The parts of each line, sorted: jing lists alternatives in an order that depends on the Java that runs it."""
    return [sorted(re.split("; |, | or ", line)) for line in answer.splitlines()]
