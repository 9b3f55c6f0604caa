"""`page.md`: what is made of a few words; and for whole corpora, that what was valid stays valid."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from siglum.schema.odd.by_example import Example, make_by_example
from siglum.schema.odd.compile import compile_odd
from siglum.schema.odd.diff import load_side
from siglum.schema.relaxng import Schema, load
from siglum.text.document import open_document

PAGE = Path(__file__).with_name("page.md").read_text(encoding="utf-8")
_CASE = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^```(xml|odd|not)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CASES = [(title, _BLOCK.findall(body)) for title, body in _CASE.findall(PAGE)]
PROJECTS = ("isicily", "schnitzler", "bodleian", "latin", "dracor", "eltec")
_HEADER = "<teiHeader><fileDesc><titleStmt><title>A</title></titleStmt>{}</fileDesc></teiHeader>".format(
    "<publicationStmt><p>a</p></publicationStmt><sourceDesc><p>a</p></sourceDesc>"
)


def _letter(path: Path, body: str) -> Path:
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{_HEADER}<text><body>{body}</body></text></TEI>'
    path.write_text(text, encoding="utf-8")
    return path


def _plain(text: str) -> list[str]:
    return [each.strip() for each in text.splitlines() if each.strip()]


def _is_within(lines: list[str], whole: list[str]) -> bool:
    return any(whole[at : at + len(lines)] == lines for at in range(len(whole)))


def test_the_page_is_read_whole() -> None:
    assert len(CASES) == PAGE.count("\n## ") >= 11
    assert all(len(blocks) >= 2 for _, blocks in CASES)


@pytest.mark.parametrize(("title", "blocks"), CASES, ids=[title for title, _ in CASES])
def test_the_odd_says_what_occurs(title: str, blocks: list[tuple[str, str]], tmp_path: Path) -> None:
    bodies = [text for kind, text in blocks if kind == "xml"]
    files = [_letter(tmp_path / f"{number}.xml", body) for number, body in enumerate(bodies)]
    made = make_by_example(files, ident="a")
    assert not made.findings
    for kind, text in blocks:
        if kind == "odd":
            assert _is_within(_plain(text), _plain(made.text)), (title, text)
        elif kind == "not":
            assert text.strip() not in made.text, title
    _is_sound(made, tmp_path)


def _is_sound(made: Example, folder: Path) -> Schema:
    """The ODD is itself valid TEI, compiles without a word, and gives a schema."""
    odd = folder / "made.odd"
    odd.write_text(made.text, encoding="utf-8")
    tei = load_side("tei_all")
    assert not Schema(Path("tei_all"), (), tei.grammar).validate_document(open_document(odd))
    compiled = compile_odd(odd, forms=["rng"])
    assert compiled.findings == ()
    (folder / "made.rng").write_text(compiled.texts["rng"], encoding="utf-8")
    return load(folder / "made.rng", cache=False)


def _valid(corpora: Path, project: str) -> list[Path]:
    """The files of a project that jing finds valid under tei_all."""
    with (corpora / "verdicts.tsv").open(encoding="utf-8", newline="") as file:
        rows = [each for each in csv.DictReader(file, delimiter="\t") if each["path"].startswith(project)]
    return [corpora / each["path"] for each in rows if each["verdict"] == "valid"]


@pytest.mark.parametrize("project", ["", *PROJECTS])
def test_what_was_valid_stays_valid(project: str, shared: Path, tmp_path: Path) -> None:
    """Of a project (all of them: ""), files that were invalid having been counted too."""
    corpora = shared / "corpora"
    made = make_by_example([corpora / project], ident="corpus")
    schema = _is_sound(made, tmp_path)
    valid = _valid(corpora, project)
    assert valid or project == "eltec"
    for each in valid:
        assert not schema.validate_document(open_document(each)), each


@pytest.mark.parametrize("project", [each for each in PROJECTS if each != "eltec"])
def test_a_single_file_is_example_enough(project: str, shared: Path, tmp_path: Path) -> None:
    for each in _valid(shared / "corpora", project)[:1]:
        schema = _is_sound(make_by_example([each], ident="one"), tmp_path)
        assert not schema.validate_document(open_document(each)), each


def test_the_number_of_values_in_a_list_is_chosen(tmp_path: Path) -> None:
    words = "".join(f'<hi rend="v{number % 6}">a</hi>' for number in range(30))
    file = _letter(tmp_path / "a.xml", f"<p>{words}</p>")
    closed, opened, none = (make_by_example([file], ident="a", values=most).text for most in (6, 5, 0))
    assert closed.count("<valItem") == 6
    assert 'type="closed"' in closed
    assert opened.count("<valItem") == 5
    assert 'type="open"' in opened
    assert "and 1 other value" in opened
    assert "valList" not in none


def test_values_that_are_never_repeated_are_examples_of_nothing(tmp_path: Path) -> None:
    words = "".join(f'<hi rend="v{number}">a</hi>' for number in range(12))
    assert "valList" not in make_by_example([_letter(tmp_path / "a.xml", f"<p>{words}</p>")], ident="a").text


def test_values_without_end_are_not_kept(tmp_path: Path) -> None:
    words = "".join(f'<hi rend="v{number % 700}">a</hi>' for number in range(2100))
    assert "valList" not in make_by_example([_letter(tmp_path / "a.xml", f"<p>{words}</p>")], ident="a").text


def test_bad_files_are_reported_and_passed_over(tmp_path: Path) -> None:
    good = _letter(tmp_path / "good.xml", "<p>a</p>")
    (tmp_path / "bad.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p></TEI>', encoding="utf-8")
    (tmp_path / "other.xml").write_text("<other/>", encoding="utf-8")
    made = make_by_example([tmp_path, good], ident="a")
    assert (made.files, made.passed_over) == (1, 1)
    assert [(Path(each.path).name, each.line, each.code) for each in made.findings] == [("bad.xml", 1, "X001")]
    assert made.text == make_by_example([good], ident="a").text


def test_without_a_file_there_is_no_odd(tmp_path: Path) -> None:
    made = make_by_example([tmp_path, tmp_path / "gone.xml"], ident="a")
    assert (made.text, [each.code for each in made.findings]) == ("", ["X007", "X002"])
