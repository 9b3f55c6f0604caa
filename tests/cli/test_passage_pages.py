"""The commands of docs/passages.md and docs/lists.md run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import CommandLine


@pytest.mark.parametrize("page", ["passages.md", "lists.md"])
def test_the_commands_of_the_page_run(page: str, siglum: CommandLine, project_root: Path) -> None:
    text = (project_root / "docs" / page).read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE) for line in block.splitlines()]
    assert len(lines) >= 5
    for line in lines:
        done = siglum(*shlex.split(line)[1:])
        assert done.returncode == 0, (line, done.stderr)
        assert done.stdout, line
