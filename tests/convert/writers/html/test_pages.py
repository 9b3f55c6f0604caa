"""Whole pages: `pages/` says which lines stand in the page of a document, and which do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.convert.page import describe
from siglum.convert.reading import builder
from siglum.convert.writers import html
from siglum.text.document import Document
from siglum.text.edition import resolve
from tests.convert.reading.outline import outline
from tests.text.pages.reader import Case, cases

PAGES = sorted(Path(__file__).with_name("pages").glob("*.md"))
CASES = [pytest.param(case, id=f"{page.stem}: {case.title}") for page in PAGES for case in cases(page)]


def page_of(document: Document, theme: html.Theme | None = None) -> str:
    made = builder(resolve(document))
    tree = made.tree()
    return html.write(tree, describe(made.edition, made), theme)


@pytest.mark.parametrize("case", CASES)
def test_the_page_has_the_lines(case: Case) -> None:
    page = page_of(case.document)
    assert [line for line in case.expected["html"].splitlines() if line not in page] == []
    assert [line for line in case.expected.get("absent", "").splitlines() if line in page] == []
    assert outline(page).wrong == []
