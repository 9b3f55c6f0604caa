"""The rules that TEI's own tools make of real customisations: the same contexts, tests and roles, no more and no fewer."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from siglum.schema.odd.compile import compile_odd
from siglum.schema.odd.schematron import collect_schematron
from siglum.schema.tagdocs.read import read_specs
from siglum.schema.tagdocs.specs import Merged
from tests.schema.odd.schematron.evaluate import SCH

ODDS = ("tei_bare", "tei_drama", "tei_lite", "tei_minimal", "test-pure", "test-pure2", "testClass")
Rules = set[tuple[str | None, str, str | None]]


def _rules(text: bytes) -> Rules:
    root = etree.fromstring(text)
    return {
        (rule.get("context"), " ".join(each.get("test", "").split()), each.get("role"))
        for rule in root.iter(f"{SCH}rule")
        for each in rule.iter(f"{SCH}assert", f"{SCH}report")
    }


@pytest.mark.parametrize("name", ODDS)
def test_the_rules_are_those_of_the_reference(name: str, shared: Path) -> None:
    folder = shared / "oracles" / "odd" / name
    made = compile_odd(folder / f"{name}.odd", forms=["sch"], source=shared / "tei-p5" / "p5subset.xml", compat="reference")
    assert _rules(made.texts["sch"].encode()) == _rules((folder / f"{name}.sch").read_bytes())


def test_all_of_tei(shared: Path) -> None:
    path = shared / "tei-p5" / "p5subset.xml"
    specs = read_specs(etree.parse(path).getroot(), path.name, lambda *_: None)
    made = collect_schematron(Merged("tei_all", specs=specs, place=specs[0].place), compat="reference")
    expected = _rules((shared / "oracles" / "schematron" / "tei_all.sch").read_bytes())
    assert len(expected) == 122
    assert _rules(made.text.encode()) == expected


@pytest.mark.parametrize("name", ODDS)
def test_with_facts_alone_the_rules_of_the_odd_are_there(name: str, shared: Path) -> None:
    """The facts that come with siglum hold no constraints: what is left are the ODD's own, and what follows from specs."""
    odd = shared / "oracles" / "odd" / name / f"{name}.odd"
    made = _rules(compile_odd(odd, forms=["sch"]).texts["sch"].encode())
    assert made == ({("bit", "count(bob) !=1", None)} if name == "test-pure" else set())
