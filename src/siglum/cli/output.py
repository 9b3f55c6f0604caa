"""Options that several commands have, and the policy that all of them follow."""

from __future__ import annotations

from pathlib import Path

import click

from siglum.check.reports import FORMATS
from siglum.project import config
from siglum.text.policy import Policy

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE (default, or -: standard output)."
)
document_argument = click.argument("document", type=click.Path(path_type=Path), metavar="DOC")
format_option = click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How findings are told."
)


def policy_of(document: Path) -> Policy:
    """What the configuration that is nearest to a document (“-”: to the folder one is in) wants of marks and notes."""
    return config.load(Path.cwd() if str(document) == "-" else document.parent).policy
