"""`siglum explain`: what the code of a finding means, and what TEI says about a name: an element, an attribute, a class."""

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
    asked = _Asked(schema)
    found = [_found(each.strip(), asked) for each in topics]
    if form == "json":
        deliver(json.dumps([_as_dict(each) for each in found], indent=2, ensure_ascii=False) + "\n", None)
        return
    for count, each in enumerate(found):
        if count:
            click.echo()
        _show(_page(each) if isinstance(each, pages.Page) else _card(each))


def _found(topic: str, asked: _Asked) -> pages.Page | Description:
    if topic.upper() in CODES:
        return pages.find_page(topic.upper())
    known = asked.known()
    described = known.describe(topic)
    if described is not None:
        return described
    absent = known.why_absent(topic)
    if absent:
        help_ = f"`siglum explain {topic} --schema {_TEI}` says what it is in TEI"
        raise click.BadParameter(f"“{topic}” is not in {known.name}: {absent}; {help_}", param_hint="TOPIC")
    near = suggest(topic.upper(), CODES, cutoff=0.5) if _CODE.fullmatch(topic) else []
    near = near or _near(topic, known.all())
    meant = (
        f"did you mean {near[0]}?"
        if near
        else "`siglum explain` alone lists what codes there are; names of TEI can be asked for, too"
    )
    raise click.BadParameter(f"nothing is known about “{topic}”: {meant}", param_hint="TOPIC")


def _near(topic: str, names: Iterable[str]) -> list[str]:
    by_case = {each.casefold(): each for each in names}
    return [by_case[each] for each in suggest(topic.casefold(), by_case, cutoff=0.7)]


@frozen
class _Known:
    """Names that can be asked for. `why_absent` is for those that a customisation leaves out."""

    name: str
    describe: Callable[[str], Description | None]
    all: Callable[[], Iterable[str]]
    why_absent: Callable[[str], str]


class _Asked:
    """What --schema asks for, read when a name is wanted: codes are explained without the facts of TEI."""

    def __init__(self, schema: str | None) -> None:
        self.schema = schema
        self._known: _Known | None = None

    def known(self) -> _Known:
        if self._known is None:
            self._known = _known(self.schema or _configured())
        return self._known


def _configured() -> str:
    """The ODD that the configuration names, which is said; else TEI as it is."""
    from siglum.project import config  # a name is to be explained without it where --schema is given

    configuration = config.load(Path.cwd())
    odds = [each for each in configuration.schemas if each.suffix.lower() == _ODD]
    if not odds:
        return _TEI
    here = Path.cwd().resolve()
    shown = odds[0].relative_to(here) if odds[0].is_relative_to(here) else odds[0]
    say(f"as in {shown.as_posix()}, which the configuration names; --schema {_TEI} shows TEI as it is")
    return str(shown)


def _known(schema: str) -> _Known:
    """Raises FileError, SchemaError, and DocumentError for an ODD that has errors."""
    from siglum.schema import p5
    from siglum.schema.p5.describe import Names

    path = Path(schema)
    if path.suffix.lower() in {".rng", ".rnc"}:
        message = "names are explained from an ODD: a compiled schema does not tell its classes and what was changed"
        raise SchemaError(message, where=schema, help="name the ODD that it was made of")
    if not DISK.exists(path) and (schema == _TEI or p5.requested_version(schema) is not None):
        names = Names(p5.find_release(p5.CURRENT if schema == _TEI else schema))
        return _Known(names.release, names.describe_name, names.all, lambda _: "")
    from siglum.schema.odd import describe  # lxml

    try:
        customised = describe.describe_name(path)
    except DocumentError as error:
        warn(error.findings[1:])
        raise  # the first is told as what stopped the work
    return _Known(schema, customised.description, customised.names.all, customised.why_absent)


def _as_dict(found: pages.Page | Description) -> dict[str, object]:
    if not isinstance(found, pages.Page):
        return found.as_dict()
    more = {"severity": str(found.severity), "text": found.text, "address": found.address}
    return {"name": found.topic, "kind": "code", "title": found.name, **more}


def _page(page: pages.Page) -> str:
    weight = "" if page.severity == "error" else f" ({page.severity})"
    return f"{page.topic} {page.name}{weight}\n\n{page.text}\n"


def _card(told: Description) -> str:
    """A description in sections, as wide as the terminal allows."""
    width = click.HelpFormatter(max_width=_WIDEST).width
    module = f", module {told.module}" if told.module else ""
    lines = [f"{told.name}: {told.kind} of {told.release}{module}"]
    for section in told.sections:
        lines += ["", f"{section.title}:", *_table([(each.label, " ".join(each.names)) for each in section.groups], width)]
    lines += ["", f"See: {told.address}"] if told.address else []
    lines += [f"There is also {each}: siglum explain {each}" for each in told.see]
    return "\n".join(lines) + "\n"


def _table(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Labels in a column, and beside them what belongs to each; names are never broken."""
    column = min(max(len(label) for label, _ in rows), _LABEL)
    for label, text in rows:
        indent = " " * (column + 4 if label else 2)
        fits = len(label) <= column
        if not fits:
            yield f"  {label}"
        first = f"  {label:<{column}}  " if label and fits else indent
        yield from wrap(text, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)


def _show(text: str) -> None:
    """On a terminal the heading stands out."""
    heading, _, rest = text.partition("\n")
    click.echo((click.style(heading, bold=True) if sys.stdout.isatty() else heading) + "\n" + rest, nl=False)
