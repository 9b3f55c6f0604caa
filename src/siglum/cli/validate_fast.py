"""What `siglum validate` does once its options are read, and the reading of the plainest calls.

click is not imported here: that would be a sixth of a run on one file, which is what an editor or a hook waits for.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from siglum.check.codes import ALL, CODES, FAMILIES
from siglum.check.options import Options
from siglum.check.reports import FORMATS
from siglum.cli.output import say
from siglum.cli.report import Progress, count, report_verdicts
from siglum.errors import ConfigError
from siglum.project import config, corpus
from siglum.text.frozen import frozen

_SCHEMAS = frozenset({".rng", ".rnc", ".odd"})
BASE = "the merge base"
"""What --changed without REV stands for: words that are no name of a revision."""


@frozen
class Request:
    """The options of the command; `changed` is None where all is to be checked, `output` where it goes to standard output."""

    paths: tuple[Path, ...] = ()
    schemas: tuple[Path, ...] = ()
    select: frozenset[str] = ALL
    form: str = "text"
    output: Path | None = None
    changed: str | None = None
    jobs: int = 0
    statistics: bool = False
    skip_others: bool = False
    no_cache: bool = False


def run(request: Request) -> int:
    """Check, report, and give the exit code. Raises SiglumError."""
    configuration = config.load(Path.cwd())
    options = Options(
        request.select,
        request.schemas,
        configuration.schemas,
        configuration.root,
        strict=not request.skip_others,
        policy=configuration.asked,
    )
    documents, only = request.paths, None
    if request.changed is not None:
        documents, only = _changed(request.changed, request.paths, request.schemas, configuration)
    documents = documents or tuple(Path(os.path.relpath(each)) for each in configuration.documents)
    if not documents and only is None:
        help_ = "name files or folders, or list them in the configuration as documents"
        raise ConfigError("there is nothing to check", help=help_)
    verdicts = corpus.check(documents or (Path(),), options, jobs=request.jobs, cache=not request.no_cache, changed=only)
    tally = report_verdicts(verdicts, request.form, request.output, Progress(documents), statistics=request.statistics)
    return 1 if tally.errors else 0


def _changed(
    revision: str, paths: tuple[Path, ...], schemas: tuple[Path, ...], configuration: config.Config
) -> tuple[tuple[Path, ...], list[Path] | None]:
    """What to look at and which files have changed; None where that is everything, since a schema has."""
    from siglum.check.validators.relaxng import files_of
    from siglum.text import git

    here = Path.cwd()
    if revision != BASE and not git.is_revision(here, revision):
        paths, revision = (Path(revision), *paths), BASE  # `--changed tei/`: what follows is a path
    against = git.find_base(here) if revision == BASE else revision
    files = git.list_changed(here, against)
    parts = {os.path.realpath(part) for each in schemas or configuration.schemas for part in files_of(each)}
    every = any(
        each.suffix.lower() in _SCHEMAS or each == configuration.file or os.path.realpath(each) in parts for each in files
    )
    said = f"changed since {against[:12] or 'the beginning'}: {count(len(files), 'file')}"
    say(said + (", a schema or the configuration among them: all documents are checked" if every else ""))
    return paths, None if every else files


def codes(values: Iterable[str]) -> frozenset[str]:
    """The codes that families and codes separated by commas stand for. Raises LookupError with the one that is none."""
    wanted = [each.strip().upper() for value in values for each in value.split(",") if each.strip()]
    return frozenset(code for each in wanted for code in _codes(each))


def _codes(wanted: str) -> list[str]:
    found = [code for code in CODES if code == wanted or (wanted in FAMILIES and code.startswith(wanted))]
    if not found:
        raise LookupError(wanted)
    return found


FLAGS = {"--statistics": "statistics", "--skip-others": "skip_others", "--no-cache": "no_cache"}
VALUES = ("--schema", "--select", "--format", "--output", "-o", "--jobs")


def plain(arguments: list[str]) -> Request | None:
    """The request in a call that is written as most are; None for others, and for faulty ones: click reads those."""
    given: dict[str, list[str]] = {name: [] for name in (*VALUES, *FLAGS, "")}
    rest = iter(arguments)
    for each in rest:
        name, _, value = each.partition("=") if each.startswith("--") else (each, "", "")
        if name in VALUES:
            given[name].append(value if "=" in each else next(rest, ""))
        elif each in FLAGS:
            given[each].append("yes")
        elif each.startswith("-"):
            return None
        else:
            given[""].append(each)
    return _request(given) if all(value and value[0] != "-" for values in given.values() for value in values) else None


def _request(given: dict[str, list[str]]) -> Request | None:
    form, output, jobs = given["--format"] or ["text"], given["--output"] + given["-o"], given["--jobs"] or ["0"]
    if form[-1] not in FORMATS or not (jobs[-1].isascii() and jobs[-1].isdecimal()):
        return None
    try:
        select = codes(given["--select"]) if given["--select"] else ALL
    except LookupError:
        return None
    if not select:
        return None
    return Request(
        paths=tuple(map(Path, given[""])),
        schemas=tuple(map(Path, given["--schema"])),
        select=select,
        form=form[-1],
        output=Path(output[-1]) if output else None,
        jobs=int(jobs[-1]),
        **{name: bool(given[flag]) for flag, name in FLAGS.items()},  # type: ignore[arg-type]  # flags are what is left
    )
