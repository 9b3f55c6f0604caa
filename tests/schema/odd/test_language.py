"""What our schemas allow, compared with those of TEI's own tools: every content model and every attribute, not by samples."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from siglum.schema import p5, relaxng
from siglum.schema.odd.assemble import assemble
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.relaxng import compile_generated, generate_grammar
from siglum.schema.relaxng.grammar import Grammar
from tests.schema.odd.language import differences

CUSTOMISATIONS = ("tei_bare", "tei_drama", "tei_lite", "tei_minimal", "test-pure", "test-pure2", "testClass")


def ours(odd: Path, compat: Compat) -> Grammar:
    """The compiled grammar of an ODD, without a file in between."""
    return compile_generated(generate_grammar(assemble(odd, compat=compat).merged, compat=compat))


def theirs(packed: Path, folder: Path) -> Grammar:
    """A schema that TEI's tools have made."""
    path = folder / packed.stem
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return relaxng.load(path, cache=False).grammar


def everything(folder: Path) -> Path:
    """An ODD that takes in all of P5."""
    modules = "".join(f'<moduleRef key="{each}"/>' for each in p5.find_release("tei:current").modules)
    path = folder / "all.odd"
    schema = f'<schemaSpec ident="all" start="TEI teiCorpus">{modules}</schemaSpec>'
    path.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{schema}</TEI>', encoding="utf-8")
    return path


def test_all_of_p5_is_what_the_tools_make_of_it(shared: Path, tmp_path: Path) -> None:
    made = ours(everything(tmp_path), "reference")
    assert len(made.elements) > 580
    assert not differences(made, theirs(shared / "oracles" / "schemas" / "tei_all.rng.gz", tmp_path))


def test_by_the_guidelines_one_element_of_p5_differs(shared: Path, tmp_path: Path) -> None:
    """Of two attributes of `anyElement`, P5 allows one or the other; the tools allow both at once."""
    reference = theirs(shared / "oracles" / "schemas" / "tei_all.rng.gz", tmp_path)
    found = differences(ours(everything(tmp_path), "guidelines"), reference)
    assert {(each.element, each.what) for each in found} == {("anyElement", "attribute")}


@pytest.mark.parametrize("name", CUSTOMISATIONS)
def test_a_customisation_is_what_the_tools_make_of_it(name: str, shared: Path, tmp_path: Path) -> None:
    folder = shared / "oracles" / "odd" / name
    reference = theirs(folder / f"{name}.rng.gz", tmp_path)
    assert not differences(ours(folder / f"{name}.odd", "reference"), reference)


def test_by_the_guidelines_one_element_of_one_customisation_differs(shared: Path, tmp_path: Path) -> None:
    """A class of which some members are taken, without `expand`: a choice by the Guidelines, a sequence by the tools."""
    found: list[str] = []
    for name in CUSTOMISATIONS:
        folder = shared / "oracles" / "odd" / name
        reference = theirs(folder / f"{name}.rng.gz", tmp_path)
        found += map(str, differences(ours(folder / f"{name}.odd", "guidelines"), reference))
    assert found == ["testP4a: children y …: first grammar only"]


# That a difference would be seen


HEAD = 'default namespace = ""\n'


def grammar(text: str, folder: Path) -> Grammar:
    path = folder / "one.rnc"
    path.write_text(HEAD + text, encoding="utf-8")
    return relaxng.load(path, cache=False).grammar


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("element x { a*, b }", "element x { (a, a)*, b }", ["x: children a b …: first grammar only"]),
        ("element x { a? }", "element x { a }", ["x: children nothing: first grammar only"]),
        ("element x { a }", "element x { a, a }", ["x: children a: first grammar only"]),
        ("element x { a | b }", "element x { a }", ["x: children b …: first grammar only"]),
        ("element x { a }", "element x { a, text }", ["x: children a #text …: second grammar only"]),
        ("element x { text }", "element x { empty }", ["x: children #text …: first grammar only"]),
        ("element x { (a, b) | (b, a) }", "element x { a & b }", []),
        ("element x { a+ }", "element x { a, a* }", []),
        ("element x { (a | b)* }", "element x { (a*, b*)* }", []),
        ("element x { a, notAllowed? }", "element x { a }", []),
        ("a", "element a { b? }", ["a: children b …: second grammar only"]),
    ],
)
def test_differences_of_content(one: str, other: str, expected: list[str], tmp_path: Path) -> None:
    rest = "\na = element a { empty }\nb = element b { empty }"
    left, right = (grammar(f"start = {each}{rest}", tmp_path) for each in (one, other))
    assert [str(each) for each in differences(left, right)] == expected


@pytest.mark.parametrize(
    ("one", "other", "in_first", "in_second"),
    [
        ("attribute n { text }?", "attribute n { text }", 1, 1),
        ("attribute n { text }", "attribute m { text }", 1, 1),
        ('attribute n { "a" | "b" }', 'attribute n { "b" | "a" }', 0, 0),
        ("attribute n { xsd:int }", "attribute n { xsd:int { minInclusive = '1' } }", 1, 1),
        ("attribute n { text }?, attribute m { text }?", "attribute m { text }?, attribute n { text }?", 0, 0),
        ("attribute n { text }?, attribute m { text }?", "attribute m { text }?", 1, 0),
    ],
)
def test_differences_of_attributes(one: str, other: str, in_first: int, in_second: int, tmp_path: Path) -> None:
    left, right = (grammar(f"start = element x {{ {each} }}", tmp_path) for each in (one, other))
    found = [each.in_first for each in differences(left, right)]
    assert (found.count(True), found.count(False)) == (in_first, in_second)


def test_a_difference_deep_down_is_found(tmp_path: Path) -> None:
    deep = "start = element x { y }\ny = element y { z* }\nz = element z { %s }"
    left, right = (grammar(deep % each, tmp_path) for each in ("text", "empty"))
    assert [str(each) for each in differences(left, right)] == ["z: children #text …: first grammar only"]
