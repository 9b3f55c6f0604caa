"""The deviations of TEI's own tools: all stand in one module, and each of them is asked for in the steps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from siglum.schema.odd.compat import Deviation, deviations

ODD = Path(__file__).resolve().parents[3] / "src" / "siglum" / "schema" / "odd"
SOURCES = "".join(path.read_text("utf-8") for path in sorted(ODD.rglob("*.py")) if path.name != "compat.py")


def test_the_guidelines_deviate_from_nothing_and_the_reference_in_all() -> None:
    assert deviations("guidelines") == frozenset()
    assert deviations("reference") == frozenset(Deviation)


@pytest.mark.parametrize("deviation", Deviation)
def test_every_deviation_is_asked_for_and_its_codes_exist(deviation: Deviation) -> None:
    assert f"Deviation.{deviation.name}" in SOURCES
    for code in re.findall(r"O\d+", deviation.code):
        assert f'"{code}"' in SOURCES


def test_no_other_module_compares_the_name_of_a_reading() -> None:
    assert not re.search(r"compat\s*[!=]=|\.reference\b", SOURCES)
