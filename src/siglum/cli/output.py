"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

from siglum.check.reports import FORMATS

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE (default, or -: standard output)."
)
document_argument = click.argument("document", type=click.Path(path_type=Path), metavar="DOC")
format_option = click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How findings are told."
)
