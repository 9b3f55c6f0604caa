"""Which files are checked, with which schemas, and how the findings of several checkers become one list."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.check.codes import ALL
from siglum.check.document import check_paths, check_source
from siglum.check.options import Options
from siglum.check.subject import Subject
from siglum.check.verdict import Tally, Verdict
from siglum.errors import SchemaError
from siglum.text.diagnostic import Finding
from siglum.text.files import Overlay
from siglum.text.source import Source

_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">{}</TEI>\n'
_SCHEMA = """<element name="TEI" xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <zeroOrMore><element name="p">
    <optional><attribute name="xml:id"><data type="ID"/></attribute></optional>
    <optional><attribute name="key"><data type="ID"/></attribute></optional>
    <optional><attribute name="who"><data type="anyURI"><param name="pattern">#[a-z]+</param></data></attribute></optional>
    <text/>
  </element></zeroOrMore>
</element>
"""
_INCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}"/>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with a schema."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "p.rng").write_text(_SCHEMA)
    return tmp_path


def _write(path: Path, content: str, before: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(before + _TEI.format(content), encoding="utf-8")
    return path


def _places(findings: tuple[Finding, ...]) -> list[tuple[str, int, int]]:
    return [(each.code, each.line, each.column) for each in findings]


def _one(path: Path, **options: object) -> Verdict:
    (verdict,) = check_paths([path], **options)  # type: ignore[arg-type]
    return verdict


# --- which files


def test_a_folder_is_walked_in_order_and_other_xml_is_passed_over(folder: Path) -> None:
    for each in ("b.xml", "a/z.xml", "c.tei"):
        _write(folder / "tei" / each, "<p/>")
    (folder / "tei" / "other.xml").write_text("<stuff><unclosed></stuff>")
    (folder / "tei" / ".hidden.xml").write_text("<TEI>")
    (folder / "tei" / "notes.txt").write_text("no XML")
    verdicts = list(check_paths([folder / "tei"], select={"I001"}))
    assert [Path(each.name).name for each in verdicts] == ["b.xml", "c.tei", "other.xml", "z.xml"]
    assert [each.passed_over for each in verdicts] == [False, False, True, False]
    assert not any(each.findings for each in verdicts)


def test_every_file_is_checked_once(folder: Path) -> None:
    path = _write(folder / "tei" / "a.xml", "<p/>")
    assert len(list(check_paths([path, folder / "tei", path, folder], select={"I001"}))) == 1


def test_a_file_that_is_named_has_to_be_tei(folder: Path) -> None:
    other = folder / "other.xml"
    other.write_text("<stuff/>")
    assert _places(_one(other).findings) == [("X004", 1, 1)]


def test_a_file_that_is_broken_before_its_root_is_not_passed_over(folder: Path) -> None:
    (folder / "tei").mkdir()
    (folder / "tei" / "a.xml").write_text("<!-- <TEI>")
    assert _places(_one(folder / "tei").findings) == [("X001", 1, 1)]


def test_tei_of_another_age_is_never_passed_over(folder: Path) -> None:
    (folder / "tei").mkdir()
    (folder / "tei" / "a.xml").write_text("<TEI.2/>")
    (folder / "tei" / "b.xml").write_text("<TEI/>")
    assert [_places(each.findings) for each in check_paths([folder / "tei"])] == [[("X004", 1, 1)]] * 2


def test_a_folder_without_tei_is_a_finding(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "data").mkdir()
    (folder / "data" / "other.xml").write_text("<stuff/>")
    (empty,) = check_paths([folder / "empty"])
    other, data = check_paths([folder / "data"])
    assert [each.code for each in (*empty.findings, *data.findings)] == ["X007", "X007"]
    assert other.passed_over
    assert "no XML file" in empty.findings[0].message
    assert "no TEI file" in data.findings[0].message


def test_what_is_missing_does_not_stop_the_others(folder: Path) -> None:
    path = _write(folder / "a.xml", "<p/>")
    missing, broken, sound = check_paths([folder / "none.xml", _write(folder / "b.xml", "<p>"), path], select={"I001"})
    assert _places(missing.findings) == [("X002", 1, 1)]
    assert _places(broken.findings) == [("X001", 1, 45)]
    assert sound.findings == ()


def test_a_pipe_in_a_folder_is_not_waited_for(folder: Path) -> None:
    import os  # not on Windows

    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    (folder / "tei").mkdir()
    os.mkfifo(folder / "tei" / "a.xml")
    (folder / "tei" / "b.xml").symlink_to(folder / "none.xml")
    assert [each.code for each in _one(folder / "tei").findings] == ["X007"]


# --- which schema


def test_a_schema_that_is_named_is_used_for_all(folder: Path) -> None:
    path = _write(folder / "a.xml", "<q/>", '<?xml-model href="none.rng"?>')
    assert _places(_one(path, schemas=[folder / "p.rng"]).findings) == [("S001", 1, 71)]


def test_the_schema_that_the_document_names_is_found_from_there(folder: Path) -> None:
    (folder / "my schema.rng").write_text(_SCHEMA)
    path = _write(folder / "tei" / "a.xml", "<q/>", '<?xml-model href="../my%20schema.rng"?>\n')
    assert _places(_one(path).findings) == [("S001", 2, 42)]


def test_several_schemas_are_all_used_and_each_once(folder: Path) -> None:
    (folder / "q.rnc").write_text('default namespace = "http://www.tei-c.org/ns/1.0"\nelement TEI { element q { empty }? }')
    models = "".join(f'<?xml-model href="{each}"?>\n' for each in ("p.rng", "q.rnc", "./p.rng"))
    path = _write(folder / "a.xml", "<p/>", models)
    (finding,) = _one(path).findings
    assert (finding.code, finding.line) == ("S001", 4)


def test_a_schema_that_cannot_be_used_is_a_finding_at_its_instruction(folder: Path) -> None:
    (folder / "broken.rng").write_text("<grammar")
    (folder / "text.rng").write_text("no schema")
    instructions = "\n".join(
        f' <?xml-model href="{each}" schematypens="http://relaxng.org/ns/structure/1.0"?>'
        for each in ("none.rng", "broken.rng", "text.rng", "/dev/zero", "%00", ".", "")
    )
    path = _write(folder / "a.xml", "<q/>", f"<!-- x -->\n{instructions}\n")
    findings = _one(path, default_schemas=[folder / "p.rng"]).findings
    assert _places(findings) == [("S011", line, 2) for line in range(2, 9)]
    assert all(each.message.startswith('the schema "') for each in findings)


def test_a_schema_on_a_network_is_not_read_and_that_is_said(folder: Path) -> None:
    path = _write(folder / "a.xml", "<q/>", '<?xml-model href="https://example.org/tei_all.rng"?>')
    (finding,) = _one(path).findings
    assert (finding.code, finding.severity, finding.column) == ("S010", "warning", 1)
    assert _places(_one(path, default_schemas=[folder / "p.rng"], project=folder).findings) == [("S001", 1, 94)]


def test_without_any_schema_all_of_tei_is_used(folder: Path) -> None:
    path = _write(folder / "a.xml", "<q/>")
    verdict = _one(path)
    assert _places(verdict.findings) == [("S001", 1, 42), ("S002", 1, 46)]
    assert verdict.fallback == "tei_all of TEI P5 4.9.0a"
    other = _one(path, select={"I001", "X001"})
    assert (other.findings, other.fallback) == ((), "")


def test_a_schema_can_be_one_of_teis_by_its_short_name(folder: Path) -> None:
    path = _write(folder / "a.xml", "<q/>", '<?xml-model href="p.rng"?>')
    for name in ("tei_all", "tei_lite", "tei_bare"):
        verdict = _one(path, schemas=[Path(name)])
        assert [finding.code for finding in verdict.findings] == ["S001", "S002"], name
        assert verdict.fallback == ""
    assert [finding.code for finding in _one(path, schemas=[folder / "tei_all"], project=folder).findings] == ["S001", "S002"]
    with pytest.raises(SchemaError) as caught:
        _one(path, schemas=[Path("tei_al")])
    assert (caught.value.where, caught.value.help) == ("tei_al", "did you mean tei_all?")


def test_text_in_memory_is_checked_like_a_file(folder: Path) -> None:
    """The file on the disk is another one; its place serves to find the schema and the included file."""
    path = _write(folder / "a.xml", "<p/>")
    (folder / "part.xml").write_text('<p xmlns="http://www.tei-c.org/ns/1.0" who="#none"/>')
    text = '<?xml-model href="p.rng"?>\n' + _TEI.format(_INCLUDE.format("part.xml") + "<q/>")
    options = Options(frozenset({"S001", "I003"}), cached=False)
    verdict = check_source(Source("buffer", text.encode()), path, options)
    found = [(finding.code, Path(finding.path).name) for finding in verdict.findings]
    assert found == [("S001", "buffer"), ("I003", "part.xml")]
    assert check_source(Source("buffer", b"<TEI>"), None, options).findings[0].code == "X001"


def test_included_files_and_schemas_are_read_where_the_options_say(folder: Path) -> None:
    part = b'<p xmlns="http://www.tei-c.org/ns/1.0" who="#none"/>'
    schema = b"start = any\nany = element * { (attribute * { text } | any | text)* }\n"
    files = Overlay({folder / "part.xml": part, folder / "any.rnc": schema})
    text = '<?xml-model href="any.rnc"?>\n' + _TEI.format(_INCLUDE.format("part.xml"))
    verdict = check_source(Source("buffer", text.encode()), folder / "a.xml", Options(cached=False, files=files))
    assert [(finding.code, Path(finding.path).name) for finding in verdict.findings] == [("I003", "part.xml")]


def test_the_configured_schema_is_for_the_project(folder: Path) -> None:
    ours, other = _write(folder / "ours" / "a.xml", "<q/>"), _write(folder / "other" / "a.xml", "<q/>")
    verdicts = check_paths([ours, other], default_schemas=[folder / "p.rng"], project=folder / "ours")
    assert [_places(each.findings) for each in verdicts] == [[("S001", 1, 42)], [("S001", 1, 42), ("S002", 1, 46)]]


def test_a_schema_that_the_caller_names_has_to_be_usable(folder: Path) -> None:
    path = _write(folder / "a.xml", "<p/>")
    for options in ({"schemas": [folder / "none.rng"]}, {"default_schemas": [folder / "none.rng"]}):
        with pytest.raises(SchemaError) as caught:
            _one(path, **options)
        assert "none.rng" in caught.value.where


# --- one fault, one finding


def test_what_rule_and_schema_both_find_is_said_once(folder: Path) -> None:
    path = _write(
        folder / "a.xml", '<p xml:id="a"/><p xml:id="a"/>\n<p xml:id="1"/>\n<p who="#A"/><p who="x y"/>\n<p who="#"/>'
    )
    both = _one(path, schemas=[folder / "p.rng"]).findings
    assert _places(both) == [("I001", 1, 60), ("I002", 2, 4), ("I003", 3, 4), ("S005", 3, 17), ("I004", 4, 4)]
    alone = _one(path, schemas=[folder / "p.rng"], select={code for code in ALL if code.startswith("S")}).findings
    assert _places(alone) == [("S007", 1, 60), ("S005", 2, 4), ("S005", 3, 4), ("S005", 3, 17), ("S005", 4, 4)]


def test_identifiers_of_the_schema_alone_are_kept(folder: Path) -> None:
    path = _write(folder / "a.xml", '<p key="a"/><p key="a"/>')
    assert _places(_one(path, schemas=[folder / "p.rng"]).findings) == [("S007", 1, 57)]


def test_an_include_that_failed_is_one_finding(folder: Path) -> None:
    path = _write(folder / "a.xml", f"\n{_INCLUDE.format('none.xml')}\n<q/>")
    assert _places(_one(path, schemas=[folder / "p.rng"]).findings) == [("X006", 2, 1), ("S001", 3, 1)]


def test_a_fault_in_a_part_is_named_there_and_once_only(folder: Path) -> None:
    part = folder / "part.xml"
    part.write_text('<p xmlns="http://www.tei-c.org/ns/1.0">\n  <q/></p>')
    paths = [_write(folder / f"{each}.xml", _INCLUDE.format("part.xml")) for each in "abc"]
    schema = _SCHEMA.replace("<text/>", '<text/><optional><attribute name="xml:base"/></optional>')
    (folder / "base.rng").write_text(schema)
    first, second, third = check_paths(paths, schemas=[folder / "base.rng"])
    (finding,) = first.findings
    assert (finding.code, finding.path, finding.line, finding.column) == ("S001", part.as_posix(), 2, 3)
    assert first.excerpts[finding].text == "  <q/></p>"
    assert second.findings == third.findings == ()


def test_many_findings_are_kept_in_part_and_counted_in_full(folder: Path) -> None:
    path = _write(folder / "a.xml", "<q/>\n" * 5000)
    verdict = _one(path, schemas=[folder / "p.rng"])
    tally = Tally()
    tally.add(verdict)
    assert len(verdict.findings) < 5000
    assert (tally.errors, tally.faulty, tally.files) == (5000, 1, 1)


def test_findings_come_in_the_order_of_the_file(folder: Path) -> None:
    path = _write(folder / "a.xml", '<p who="#b"/>\n<q/>\n<p who="#c"/>')
    assert [each.line for each in _one(path, schemas=[folder / "p.rng"]).findings] == [1, 2, 3]


# --- what a finding is about, to its end


@pytest.mark.parametrize(
    ("content", "meant"),
    [
        ('<p who="#A"/>', 'who="#A"'),
        ("<p who=\n '#A'/>", "who=\n '#A'"),
        ("<q n='1'>x</q>", "<q"),
        ("some words", "some"),
        ("\n  é&amp;é", "é"),
    ],
)
def test_the_end_is_behind_what_is_meant(content: str, meant: str, folder: Path) -> None:
    path = _write(folder / "a.xml", content)
    (finding,) = _one(path, schemas=[folder / "p.rng"], select={"S001", "S005", "S006"}).findings
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)[finding.line - 1 : finding.end_line]
    lines[-1] = lines[-1][: finding.end_column - 1]
    assert "".join(lines)[finding.column - 1 :] == meant


def test_a_file_of_one_long_line_takes_no_longer(folder: Path) -> None:
    path = _write(folder / "a.xml", "<q/>" * 100_000)
    verdict = _one(path, schemas=[folder / "p.rng"], select={"S001"})
    assert (len(verdict.findings), verdict.further) == (1_000, 99_000)
    assert all(len(each.text) < 110 for each in verdict.excerpts.values())


# --- with a tree or without


def _no_tree(_: Subject) -> None:
    raise AssertionError("a tree was built")


@pytest.mark.parametrize(
    "content",
    ["<p/>", '<q/><p key="1"/>\n<p key="a"/><p key="a"/>', "<p>", "<p>&none;</p>", "text", "<p xml:id='a'/><p xml:id='a'/>"],
)
def test_without_rules_no_tree_is_made_and_the_same_is_found(
    content: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _write(folder / "a.xml", content)
    schema = {code for code in ALL if code.startswith("S")}
    with_tree = list(_one(path, schemas=[folder / "p.rng"], select=schema | {"I006"}).findings)
    monkeypatch.setattr(Subject, "document", property(_no_tree))
    assert list(_one(path, schemas=[folder / "p.rng"], select=schema).findings) == with_tree


def test_entities_are_never_left_to_expat(folder: Path) -> None:
    path = _write(folder / "a.xml", "<p>&outside;</p>", '<!DOCTYPE TEI SYSTEM "outside.dtd">\n')
    assert _places(_one(path, schemas=[folder / "p.rng"], select={"S001"}).findings) == [("X005", 2, 45)]
