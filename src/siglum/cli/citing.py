"""Write records in a citation format, for `cite` and `list bibliography`."""

from __future__ import annotations

from collections.abc import Sequence

from siglum.cli.output import say
from siglum.convert import cite
from siglum.errors import SiglumError


def write_records(form: cite.Format, records: Sequence[cite.Record]) -> str:
    """Write the records in a format. Raises SiglumError for several records in a format that describes one work."""
    if form.single and len(records) != 1:
        help_ = "cite one document at a time; mods, csl-json and biblatex hold many in one file"
        raise SiglumError(f"{form.title} describes one work, but there are {len(records)}", help=help_)
    return form.write(records)


def report_left_out(form: cite.Format, records: Sequence[cite.Record]) -> None:
    """Report the variables that the format cannot hold, and those that it requires and a record lacks."""
    if missing := list(form.list_left_out(records)):
        say(f"left out: {', '.join(missing)}: {form.title} has no place for it")
    for record in records:
        if wanting := form.list_missing(record):
            say(f"{record.id}: {form.title} requires {', '.join(wanting)}: complete the header")
