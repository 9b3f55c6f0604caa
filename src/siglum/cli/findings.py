"""The option of commands that tell findings; apart from the others, for it loads the room of reports."""

from __future__ import annotations

import click

from siglum.check.reports import FORMATS

format_option = click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How findings are told."
)
