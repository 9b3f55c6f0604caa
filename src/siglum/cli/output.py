"""Options that several commands have, and the policy that all of them follow."""

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


def config_of(document: Path) -> Config:
    """The configuration that is nearest to a document (“-”: to the folder one is in)."""
    from siglum.project import config  # not every command asks

    return config.load(Path.cwd() if str(document) == "-" else document.parent)


def policy_of(document: Path) -> Policy:
    """What the configuration that is nearest to a document wants of marks and notes."""
    return config_of(document).policy
