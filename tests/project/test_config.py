"""The configuration: what is read, and what is said of a setting that cannot be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from siglum.errors import ConfigError
from siglum.project.config import load
from siglum.text.policy import DEFAULT, Split


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
    "a wild guess": ("zzz = 1", "“zzz” is not a setting", "there are: documents, export, marks, notes, output, schemas, text"),
    "a typing error inside": ("[text]\nwith = 1", "“text.with” is not a setting", "did you mean “width”?"),
    "a number as title": ("title = 1", "“title” is 1", "write a text in quotation marks"),
    "one path where several may stand": ('documents = "tei"', "“documents” is 'tei'", "write a list of paths"),
    "a number among paths": ('documents = ["tei", 1]', "“documents” is ['tei', 1]", "write a list of paths"),
    "a path that is not there": (
        'documents = ["tie"]',
        "“documents” names tie, but there is no such file",
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
    "an ODD that is not there": (
        '[export]\nodd = "b.odd"',
        "“export.odd” names b.odd, but there is no such file",
        "relative to the",
    ),
    "a folder as template": (
        '[export]\ntemplate = "tei"',
        "“export.template” names tei, which is a folder",
        "name a file",
    ),
    "a wrong view": ('[export]\nview = "all"', "“export.view” is 'all'", "write reading, diplomatic or both"),
    "a word for a truth": ('[export]\napparatus = "no"', "“export.apparatus” is 'no'", "write true or false"),
    "a number as parameter": ("[export.parameters]\nmode = 1", "“export.parameters.mode” is 1", 'as in mode = "print"'),
    "a number as style": ("[export]\ncss = 1", "“export.css” is 1", "a list of paths, as in"),
    "a typing error in exports": ("[export]\nsign = 1", "“export.sign” is not a setting", "did you mean “signs”?"),
    "text that is no table": ("text = 1", "“text” is not a table", "[text] in siglum.toml"),
    "marks that are no table": ("marks = 1", "“marks” is not a table", "[marks] in siglum.toml"),
    "a typing error in the marks": ('[marks]\nqoutes = "de"', "“marks.qoutes” is not a setting", "did you mean “quotes”?"),
    "an odd number of marks": ('[marks]\nquotes = ["«"]', "“marks.quotes” is ['«']", "pairs from the outside"),
    "marks for no language": ('[marks.quotes]\n"x y" = "de"', "“marks.quotes.x y” is not a language", "a tag as in @xml:lang"),
    "a wrong word for parts": ('[marks]\nsplit = "inner"', "“marks.split” is 'inner'", "write outer or each"),
    "a wrong word for going on": (
        '[marks]\ncontinuation = "p"',
        "“marks.continuation”",
        "write none, paragraphs, stanzas or lines",
    ),
    "displayed by number": ("[marks]\ndisplayed = 1", "“marks.displayed” is 1", "a list of texts"),
    "a level that TEI does not have": ('[marks]\ntitles = ["b"]', "“marks.titles” is ['b']", "a, m, j, s, u"),
    "a selector that is none": ('[marks]\nmarked = ["q["]', "“marks.marked” has 'q['", "write a selector"),
    "a typing error in the notes": ("[notes]\nstream = []", "“notes.stream” is not a setting", "did you mean “streams”?"),
    "streams that are no tables": ("[notes]\nstreams = [1]", "“notes.streams” is not a list of tables", "[[notes.streams]]"),
    "numbers that are asked": ('[notes]\nn = "no"', "“notes.n” is 'no'", "write true or false"),
    "a stream without a name": ("[[notes.streams]]\nnumbers = 1", "a stream of notes has no name", "write name"),
    "a stream twice": (
        '[[notes.streams]]\nname = "main"\n[[notes.streams]]\nname = "main"',
        "“main” is defined twice",
        "own name",
    ),
    "a stream of nothing": (
        '[[notes.streams]]\nname = "x"',
        "the stream “x” does not say which notes it takes",
        "give it element",
    ),
    "a typing error in a stream": (
        '[[notes.streams]]\nname = "main"\nnumber = 1',
        "“notes.streams “main”: number” is not a setting",
        "did you mean “numbers”?",
    ),
    "a wrong word for numbers": (
        '[[notes.streams]]\nname = "main"\nnumbers = "roman"',
        "numbers” is 'roman'",
        "write 1, a, A, i, I, symbols or none",
    ),
    "a wrong word for the restart": (
        '[[notes.streams]]\nname = "main"\nrestart = "divison"',
        "restart” is 'divison'",
        "did you mean “division”?, or a selector as in div[type='chapter']",
    ),
    "a heading that is none": ('[[notes.streams]]\nname = "main"\nheading = 1', "heading” is 1", "a text in quotation marks"),
    "no TOML": ("documents = [", "not valid TOML", "correct the file"),
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
    assert (found.export.width, found.export.notes) == (0, "inline")


def test_a_policy_is_read(folder: Path) -> None:
    (folder / "siglum.toml").write_text(
        '[marks]\nquotes = "fr-CH"\nsplit = "each"\ndisplayed = true\n'
        '[notes]\nn = false\n[[notes.streams]]\nname = "sources"\ntype = "source"\nresp = ["#ed", "tr"]\nnumbers = 1\n',
        encoding="utf-8",
    )
    found = load(folder / "tei").policy
    assert found.marks.quotes == (("", (("«", "»"), ("‹", "›"))),)
    assert (found.marks.split, len(found.marks.displayed)) == (Split.EACH, 1)
    assert [(each.name, each.n) for each in found.all_streams] == [
        ("sources", False),
        ("main", False),
        ("editorial", False),
        ("", False),
    ]
    assert (found.streams[0].type, found.streams[0].resp) == (frozenset({"source"}), frozenset({"ed", "tr"}))


def test_the_examples_in_the_docs_are_read(folder: Path, project_root: Path) -> None:
    page = (project_root / "docs" / "policy.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```toml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    (folder / "siglum.toml").write_text("\n".join(examples), encoding="utf-8")
    found = load(folder).policy
    assert len(examples) == 2
    assert [each.name for each in found.all_streams] == ["main", "sources", "editorial", ""]
    assert found.marks.quotes[0][1][0] == ("«", "»")


def test_without_a_policy_there_is_the_default(folder: Path) -> None:
    assert load(folder).policy is DEFAULT


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
