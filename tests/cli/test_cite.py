"""`siglum cite`, as it is typed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from siglum.convert.cite import FORMATS
from siglum.errors import DocumentError
from siglum.text import document
from siglum.text.files import DISK
from tests.conftest import CommandLine


def test_the_default_is_a_line_of_text(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("cite", red_book)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Sedov, Leon. “‘Remove Stalin.’” In The Red Book: On the Moscow Trials.")


def test_it_writes_a_file(siglum: CommandLine, red_book: Path, tmp_path: Path) -> None:
    done = siglum("cite", red_book, "--to", "csl-json", "-o", tmp_path / "a.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))[0]["type"] == "chapter"


def test_several_documents_are_one_bibliography(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("cite", red_book, red_book, "--to", "csl-json")
    assert [each["id"] for each in json.loads(done.stdout)] == ["sedov2026remove", "sedov2026removeb"]


def test_an_unknown_format_names_the_formats(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("cite", red_book, "--to", "endnote")
    assert done.returncode == 2
    assert all(form in done.stderr for form in FORMATS)


def test_what_is_no_tei_is_said_in_a_line(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<html/>")
    done = siglum("cite", tmp_path / "a.xml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "a.xml:1:1: the root element is `html`" in done.stderr
    assert "Traceback" not in done.stderr


def test_remarks_go_to_standard_error(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>')
    done = siglum("cite", "a.xml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "[no title]. n.d.\n")
    assert "a.xml: the header has no title\n" in done.stderr


def test_a_folder_is_a_bibliography_and_what_is_no_tei_is_passed_over(
    siglum: CommandLine, red_book: Path, tmp_path: Path
) -> None:
    (tmp_path / "b").mkdir()
    shutil.copy(red_book, tmp_path / "b" / "a.xml")
    (tmp_path / "b" / "list.xml").write_text("<list/>")
    done = siglum("cite", "b", "--to", "csl-json", cwd=tmp_path)
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 1
    assert "skipped: b/list.xml:1:1: the root element is `list`" in done.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written(siglum: CommandLine, red_book: Path, form: str) -> None:
    done = siglum("cite", red_book, "--to", form)
    assert done.returncode == 0
    assert "Stalin" in done.stdout
    assert "Traceback" not in done.stderr


def test_what_a_format_leaves_out_is_said_in_a_line(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("cite", red_book, "--to", "coins")
    assert done.stderr == "left out: credits, extent, note, original-date, original-publisher: COinS has no place for it\n"


def test_what_a_format_demands_is_said(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("cite", red_book, "--to", "datacite")
    assert done.stderr == "sedov2026remove: DataCite requires a DOI: complete the header\n"


def test_a_format_for_one_work_refuses_two(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("cite", red_book, red_book, "--to", "cff")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("siglum: CITATION.cff describes one work, but there are 2")


def test_a_library_becomes_another_and_comes_back(siglum: CommandLine, tmp_path: Path) -> None:
    entry = "@book{a,\n  author = {Gogh, Vincent van},\n  title = {Letters},\n  date = {1888},\n}\n"
    (tmp_path / "a.bib").write_text("@book{a, author = {van Gogh, Vincent}, title = {Letters}, year = 1888}")
    assert siglum("cite", "a.bib", "--to", "csl-json", "-o", "a.json", cwd=tmp_path).returncode == 0
    done = siglum("cite", "a.json", "--to", "biblatex", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == entry.replace("Gogh, Vincent van", "van Gogh, Vincent")


LIBRARY = r"""@book{knuth1984,
  author = {Knuth, Donald E. and {Stanford {\&} Friends}}, title = {The {\TeX}book}, year = 1984, language = {english},
  publisher = {Addison-Wesley}, address = {Reading, Mass.}, isbn = {0-201-13447-0}, keywords = {tex; typesetting} }
