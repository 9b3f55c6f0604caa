"""What the configuration says of exports holds for `export` (one document, or many) and `build`; options come first."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from siglum.convert.reading.choice_sides import Sides
from siglum.convert.writers.fragment import PAGE_LEVEL, PARTS
from siglum.convert.writers.options import NotePlace, Unit
from siglum.project.export_settings import EXPORT_OPTIONS, ExportSettings, merge
from siglum.text.editorial_signs import Signing
from tests.cli.reference import settings_table
from tests.conftest import CommandLine

_DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>
</teiHeader><text xml:lang="en"><body><p>The <choice><sic>ned</sic><corr>end</corr></choice> of <persName>Anna</persName>,
<supplied>or</supplied> <app><lem resp="x">not</lem><rdg resp="y">so</rdg></app>.</p></body></text></TEI>
"""
_ODD = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><schemaSpec ident="test">
<elementSpec ident="persName" mode="change">
  <model predicate="$parameters?mode='{}'" behaviour="inline">
    <outputRendition scope="before">content: "{}"</outputRendition></model>
  <model predicate="unknown-function(.)" behaviour="inline"/>
</elementSpec></schemaSpec></body></text></TEI>"""
_SETTINGS = """documents = ["tei"]
[text]
width = 20
[export]
odd = "names.odd"
view = "diplomatic"
signs = "none"
apparatus = false
css = ["house.css", "https://example.org/a.css"]
template = "house.html"
parameters = { mode = "print" }
"""
_TEMPLATE = "<!DOCTYPE html><html{{language}}><head>{{head}}</head><body><p>The house</p>{{text}}{{notes}}</body></html>"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    folder = tmp_path / "edition"
    (folder / "tei").mkdir(parents=True)
    for name, content in {
        "tei/a.xml": _DOCUMENT,
        "tei/b.xml": _DOCUMENT,
        "names.odd": _ODD.format("print", "☞"),
        "other.odd": _ODD.format("other", "☛"),
        "house.css": ":root { --ink: navy }",
        "house.html": _TEMPLATE,
        "siglum.toml": _SETTINGS,
    }.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def _follows(text: str, page: str) -> None:
    assert "The ned of ☞Anna" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 20
    assert " so" not in text
    assert all(each in page for each in ("<p>The house</p>", "--ink: navy", 'href="https://example.org/a.css"', "☞"))


def test_one_document(edition: Path, tmp_path: Path, siglum: CommandLine) -> None:
    text, page = (siglum("export", edition / "tei" / "a.xml", "--to", each, cwd=tmp_path) for each in ("text", "html"))
    assert text.returncode == page.returncode == 0
    _follows(text.stdout, page.stdout)
    assert "edition/names.odd:5:3: O402" in text.stderr  # as seen from where one is


def test_many_documents(edition: Path, tmp_path: Path, siglum: CommandLine) -> None:
    done = siglum("export", edition / "tei", "--to", "text,html", "-o", "public", "--jobs", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in ("a", "b"):
        _follows(*((tmp_path / "public" / f"{name}{ending}").read_text(encoding="utf-8") for ending in (".txt", ".html")))
    assert done.stderr.count("edition/names.odd:5:3") == 1


def test_build(edition: Path, siglum: CommandLine) -> None:
    done = siglum("build", cwd=edition)
    assert done.returncode == 0, done.stderr
    _follows(*((edition / "build" / f"a{ending}").read_text(encoding="utf-8") for ending in (".txt", ".html")))
    assert done.stderr.count("names.odd:5:3: O402") == 1
    assert "a: left out of the reading text: a reading of the apparatus: 1 place, 2 characters" in done.stderr


def test_options_come_first(edition: Path, siglum: CommandLine) -> None:
    options = ("--view", "reading", "--signs", "plain", "--apparatus", "--width", "0", "--odd", "other.odd")
    text = siglum("export", "tei/a.xml", "--to", "text", *options, "--parameter", "mode=other", cwd=edition).stdout
    assert text.startswith("The end of ☛Anna, [or] not.")
    assert "so" in text
    page = siglum("export", "tei/a.xml", "--to", "html", "--fragment", cwd=edition)  # it has no template around it
    assert page.returncode == 0, page.stderr
    assert "The house" not in page.stdout
    assert "--ink: navy" in siglum("export", "--to", "html", "--style-sheet", cwd=edition).stdout


def test_the_table_of_options_has_every_setting_and_its_values() -> None:
    options = {option.name: option for option in EXPORT_OPTIONS}
    assert list(options) == [setting.name for setting in fields(ExportSettings)]
    words = {"notes": NotePlace, "view": Sides, "signs": Signing, "offsets": Unit}
    assert {name: option.choices for name, option in options.items() if option.choices} == {
        "parts": PARTS,
        **{name: tuple(kind) for name, kind in words.items()},
    }
    assert options["heading_level"].default == PAGE_LEVEL


def test_settings_are_merged() -> None:
    below = ExportSettings(width=72, view="both", apparatus=True, css=("a",), parameters=(("a", "1"), ("b", "2")))
    assert merge(ExportSettings(), below) == below
    above = ExportSettings(width=0, apparatus=False, parameters=(("b", "3"),))
    assert merge(above, below) == ExportSettings(
        width=0, view="both", apparatus=False, css=("a",), parameters=(("a", "1"), ("b", "3"))
    )


def test_the_documentation_lists_the_settings(project_root: Path) -> None:
    page = (project_root / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert "\n".join(settings_table()) in page, "put the lines of tests.cli.reference.settings_table() there"


def test_what_a_page_has_to_say_of_a_document_is_said_by_the_build(edition: Path, siglum: CommandLine) -> None:
    (edition / "tei" / "a.xml").write_text(_DOCUMENT.replace("persName>", "prsName>"), encoding="utf-8")
    (edition / "siglum.toml").write_text('documents = ["tei"]\n', encoding="utf-8")
    done = siglum("build", cwd=edition)
    assert done.stderr.count("tei/a.xml:2:97: E001 warning: `prsName` is no element of TEI") == 1, done.stderr


def test_a_build_lists_what_there_is(edition: Path, siglum: CommandLine) -> None:
    made = siglum("build", cwd=edition).stdout.splitlines()
    assert {f"build/a.{kind}.csv" for kind in ("names", "corrections", "references")} <= set(made)
    assert not any(each.startswith(("build/a.quotations", "build/a.dates")) for each in made)


def test_rules_follow_the_policy(edition: Path, siglum: CommandLine) -> None:
    """Sources that are numbered apart do not make the notes of the text partly numbered; a verdict is kept for its policy."""
    body = '<p>a<note n="1">A</note> b<note type="source">S</note> c<note n="2">B</note></p>'
    start, _, rest = _DOCUMENT.partition("<p>")
    (edition / "tei" / "a.xml").write_text(start + body + rest.partition("</p>")[2], encoding="utf-8")
    arguments = ("validate", "tei/a.xml", "--select", "I")
    (edition / "siglum.toml").write_text('documents = ["tei"]\n', encoding="utf-8")
    assert "I023" in siglum(*arguments, cwd=edition).stdout
    (edition / "siglum.toml").write_text('[[notes.streams]]\nname = "sources"\ntype = ["source"]\n', encoding="utf-8")
    assert "I023" not in siglum(*arguments, cwd=edition).stdout
    assert "I023" not in siglum(*arguments, cwd=edition).stdout  # from the cache
    (edition / "siglum.toml").write_text('[[notes.streams]]\nname = "others"\ntype = ["other"]\n', encoding="utf-8")
    assert "I023" in siglum(*arguments, cwd=edition).stdout
