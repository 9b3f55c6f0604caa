"""The options of `siglum export` that settings can hold: made from the table in `project/export_settings.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from siglum.project.export_settings import EXPORT_OPTIONS, ExportOption, ExportSettings

Command = TypeVar("Command", bound=Callable[..., object])

_PREFIX = re.compile(r"[^\W\d][\w.-]*")


def add_export_options(command: Command) -> Command:
    """Give a command the options of the table, in their order."""
    return reduce(lambda decorated, option: _click_option(option)(decorated), reversed(EXPORT_OPTIONS), command)


def read_settings(given: Mapping[str, object]) -> ExportSettings:
    """The settings for the values of a command line. Raises UsageError for options that contradict each other."""
    settings = ExportSettings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    if settings.is_fragment and settings.template is not None:
        raise click.UsageError("--fragment and --template: a fragment has no page around it; leave one of them out")
    if settings.parts and not settings.is_fragment:
        raise click.UsageError("--with adds a part to a fragment: add --fragment, or choose the slots of a template")
    return settings


def _click_option(option: ExportOption) -> Callable[[Command], Command]:
    words = f"{', '.join(option.formats)}: {option.help}" if option.formats else option.help
    if option.default is not None and option.kind != "switch":
        words += f" Default: {option.default}."
    return click.option(option.flag, option.name, help=words, **_attributes(option))


def _attributes(option: ExportOption) -> dict[str, Any]:
    match option.kind:
        case "number":
            return {"type": click.IntRange(min=0)}
        case "level":
            return {"type": click.IntRange(1, 6)}
        case "word":
            return {"type": click.Choice(option.choices)}
        case "words":
            return {"type": click.Choice(option.choices), "multiple": True}
        case "switch":
            return {"default": None}
        case "flag":
            return {"is_flag": True}
        case "file":
            return {"type": click.Path(path_type=Path), "metavar": "FILE"}
        case "styles":
            return {"multiple": True, "metavar": "FILE"}
        case "parameters":
            return {"multiple": True, "metavar": "NAME=VALUE", "callback": _read_pairs}
        case "prefix":
            return {"metavar": "TEXT", "callback": _read_prefix}


def _read_pairs(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = [text.partition("=") for text in given]
    for text, (name, sign, _) in zip(given, pairs, strict=True):
        if not sign or not name:
            raise click.BadParameter(f"“{text}” is not NAME=VALUE")
    return tuple((name, value) for name, _, value in pairs)


def _read_prefix(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    if given and not _PREFIX.fullmatch(given):
        raise click.BadParameter(
            f"“{given}” cannot begin an id: it must begin with a letter, and have only letters, digits, “-”, “_” and “.”"
        )
    return given
