"""docs/commands.md says what the commands say of themselves."""

from __future__ import annotations

from pathlib import Path

from siglum.cli.commands import COMMANDS
from tests.cli.reference import reference


def test_the_page_is_what_the_commands_say(project_root: Path) -> None:
    written = (project_root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python -m tests.cli.reference > docs/commands.md"


def test_every_command_is_on_it() -> None:
    assert all(f"## siglum {name}\n" in reference() for name in COMMANDS)
