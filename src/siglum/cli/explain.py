"""`siglum explain`: what the code of a finding means, and what TEI says about a name: an element, an attribute, a class."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from siglum.check import pages
from siglum.cli.saying import deliver
from siglum.text.diagnostic import CODES

if TYPE_CHECKING:
    from siglum.schema.p5.describe import Description, Names

_CODE = re.compile(r"[A-Za-z]\d+")
_WIDEST = 100
_LABEL = 28


@click.command(
    epilog="""\b
Examples:
  siglum explain I003
  siglum explain persName @when att.datable model.pPart teidata.word
  siglum explain quote --format json
  siglum explain --all > docs/codes.md
"""
)
@click.argument("topics", nargs=-1, metavar="TOPIC...")
@click.option("--all", "everything", is_flag=True, help="The page of every code, as one Markdown document.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="The form.")
def command(topics: tuple[str, ...], form: str, *, everything: bool) -> None:
    """Explain the codes of findings, and the names of TEI.

    A code: what it means, why it matters, an example and the better form. An element: its content, its attributes and the
    class that each comes from, where it may stand and what it may contain. An @attribute, a class, a macro or a datatype
    likewise. Upper and lower case are the same. Without a topic, the codes are listed.
    """
    if everything:
        deliver(pages.book(), None)
        return
    if not topics:
        listed = (f"{code}  {meaning}" for code, meaning in CODES.items())
        deliver("\n".join(listed) + "\n", None)
        return
    found = [_found(each.strip()) for each in topics]
    if form == "json":
        deliver(json.dumps([_as_dict(each) for each in found], indent=2, ensure_ascii=False) + "\n", None)
        return
    for count, each in enumerate(found):
        if count:
            click.echo()
        _show(_page(each) if isinstance(each, pages.Page) else _card(each))


def _found(topic: str) -> pages.Page | Description:
    if topic.upper() in CODES:
        return pages.page(topic.upper())
    if _CODE.fullmatch(topic):
        near = get_close_matches(topic.upper(), CODES, 1, 0.5)
        described = _names().describe(topic)
    else:
        described, near = _names().describe(topic), []
    if described is not None:
        return described
    near = near or _near(topic, _names().all())
    meant = (
        f"did you mean {near[0]}?"
        if near
        else "`siglum explain` alone lists what codes there are; names of TEI can be asked for, too"
    )
    raise click.BadParameter(f"nothing is known about “{topic}”: {meant}", param_hint="TOPIC")


def _near(topic: str, names: Iterable[str]) -> list[str]:
    by_case = {each.casefold(): each for each in names}
    return [by_case[each] for each in get_close_matches(topic.casefold(), by_case, 1, 0.7)]


def _names() -> Names:
    """The names of the newest release of TEI that is known."""
    from siglum.schema import p5  # noqa: PLC0415 - codes are explained without the facts of TEI
    from siglum.schema.p5.describe import Names  # noqa: PLC0415

    return Names(p5.find("tei:current"))


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