@article{näf:2001, author = {N{\"a}f, Werner}, title = {Zur Lage}, journal = {Saeculum}, volume = 2, number = {3/4},
  pages = {33--41}, date = {2001-04/2001-05}, doi = {10.1234/x.y}, langid = {ngerman} }
@manuscript{ms, title = {Commonplace book}, date = {1620~/1625~}, library = {London, British Library, Add. 1} }
"""


def test_a_library_becomes_tei_that_is_valid_and_comes_back(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "library.bib").write_text(LIBRARY, encoding="utf-8")
    assert siglum("cite", "library.bib", "--to", "tei", "-o", "bibliography.xml", cwd=tmp_path).returncode == 0
    assert siglum("validate", "bibliography.xml", cwd=tmp_path).returncode == 0
    back = siglum("list", "bibliography", "bibliography.xml", "--to", "csl-json", cwd=tmp_path)
    assert (back.returncode, back.stderr) == (0, "")
    assert json.loads(back.stdout) == json.loads(siglum("cite", "library.bib", "--to", "csl-json", cwd=tmp_path).stdout)


def test_the_bibliography_of_a_document_goes_through_other_formats_as_tei(siglum: CommandLine, tmp_path: Path) -> None:
    fifty = Path(__file__).parents[1] / "convert" / "cite" / "biblStructs.xml"
    once = siglum("list", "bibliography", fifty, "--to", "tei").stdout
    assert once.count("<biblStruct type=") == 50
    for form, name in (("csl-json", "a.json"), ("biblatex", "a.bib")):
        assert siglum("list", "bibliography", fifty, "--to", form, "-o", name, cwd=tmp_path).returncode == 0
        assert siglum("cite", name, "--to", "tei", cwd=tmp_path).stdout == once


def test_a_bibliography_says_what_it_leaves_out(siglum: CommandLine, tmp_path: Path) -> None:
    whole = HEADER.format("", "") + "<text><body><listBibl><bibl/><bibl><title>T</title><note type='mine'>N</note></bibl>"
    (tmp_path / "a.xml").write_text(f"{whole}</listBibl></body></text></TEI>")
    done = siglum("list", "bibliography", "a.xml", "--to", "coins", cwd=tmp_path)
    assert (done.returncode, done.stdout.count("Z3988")) == (0, 1)
    assert done.stderr == (
        "a.xml:1: `bibl` has no words: give it a title or take it out (left out)\nleft out: mine: COinS has no place for it\n"
    )


def test_a_bibliography_of_many_is_no_file_for_one_work(siglum: CommandLine) -> None:
    done = siglum("list", "bibliography", Path(__file__).parents[1] / "convert" / "cite" / "biblStructs.xml", "--to", "cff")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(
        "but there are 50\n  cite one document at a time; mods, csl-json and biblatex hold many in one file\n"
    )


HEADER = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>{}</titleStmt>'
    "<publicationStmt>{}</publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)
TEXT = '<text><body><div n="1"><p n="1">One.</p><p n="2">Two.</p></div></body></text></TEI>'
ODD = [
    # what titleStmt and publicationStmt hold, the reference, what is said
    ("", "", "[no title]. n.d.", "the header has no title"),
    ("<title/>", "<publisher/>", "[no title]. n.d.", "the header has no title"),
    ("<title> </title>", "<p/>", "[no title]. n.d.", "the header has no publisher"),
    ("<title>T</title>", "<publisher>P</publisher><date>c. 1620-25?</date>", "T. P, ca. 1620–1625.", ""),
    ("<title>T</title>", "<publisher>P</publisher><date>soon</date>", "T. P, soon.", "“soon” contains no year"),
    ("<title>T</title>", "<publisher>P</publisher><date>1900</date><idno type='zzz'>1</idno>", "T. P, 1900.", ""),
    ("<title>T</title><author>Doe, Jane; Roe, R.</author>", "<publisher>P</publisher><date>1900</date>",
     "Doe, Jane, and R. Roe. T. P, 1900.", ""),
    ("<title>T</title><author>J. Smith, A. Doe and B. Roe</author>", "<publisher>P</publisher><date>1900</date>",
     "Smith, J., A. Doe, and B. Roe. T. P, 1900.", ""),
    ("<title>T</title><author><surname>Doe</surname>, <forename>Jane</forename></author>",
     "<publisher>P</publisher><date>1900</date>", "Doe, Jane. T. P, 1900.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("titles", "published", "reference", "said"), ODD)
def test_odd_headers_are_cited(
    siglum: CommandLine, tmp_path: Path, titles: str, published: str, reference: str, said: str
) -> None:
    (tmp_path / "a.xml").write_text(HEADER.format(titles, published) + TEXT)
    done = siglum("cite", "a.xml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{reference}\n")
    assert said in done.stderr if said else done.stderr == ""


def test_an_unknown_kind_of_number_is_kept(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(HEADER.format("<title>T</title>", "<idno type='zzz'>1</idno>") + TEXT)
    (item,) = json.loads(siglum("cite", "a.xml", "--to", "csl-json", cwd=tmp_path).stdout)
    assert item["annote"] == "Identifiers: zzz 1."


def test_ids_that_two_works_have_are_said_and_both_are_kept(siglum: CommandLine, tmp_path: Path) -> None:
    listed = "".join(f'<bibl xml:id="doubled"><title>{each}</title></bibl>' for each in "AB")
    (tmp_path / "a.xml").write_text(HEADER.format("", "") + f"<text><body><listBibl>{listed}</listBibl></body></text></TEI>")
    done = siglum("list", "bibliography", "a.xml", "--to", "csl-json", cwd=tmp_path)
    assert [each["id"] for each in json.loads(done.stdout)] == ["doubled", "doubledb"]
    assert "the xml:id “doubled” belongs to another work too" in done.stderr


def test_a_passage_that_is_not_there_names_the_nearest(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(HEADER.format("<title>T</title>", "") + TEXT)
    done = siglum("cite", "a.xml", "--passage", "div 1, paragraph 3", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "paragraph 2" in done.stderr


def test_a_fault_in_a_library_has_its_line_and_the_rest_is_cited(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{a, title = {x}\n\n@book{b, title = {T}, year = 2000}")
    done = siglum("cite", "a.bib", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "T. 2000.\n")
    assert done.stderr == "a.bib:3:1: B001 in @book{a}, a comma or “}” is expected here\n"


def test_it_is_fast(siglum: CommandLine, red_book: Path) -> None:
    """By the time that the process itself takes, whatever else the machine does."""
    times = []
    for _ in range(5):
        begin = os.times()
        siglum("cite", red_book, "--to", "bibtex")
        end = os.times()
        times.append(end.children_user + end.children_system - begin.children_user - begin.children_system)
    assert min(times) < 0.25


def test_the_bibliography_of_the_corpora_is_valid(siglum: CommandLine, shared: Path, tmp_path: Path) -> None:
    paths = [path for path in DISK.walk(shared / "corpora") if _is_tei(path)]
    assert len(paths) == 46
    assert siglum("cite", *paths, "--to", "biblatex", "-o", tmp_path / "all.bib").returncode == 0
    assert len(siglum("cite", *paths).stdout.splitlines()) == 46
    if shutil.which("biber") is None:
        pytest.skip("biber is not installed")
    checked = subprocess.run(
        ["biber", "--tool", "--validate-datamodel", "all.bib"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    said = [line for line in checked.stdout.splitlines() if line.startswith(("WARN", "ERROR"))]
    assert [line for line in said if "one of 'date, year' must be defined" not in line] == []  # headers without a date


def _is_tei(path: Path) -> bool:
    try:
        document.open_document(path)
    except DocumentError:
        return False
    return True


def test_a_broken_document_among_others_is_named_and_the_others_are_cited(
    siglum: CommandLine, red_book: Path, tmp_path: Path
) -> None:
    (tmp_path / "broken.xml").write_text("<TEI>\n<p></TEI>")
    done = siglum("cite", red_book, tmp_path / "broken.xml", tmp_path / "none.xml", red_book)
    assert done.returncode == 1
    assert [line.partition(".")[0] for line in done.stdout.splitlines()] == ["Sedov, Leon"] * 2
    broken, missing = done.stderr.splitlines()
    assert "broken.xml:2" in broken
    assert "none.xml: there is no such file" in missing
