"""`siglum odd`: a TEI customisation made by example, its schemas, and what changes from one to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast, get_args

import click

from siglum.check.verdict import Verdict
from siglum.cli.formats import format_option
from siglum.cli.options import output_option
from siglum.cli.output import deliver, say, warn
from siglum.cli.report import report_verdicts
from siglum.errors import DocumentError, FileError
from siglum.schema.odd.compat import Compat
from siglum.schema.odd.compile import FORMS, MARK, Compiled, Form, compile_odd, strip_version
from siglum.text.atomic import write_file
from siglum.text.diagnostic import Finding, Severity, excerpt, with_end
from siglum.text.files import DISK
from siglum.text.source import Source

_HEAD = 1_000
"""Characters in which the mark of a file that was made stands."""


@click.group(
    epilog="""\b
Examples:
  siglum odd by-example tei/ -o schemas/letters.odd
  siglum odd compile schemas/letters.odd
  siglum odd compile schemas/letters.odd --check
  siglum odd diff schemas/letters.odd tei_all
  siglum odd models persName note
"""
)
def command() -> None:
    """Customisations of TEI (ODD files): make RELAX NG and Schematron, make one by example, compare two, show models."""


def _parse_forms(_context: click.Context, _parameter: click.Parameter, value: str) -> Sequence[Form]:
    wanted = [each.strip().lower().removeprefix(".") for each in value.split(",") if each.strip()]
    wrong = [each for each in wanted if each not in FORMS]
    if wrong or not wanted:
        named = f"there is no form “{wrong[0]}”" if wrong else "no form is named"
        raise click.BadParameter(f"{named}: choose from {', '.join(FORMS)}")
    return [each for each in FORMS if each in wanted]


@command.command(
    "compile",
    short_help="Make RELAX NG and Schematron of an ODD.",
    epilog="""\b
Examples:
  siglum odd compile letters.odd
  siglum odd compile letters.odd -o schemas --to rng,sch
  siglum odd compile letters.odd --source tei:4.9.0
  siglum odd compile schemas/letters.odd --check
""",
)
@click.argument("odd", type=click.Path(path_type=Path), metavar="FILE")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where to write. Default: beside FILE.")
@click.option(
    "--to", "forms", callback=_parse_forms, default=",".join(FORMS), show_default=True, metavar="FORMS", help="What to make."
)
@click.option("--schema-id", metavar="NAME", help="Which schemaSpec, by its ident, where there are several.")
@click.option(
    "--source",
    metavar="FILE|tei:x.y.z",
    help="What is customised, where the ODD names no source itself. Default: the newest release of TEI that is known.",
)
@click.option(
    "--compat",
    type=click.Choice(get_args(Compat)),
    default="guidelines",
    show_default=True,
    help="What to follow where the Guidelines and TEI's own tools differ.",
)
@click.option("--lang", default="en", show_default=True, metavar="CODE", help="Language of the Schematron messages.")
@click.option("--check", is_flag=True, help="Write nothing; fail where a file is not what the ODD says.")
@click.option("--force", is_flag=True, help="Replace files also where siglum did not make them.")
@format_option
@click.pass_context
def _compile(
    context: click.Context,
    odd: Path,
    output: Path | None,
    forms: Sequence[Form],
    schema_id: str | None,
    source: str | None,
    compat: str,
    lang: str,
    form: str,
    *,
    check: bool,
    force: bool,
) -> None:
    """Make the schemas of a customisation: NAME.rng, NAME.rnc and NAME.sch, NAME being that of FILE.

    What is doubtful in the ODD is told; where it has errors, nothing is written.
    """
    chosen = cast("Compat", compat)
    base = Path(source) if source and DISK.is_file(Path(source)) else source
    made = compile_odd(odd, forms=forms, schema_id=schema_id, source=base, compat=chosen, lang=lang)
    targets = {_choose_target(odd, output, each): text for each, text in made.texts.items()}
    stale = [found for path, text in targets.items() if (found := _check_stale(path, text, odd))] if check else []
    if not check:
        _refuse_to_replace(targets, odd, force=force)
    tally = report_verdicts((each for each in [_print_verdict(odd, made, stale)]), form, None)
    if not check:
        for path, text in targets.items():
            write_file(path, text.encode())
            say(f"wrote {path}")
    context.exit(1 if tally.errors else 0)


def _choose_target(odd: Path, folder: Path | None, form: str) -> Path:
    """`letters.odd`, `letters.odd.xml` and `letters.xml` are all called `letters`."""
    name = odd.name
    for ending in (".xml", ".odd"):
        name = name[: -len(ending)] if name.lower().endswith(ending) and name[: -len(ending)] else name
    return (odd.parent if folder is None else folder) / f"{name}.{form}"


def _refuse_to_replace(targets: dict[Path, str], odd: Path, *, force: bool) -> None:
    """A file is somebody's work unless it says that it was made. Raises FileError."""
    for path, text in targets.items():
        if DISK.exists(path) and (DISK.is_folder(path) or path.resolve() == odd.resolve()):
            raise FileError("the schema cannot be written here", where=path.as_posix(), help="choose another folder with -o")
        if DISK.exists(path) and not force:
            there = DISK.read(path).data.decode("utf-8", errors="replace")
            if MARK not in there[:_HEAD] and there != text:
                help_ = "choose another folder with -o, or say --force"
                raise FileError("this file is there already, and siglum did not make it", where=path.as_posix(), help=help_)


