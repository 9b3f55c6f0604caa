"""Pages and fragments: `pages/` says which lines stand in the page of a document (or its fragment), and which do not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from siglum.convert import export
from siglum.convert.page import describe
from siglum.convert.reading import builder
from siglum.convert.reading.choice_sides import Sides
from siglum.convert.writers import html
from siglum.text.document import Document
from siglum.text.edition import resolve
from tests.convert.reading.outline import outline
from tests.text.pages.reader import Case, cases, document

PAGES = sorted(Path(__file__).with_name("pages").glob("*.md"))
CASES = [pytest.param(case, id=f"{page.stem}: {case.title}") for page in PAGES for case in cases(page)]


SHAPES = {"html": html.Shape(), "fragment": html.Shape(is_fragment=True, id_prefix="x-", level=3)}


def page_of(given: Document, theme: html.Theme | None = None, shape: html.Shape | None = None) -> str:
    made = builder(resolve(given))
    tree = made.tree()
    return html.write(tree, describe(made.edition, made), theme, shape)


@pytest.mark.parametrize("case", CASES)
def test_the_page_has_the_lines(case: Case) -> None:
    for kind, shape in SHAPES.items():
        page = page_of(case.document, shape=shape)
        assert [line for line in case.expected.get(kind, "").splitlines() if line not in page] == []
        assert [line for line in case.expected.get("absent", "").splitlines() if line in page] == []
        assert outline(page, styled="siglum" in page[:60]).wrong == []


@pytest.mark.parametrize("nest", [("<div>", "</div>"), ("<p><q>", "</q></p>"), ("<quote><p>a</p>", "</quote>")])
def test_what_is_nested_as_deep_as_a_file_may_be(nest: tuple[str, str]) -> None:
    """As a library, under Python's own limit: a page, and no RecursionError."""
    begin, end = nest
    times = 230 // end.count("<")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    try:
        page = export.to_html(document(begin * times + "<p>x</p>" + end * times)).content
    finally:
        sys.setrecursionlimit(before)
    assert outline(page).wrong == []


def test_a_diplomatic_page_says_so() -> None:
    given = document("<p><lb/>a <del>b</del><lb/>c</p>")
    page = export.to_html(given, export.Options(sides=Sides.DIPLOMATIC)).content
    assert "Text: diplomatic" in page
    assert "<s>⟦b⟧</s>" in page
    assert outline(page).wrong == []
    assert "diplomatic" not in export.to_html(given).content
