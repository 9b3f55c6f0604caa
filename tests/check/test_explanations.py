"""The page of every code, and the book that is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.check import pages
from siglum.check.codes import CODES
from siglum.text.diagnostic import Severity


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(code: str) -> None:
    page = pages.find_page(code)
    assert page.summary.endswith(".")
    assert page.address.startswith("https://")
    for heading in ("Why it matters:", "Example:\n    ", "Better:\n    ", "See: https://"):
        assert heading in page.text, heading
    assert page.name == page.name.lower()


def test_names_are_given_once() -> None:
    names = [each.name for each in pages.load_pages().values()]
    assert len(set(names)) == len(names) == len(CODES)


def test_a_page_knows_how_much_its_findings_weigh() -> None:
    assert pages.find_page("S010").severity is Severity.WARNING
    assert pages.find_page("I005").severity is Severity.WARNING
    assert pages.find_page("S001").severity is Severity.ERROR


def test_in_markdown_examples_are_code() -> None:
    assert "**Example:**\n\n    <p>An" in pages.find_page("X001").markdown
    assert pages.find_page("X001").markdown.endswith("**See:** <https://www.w3.org/TR/xml/#sec-well-formed>")


def test_the_book_in_docs_is_made_of_the_pages(project_root: Path) -> None:
    book = (project_root / "docs" / "codes.md").read_text(encoding="utf-8")
    assert book == pages.render_book(), "make it anew: siglum explain --all > docs/codes.md"