def _check_stale(path: Path, text: str, odd: Path) -> Finding | None:
    """What is to be said where a file is not what would be written, at the first line that differs."""
    help_ = f"run: siglum odd compile {odd.as_posix()}"
    if not DISK.exists(path):
        return Finding(path.as_posix(), 1, 1, "O320", Severity.ERROR, "there is no such schema yet", help_)
    there, text = strip_version(DISK.read(path).data.decode("utf-8", errors="replace")), strip_version(text)
    if there == text:
        return None
    old, new = there.splitlines(), text.splitlines()
    line = next((number for number, pair in enumerate(zip(old, new, strict=False), 1) if pair[0] != pair[1]), None)
    at = min(len(old), len(new)) + 1 if line is None else line
    expected = new[at - 1].strip()[:80] if at <= len(new) else "the end of the file"
    message = f"the schema is not what {odd.name} says: expected here is {expected}"
    return Finding(path.as_posix(), min(at, max(len(old), 1)), 1, "O320", Severity.ERROR, message, help_)


def _print_verdict(odd: Path, made: Compiled, stale: Sequence[Finding]) -> Verdict:
    """The findings with the lines they speak of, whichever file these are in."""
    findings: list[Finding] = []
    excerpts = {}
    sources: dict[str, Source | None] = {}
    for each in [*made.findings, *stale]:
        if each.path not in sources:
            sources[each.path] = None
            with suppress(FileError):
                sources[each.path] = DISK.read(Path(each.path))
        source = sources[each.path]
        whole = with_end(source, each) if source else each
        findings.append(whole)
        if source:
            excerpts[whole] = excerpt(source, whole)
    return Verdict(odd.as_posix(), tuple(findings), excerpts)


def _warn(findings: Iterable[Finding]) -> None:
    """Findings on standard error, since the result is on standard output."""
    for each in findings:
        warn([each])
        if each.help:
            say(f"  {each.help}")


_NOT_IN_NAMES = re.compile(r"[^\w.-]+")
_NAME = re.compile(r"[^\W\d][\w.-]*")


