"""James Clark's test suite for the RELAX NG specification, whole: every grammar and every document, without exceptions.

It lies outside the project, in `../shared/suites/relaxng` (see SOURCES.md there).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from siglum.errors import SchemaError
from siglum.schema import relaxng
from siglum.text.source import Source
from siglum.text.tei import Element

SUITE = Path(__file__).parents[4] / "shared/suites/relaxng/spectest.xml"


@dataclass(frozen=True)
class Case:
    """A grammar to be refused (`correct` is false), or to be accepted and tried on documents."""

    number: int
    section: str
    node: Element

    @property
    def correct(self) -> bool:
        return self.node.find("correct") is not None

    def write(self, folder: Path) -> Path:
        """Put the grammar, and the files it refers to, into a folder."""
        self._resources(self.node, folder)
        grammar = self.node.find("correct" if self.correct else "incorrect")
        assert grammar is not None
        path = folder / "main-schema.rng"
        path.write_bytes(content(grammar))
        return path

    def _resources(self, node: Element, folder: Path) -> None:
        for each in node.iterchildren("resource", "dir"):
            target = folder / each.get("name", "")
            if each.tag == "dir":
                target.mkdir()
                self._resources(each, target)
            else:
                target.write_bytes(content(each))

    def documents(self, verdict: str) -> list[bytes]:
        return [content(each) for each in self.node.findall(verdict)]


def content(node: Element) -> bytes:
    """What stands in an element of the suite, as a file of its own."""
    inner = node.find("*")
    assert inner is not None
    return etree.tostring(inner, encoding="utf-8", with_tail=False)


def cases() -> Iterator[Case]:
    parser = etree.XMLParser(resolve_entities=True, collect_ids=False)
    for number, node in enumerate(etree.parse(SUITE, parser).iter("testCase")):
        yield Case(number, node.findtext("section", ""), node)


ALL = list(cases()) if SUITE.exists() else []


def test_the_suite_is_there_and_whole() -> None:
    if not ALL and os.environ.get("CI") != "true":
        pytest.skip("the RELAX NG test suite is not beside the project (../shared/suites/relaxng)")
    correct = [case for case in ALL if case.correct]
    assert (len(ALL) - len(correct), len(correct)) == (213, 172)
    assert sum(len(case.documents("valid")) for case in correct) == 289
    assert sum(len(case.documents("invalid")) for case in correct) == 291


@pytest.mark.parametrize("case", [case for case in ALL if not case.correct], ids=lambda case: f"{case.number}-{case.section}")
def test_an_incorrect_grammar_is_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as refusal:
        relaxng.load(case.write(tmp_path), cache=False)
    assert refusal.value.help


@pytest.mark.parametrize("case", [case for case in ALL if case.correct], ids=lambda case: f"{case.number}-{case.section}")
def test_a_correct_grammar_accepts_the_valid_documents_and_no_others(case: Case, tmp_path: Path) -> None:
    schema = relaxng.load(case.write(tmp_path), cache=False)
    for document in case.documents("valid"):
        assert schema.validate(Source("valid.xml", document)) == [], document
    for document in case.documents("invalid"):
        assert schema.validate(Source("invalid.xml", document)) != [], document
