"""A document, its XInclude parts, its schema and its ODD can all live in memory while they are checked."""

from __future__ import annotations

import pytest

from siglum.check.document import check_source
from siglum.check.options import Options
from siglum.text.source import Source
from tests.text.test_files import BODY, FOLDER, ODD, PART, RNG, SPEC, TEI, overlay


@pytest.mark.parametrize("schema", ["a.rng", "a.odd"])
def test_a_buffer_is_checked_without_the_disk(schema: str) -> None:
    kind = "http://www.tei-c.org/ns/1.0" if schema == "a.odd" else "http://relaxng.org/ns/structure/1.0"
    model = f'<?xml-model href="{schema}" schematypens="{kind}"?>\n'.encode()
    files = overlay(a_xml=model + TEI, part_xml=PART, a_rng=RNG, body_rng=BODY, a_odd=ODD, spec_xml=SPEC)
    verdict = check_source(Source("a.xml", model + TEI), FOLDER / "a.xml", Options(files=files))
    assert {finding.code for finding in verdict.findings} <= {f"S{number:03}" for number in range(1, 10)}
    assert "part.xml" in {finding.path for finding in verdict.findings}


def test_options_choose_a_schema_in_memory() -> None:
    files = overlay(a_rng=RNG, body_rng=BODY)
    source = Source("a.xml", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><p/><q/></TEI>')
    verdict = check_source(source, FOLDER / "a.xml", Options(schemas=(FOLDER / "a.rng",), files=files))
    assert [finding.code for finding in verdict.findings] == ["S001"]
