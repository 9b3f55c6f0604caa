"""`siglum explain`: the page of a code, and the description of a TEI name: an element, an attribute, a class."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from siglum.check import pages
from siglum.check.codes import CODES
from siglum.cli.output import deliver, say, warn
from siglum.errors import DocumentError, SchemaError
from siglum.text.files import DISK
from siglum.text.frozen import frozen
from siglum.text.spelling import suggest

if TYPE_CHECKING:
    from siglum.schema.p5.describe import Description

_CODE = re.compile(r"[A-Za-z]\d+")
_WIDEST = 100
_LABEL = 28
_ODD = ".odd"
_TEI = "tei_all"


@click.command(
    epilog="""\b
Examples:
  siglum explain I003
  siglum explain persName @when att.datable model.pPart teidata.word
  siglum explain quote --format json
  siglum explain persName --schema schemas/letters.odd
  siglum explain --all > docs/codes.md
"""
)
@click.argument("topics", nargs=-1, metavar="TOPIC...")
@click.option("--all", "everything", is_flag=True, help="The page of every code, as one Markdown document.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="The form.")
@click.option(
    "--schema",
    metavar="ODD",
    help="Names as they are in this customisation: an ODD, tei_all, or a release such as tei:4.9.0."
    " Default: the ODD that the configuration names as schema, else tei_all.",
)
def command(topics: tuple[str, ...], form: str, schema: str | None, *, everything: bool) -> None:
    """Explain the codes of findings, and the names of TEI.

    A code: what it means, why it matters, an example and the better form. An element: its content, its attributes and the
    class that each comes from, where it may stand and what it may contain. An @attribute, a class, a macro or a datatype
    likewise. Upper and lower case are the same. Without a topic, the codes are listed.

    With --schema, what is left of a name in a customisation, and in which lines of the ODD it was changed.
    """
    if everything:
        deliver(pages.render_book(), None)
        return
    if not topics:
        listed = (f"{code}  {meaning}" for code, meaning in CODES.items())
        deliver("\n".join(listed) + "\n", None)
        return
    choice = _SchemaChoice(schema)
    found = [_look_up(topic.strip(), choice) for topic in topics]
    if form == "json":
        deliver(json.dumps([_convert_to_dict(page) for page in found], indent=2, ensure_ascii=False) + "\n", None)
        return
    for number, page in enumerate(found):
        if number:
            click.echo()
        _print(_format_page(page) if isinstance(page, pages.Page) else _format_card(page))


def _look_up(topic: str, choice: _SchemaChoice) -> pages.Page | Description:
    if topic.upper() in CODES:
        return pages.find_page(topic.upper())
    known = choice.known()
    described = known.describe(topic)
    if described is not None:
        return described
    absent = known.why_absent(topic)
    if absent:
        help_ = f"`siglum explain {topic} --schema {_TEI}` says what it is in TEI"
        raise click.BadParameter(f"“{topic}” is not in {known.name}: {absent}; {help_}", param_hint="TOPIC")
    near = suggest(topic.upper(), CODES, cutoff=0.5) if _CODE.fullmatch(topic) else []
    near = near or _suggest_name(topic, known.all())
    meant = f"did you mean {near[0]}?" if near else "`siglum explain` without a topic lists all codes"
    raise click.BadParameter(f"siglum knows no code or TEI name “{topic}”: {meant}", param_hint="TOPIC")


def _suggest_name(topic: str, names: Iterable[str]) -> list[str]:
    by_case = {name.casefold(): name for name in names}
    return [by_case[name] for name in suggest(topic.casefold(), by_case, cutoff=0.7)]


@frozen
class _KnownNames:
    """The names of a schema. `why_absent` explains a name that the customisation leaves out."""

    name: str
    describe: Callable[[str], Description | None]
    all: Callable[[], Iterable[str]]
    why_absent: Callable[[str], str]


class _SchemaChoice:
    """The schema of the names. It is loaded only for a name, since the pages of codes do not need it."""

    def __init__(self, schema: str | None) -> None:
        self.schema = schema
        self._known: _KnownNames | None = None

    def known(self) -> _KnownNames:
        if self._known is None:
            self._known = _load_names(self.schema or _find_configured())
        return self._known


def _find_configured() -> str:
    """Find the ODD that the configuration names, and mention it on standard error; else TEI itself."""
    from siglum.project import config  # a name is to be explained without it where --schema is given

    configuration = config.load(Path.cwd())
    odds = [schema for schema in configuration.schemas if schema.suffix.lower() == _ODD]
    if not odds:
        return _TEI
    here = Path.cwd().resolve()
    shown = odds[0].relative_to(here) if odds[0].is_relative_to(here) else odds[0]
    say(f"as in {shown.as_posix()}, which the configuration names; --schema {_TEI} shows TEI as it is")
    return str(shown)


def _load_names(schema: str) -> _KnownNames:
    """Raises FileError, SchemaError, and DocumentError for an ODD that has errors."""
    from siglum.schema import p5
    from siglum.schema.p5.describe import Names

    path = Path(schema)
    if path.suffix.lower() in {".rng", ".rnc"}:
        message = "names are explained from an ODD: a compiled schema does not tell its classes and what was changed"
        raise SchemaError(message, where=schema, help="name the ODD that it was made of")
    if not DISK.exists(path) and (schema == _TEI or p5.requested_version(schema) is not None):
        names = Names(p5.find_release(p5.CURRENT if schema == _TEI else schema))
        return _KnownNames(names.release, names.describe_name, names.all, lambda _: "")
    from siglum.schema.odd import describe  # lxml

    try:
        customised = describe.describe_name(path)
    except DocumentError as error:
        warn(error.findings[1:])
        raise  # the command line reports the first
    return _KnownNames(schema, customised.description, customised.names.all, customised.why_absent)


def _convert_to_dict(found: pages.Page | Description) -> dict[str, object]:
    if not isinstance(found, pages.Page):
        return found.as_dict()
    more = {"severity": str(found.severity), "text": found.text, "address": found.address}
    return {"name": found.topic, "kind": "code", "title": found.name, **more}


def _format_page(page: pages.Page) -> str:
    weight = "" if page.severity == "error" else f" ({page.severity})"
    return f"{page.topic} {page.name}{weight}\n\n{page.text}\n"


def _format_card(description: Description) -> str:
    """Format a description in sections, as wide as the terminal."""
    width = click.HelpFormatter(max_width=_WIDEST).width
    module = f", module {description.module}" if description.module else ""
    lines = [f"{description.name}: {description.kind} of {description.release}{module}"]
    for section in description.sections:
        lines += [
            "",
            f"{section.title}:",
            *_format_table([(group.label, " ".join(group.names)) for group in section.groups], width),
        ]
    lines += ["", f"See: {description.address}"] if description.address else []
    lines += [f"There is also {name}: siglum explain {name}" for name in description.see]
    return "\n".join(lines) + "\n"


def _format_table(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Format rows as a column of labels and a column of text. A name is never broken."""
    column = min(max(len(label) for label, _ in rows), _LABEL)
    for label, text in rows:
        indent = " " * (column + 4 if label else 2)
        fits = len(label) <= column
        if not fits:
            yield f"  {label}"
        first = f"  {label:<{column}}  " if label and fits else indent
        yield from wrap(text, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def _print(text: str) -> None:
    """Print the text, with a bold heading on a terminal."""
    heading, _, rest = text.partition("\n")
    click.echo((click.style(heading, bold=True) if sys.stdout.isatty() else heading) + "\n" + rest, nl=False)
