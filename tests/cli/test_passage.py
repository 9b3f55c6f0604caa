"""`siglum show` and `siglum cite --passage`, as they are typed."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from lxml import etree

from siglum.convert.cite import FORMATS
from tests.conftest import CommandLine


def test_a_passage_is_cited(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("cite", red_book, "--passage", "remove-stalin.7")
    assert done.returncode == 0
    assert done.stdout.endswith(", para. 7.\n")
    assert done.stderr == "remove-stalin.7: ch. “Remove Stalin”, para. 7; line 447; link #cit-open-letter\n"


def test_a_citation_for_a_processor_has_the_locator(siglum: CommandLine, red_book: Path) -> None:
    told = json.loads(siglum("cite", red_book, "--passage", "remove-stalin.7-9", "--to", "csl-json").stdout)
    (cited,) = told["citationItems"]
    assert (cited["label"], cited["locator"], cited["itemData"]["type"]) == ("paragraph", "7–9", "chapter")


def test_every_format_has_the_passage(siglum: CommandLine, tmp_path: Path) -> None:
    header = """<fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><publisher>P</publisher><date when="2020"/>
<idno type="URL">https://example.org/t</idno></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>"""
    body = '<p xml:id="p">one</p><p>two</p>'
    text = f"<teiHeader>{header}</teiHeader><text><body>{body}</body></text>"
    whole = f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="de">{text}</TEI>'
    (tmp_path / "a.xml").write_text(whole)
    for form in ("text", "bibtex", "ris", "csl-json"):
        assert form in FORMATS
        done = siglum("cite", "a.xml", "--passage", "1", "--to", form, cwd=tmp_path)
        assert "https://example.org/t#p" in done.stdout, form
        assert "Abs. 1" in done.stdout or '"label": "paragraph"' in done.stdout, form


def test_a_passage_that_does_not_exist_names_the_nearest(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("show", red_book, "--passage", "remove-stalin.77")
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no passage “remove-stalin.77”; near it are: remove-stalin.7;" in done.stderr


def test_several_places_are_named_and_one_can_be_chosen(siglum: CommandLine, red_book: Path) -> None:
    done = siglum("show", red_book, "--passage", "“open letter”")
    assert (done.returncode, done.stdout) == (1, "")
    assert "choose one by its reference or with --hit N:" in done.stderr
    second = next(line for line in done.stderr.splitlines() if line.startswith("  2. "))
    chosen = siglum("show", red_book, "--passage", "“open letter”", "--hit", "2")
    assert chosen.returncode == 0
    assert siglum("show", red_book, "--passage", second.split()[1]).stdout == chosen.stdout
    assert siglum("show", red_book, "--passage", "“open letter”", "--hit", "99").returncode == 1


@pytest.mark.parametrize("form", ["text", "html", "tei", "markdown", "json"])
def test_a_passage_in_every_format(siglum: CommandLine, red_book: Path, form: str) -> None:
    done = siglum("show", red_book, "--passage", "remove-stalin.4", "--to", form)
    assert (done.returncode, done.stderr) == (0, "")
    assert "conspiratorial" in done.stdout  # the note goes with it
    if form == "tei":
        assert etree.fromstring(done.stdout).get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    if form == "json":
        assert json.loads(done.stdout)["language"] == "en"


def test_another_system_can_be_asked_for(siglum: CommandLine, tmp_path: Path) -> None:
    declared = """<refsDecl n="pages"><citeStructure match="//p" use="@n"/></refsDecl>
<refsDecl n="old" default="true"><citeStructure match="//p" use="@xml:id"/></refsDecl>"""
    text = '<text><body><p n="1" xml:id="a">one</p></body></text>'
    (tmp_path / "a.xml").write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{declared}</teiHeader>{text}</TEI>')
    assert siglum("show", "a.xml", "--passage", "a", cwd=tmp_path).stdout == "one\n"
    assert siglum("show", "a.xml", "--passage", "1", "--system", "pages", cwd=tmp_path).stdout == "one\n"
    unknown = siglum("show", "a.xml", "--passage", "1", "--system", "x", cwd=tmp_path)
    assert unknown.returncode == 2
    assert "the document has no system of references “x”; it has: pages, old" in unknown.stderr


def test_it_is_fast(siglum: CommandLine, shared: Path) -> None:
    play = shared / "corpora" / "dracor" / "holz-ignorabimus.xml"
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        assert siglum("show", play, "--passage", "Akt 2, Rede 387").returncode == 0
        times.append(time.perf_counter() - begin)
    assert min(times) < 1.5  # 0.5 s on an idle machine
