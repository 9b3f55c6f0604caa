"""`siglum explain`: what a code means, why it matters, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import click

from siglum.check import pages
from siglum.cli.output import deliver
from siglum.text.diagnostic import CODES


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A kind of things that can be explained: their names, as they are written, and the text about one of them."""

    kind: str
    names: Callable[[], Iterable[str]]
    written: Callable[[str], str]
    text: Callable[[str], str]


def _page(code: str) -> str:
    page = pages.page(code)
    weight = "" if page.severity == "error" else f" ({page.severity})"
    return f"{code} {page.name}{weight}\n\n{page.text}\n"


_SHELVES = (_Shelf("code", lambda: CODES, str.upper, _page),)
"""Where a topic is looked for, in this order."""


@click.command(
    epilog="""\b
Examples:
  siglum explain I003
  siglum explain S001 S002
  siglum explain --all > docs/codes.md
"""
)
@click.argument("topics", nargs=-1, metavar="CODE...")
@click.option("--all", "everything", is_flag=True, help="Every page, as one Markdown document.")
def command(topics: tuple[str, ...], *, everything: bool) -> None:
    """Explain the codes of findings: what each means, why it matters, an example and the better form."""
    if everything:
        deliver(pages.book(), None)
        return
    if not topics:
        listed = (f"{code}  {meaning}" for code, meaning in CODES.items())
        deliver("\n".join(listed) + "\n", None)
        return
    for count, topic in enumerate(topics):
        if count:
            click.echo()
        _show(_found(topic))


def _found(topic: str) -> str:
    names: dict[str, str] = {}
    for shelf in _SHELVES:
        known = frozenset(shelf.names())
        written = shelf.written(topic.strip())
        if written in known:
            return shelf.text(written)
        names |= {each.casefold(): each for each in known}
    near = get_close_matches(topic.strip().casefold(), sorted(names), 1, 0.5)
    meant = f"did you mean {names[near[0]]}?" if near else "`siglum explain` alone lists what there is"
    raise click.BadParameter(f"nothing is known about “{topic}”: {meant}", param_hint="CODE")


def _show(text: str) -> None:
    """On a terminal the heading stands out."""
    heading, _, rest = text.partition("\n")
    click.echo((click.style(heading, bold=True) if sys.stdout.isatty() else heading) + "\n" + rest, nl=False)
