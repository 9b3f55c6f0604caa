"""Faulty and hostile documents in every format: `pages/bad_input.md` says what is made of each, and what is said.

Here are those that are too long or too odd for a page: encodings, depth, length. None may end in a traceback, in any command.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from siglum.convert import export
from tests.conftest import CommandLine

_PAGE = Path(__file__).with_name("pages") / "bad_input.md"
_CASE = re.compile(r"^## ([\w-]+): [^\n]+\n(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CASES = {name: dict(_BLOCK.findall(content)) for name, content in _CASE.findall(_PAGE.read_text(encoding="utf-8"))}


def _tei(content: str, before: str = "") -> str:
    head = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text xml:lang="en"><body>'
    return f"{before}{head}{content}</body></text></TEI>"


def _nested(start: str, end: str, times: int) -> str:
    return _tei(f"{start * times}<!-- -->{end * times}")


_DECLARED = '<?xml version="1.0" encoding="{}"?>'
DEEP = {
    "hi": _tei(f"<p>{'<hi>a' * 250}{'</hi>' * 250}</p>"),
    "q": _tei(f"<p>{'<q>a' * 250}{'</q>' * 250}</p>"),
    "quote": _nested("<quote><p>a</p>", "</quote>", 250),
    "div": _nested("<div><p>a</p>", "</div>", 250),
    "list": _nested("<list><item>a", "</item></list>", 125),
    "table": _nested("<table><row><cell>a", "</cell></row></table>", 83),
    "note": _tei(f"<p>{'<note>a' * 250}{'</note>' * 250}</p>"),
    "choice": _tei(f"<p>{'<choice><sic>b</sic><corr>a' * 120}{'</corr></choice>' * 120}</p>"),
    "sp": _nested("<sp><p>a</p>", "</sp>", 250),
}
"""As deep as elements may be nested; the letters “a” that are in each are all in every format."""

ENCODED = {
    "bom": b"\xef\xbb\xbf" + _tei("<p>é</p>").encode(),
    "utf-16": _tei("<p>é</p>", _DECLARED.format("UTF-16")).encode("utf-16"),
    "latin-1": _tei("<p>é</p>", _DECLARED.format("ISO-8859-1")).encode("latin-1"),
}
LONG = {
    "attribute": _tei(f'<p n="{"x" * 11_000_000}">a</p>'),
    "paragraph": _tei(f"<p>{'word ' * 2_500_000}a</p>"),
}
_BOMB = "".join(f'<!ENTITY {name} "{f"&{inner};" * 1000}">' for inner, name in ("ab", "bc"))
REFUSED = {
    "empty": ("", "X003 the file is empty"),
    "plain": ("Ein Brief", "X003 this is not XML: it begins with “Ein Brief”"),
    "too-deep": (_nested("<div>", "</div>", 10_000), "X005 elements are nested more than 256 deep"),
    "too-deep-long": (_tei(f"{'<hi>' * 300}{'x' * 10_100_000}{'</hi>' * 300}"), "X005 elements are nested more than 256 deep"),
    "bomb": (_tei("&c;", f'<!DOCTYPE TEI [<!ENTITY a "{"ha" * 50}">{_BOMB}]>'), "X005 its entities expand beyond all bounds"),
    "entity": (_tei("<p>&eacute;</p>"), "X005 the entity &eacute; is not declared in this file"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them in one folder."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "siglum.toml").touch()
    texts = {name: case["xml"] for name, case in CASES.items()} | {f"deep-{name}": text for name, text in DEEP.items()}
    texts |= {name: text for name, (text, _) in REFUSED.items()} | {f"long-{name}": text for name, text in LONG.items()}
    for name, content in ({name: text.encode() for name, text in texts.items()} | ENCODED).items():
        (folder / f"{name}.xml").write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def done(siglum: CommandLine, folder: Path) -> subprocess.CompletedProcess[str]:
    """One call for all that is not long, in every format."""
    names = sorted(each.name for each in folder.glob("*.xml") if not each.name.startswith("long-"))
    return siglum("export", *names, "--to", ",".join(export.FORMATS), "--width", "0", "-o", "out", cwd=folder)


@pytest.mark.parametrize("name", CASES)
def test_it_is_as_the_page_says(done: subprocess.CompletedProcess[str], folder: Path, name: str) -> None:
    case, made = CASES[name], folder / "out" / f"{name}.txt"
    assert ("text" in case) == made.exists()
    assert not made.exists() or made.read_text(encoding="utf-8") == case["text"]
    said = "".join(found.group() for found in re.finditer(rf"^{name}\.xml:.*\n(?:  .*\n)*", done.stderr, re.MULTILINE))
    assert said == case.get("said", "")


def test_nothing_fails_and_what_is_refused_is_told(done: subprocess.CompletedProcess[str]) -> None:
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "X008" not in done.stderr
    for name, (_, told) in REFUSED.items():
        assert re.search(rf"^{name}\.xml:\d+:\d+: {re.escape(told)}", done.stderr, re.MULTILINE), name


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize("form", export.FORMATS)
def test_what_is_deep_is_whole(folder: Path, name: str, form: str) -> None:
    letters = len(re.findall("(?<=>)a", DEEP[name]))
    assert letters > 80
    made = (folder / "out" / f"deep-{name}{export.FORMATS[form].endings[0]}").read_text(encoding="utf-8")
    assert made.count("a") >= letters


@pytest.mark.usefixtures("done")
@pytest.mark.parametrize("name", ENCODED)
def test_any_encoding_is_read(folder: Path, name: str) -> None:
    assert (folder / "out" / f"{name}.txt").read_text(encoding="utf-8") == "é\n"


@pytest.mark.parametrize("name", LONG)
def test_what_is_long_is_read_where_nothing_can_grow(siglum: CommandLine, folder: Path, name: str) -> None:
    done = siglum("export", f"long-{name}.xml", "--to", "text", "--width", "0", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("a\n")
    assert len(done.stdout) == {"attribute": 2, "paragraph": 12_500_002}[name]


_COMMANDS = {
    "validate": ["validate", "--no-cache"],
    "list": ["list", "notes", "--to", "json"],
    "cite": ["cite", "--to", "text"],
}


@pytest.mark.parametrize("command", _COMMANDS)
@pytest.mark.parametrize("name", ["circles", "deletion", "deep-q", "deep-div", "deep-note", "too-deep"])
def test_other_commands_come_to_an_end(siglum: CommandLine, folder: Path, command: str, name: str) -> None:
    done = siglum(*_COMMANDS[command], f"{name}.xml", cwd=folder)
    assert "Traceback" not in done.stderr
    assert "X008" not in done.stdout
    refused = 1 if command == "validate" else 2
    assert done.returncode in ({refused} if name == "too-deep" else {0, 1})


@pytest.mark.parametrize(("name", "code"), [("deep-q", 0), ("deep-hi", 0), ("too-deep", 2)])
def test_so_does_a_comparison(siglum: CommandLine, folder: Path, name: str, code: int) -> None:
    (folder / "transcript.txt").write_text("“a‘a" * 125 + "’”" * 125 if name == "deep-q" else "a" * 250, encoding="utf-8")
    done = siglum("compare", f"{name}.xml", "transcript.txt", cwd=folder)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stdout[:300]
