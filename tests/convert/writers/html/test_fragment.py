"""Fragments for foreign pages: what they may have besides, the style sheet that goes with them, the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from siglum.convert import export
from siglum.convert.writers import html
from siglum.errors import DocumentError
from siglum.text.document import open_document
from tests.conftest import CommandLine
from tests.convert.reading.outline import outline
from tests.convert.writers.html.test_pages import page_of
from tests.text.pages.reader import document

TEXT = "<p>a <choice><sic>teh</sic><corr>the</corr></choice><note>b</note></p>"
CLASSES = re.compile(r'class="([^"]*)"')


def test_two_fragments_stand_in_one_page() -> None:
    shapes = [html.Shape(is_fragment=True, parts=html.PARTS, id_prefix=prefix) for prefix in ("a-", "b-")]
    both = "".join(page_of(document(TEXT), shape=shape) for shape in shapes)
    assert outline(both).wrong == []
    assert re.findall(r'name="[^"]*"', both) == ['name="a-siglum-view"'] * 3 + ['name="b-siglum-view"'] * 3


def test_the_views_stand_there_once() -> None:
    for parts in (("views",), ("masthead",), ("masthead", "views")):
        fragment = page_of(document(TEXT), shape=html.Shape(is_fragment=True, parts=parts))
        assert fragment.count('class="s-views"') == 1


def test_every_fragment_is_sound(shared: Path) -> None:
    made = 0
    for path in sorted((shared / "corpora").rglob("*.xml"), key=lambda each: each.stat().st_size)[:30]:
        try:
            opened = open_document(path)
        except DocumentError:
            continue
        made += 1
        for parts in ((), html.PARTS):
            shape = html.Shape(is_fragment=True, parts=parts, id_prefix="x-", level=5)
            fragment = export.to_html(opened, export.Options(shape=shape)).content
            found = outline(fragment, styled=True)  # looks of the source have no rule in its style sheet
            assert found.wrong == [], path.name
            assert [each for each in found.ids if not each.startswith("x-")] == [], path.name
            names = {name for each in CLASSES.findall(fragment) for name in each.split()}
            assert [each for each in names if not each.startswith(("tei-", "s-", "siglum"))] == [], path.name
            assert parts or "\n\n" not in fragment, path.name  # an empty line would end HTML in Markdown
    assert made


def test_the_style_sheet_touches_nothing_else() -> None:
    css = re.sub(r"/\*.*?\*/", "", html.build_fragment_style(html.Theme()), flags=re.DOTALL)
    preludes = [each.strip() for each in re.findall(r"([^{}]+)\{", css)]
    assert len(preludes) > 100
    selectors = [each for each in preludes if not each.startswith("@")]
    parts = [part for each in selectors for part in re.split(r",\s*(?![^()]*\))", each)]
    assert [part for part in parts if not part.startswith(".siglum")] == []
    assert not re.search(r"(?<![\w-])(body|html|main)\b(?!-)", " ".join(selectors))
    assert set(re.findall(r"[\d.]+rem\b", css)) == {"1rem", "40rem", "30rem", "24rem"}  # --rem, --measure, sizes of screens


def test_the_command_line_makes_both(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>a</p></body></text></TEI>')
    (tmp_path / "a.css").write_text(".siglum { --accent: teal; }")
    done = siglum("export", "a.xml", "--to", "html", "--fragment", "--with", "cite", "--id-prefix", "a-", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('<article class="siglum"')
    assert 'class="s-cite" id="a-siglum-cite"' in done.stdout
    sheet = siglum("export", "--to", "html", "--style-sheet", "--css", "a.css", cwd=tmp_path)
    assert (sheet.returncode, sheet.stderr) == (0, "")
    assert sheet.stdout.endswith(".siglum { --accent: teal; }\n")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--id-prefix", "1 a"], "“1 a” cannot begin an id"),
        (["--with", "cite"], "add --fragment"),
        (["--fragment", "--template", "a.html"], "a fragment has no page around it"),
        (["--heading-level", "7"], "7 is not in the range 1<=x<=6"),
    ],
)
def test_options_that_cannot_be(siglum: CommandLine, tmp_path: Path, options: list[str], told: str) -> None:
    (tmp_path / "a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>')
    done = siglum("export", "a.xml", "--to", "html", *options, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr


def test_without_a_document(siglum: CommandLine) -> None:
    done = siglum("export", "--to", "html")
    assert done.returncode == 2
    assert "DOC" in done.stderr
