"""James Clark's suite for the compact syntax: what it calls incorrect is refused, the rest means the same as its XML form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from siglum.errors import SchemaError
from siglum.schema.relaxng import compact, read_xml, write_compact, write_xml
from siglum.schema.relaxng import syntax as s
from siglum.text.source import Source
from tests.schema.relaxng_compact.compact_trees import canonical, renamed


@dataclass(frozen=True)
class Case:
    """`xml` holds the XML forms of the case and its files, none where the case is incorrect; `compact` likewise."""

    number: int
    compact: tuple[str, ...]
    xml: tuple[str, ...]


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[Case]:
    found = etree.parse(shared / "suites" / "relaxng" / "compacttest.xml").getroot().iter("testCase")
    cases = [Case(number, _texts(case, "compact"), _texts(case, "xml")) for number, case in enumerate(found)]
    assert (len(cases), sum(not case.xml for case in cases)) == (87, 31)
    return cases


def _texts(case: etree._Element, syntax: str) -> tuple[str, ...]:
    """The schema first, then the files it refers to."""
    form = case.find(syntax)
    if form is None:
        return ()
    parts = [*form.findall("correct"), *form.findall("incorrect"), *form.findall("resource")]
    schemas = [(part, part.find("*")) for part in parts]
    return tuple(part.text or "" if inner is None else etree.tostring(inner, encoding="unicode") for part, inner in schemas)


def from_compact(text: str) -> s.Pattern:
    return compact.read(Source("a.rnc", text.encode()))


def from_xml(text: str) -> s.Pattern:
    return read_xml.read(Source("a.rng", text.encode()))


def test_incorrect_schemas_are_refused(cases: list[Case]) -> None:
    for case in cases:
        if not case.xml:
            with pytest.raises(SchemaError) as caught:
                from_compact(case.compact[0])
            assert caught.value.help, case
            assert caught.value.where.startswith("a.rnc:"), case


def test_correct_schemas_mean_the_same_as_their_xml_form(cases: list[Case]) -> None:
    for case in cases:
        for written, expected in zip(case.compact, case.xml, strict=False):  # some files are compact in both
            assert canonical(renamed(from_compact(written))) == canonical(renamed(from_xml(expected))), case


def test_correct_schemas_survive_both_writers(cases: list[Case]) -> None:
    for case in cases:
        for written in case.compact if case.xml else ():
            schema = from_compact(written)
            assert canonical(from_compact(write_compact.write_schema(schema))) == canonical(schema), case
            assert canonical(from_xml(write_xml.write_schema(schema))) == canonical(schema), case
