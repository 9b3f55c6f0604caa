"""Verdicts on documents, real, generated and mutated: the same as under the schemas that TEI's own tools make of the ODDs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from siglum.errors import DocumentError
from siglum.schema import relaxng
from siglum.schema.odd.assemble import assemble
from siglum.schema.odd.relaxng import compile_generated, generate_grammar
from siglum.schema.relaxng import write_compact, write_xml
from siglum.text.document import open_document
from tests.schema.datatypes.outside import needs_jing
from tests.schema.odd.test_language import CUSTOMISATIONS, everything
from tests.schema.relaxng.test_against_jing import jing


def verdicts(folder: Path, schema: str) -> dict[Path, bool]:
    """Whether each document is valid under a schema of the reference."""
    with (folder / "verdicts.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {folder / row["path"]: row["verdict"] == "valid" for row in rows if row["schema"] == schema}


def wrong(schema: relaxng.Schema, expected: dict[Path, bool]) -> Iterator[str]:
    """The documents of which the schema says something else."""
    for path, valid in expected.items():
        if (not findings(schema, path)) != valid:
            yield f"{path.name}: {'valid' if valid else 'invalid'} by the reference"


def findings(schema: relaxng.Schema, path: Path) -> relaxng.Findings:
    """XInclude is followed, as it was for the reference; some of the customisations have another root than TEI's."""
    try:
        return schema.validate_document(open_document(path))
    except DocumentError:
        return schema.validate_file(path)


@pytest.mark.parametrize("name", CUSTOMISATIONS)
def test_verdicts_under_a_customisation(name: str, shared: Path) -> None:
    folder = shared / "oracles" / "odd"
    made = generate_grammar(assemble(folder / name / f"{name}.odd", compat="reference").merged, compat="reference")
    expected = verdicts(folder, name)
    assert len(expected) == 64
    assert not list(wrong(relaxng.Schema(Path(name), (), compile_generated(made)), expected))


@pytest.mark.parametrize("compat", ["reference", "guidelines"])
def test_verdicts_on_the_corpora_under_all_of_p5(compat: str, shared: Path, tmp_path: Path) -> None:
    merged = assemble(everything(tmp_path), compat=compat).merged  # type: ignore[arg-type]
    made = generate_grammar(merged, compat=compat)  # type: ignore[arg-type]
    expected = verdicts(shared / "corpora", "tei_all")
    assert len(expected) == 48
    assert not list(wrong(relaxng.Schema(Path("all"), (), compile_generated(made)), expected))


@needs_jing
@pytest.mark.parametrize("name", CUSTOMISATIONS)
def test_jing_gives_the_same_verdicts_by_the_file_we_write(name: str, shared: Path, tmp_path: Path) -> None:
    folder = shared / "oracles" / "odd"
    made = generate_grammar(assemble(folder / name / f"{name}.odd", compat="reference").merged, compat="reference")
    schema = tmp_path / "schema.rng"
    schema.write_text(write_xml.write_schema(made.grammar), encoding="utf-8")
    expected = verdicts(folder, name)
    said = jing(schema, expected)
    assert "schema.rng" not in {each.name for each in said}
    invalid = {each.name for each in said}
    assert {path.name: path.name not in invalid for path in expected} == {path.name: valid for path, valid in expected.items()}


@needs_jing
@pytest.mark.parametrize("compat", ["reference", "guidelines"])
def test_jing_accepts_the_schema_of_all_of_p5(compat: str, tmp_path: Path) -> None:
    merged = assemble(everything(tmp_path), compat=compat).merged  # type: ignore[arg-type]
    schema, document = tmp_path / "all.rng", tmp_path / "document.xml"
    schema.write_text(write_xml.write_schema(generate_grammar(merged, compat=compat).grammar), encoding="utf-8")  # type: ignore[arg-type]
    document.write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', encoding="utf-8")
    assert {each.name for each in jing(schema, [document])} == {"document.xml"}


def test_the_two_syntaxes_say_the_same(tmp_path: Path) -> None:
    grammar = generate_grammar(assemble(everything(tmp_path)).merged).grammar
    xml, compact = tmp_path / "all.rng", tmp_path / "all.rnc"
    xml.write_text(write_xml.write_schema(grammar), encoding="utf-8")
    compact.write_text(write_compact.write_schema(grammar), encoding="utf-8")
    one, other = (relaxng.load(path, cache=False).grammar.values() for path in (xml, compact))
    assert one == other
