"""Siglum's own models: the table is what `default.odd` says, and that knows every element of TEI P5."""

from __future__ import annotations

import pytest

from siglum.check.document import check_paths
from siglum.convert.reading.processing_model import default, pack
from siglum.convert.reading.processing_model.behaviours import BEHAVIOURS, LEAVING_OUT
from siglum.schema import p5
from siglum.schema.odd.models import BEHAVIOURS as OF_TEI
from siglum.schema.tagdocs.specs import ElementSpec
from siglum.text.views import _LEFT_OUT, _NO_TEXT, View

TABLE = default.table()


def test_the_table_is_made_of_the_odd() -> None:
    """Remade by `python -m siglum.convert.reading.processing_model.pack`."""
    assert pack.TABLE.read_text(encoding="utf-8") == pack.pack_models()


def test_every_element_of_tei_has_a_model_that_always_applies() -> None:
    known = {each.ident for each in p5.find_release("tei:4.9.0").specs if isinstance(each, ElementSpec)}
    assert TABLE.elements() == known
    for element in known:
        assert TABLE.of(element)[-1].predicate is None, element


def test_a_predicate_of_ours_needs_no_engine() -> None:
    """The engine for newer XPath takes 150 ms to be imported."""
    for element in TABLE.elements():
        for model in TABLE.of(element):
            assert model.predicate is None or model.predicate.is_true.__module__.endswith("plain"), model.predicate.source


def test_behaviours_are_those_of_tei() -> None:
    assert {model.behaviour for element in TABLE.elements() for model in TABLE.of(element)} <= OF_TEI
    assert set(BEHAVIOURS) >= OF_TEI


def test_what_no_view_reads_is_left_out_by_its_model_too() -> None:
    read = {
        *_LEFT_OUT[View.READING],
        *_LEFT_OUT[View.TRANSCRIPT],
        "noteGrp",
        "substJoin",
        "listTranspose",
    }  # these two have nothing but pointers in them
    for element in set(_NO_TEXT) - read:
        assert TABLE.of(element)[-1].behaviour in LEAVING_OUT, element


@pytest.mark.parametrize("element", ["unknown", "p2"])
def test_what_tei_does_not_know_is_a_block_or_a_stretch_of_the_line(element: str) -> None:
    assert [each.behaviour for each in TABLE.of(element)] == ["block", "inline"]


def test_the_odd_is_valid() -> None:
    assert [each.message for verdict in check_paths([pack.SOURCE]) for each in verdict.findings] == []
