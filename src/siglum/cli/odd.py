"""`siglum odd`: the schemas of a TEI customisation."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast, get_args

import click

from siglum.check.run import Verdict
from siglum.cli.output import format_option
from siglum.cli.report import tell
from siglum.cli.saying import say
from siglum.errors import FileError
from siglum.schema.odd.compile import FORMS, MARK, Compat, Compiled, Form, compile_odd
from siglum.text import store
from siglum.text.diagnostic import Finding, Severity, excerpt, with_end
from siglum.text.source import Source

_HEAD = 1_000
"""Characters in which the mark of a file that was made stands."""


@click.group(
    epilog="""\b
Examples:
  siglum odd compile schemas/letters.odd
  siglum odd compile schemas/letters.odd --check
"""
)
def command() -> None:
    """Make RELAX NG and Schematron of a customisation of TEI (an ODD file)."""


def _forms(_context: click.Context, _parameter: click.Parameter, value: str) -> Sequence[Form]:
    wanted = [each.strip().lower().removeprefix(".") for each in value.split(",") if each.strip()]
    wrong = [each for each in wanted if each not in FORMS]
    if wrong or not wanted:
        named = f"there is no form “{wrong[0]}”" if wrong else "no form is named"
        raise click.BadParameter(f"{named}: choose from {', '.join(FORMS)}")
    return [each for each in FORMS if each in wanted]


@command.command(
    "compile",
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
    "--to", "forms", callback=_forms, default=",".join(FORMS), show_default=True, metavar="FORMS", help="What to make."
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
    base = Path(source) if source and Path(source).is_file() else source
    made = compile_odd(odd, forms=forms, schema_id=schema_id, source=base, compat=chosen, lang=lang)
    targets = {_target(odd, output, each): text for each, text in made.texts.items()}
    stale = [found for path, text in targets.items() if (found := _stale(path, text, odd))] if check else []
    if not check:
        _refuse_to_replace(targets, odd, force=force)
    tally = tell((each for each in [_verdict(odd, made, stale)]), form, None)
    if not check:
        for path, text in targets.items():
            store.write(path, text.encode())
            say(f"wrote {path}")
    context.exit(1 if tally.errors else 0)


def _target(odd: Path, folder: Path | None, form: str) -> Path:
    """`letters.odd`, `letters.odd.xml` and `letters.xml` are all called `letters`."""
    name = odd.name
    for ending in (".xml", ".odd"):
        name = name[: -len(ending)] if name.lower().endswith(ending) and name[: -len(ending)] else name
    return (odd.parent if folder is None else folder) / f"{name}.{form}"


def _refuse_to_replace(targets: dict[Path, str], odd: Path, *, force: bool) -> None:
    """A file is somebody's work unless it says that it was made. Raises FileError."""
    for path, text in targets.items():
        if path.exists() and (path.is_dir() or path.resolve() == odd.resolve()):
            raise FileError("the schema cannot be written here", where=path.as_posix(), help="choose another folder with -o")
        if path.exists() and not force:
            there = store.read(path).data.decode("utf-8", errors="replace")
            if MARK not in there[:_HEAD] and there != text:
                help_ = "choose another folder with -o, or say --force"
                raise FileError("this file is there already, and siglum did not make it", where=path.as_posix(), help=help_)


def _stale(path: Path, text: str, odd: Path) -> Finding | None:
    """What is to be said where a file is not what would be written, at the first line that differs."""
    help_ = f"run: siglum odd compile {odd.as_posix()}"
    if not path.exists():
        return Finding(path.as_posix(), 1, 1, "O320", Severity.ERROR, "there is no such schema yet", help_)
    there = store.read(path).data.decode("utf-8", errors="replace")
    if there == text:
        return None
    old, new = there.splitlines(), text.splitlines()
    line = next((number for number, pair in enumerate(zip(old, new, strict=False), 1) if pair[0] != pair[1]), None)
    at = min(len(old), len(new)) + 1 if line is None else line
    expected = new[at - 1].strip()[:80] if at <= len(new) else "the end of the file"
    message = f"the schema is not what {odd.name} says: expected here is {expected}"
    return Finding(path.as_posix(), min(at, max(len(old), 1)), 1, "O320", Severity.ERROR, message, help_)


def _verdict(odd: Path, made: Compiled, stale: Sequence[Finding]) -> Verdict:
    """The findings with the lines they speak of, whichever file these are in."""
    findings: list[Finding] = []
    excerpts = {}
    sources: dict[str, Source | None] = {}
    for each in [*made.findings, *stale]:
        if each.path not in sources:
            sources[each.path] = None
            with suppress(FileError):
                sources[each.path] = store.read(Path(each.path))
        source = sources[each.path]
        whole = with_end(source, each) if source else each
        findings.append(whole)
        if source:
            excerpts[whole] = excerpt(source, whole)
    return Verdict(odd.as_posix(), tuple(findings), excerpts)
