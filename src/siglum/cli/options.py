"""Options and arguments that several commands share, and the configuration that a command follows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from siglum.project.config import Config
    from siglum.text.policy import Policy

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE (default, or -: standard output)."
)
document_argument = click.argument("document", type=click.Path(path_type=Path), metavar="DOC")


def load_config(document: Path) -> Config:
    """Load the configuration nearest to a document; for “-”, the one nearest to the current folder."""
    from siglum.project import config

    return config.load(Path.cwd() if str(document) == "-" else document.parent)


def load_policy(document: Path) -> Policy:
    return load_config(document).policy
