"""`siglum odd by-example` and `siglum odd diff`: what they write, what they say of faults, and their exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import CommandLine

_TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'
_HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>A</title></titleStmt><publicationStmt><p>a</p></publicationStmt>"
    "<sourceDesc><p>a</p></sourceDesc></fileDesc></teiHeader>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two letters in tei/, and two customisations of them."""
    (tmp_path / "tei").mkdir()
    for name, body in (("a", '<p>one <hi rend="b">two</hi></p>'), ("b", "<p>one</p>")):
        text = f"<TEI {_TEI}>{_HEADER}<text><body>{body}</body></text></TEI>"
        (tmp_path / "tei" / f"{name}.xml").write_text(text, encoding="utf-8")
    _odd(tmp_path / "old.odd", "p hi title")
    _odd(tmp_path / "new.odd", "p title")
    return tmp_path


def _odd(path: Path, core: str) -> None:
    modules = "".join(f'<moduleRef key="{each}"/>' for each in ("tei", "header", "textstructure"))
    schema = f'<schemaSpec ident="a">{modules}<moduleRef key="core" include="{core}"/></schemaSpec>'
    path.write_text(f"<TEI {_TEI}><text><body>{schema}</body></text></TEI>", encoding="utf-8")


def test_the_odd_goes_where_it_is_wanted_and_to_standard_output_else(siglum: CommandLine, folder: Path) -> None:
    written = siglum("odd", "by-example", "tei", "-o", "letters.odd", cwd=folder)
    assert (written.returncode, written.stdout) == (0, "")
    assert written.stderr.splitlines() == ["wrote letters.odd", "counted 2 files"]
    printed = siglum("odd", "by-example", "tei", "--ident", "letters", cwd=folder)
    assert (printed.returncode, printed.stderr) == (0, "counted 2 files\n")
    assert printed.stdout == (folder / "letters.odd").read_text(encoding="utf-8")
    assert siglum("odd", "compile", "letters.odd", cwd=folder).returncode == 0
    assert siglum("validate", "tei", "--schema", "letters.rng", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("output", "ident"),
    [("letters.odd", "letters"), ("my.odd.xml", "my"), ("1920 letters.odd", "corpus-1920-letters"), ("Ä.odd", "Ä")],
)
def test_the_schema_is_called_like_its_file(output: str, ident: str, siglum: CommandLine, folder: Path) -> None:
    assert siglum("odd", "by-example", "tei", "-o", output, cwd=folder).returncode == 0
    assert f'<schemaSpec ident="{ident}"' in (folder / output).read_text(encoding="utf-8")


def test_an_odd_that_is_there_is_not_replaced(siglum: CommandLine, folder: Path) -> None:
    before = (folder / "old.odd").read_bytes()
    refused = siglum("odd", "by-example", "tei", "-o", "old.odd", cwd=folder)
    assert (refused.returncode, "--force" in refused.stderr) == (2, True)
    assert (folder / "old.odd").read_bytes() == before
    assert siglum("odd", "by-example", "tei", "-o", "old.odd", "--force", cwd=folder).returncode == 0
    assert (folder / "old.odd").read_bytes() != before


def test_a_bad_file_is_named_and_the_others_are_counted(siglum: CommandLine, folder: Path) -> None:
    (folder / "tei" / "c.xml").write_text(f"<TEI {_TEI}>\n<p></TEI>", encoding="utf-8")
    done = siglum("odd", "by-example", "tei", "-o", "letters.odd", cwd=folder)
    assert (done.returncode, (folder / "letters.odd").is_file()) == (1, True)
    assert done.stderr.startswith("tei/c.xml:2:4: X001 ")
    assert done.stderr.endswith("counted 2 files\n")


