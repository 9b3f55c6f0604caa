"""The option that says how findings are told; apart from the others, since the reports stand on all that checks."""

from __future__ import annotations

import click

from siglum.check.reports import FORMATS

format_option = click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How findings are told."
)
