"""`siglum export`: a document in another format."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from siglum.cli.export_options import add_export_options, read_settings
from siglum.cli.options import load_config
from siglum.cli.output import deliver, warn
from siglum.convert import export
from siglum.project import config
from siglum.project.export_settings import ExportSettings
from siglum.project.options import resolve_options
from siglum.text.document import open_document
from siglum.text.files import DISK


def _print_schema(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        from siglum.convert.writers import json as json_writer  # seldom asked for

        deliver(json.dumps(json_writer.schema(), indent=2, ensure_ascii=False) + "\n", None)
        context.exit()


def _forms(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> tuple[str, ...]:
    """The formats in the values of --to, without repetition."""
    wanted = tuple(dict.fromkeys(form.strip() for value in given for form in value.split(",") if form.strip()))
    unknown = next((form for form in wanted if form not in export.FORMATS), None)
    if unknown is not None:
        raise click.BadParameter(f"there is no format “{unknown}”: there are {', '.join(export.FORMATS)}")
    if not wanted:
        raise click.BadParameter(f"name a format: {', '.join(export.FORMATS)}")
    return wanted


@click.command(
    "export",
    epilog="""\b
Examples:
  siglum export tei/red-book/remove-stalin.xml --to html -o remove-stalin.html
  siglum export tei/red-book/remove-stalin.xml --to text --width 0 --notes inline
  siglum export tei/red-book/remove-stalin.xml --to html --fragment --id-prefix rs- -o _includes/rs.html
  siglum export --to html --style-sheet -o assets/siglum.css
  siglum export tei/red-book/remove-stalin.xml --to standoff -o remove-stalin
  siglum export tei/ --to html,text -o public/
""",
)
@click.argument("documents", nargs=-1, type=click.Path(path_type=Path), metavar="DOC...")
@click.option(
    "--to",
    "forms",
    multiple=True,
    required=True,
    callback=_forms,
    metavar="FORMAT",
    help=f"The format to make: {', '.join(export.FORMATS)}. Several: separated by commas, or --to again.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to FILE (default, or -: standard output); of several documents or formats, to the folder of that name.",
)
@click.option("--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="How many processes. Default: one a core.")
@add_export_options
@click.option("--style-sheet", is_flag=True, help="HTML: Write the style sheet for fragments; this needs no DOC.")
@click.option(
    "--schema", is_flag=True, is_eager=True, expose_value=False, callback=_print_schema, help="JSON: print its JSON Schema."
)
def command(
    documents: tuple[Path, ...],
    forms: tuple[str, ...],
    output: Path | None,
    jobs: int,
    style_sheet: bool,
    **given: object,
) -> None:
    """Turn the TEI document DOC into an HTML page, plain text, Markdown, JSON or standoff text.

    Quotation marks, note numbers and corrections are the same in every format. Standard error names what is left out, such
    as the other side of a choice. Standoff text with -o NAME writes NAME.txt and NAME.jsonl; without -o, one stream.

    Several documents, and all TEI files below a folder, are exported to the folder -o, with the names and folders of the
    documents. siglum reports a document that it cannot read, and exports the others.

    The configuration nearest to DOC sets what no option sets ([export] and [text]; docs/configuration.md).
    """
    asked = read_settings(given)
    if style_sheet:
        from siglum.convert.writers.html.export import style_sheet as write_style_sheet

        deliver(write_style_sheet(resolve_options(config.load(Path.cwd()), asked, Path.cwd())), output)
        raise SystemExit(0)
    if not documents:
        raise click.MissingParameter(param_hint="DOC", param_type="argument")
    if len(documents) == 1 and len(forms) == 1 and not DISK.is_folder(documents[0]):
        raise SystemExit(_one(documents[0], forms[0], output, asked))
    if output is None or str(output) == "-":
        raise click.UsageError("several files are to be made: name a folder for them, with -o FOLDER")
    if any(str(document) == "-" for document in documents):
        raise click.UsageError("standard input can only be exported alone: name files or folders")
    from siglum.cli import exporting  # one document does without

    raise SystemExit(exporting.run(documents, forms, output, asked, jobs))


def _one(document: Path, form: str, output: Path | None, asked: ExportSettings) -> int:
    """Export one document to one format, and return the exit code."""
    opened = open_document(document)
    warn(opened.findings)
    made = export.FORMATS[form].export(opened, resolve_options(load_config(document), asked, Path.cwd()))
    warn(made.findings)
    for content, file in _files(made, output):
        deliver(content, file)
    for line in made.omission_lines():
        click.echo(f"left out: {line}", err=True)
    return 1 if opened.findings else 0  # something that belongs to the text could not be read


def _files(made: export.Output, output: Path | None) -> list[tuple[str | bytes, Path | None]]:
    """What to write where. Several files share one name; a suffix of theirs at its end is not doubled."""
    several = len(made.files) > 1 and output is not None and output.name and str(output) != "-"
    if output is None or not several or DISK.kind(output) not in {"", "file"}:
        return [(made.data, output)]
    own = next((suffix for suffix in made.files if output.name.endswith(suffix) and output.name != suffix), "")
    return [(content, output.with_name(name)) for name, content in made.named(output.name.removesuffix(own)).items()]
