"""The views: `views.md` says what each prints, and that what it does not print is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.convert import export
from siglum.convert.reading.choice_sides import Sides
from tests.text.pages.reader import Case, cases

CASES = [pytest.param(case, id=case.title) for case in cases(Path(__file__).with_name("views.md"))]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("view", Sides)
def test_it_is_printed_as_the_page_says(case: Case, view: Sides) -> None:
    made = export.to_text(case.document, export.Options(sides=view))
    left_out = "".join(f"({each.reason}: {each.text})\n" for each in made.omissions)
    assert made.content + left_out == case.expected[view.value]
