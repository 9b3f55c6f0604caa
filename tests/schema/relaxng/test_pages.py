"""The pages beside this file: a schema, and documents with the findings they get. `SIGLUM_ACCEPT=1` writes new expectations."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from siglum.schema import relaxng
from siglum.text.source import Source

PAGES = sorted((Path(__file__).parent / "pages").glob("*.md"))
CASE = re.compile(r"## (?P<title>[^\n]+)\n```xml\n(?P<document>.*?)\n```\n```findings\n(?P<findings>.*?)```\n", re.S)
SCHEMA = re.compile(r"```rng\n(.*?)\n```", re.S)


@dataclass(frozen=True)
class Case:
    """A document under the page's schema."""

    page: Path
    title: str
    document: str
    findings: str


def cases() -> list[Case]:
    return [Case(page, *found.groups()) for page in PAGES for found in CASE.finditer(page.read_text(encoding="utf-8"))]


def findings(case: Case, folder: Path) -> str:
    """A line for each finding: place, code, message, and what to do."""
    schema = folder / "schema.rng"
    found = SCHEMA.search(case.page.read_text(encoding="utf-8"))
    assert found
    schema.write_text(found.group(1), encoding="utf-8")
    document = Source("document.xml", case.document.encode())
    return "".join(
        f"{one.line}:{one.column} {one.code} {one.message} → {one.help}\n"
        for one in relaxng.load(schema, cache=False).validate(document)
    )


def test_there_are_pages() -> None:
    assert len(cases()) > 20


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_page(case: Case, tmp_path: Path) -> None:
    said = findings(case, tmp_path)
    if os.environ.get("SIGLUM_ACCEPT") and said != case.findings:
        text = case.page.read_text(encoding="utf-8")
        block = f"## {case.title}\n```xml\n{case.document}\n```\n```findings\n"
        case.page.write_text(text.replace(f"{block}{case.findings}```", f"{block}{said}```"), encoding="utf-8")
        return
    assert said == case.findings
