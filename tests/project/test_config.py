"""The configuration: what is read, and what is said of a setting that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from siglum.errors import ConfigError
from siglum.project.config import load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "a.xml").touch()
    (tmp_path / "a.txt").touch()
    return tmp_path


def _fault(folder: Path, content: str, name: str = "siglum.toml") -> ConfigError:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(folder)
    return caught.value


FAULTS = {
    "a typing error": ('documets = ["tei"]', "“documets” is not a setting", "did you mean “documents”?"),
    "a wild guess": ("zzz = 1", "“zzz” is not a setting", "there are: documents, marks, notes, output, schemas, text"),
    "a typing error inside": ("[text]\nwith = 1", "“text.with” is not a setting", "did you mean “width”?"),
    "a number as title": ("title = 1", "“title” is 1", "a text in quotation marks is wanted"),
    "one path where several may stand": ('documents = "tei"', "“documents” is 'tei'", "a list of paths is wanted"),
    "a number among paths": ('documents = ["tei", 1]', "“documents” is ['tei', 1]", "a list of paths is wanted"),
    "a path that is not there": (
        'documents = ["tie"]',
        "“documents” names tie, which is not there",
        "relative to the configuration",
    ),
    "a schema that is not there": ('schemas = ["a.rng"]', "“schemas” names a.rng", "relative to"),
    "a transcript that is not there": ('[transcripts]\n"tei/a.xml" = "b.txt"', "“transcripts” names b.txt", "relative to"),
    "a list of transcripts": ('transcripts = ["a"]', "“transcripts” is not a table of paths", "write"),
    "a width that is no number": ('[text]\nwidth = "72"', "“text.width” is '72'", "0 for unfilled lines"),
    "a width below nothing": ("[text]\nwidth = -1", "“text.width” is -1", "0 for unfilled lines"),
    "a width that is true": ("[text]\nwidth = true", "“text.width” is True", "0 for unfilled lines"),
    "a place for notes that is none": ('[text]\nnotes = "foot"', "“text.notes” is 'foot'", "end, inline or none"),
    "a list of places for notes": ('[text]\nnotes = ["end"]', "“text.notes” is ['end']", "end, inline or none"),
    "text that is no table": ("text = 1", "“text” is not a table", "[text] in siglum.toml"),
    "no TOML": ("documents = [", "not valid TOML", "mend the file"),
}


@pytest.mark.parametrize(("content", "message", "help_"), FAULTS.values(), ids=FAULTS.keys())
def test_what_cannot_be_is_said(folder: Path, content: str, message: str, help_: str) -> None:
    fault = _fault(folder, content)
    assert message in fault.message
    assert help_ in fault.help
    assert fault.where == str(folder / "siglum.toml")


def test_every_setting_is_read(folder: Path) -> None:
    (folder / "siglum.toml").write_text(
        'title = "T"\ndocuments = ["tei"]\noutput = "out"\n'
        '[transcripts]\n"tei/a.xml" = "a.txt"\n[text]\nwidth = 0\nnotes = "inline"\n'
    )
    found = load(folder / "tei")
    assert found.root == folder.resolve()
    assert found.title == "T"
    assert found.documents == (found.root / "tei",)
    assert found.output == found.root / "out"
    assert found.transcripts == ((found.root / "tei/a.xml", found.root / "a.txt"),)
    assert (found.text.width, found.text.notes) == (0, "inline")


def test_siglum_toml_goes_before_pyproject(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.siglum]\ntitle = "shared"\n')
    assert load(folder).title == "shared"
    (folder / "siglum.toml").write_text('title = "own"\n')
    assert load(folder).title == "own"


def test_a_pyproject_of_something_else_is_passed_over(folder: Path) -> None:
    (folder / "siglum.toml").write_text('title = "above"\n')
    (folder / "tei" / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert load(folder / "tei").title == "above"


@pytest.mark.parametrize("content", ["[tool]\nsiglum = 1", "tool = 1"])
def test_a_pyproject_where_siglum_is_no_table(folder: Path, content: str) -> None:
    assert "is not a table" in _fault(folder, content, "pyproject.toml").message


def test_without_any_configuration_there_are_the_defaults(folder: Path) -> None:
    found = load(folder)
    assert (found.documents, found.file) == ((), None)
    assert found.output.name == "build"
