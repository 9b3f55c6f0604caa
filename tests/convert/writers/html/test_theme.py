"""Themes: a style and a template of the user's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from siglum.convert.writers.html import Theme
from siglum.errors import SiglumError
from tests.conftest import CommandLine
from tests.convert.reading.outline import outline
from tests.convert.writers.html.test_pages import page_of
from tests.text.pages.reader import document

TEXT = "<p>a {{notes}} $&amp; \\1<note>b</note></p>"


def test_a_style_stands_behind_ours() -> None:
    page = page_of(document(TEXT), Theme(css=":root { --accent: navy; }"))
    ours, theirs = re.findall(r"<style>\n(.*?)\n</style>", page, re.DOTALL)
    assert "--accent: #" in ours
    assert theirs == ":root { --accent: navy; }"


def test_a_style_cannot_end_early() -> None:
    page = page_of(document(TEXT), Theme(css="/* </style><script>alert(1)</script> */"))
    assert outline(page).wrong == []
    assert outline(page).scripts == outline(page_of(document(TEXT))).scripts


def test_a_style_sheet_that_is_linked() -> None:
    page = page_of(document(TEXT), Theme(links=("house.css", "https://example.org/a.css?b&c", "javascript:x")))
    found = re.findall(r"<link[^>]*>", page)
    assert found == [
        '<link rel="stylesheet" href="house.css">',
        '<link rel="stylesheet" href="https://example.org/a.css?b&amp;c">',
    ]


def test_a_template_says_what_stands_where() -> None:
    template = (
        "<!DOCTYPE html>\n<html{{language}}>\n<title>{{ title }}</title>\n{{contents}}\n<b>{{notes}}</b>{{text}}\n</html>\n"
    )
    page = page_of(document(TEXT), Theme(template=template))
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">\n<title>Untitled</title>\n<b><section class="s-endnotes"')
    assert '<p class="p">a {{notes}} $&amp; \\1<a' in page  # what is in a slot is not read as a template
    assert page.endswith("</html>\n")


@pytest.mark.parametrize(
    ("template", "where", "told"),
    [
        ("{{text}}\n{{notse}}", "my.html:2", "did you mean {{notes}}?"),
        ("{{text}}{{notes}}{{zzz}}", "my.html:1", "slots are about, anchor"),
        ("{{notes}}", "my.html", "no slot {{text}}"),
        ("", "my.html", ""),
    ],
)
def test_a_template_with_a_fault_is_refused(template: str, where: str, told: str) -> None:
    theme = Theme(template=template, template_name="my.html")
    if not template:  # none at all: ours
        assert "<main" in page_of(document(TEXT), theme)
        return
    with pytest.raises(SiglumError) as caught:
        page_of(document(TEXT), theme)
    assert caught.value.where == where
    assert told in str(caught.value)


def test_the_command_line_reads_them(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>a</p></body></text></TEI>')
    (tmp_path / "a.css").write_text("p { color: teal; }")
    (tmp_path / "house.html").write_text("<b>house</b>{{head}}{{text}}{{notes}}")
    done = siglum("export", "a.xml", "--to", "html", "--css", "a.css", "--template", "house.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("<b>house</b>")
    assert "<style>\np { color: teal; }\n</style>" in done.stdout
    (tmp_path / "house.html").write_text("")
    for faulty in (["--css", "absent.css"], ["--template", "absent.html"], ["--template", "house.html"]):
        done = siglum("export", "a.xml", "--to", "html", *faulty, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("siglum:") or faulty[1] in done.stderr


def test_what_the_page_does_not_say_is_reported(siglum: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p xml:lang="klingon">a <ref target="javascript:b">c</ref></p>'
        "</body></text></TEI>"
    )
    said = siglum("export", "a.xml", "--to", "html", cwd=tmp_path).stderr
    assert "xml:lang='klingon' does not name" in said
    assert "the address 'javascript:b' of a link" in said


def test_names_are_no_links_where_a_template_has_no_place_for_their_records() -> None:
    given = document(
        '<teiHeader><profileDesc><particDesc><listPerson><person xml:id="l"><persName>L</persName></person></listPerson>'
        '</particDesc></profileDesc></teiHeader><p><persName ref="#l">a</persName></p>'
    )
    page = page_of(given, Theme(template="<!DOCTYPE html><title>{{title}}</title>{{text}}{{notes}}"))
    assert '<span class="persName">a</span>' in page
    assert outline(page).wrong == []