@pytest.mark.parametrize(("corpus", "code"), [("empty", "X007"), ("nowhere", "X002"), ("other.xml", "X004")])
def test_without_a_tei_file_nothing_is_written(corpus: str, code: str, siglum: CommandLine, folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "other.xml").write_text("<other/>", encoding="utf-8")
    done = siglum("odd", "by-example", corpus, "-o", "letters.odd", cwd=folder)
    assert (done.returncode, done.stdout, (folder / "letters.odd").exists()) == (1, "", False)
    assert done.stderr.startswith(f"{corpus}:1:1: {code} ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("options", [["--ident", "1a"], ["--ident", "a b"], ["--values", "-1"], ["--values", "many"]])
def test_options_that_mean_nothing(options: list[str], siglum: CommandLine, folder: Path) -> None:
    assert siglum("odd", "by-example", "tei", *options, cwd=folder).returncode == 2


def test_the_exit_code_says_whether_there_are_differences(siglum: CommandLine, folder: Path) -> None:
    same, other = (siglum("odd", "diff", "old.odd", each, cwd=folder) for each in ("old.odd", "new.odd"))
    assert (same.returncode, other.returncode) == (0, 1)
    assert "They are equal" in same.stdout
    assert "Elements that go:\n  core: hi\n" in other.stdout


def test_as_json(siglum: CommandLine, folder: Path) -> None:
    done = siglum("odd", "diff", "old.odd", "new.odd", "--corpus", "tei", "--format", "json", cwd=folder)
    told = json.loads(done.stdout)
    assert (done.returncode, told["equal"]) == (1, False)
    assert told["changes"] == [
        {"effect": "breaks", "kind": "element", "name": "hi", "group": "core", "before": "allowed", "after": "", "on": []}
    ]
    assert [(each["path"], each["valid_before"], each["valid_after"]) for each in told["files"]] == [
        ("tei/a.xml", True, False),
        ("tei/b.xml", True, True),
    ]
    assert told["files"][0]["first_finding"][0]["code"] == "S001"


def test_the_files_that_would_become_invalid_are_named(siglum: CommandLine, folder: Path) -> None:
    done = siglum("odd", "diff", "old.odd", "new.odd", "--corpus", "tei", cwd=folder)
    assert "Of 2 valid files, 1 would become invalid\n" in done.stdout
    assert re.search(r"^  tei/a\.xml:1:\d+: S001 ", done.stdout, re.MULTILINE)
    back = siglum("odd", "diff", "new.odd", "old.odd", "--corpus", "tei", cwd=folder)
    assert "Of 1 valid file, 0 would become invalid (1 is invalid already)\n" in back.stdout


def test_a_corpus_without_tei_is_told(siglum: CommandLine, folder: Path) -> None:
    (folder / "empty").mkdir()
    done = siglum("odd", "diff", "old.odd", "new.odd", "--corpus", "empty", "--corpus", "gone.xml", cwd=folder)
    assert done.returncode == 1
    assert [line.split()[:2] for line in done.stderr.splitlines() if not line.startswith(" ")] == [
        ["empty:1:1:", "X007"],
        ["gone.xml:1:1:", "X002"],
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["old.odd"], "second customisation"),
        (["old.odd", "nowhere.odd"], "nowhere.odd"),
        (["old.odd", "tei:1.0.0"], "siglum p5 add"),
        (["old.odd", "--from", "tei:4.9.0", "--to", "tei:1.0.0"], "1.0.0"),
        (["old.odd", "tei/a.xml"], "schemaSpec"),
        (["old.odd", "wrong.odd"], "cores"),
        (["old.odd", "a.rng"], "compiled schema"),
    ],
)
def test_what_cannot_be_compared(arguments: list[str], words: str, siglum: CommandLine, folder: Path) -> None:
    text = (folder / "old.odd").read_text(encoding="utf-8").replace('key="core"', 'key="cores"')
    (folder / "wrong.odd").write_text(text, encoding="utf-8")
    (folder / "a.rng").write_text("<grammar/>", encoding="utf-8")
    done = siglum("odd", "diff", *arguments, cwd=folder)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (2, "", False)
    assert words in done.stderr


@pytest.mark.parametrize("name", ["by-example", "diff"])
def test_the_examples_of_the_help_run(name: str, siglum: CommandLine, folder: Path) -> None:
    (folder / "letters.odd").write_bytes((folder / "old.odd").read_bytes())
    examples = re.findall(rf"^ +siglum (odd {name} .+)$", siglum("odd", name, "--help").stdout, re.MULTILINE)
    assert len(examples) >= 2
    for example in examples:
        (folder / "letters.odd").unlink() if name == "by-example" and (folder / "letters.odd").exists() else None
        done = siglum(*example.split(), cwd=folder)
        assert done.returncode in ({0, 1} if name == "diff" else {0}), done.stderr
