"""`siglum export`: a document in another format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siglum.cli.output import document_argument, output_option
from siglum.cli.saying import deliver, warn
from siglum.convert import export
from siglum.convert.reading.sides import Sides
from siglum.convert.writers import json as json_writer
from siglum.convert.writers.html import theme
from siglum.convert.writers.standoff import Unit
from siglum.convert.writers.text import NotePlace
from siglum.convert.writers.text import Options as TextOptions
from siglum.errors import ConfigError
from siglum.text.document import open_document
from siglum.text.signs import Signing

if TYPE_CHECKING:
    from siglum.schema.odd.rendering import Rendering


def _print_schema(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        deliver(json.dumps(json_writer.schema(), indent=2, ensure_ascii=False) + "\n", None)
        context.exit()


@click.command(
    "export",
    epilog="""\b
Examples:
  siglum export tei/red-book/remove-stalin.xml --to html -o remove-stalin.html
  siglum export tei/red-book/remove-stalin.xml --to text --width 0 --notes inline
  siglum export tei/red-book/remove-stalin.xml --to standoff -o remove-stalin
""",
)
@document_argument
@click.option("--to", "form", type=click.Choice(list(export.FORMATS)), required=True, help="The format to make.")
@output_option
@click.option(
    "--width",
    type=click.IntRange(min=0),
    default=72,
    show_default=True,
    help="Text: fill lines to so many characters; 0: one line a paragraph.",
)
@click.option(
    "--notes",
    type=click.Choice([each.value for each in NotePlace]),
    default="end",
    show_default=True,
    help="Text: where notes go.",
)
@click.option(
    "--view",
    type=click.Choice([each.value for each in Sides]),
    help="The corrected text, the source as it is, or both (by default where a page has a switch; else corrected).",
)
@click.option(
    "--signs",
    type=click.Choice([each.value for each in Signing]),
    default="auto",
    show_default=True,
    help="Signs for what is supplied, lost, deleted …: Leiden signs, plain brackets, none; auto: by the document.",
)
@click.option("--apparatus/--no-apparatus", default=True, help="Print the readings that are not the text, or leave them out.")
@click.option("--css", multiple=True, metavar="FILE", help="HTML: a style sheet to put into the page (an address: to link to).")
@click.option("--template", type=click.Path(path_type=Path), help="HTML: the page around the text (docs/themes.md).")
@click.option(
    "--odd", type=click.Path(path_type=Path), metavar="FILE", help="An ODD whose models say how elements are rendered."
)
@click.option(
    "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="What $parameters?NAME is in these models."
)
@click.option("--front-matter", is_flag=True, help="Markdown: title, authors and language as YAML at the top.")
@click.option(
    "--offsets",
    type=click.Choice([each.value for each in Unit]),
    default="code-points",
    show_default=True,
    help="Standoff: what its offsets count.",
)
@click.option(
    "--schema", is_flag=True, is_eager=True, expose_value=False, callback=_print_schema, help="JSON: print its JSON Schema."
)
def command(
    document: Path,
    form: str,
    output: Path | None,
    width: int,
    notes: str,
    view: str | None,
    signs: str,
    apparatus: bool,
    css: tuple[str, ...],
    template: Path | None,
    odd: Path | None,
    parameters: tuple[str, ...],
    front_matter: bool,
    offsets: str,
) -> None:
    """Turn the TEI document DOC into an HTML page, plain text, Markdown, JSON or standoff text.

    Quotation marks, note numbers and corrections are the same in every format. What is left out (the other side of a
    choice, say) is named on standard error. Standoff text makes two files of -o NAME, NAME.txt and NAME.jsonl, and one
    stream without.
    """
    opened = open_document(document)
    warn(opened.findings)
    models = _models(odd) if odd is not None else None
    looks = theme.read(css, template)
    given = tuple(_pair(each) for each in parameters)
    options = export.Options(
        TextOptions(width, NotePlace(notes)),
        front_matter,
        Unit(offsets),
        looks,
        models,
        given,
        apparatus,
        Sides(view) if view else None,
        Signing(signs),
    )
    made = export.FORMATS[form].make(opened, options)
    warn(list(made.findings))
    for content, file in _files(made, output):
        deliver(content, file)
    for line in made.left_out():
        click.echo(f"left out: {line}", err=True)
    raise SystemExit(1 if opened.findings else 0)  # something that belongs to the text could not be read


def _models(odd: Path) -> Rendering:
    """The processing models of an ODD; one that has none is a mistake."""
    from siglum.schema.odd.rendering import rendering  # noqa: PLC0415 - few editions have models of their own

    found = rendering(odd)
    if not found.rules:
        warn(list(found.findings))
        help_ = 'give an elementSpec a <model behaviour="…"/> (Guidelines, 22.5.4)'
        raise ConfigError("this ODD has no models", where=odd.as_posix(), help=help_)
    return found


def _pair(written: str) -> tuple[str, str]:
    name, sign, value = written.partition("=")
    if not sign or not name:
        raise click.BadParameter(f"“{written}” is not NAME=VALUE", param_hint="--parameter")
    return name, value


def _files(made: export.Exported, output: Path | None) -> list[tuple[str, Path | None]]:
    """What is written where: files that belong together go under one name; an ending of theirs in it is not doubled."""
    if output is None or not made.apart or not output.name or str(output) == "-" or (output.exists() and not output.is_file()):
        return [(made.content, output)]
    own = next((ending for ending, _ in made.apart if output.name.endswith(ending) and output.name != ending), "")
    name = output.name.removesuffix(own)
    return [(content, output.with_name(name + ending)) for ending, content in made.apart]
