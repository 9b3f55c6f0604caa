"""Options that several commands have, and the policy that all of them follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from siglum.text.policy import Policy

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE (default, or -: standard output)."
)
document_argument = click.argument("document", type=click.Path(path_type=Path), metavar="DOC")


def policy_of(document: Path) -> Policy:
    """What the configuration that is nearest to a document (“-”: to the folder one is in) wants of marks and notes."""
    from siglum.project import config  # noqa: PLC0415 - not every command asks

    return config.load(Path.cwd() if str(document) == "-" else document.parent).policy
