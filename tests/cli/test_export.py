"""`siglum export` through the real command line, with hostile documents among the others."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import CommandLine
from tests.convert.reading.outline import Outline, outline

_PLAIN = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader/><text><body><p>{}</p></body></text></TEI>'
_EVIL = "&lt;/style>&lt;/title>&lt;/script>&lt;script>alert(1)&lt;/script>&lt;img src=x onerror=alert(2)>--&gt;"
HOSTILE = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en&quot;>{_EVIL}">
<teiHeader><fileDesc><titleStmt><title>T{_EVIL}</title><author>A{_EVIL}</author>
<respStmt><resp>{_EVIL}</resp><name>{_EVIL}</name></respStmt>
</titleStmt><publicationStmt><publisher>{_EVIL}</publisher>
<date when="2020">{_EVIL}</date><idno type="URL">javascript:alert(3)</idno>
<availability><licence target="javascript:alert(4)">{_EVIL}</licence></availability></publicationStmt>
<sourceDesc><bibl>{_EVIL} <ref target="javascript:alert(5)">x</ref></bibl></sourceDesc></fileDesc>
<encodingDesc><editorialDecl><correction><p>{_EVIL} <ref target="javascript:alert(6)">x</ref></p></correction></editorialDecl>
<tagsDecl><rendition selector="q">content: "{_EVIL}"; quotes: "&lt;b onclick='x'>" "&lt;/b>"</rendition>
<rendition xml:id="r">background: url(javascript:alert(7)); }} }} body {{ display: none</rendition></tagsDecl>
</encodingDesc></teiHeader>
<standOff><listPerson><person xml:id="p&quot;'&lt;x"><persName>P{_EVIL}</persName>
<note>{_EVIL}</note></person></listPerson></standOff>
<text><body>
<div type="x&quot; onclick=&quot;alert(8)" xml:id="d&quot; onmouseover=&quot;alert(9)"><head>H{_EVIL}</head>
<p style="position: fixed; background: url(http://evil.example/)" rend="x&quot; onload=&quot;y" rendition="#r">{_EVIL}
<q style="quotes: '&lt;script>' '&lt;/script>'">q</q>
<ref target="javascript:alert(10)">a</ref> <ref target=" java&#10;script:alert(11)">b</ref>
<ref target="JaVaScRiPt:alert(12)">c</ref>
<ref target="data:text/html,x">d</ref> <ref target="vbscript:x">e</ref> <ref target="&#9;javascript:alert(13)">f</ref>
<ref target="http://x.org/&quot;onclick=&quot;alert(14)">g</ref> <ptr target="javascript:alert(15)"/> <ref target="file:///etc/passwd">h</ref>
<persName ref="#p&quot;'&lt;x">i</persName> <ref target="#d&quot; onmouseover=&quot;alert(9)">j</ref>
<choice><sic>{_EVIL}</sic><corr cert="&quot; onclick=&quot;k">{_EVIL}</corr></choice>
<note n="&lt;script>" xml:id="n 1 &quot;&gt;" xml:lang="&quot;>&lt;script>">{_EVIL}</note><pb n="&quot;>&lt;script>"/>
<gap reason="&quot; onclick=&quot;l"/><said who="#p&quot;'&lt;x">m</said></p>
<figure><graphic url="javascript:alert(16)"/><graphic url="data:image/svg+xml,x"/><figDesc>{_EVIL}</figDesc></figure>
<table rend="{_EVIL}"><row><cell cols="99999999999" rows="-1">{_EVIL}</cell></row></table>
<quote xml:id="e">=cmd|' /C calc'!A0</quote><p><q>=1+1</q> <q>+1</q> <q>-1</q> <q>@x</q><note>=2+2</note></p></div>
</body></text></TEI>"""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    (tmp_path / "hostile.xml").write_text(HOSTILE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def page(siglum: CommandLine, hostile: Path) -> str:
    done = siglum("export", "hostile.xml", "--to", "html", cwd=hostile)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_of_a_hostile_document_runs(page: str) -> None:
    found: Outline = outline(page)
    assert found.wrong == []
    assert found.scripts == 1
    for address in found.addresses:
        assert re.match(r"#|https?://|data:application/|data:text/|[^:]*$", address), address
        assert (
            not re.sub(r"\s", "", unescape(address))
            .lower()
            .startswith(("javascript", "vbscript", "data:text/html", "data:image", "file"))
        )
    assert "url(javascript" not in page
    assert "position: fixed; background" not in page
    assert "http://evil.example" not in page


def test_its_style_and_json_end_where_they_should(page: str) -> None:
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(styles) == 1
    assert "alert" not in styles[0]
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert "<" not in data
    assert "alert(1)" in json.dumps(json.loads(data))


def test_its_text_is_there_all_the_same(siglum: CommandLine, hostile: Path, page: str) -> None:
    assert "<script>alert(1)</script>" in outline(page).text
    done = siglum("export", "hostile.xml", "--to", "text", "--width", "0", cwd=hostile)
    assert "<script>alert(1)</script>" in done.stdout


def test_a_cell_of_a_table_is_no_formula(siglum: CommandLine, hostile: Path) -> None:
    for kind in ("quotations", "notes"):
        done = siglum("list", kind, "hostile.xml", "--to", "csv", cwd=hostile)
        cells = [cell for row in csv.reader(io.StringIO(done.stdout.removeprefix("\ufeff"))) for cell in row]
        assert len(cells) > 10
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-1", "\t"))]
        assert any("=2+2" in cell or "=1+1" in cell for cell in cells)


def test_a_hostile_project_is_built(siglum: CommandLine, hostile: Path) -> None:
    (hostile / "siglum.toml").write_text(f'title = "{"</title><script>alert(1)</script>"}"\ndocuments = ["hostile.xml"]\n')
    done = siglum("build", cwd=hostile)
    assert "Traceback" not in done.stderr
    index = outline((hostile / "build" / "index.html").read_text())
    assert index.wrong == []
    assert index.scripts == 0


def test_options_of_plain_text(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_PLAIN.format("One two three four five six seven.<note>Eight.</note>"))
    written = {
        ("--width", "0"): "One two three four five six seven.[1]\n\n\n[1] Eight.\n",
        ("--width", "20"): "One two three four\nfive six seven.[1]\n\n\n[1] Eight.\n",
        ("--notes", "inline"): "One two three four five six seven.[1: Eight.]\n",
        ("--notes", "none"): "One two three four five six seven.\n",
    }
    for options, expected in written.items():
        done = siglum("export", "a.xml", "--to", "text", *options, cwd=tmp_path)
        assert done.stdout == expected, options
    assert "left out: notes, turned off: 1 place, 6 characters" in done.stderr


def test_what_is_left_out_is_said(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_PLAIN.format("a <choice><sic>ned</sic><corr>end</corr></choice><fw>12</fw>"))
    done = siglum("export", "a.xml", "--to", "text", cwd=tmp_path)
    assert done.stdout == "a end\n"
    assert "left out: page furniture: 1 place, 2 characters" in done.stderr
    assert "left out: the other side of a choice: 1 place, 3 characters" in done.stderr


def test_the_view_and_the_signs_can_be_chosen(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(
        _PLAIN.format("<choice><sic>ned</sic><corr>end</corr></choice> <del>b</del> <supplied>c</supplied>")
    )
    for options, expected in (
        (["--view", "both"], "end [sic: ned] [c]\n"),
        (["--view", "diplomatic"], "ned ⟦b⟧\n"),
        (["--signs", "none"], "end c\n"),
        (["--signs", "leiden"], "⟨end⟩ ⟦b⟧ [c]\n"),
    ):
        assert siglum("export", "a.xml", "--to", "text", *options, cwd=tmp_path).stdout == expected, options


def test_readings_of_an_apparatus_are_left_out_on_demand_and_a_shown_description_is_not(
    siglum: CommandLine, tmp_path: Path
) -> None:
    shown = "<figure><graphic url='a.png'/><figDesc>seen</figDesc></figure>"
    told = "<figure><figDesc>told</figDesc></figure>"
    (tmp_path / "a.xml").write_text(_PLAIN.format(f"<app><rdg>a</rdg><rdg>bc</rdg></app>{shown}{told}"))
    assert "a ] bc" in siglum("export", "a.xml", "--to", "text", cwd=tmp_path).stdout
    done = siglum("export", "a.xml", "--to", "text", "--no-apparatus", cwd=tmp_path)
    assert "left out: a reading of the apparatus: 1 place, 2 characters" in done.stderr
    assert "left out: a description for those who do not see the figure: 1 place, 4 characters" in done.stderr


def test_a_text_without_words_is_said_to_have_none(siglum: CommandLine, tmp_path: Path) -> None:
    described = "<fileDesc><sourceDesc><msDesc><head>Codex</head></msDesc></sourceDesc></fileDesc>"
    (tmp_path / "a.xml").write_text(_PLAIN.format("").replace("<teiHeader/>", f"<teiHeader>{described}</teiHeader>"))
    done = siglum("export", "a.xml", "--to", "text", cwd=tmp_path)
    assert "left out: the text has no words; the header’s manuscript description: 1 place, 5 characters" in done.stderr
    page = siglum("export", "a.xml", "--to", "html", cwd=tmp_path)
    assert "left out" not in page.stderr
    assert "Codex" in outline(page.stdout).text


def test_the_only_language_of_the_header_is_the_page_s(siglum: CommandLine, tmp_path: Path) -> None:
    usage = '<teiHeader><profileDesc><langUsage><language ident="la"/></langUsage></profileDesc></teiHeader>'
    (tmp_path / "a.xml").write_text(_PLAIN.format("a").replace(' xml:lang="en"', "").replace("<teiHeader/>", usage))
    assert '<html lang="la">' in siglum("export", "a.xml", "--to", "html", cwd=tmp_path).stdout


def test_to_a_file_and_to_a_dash(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_PLAIN.format("a"))
    done = siglum("export", "a.xml", "--to", "text", "-o", "new/a.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "new" / "a.txt").read_text() == "a\n"
    assert siglum("export", "a.xml", "--to", "text", "-o", "-", cwd=tmp_path).stdout == "a\n"
    assert siglum("export", "a.xml", "--to", "text", "-o", ".", cwd=tmp_path).returncode == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a device of Linux")
def test_to_standard_output_by_its_name(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_PLAIN.format("a"))
    done = siglum("export", "a.xml", "--to", "text", "-o", "/dev/stdout", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "a\n")
    assert Path("/dev/stdout").exists()


@pytest.mark.parametrize(
    "arguments", [("a.xml", "--to", "pdf"), ("a.xml",), ("--to", "text"), ("a.xml", "--to", "text", "--width", "-1")]
)
def test_a_wrong_command_is_explained(siglum: CommandLine, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = siglum("export", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Error:" in done.stderr
    assert "Traceback" not in done.stderr


def test_standoff_text_is_two_files_under_one_name_or_one_stream(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_PLAIN.format("a😀<emph>b</emph>"))
    for name in ("new/b", "new/b.txt", "new/b.jsonl"):
        done = siglum("export", "a.xml", "--to", "standoff", "-o", name, "--offsets", "utf-16", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.splitlines() == ["wrote new/b.txt", "wrote new/b.jsonl"]
    assert sorted(each.name for each in (tmp_path / "new").iterdir()) == ["b.jsonl", "b.txt"]
    assert (tmp_path / "new" / "b.txt").read_text(encoding="utf-8") == "a😀b\n"
    head, *rows = map(json.loads, (tmp_path / "new" / "b.jsonl").read_text(encoding="utf-8").splitlines())
    assert head["offsets"] == "utf-16"
    assert (rows[-1]["start"], rows[-1]["end"], rows[-1]["element"]) == (3, 4, "emph")
    whole, *_ = map(json.loads, siglum("export", "a.xml", "--to", "standoff", cwd=tmp_path).stdout.splitlines())
    assert whole["text"] == "a😀b\n"
    assert siglum("export", "a.xml", "--to", "standoff", "-o", ".", cwd=tmp_path).returncode == 2


def test_markdown_with_title_and_author_at_the_top(siglum: CommandLine, hostile: Path) -> None:
    done = siglum("export", "hostile.xml", "--to", "markdown", "--front-matter", cwd=hostile)
    assert done.returncode == 0
    assert done.stdout.startswith('---\ntitle: "T</style></title>')
    assert "\nauthor:\n  - " in done.stdout
    assert "<script" not in done.stdout.partition("\n---\n")[2].replace(r"\<", "")
    assert "](javascript" not in done.stdout


def test_the_tree_as_json_and_its_schema(siglum: CommandLine, hostile: Path) -> None:
    done = siglum("export", "hostile.xml", "--to", "json", cwd=hostile)
    assert json.loads(done.stdout)["format"] == "siglum reading tree"
    schema = json.loads(siglum("export", "--schema").stdout)
    assert schema["properties"]["format"] == {"const": "siglum reading tree"}


@pytest.mark.parametrize("form", ["markdown", "json", "standoff"])
def test_every_format_says_what_it_leaves_out(siglum: CommandLine, tmp_path: Path, form: str) -> None:
    (tmp_path / "a.xml").write_text(_PLAIN.format("a <choice><sic>ned</sic><corr>end</corr></choice><fw>12</fw>"))
    done = siglum("export", "a.xml", "--to", form, cwd=tmp_path)
    assert "left out: page furniture: 1 place, 2 characters" in done.stderr
    assert ("the other side of a choice" in done.stderr) is (form != "json")


MODELS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><schemaSpec ident="m">
<elementSpec ident="hi" mode="change"><model predicate="$parameters?mode='plain'" behaviour="text"/>
  <model output="web" behaviour="inline" cssClass="mark"><outputRendition>font-weight: bold</outputRendition></model>
  <model output="plain" behaviour="omit"/></elementSpec>
<elementSpec ident="emph" mode="change"><model behaviour="inlin"/></elementSpec>
</schemaSpec></body></text></TEI>"""


def test_the_models_of_an_odd(siglum: CommandLine, tmp_path: Path) -> None:
    """What an ODD says of an element holds in every format, for the output it names; what is left out is told."""
    odd, document = tmp_path / "my.odd", tmp_path / "letter.xml"
    odd.write_text(MODELS, encoding="utf-8")
    header = "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc></teiHeader>"
    text = "<text><body><p>one <hi>two</hi> <emph>three</emph></p></body></text>"
    document.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}{text}</TEI>', encoding="utf-8")
    page = siglum("export", document, "--to", "html", "--odd", odd)
    assert '<span class="hi tei-hi tei-hi2 mark"><b>two</b></span>' in page.stdout
    assert "O401" in page.stderr
    plain = siglum("export", document, "--to", "text", "--odd", odd)
    assert "one three" in plain.stdout
    assert "what the models of hi leave out: 1 place, 3 characters" in plain.stderr
    asked = siglum("export", document, "--to", "text", "--odd", odd, "--parameter", "mode=plain")
    assert "one two three" in asked.stdout


def test_an_odd_without_models_is_a_mistake(siglum: CommandLine, tmp_path: Path) -> None:
    odd = tmp_path / "my.odd"
    odd.write_text(MODELS.replace("model", "gloss"), encoding="utf-8")
    for wrong in (odd, tmp_path / "none.odd"):
        done = siglum("export", "tei/red-book/remove-stalin.xml", "--to", "text", "--odd", wrong)
        assert (done.returncode, done.stdout) == (2, "")
    done = siglum("export", "tei/red-book/remove-stalin.xml", "--to", "text", "--parameter", "mode")
    assert done.returncode == 2
