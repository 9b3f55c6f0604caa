"""What `cite` and `list bibliography` have in common: records as a file, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Sequence

from siglum.cli.output import say
from siglum.convert import cite
from siglum.errors import SiglumError


def write_records(form: cite.Format, records: Sequence[cite.Record]) -> str:
    """The records in this format; one that describes a single work refuses several."""
    if form.single and len(records) != 1:
        help_ = "cite one document at a time; mods, csl-json and biblatex hold many in one file"
        raise SiglumError(f"{form.title} describes one work, and there are {len(records)}", help=help_)
    return form.write(records)


def report_left_out(form: cite.Format, records: Sequence[cite.Record]) -> None:
    """What of the records is not in the file, in one line; what the format demands and they do not have, in another."""
    if missing := list(form.list_left_out(records)):
        say(f"left out: {', '.join(missing)}: {form.title} has no place for it")
    for record in records:
        if wanting := form.list_missing(record):
            say(f"{record.id}: {form.title} demands {', '.join(wanting)}: complete the header")
