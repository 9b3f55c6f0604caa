"""Pages and fragments: `pages/` says which lines stand in the page of a document (or its fragment), and which do not."""

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


SHAPES = {"html": html.Shape(), "fragment": html.Shape(is_fragment=True, id_prefix="x-", level=3)}


def page_of(document: Document, theme: html.Theme | None = None, shape: html.Shape | None = None) -> str:
    made = builder(resolve(document))
    tree = made.tree()
    return html.write(tree, describe(made.edition, made), theme, shape)


@pytest.mark.parametrize("case", CASES)
def test_the_page_has_the_lines(case: Case) -> None:
    for kind, shape in SHAPES.items():
        page = page_of(case.document, shape=shape)
        assert [line for line in case.expected.get(kind, "").splitlines() if line not in page] == []
        assert [line for line in case.expected.get("absent", "").splitlines() if line in page] == []
        assert outline(page).wrong == []
