"""What the models of an ODD say of looks, in the style sheet: what a page takes, what it refuses, and which rules it gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siglum.convert import export
from siglum.convert.writers.html import Theme
from siglum.convert.writers.html.rules import Rule, render_rules, split_safe
from siglum.convert.writers.html.theme import build_style_elements
from siglum.schema.odd.rendering import read_rendering
from tests.conftest import CommandLine
from tests.text.pages.reader import document

TAKEN = """
color: red
COLOR: Red !important
margin-inline: calc(1em + (2px * 3)) auto
font-family: "Iowan Old Style", 'a;b{c}d', serif
grid-template-areas: "a b" "c d"
grid-template-columns: [start] 1fr [end]
background: linear-gradient(to right, #fff 0%, rgb(0 0 0 / .2) 100%)
--mine: var(--accent, #123)
content: counter(x) " \\201C"
transition: color .2s cubic-bezier(.1, .7, 1, .1)
"""
REFUSED = r"""
background: url(https://example.org/spy.png)
background: URL ("x"), u\72l(x)
background: u\72 l(x)
background-image: image-set("a.png" 1x)
list-style-image: -webkit-image-set(x 1x)
cursor: src("x")
width: expression(alert(1))
-moz-binding: url(x)
color: red } body { display: none
color: red </style><script>
color: red(
color: red)
color: ([)]
content: "not closed
content: 'a" b
color
: red
1color: red
@import "x"
color: @x
"""


@pytest.mark.parametrize("css", TAKEN.strip().splitlines())
def test_a_page_takes(css: str) -> None:
    taken, refused = split_safe(css)
    assert refused == []
    assert len(taken) == 1


@pytest.mark.parametrize("css", REFUSED.strip().splitlines())
def test_a_page_refuses(css: str) -> None:
    taken, refused = split_safe(css)
    assert taken == []
    assert refused


def test_each_declaration_for_itself() -> None:
    assert split_safe("color: red; background: url(x); /* ; */ content: 'a;b'; ; color: oklch(0.5 0.1 20)") == (
        [("color", "red"), ("content", "'a;b'"), ("color", "oklch(0.5 0.1 20)")],
        ["background: url(x)"],
    )


@given(st.text("ab:;'\"{}()[]\\/*@<! \n-url#", max_size=40))
def test_nothing_ends_its_rule(css: str) -> None:
    taken, _ = split_safe(css)
    rule = render_rules([Rule("x", " ".join(f"{key}: {value};" for key, value in taken))]) if taken else ".x { }"
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', "", rule)
    assert bare.count("{") == bare.count("}") == 1
    assert bare.endswith("}")
    assert "url(" not in bare.lower()
    assert "\n" not in rule
    assert build_style_elements(Theme(), rule).lower().count("</style") == 2


ODD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><schemaSpec ident="x" start="TEI">
<elementSpec ident="hi" mode="change">
  <model predicate="@rend='big'" behaviour="inline"><outputRendition>font-weight: bold; color: teal</outputRendition></model>
  <model behaviour="inline"><outputRendition>color: gray</outputRendition></model>
</elementSpec>
<elementSpec ident="p" mode="change"><model behaviour="paragraph">
  <outputRendition scope="first-letter">font-size: 3em; float: left</outputRendition>
  <outputRendition scope="before">content: "¶ "; color: red</outputRendition>
  <outputRendition scope="marker">color: red</outputRendition>
  <outputRendition>background: url(x.png)</outputRendition>
</model></elementSpec>
<elementSpec ident="ab" mode="change"><model output="print" behaviour="block">
  <outputRendition>color: red</outputRendition></model>
</elementSpec></schemaSpec></body></text></TEI>"""


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "my.odd"
    path.write_text(ODD)
    return path


def test_the_models_of_a_text_are_rules_of_its_page(odd: Path) -> None:
    made = export.to_html(document('<p>a <hi rend="big">b</hi></p>'), export.Options(models=read_rendering(odd)))
    own = re.findall(r"<style>\n(.*?)\n</style>", made.content, re.DOTALL)[1]
    assert own.splitlines() == [
        ".tei-hi1 { color: teal; }",
        "div.tei-hi1 { font-weight: bold; }",  # a stretch of a line is bold in the tree
        ".tei-p1::first-letter { font-size: 3em; float: left; }",
    ]
    assert '<span class="hi tei-hi tei-hi1"><b>b</b></span>' in made.content
    assert [each.text for each in made.omissions] == ["marker: color: red", "background: url(x.png)"]


def test_the_style_sheet_for_fragments_has_those_of_all_models(siglum: CommandLine, odd: Path) -> None:
    done = siglum("export", "--to", "html", "--style-sheet", "--odd", odd)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if ".tei-hi" in line or ".tei-ab1" in line] == [
        ".siglum .tei-hi1 { color: teal; }",
        ".siglum div.tei-hi1 { font-weight: bold; }",
        ".siglum .tei-hi2 { color: gray; }",
    ]