def _check_ident(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _NAME.fullmatch(value):
        raise click.BadParameter(f"“{value}” is no name: it begins with a letter, and holds letters, digits, “-”, “.” and “_”")
    return value


@command.command(
    "by-example",
    short_help="Make an ODD of what a corpus uses.",
    epilog="""\b
Examples:
  siglum odd by-example tei/ -o letters.odd
  siglum odd by-example tei/ --ident letters --values 50
""",
)
@click.argument("corpus", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CORPUS...")
@output_option
@click.option(
    "--ident", callback=_check_ident, metavar="NAME", help="The name of the schema. Default: that of the output or corpus."
)
@click.option(
    "--values",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    metavar="N",
    help="How many values of an attribute make a closed list. 0: no lists.",
)
@click.option("--force", is_flag=True, help="Replace the output if it is there already.")
@click.pass_context
def _by_example(
    context: click.Context, corpus: tuple[Path, ...], output: Path | None, ident: str | None, values: int, *, force: bool
) -> None:
    """Make an ODD of what a corpus really uses: its elements, their attributes, and the values of these.

    CORPUS: files, and folders with TEI files. What is valid TEI in them is valid under the ODD. Files that cannot be read are
    named on standard error and passed over; the exit code is 1 then.
    """
    from siglum.schema.odd.by_example import make_by_example  # lxml, and other commands do without

    to_file = output is not None and str(output) != "-"
    if output is not None and to_file and DISK.exists(output) and not force:
        help_ = "choose another name, or say --force: what was written in it by hand is lost then"
        raise FileError("this file is there already", where=output.as_posix(), help=help_)
    name = ident or _make_ident(output if output is not None and to_file else corpus[0])
    made = make_by_example(corpus, ident=name, values=values)
    _warn(made.findings)
    if made.text:
        deliver(made.text, output)
    passed = f"; {made.passed_over} XML files without TEI passed over" if made.passed_over else ""
    say(
        f"counted {made.files} file{'' if made.files == 1 else 's'}{passed}"
        + ("" if made.text else ": there is no ODD to make")
    )
    context.exit(1 if made.findings else 0)


def _make_ident(path: Path) -> str:
    """A name for a schema from that of a file or folder."""
    name = _NOT_IN_NAMES.sub("-", path.resolve().name.removesuffix(".xml").removesuffix(".odd")).strip("-.")
    return name if _NAME.fullmatch(name) else f"corpus-{name}".rstrip("-")


@command.command(
    "diff",
    short_help="Say what changes from one customisation to another.",
    epilog="""\b
Examples:
  siglum odd diff old.odd new.odd
  siglum odd diff letters.odd tei_all --format json
  siglum odd diff letters.odd --from tei:4.9.0 --to tei:current
  siglum odd diff old.odd new.odd --corpus tei/
""",
)
@click.argument("one", metavar="A")
@click.argument("other", metavar="[B]", required=False)
@click.option("--from", "before", metavar="tei:x.y.z", help="The release of TEI that A is put upon.")
@click.option("--to", "after", metavar="tei:x.y.z", help="The release of TEI that B is put upon, or A where there is no B.")
@click.option(
    "--corpus",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Files and folders: say which of them would become invalid. May be repeated.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="The form.")
@output_option
@click.pass_context
def _diff(
    context: click.Context,
    one: str,
    other: str | None,
    before: str | None,
    after: str | None,
    corpus: tuple[Path, ...],
    form: str,
    output: Path | None,
) -> None:
    """Say what changes from one customisation to another, what can make documents invalid first.

    A and B: ODD files, tei_all, or releases of TEI such as tei:4.9.0. A alone, with --from and --to, is compared with itself
    on two releases. The exit code is 0 where they are equal, and 1 where they differ.
    """
    if other is None and before is None and after is None:
        raise click.UsageError("a second customisation is wanted, or two releases: siglum odd diff A --from tei:… --to tei:…")
    from siglum.schema.odd.diff import compare_schemas, load_side  # other commands do without
    from siglum.schema.odd.diff.corpus import judge_corpus
    from siglum.schema.odd.diff.tell import format_json, format_text

    try:
        sides = load_side(one, before), load_side(other or one, after)
    except DocumentError as error:
        _warn(error.findings[1:])
        raise  # the first is told as what stopped the work
    found = compare_schemas(*sides)
    files = list(judge_corpus(*sides, corpus)) if corpus else None
    _warn(finding for each in files or () for finding in each.unread)
    deliver(format_json(found, files) if form == "json" else format_text(found, files), output)
    context.exit(1 if found.changes else 0)


@command.command(
    "models",
    short_help="Show the models by which siglum renders TEI.",
    epilog="""\b
Examples:
  siglum odd models persName
  siglum odd models -o siglum-models.odd
""",
)
@click.argument("elements", nargs=-1, metavar="[ELEMENT]...")
@output_option
def _models(elements: tuple[str, ...], output: Path | None) -> None:
    """Show the processing models by which siglum renders elements of TEI, as an ODD to copy from; all of them without ELEMENT.

    Models in an ODD of your own come before these: `siglum export --odd FILE`, or `odd` in the table [export] of the
    configuration. docs/odd.md tells what they can say.
    """
    from siglum.convert.reading.processing_model import shown  # other commands do without

    try:
        deliver(shown.odd(elements), output)
    except shown.UnknownElementError as error:
        meant = f": did you mean {error.near[0]}?" if error.near else ""
        raise click.BadParameter(f"TEI has no element “{error.name}”{meant}", param_hint="ELEMENT") from None
