"""Quotations, notes and white space in running text: `pages/` says what each encoding reads as."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.text.edition import resolve
from siglum.text.views import View
from tests.text.pages.reader import Case, cases, running_text

PAGES = [Path(__file__).with_name("pages") / f"{name}.md" for name in ("quotations", "notes", "whitespace")]
CASES = [pytest.param(case, id=f"{page.stem}: {case.title}") for page in PAGES for case in cases(page)]


@pytest.mark.parametrize("case", CASES)
def test_the_text_reads_as_the_page_says(case: Case) -> None:
    for view, expected in case.expected.items():
        assert running_text(resolve(case.document, View(view))) == expected, view
