"""docs/odd.md is run as it stands, from the first command to the last."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import CommandLine

_BLOCK = re.compile(r"^```(?P<kind>xml (?P<name>\S+)|sh|text)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_DIFFERS = 1


@pytest.fixture
def page(project_root: Path) -> list[re.Match[str]]:
    return list(_BLOCK.finditer((project_root / "docs" / "odd.md").read_text(encoding="utf-8")))


def test_the_page_runs(page: list[re.Match[str]], siglum: CommandLine, tmp_path: Path) -> None:
    said, commands = "", 0
    for block in page:
        if block["name"]:
            (tmp_path / block["name"]).parent.mkdir(exist_ok=True)
            (tmp_path / block["name"]).write_text(block["text"], encoding="utf-8")
        elif block["kind"] == "text":
            assert said == block["text"]
        else:
            for line in block["text"].splitlines():
                said = _run(line, siglum, tmp_path)
                commands += 1
    assert commands >= 10


def _run(line: str, siglum: CommandLine, folder: Path) -> str:
    """What a command says. A difference is what `diff` exits with 1 for; the two releases here are one."""
    match shlex.split(line):
        case ["siglum", *arguments]:
            done = siglum(*arguments, cwd=folder)
            differs = arguments[:2] == ["odd", "diff"] and "--from" not in arguments
            assert done.returncode == (_DIFFERS if differs else 0), (line, done.stdout, done.stderr)
            return done.stdout
        case ["cp", source, target]:
            (folder / target).write_bytes((folder / source).read_bytes())
        case ["sed", _, "-e", first, "-e", second, name]:
            text = (folder / name).read_text(encoding="utf-8")
            for each in (first, second):
                old, new = re.split(r"(?<!\\)/", each)[1:3]
                assert old.replace("\\/", "/") in text
                text = text.replace(old.replace("\\/", "/"), new.replace("\\/", "/").replace("&", old.replace("\\/", "/")))
            (folder / name).write_text(text, encoding="utf-8")
        case other:
            pytest.fail(f"the page has a command that this test does not know: {other}")
    return ""
