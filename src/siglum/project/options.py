"""From the settings of the command line and of the configuration to the options of an export."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from siglum.convert.reading.choice_sides import Sides
from siglum.convert.writers.fragment import PAGE_LEVEL, Shape
from siglum.convert.writers.options import NotePlace, Options, TextLayout, Unit
from siglum.errors import ConfigError
from siglum.project.config import Config
from siglum.project.export_settings import EXPORT_OPTIONS, ExportSettings, merge
from siglum.text.editorial_signs import Signing

if TYPE_CHECKING:
    from siglum.convert.writers.html import Theme
    from siglum.schema.odd.models import Rendering

_DEFAULTS = ExportSettings(
    **{option.name: option.default for option in EXPORT_OPTIONS if option.default is not None}  # type: ignore[arg-type]
)


def resolve_options(config: Config, asked: ExportSettings | None = None, here: Path | None = None) -> Options:
    """The options of an export: what is `asked` for, then what the configuration says, then the defaults.

    Messages name the files of the configuration relative to `here`. Raises FileError, DocumentError and ConfigError if an
    ODD, a style sheet or a template cannot be used.
    """
    configured = config.export if here is None else _seen_from(here, config.export)
    settings = merge(merge(asked or ExportSettings(), configured), _DEFAULTS)
    return Options(
        text=TextLayout(settings.width or 0, NotePlace(settings.notes)),
        front_matter=settings.front_matter,
        offsets=Unit(settings.offsets),
        theme=_read_theme(settings),
        models=read_models(settings.odd) if settings.odd is not None else None,
        parameters=settings.parameters,
        policy=config.policy,
        shape=Shape(settings.is_fragment, settings.parts, settings.id_prefix, settings.heading_level or PAGE_LEVEL),
        apparatus=settings.apparatus is not False,
        sides=Sides(settings.view) if settings.view else None,
        signing=Signing(settings.signs),
    )


def _seen_from(here: Path, settings: ExportSettings) -> ExportSettings:
    def seen(path: Path | None) -> Path | None:
        return path if path is None else Path(os.path.relpath(path, here))

    return replace(settings, odd=seen(settings.odd), template=seen(settings.template))


def _read_theme(settings: ExportSettings) -> Theme | None:
    """The style sheets and the template. A fragment has no page around it, and so no template."""
    template = None if settings.is_fragment else settings.template
    if not settings.css and template is None:
        return None
    from siglum.convert.writers.html import theme  # few pages have a theme of their own

    return theme.read(settings.css, template)


def read_models(odd: Path) -> Rendering:
    """The processing models of an ODD. Raises ConfigError if it has none."""
    from siglum.schema.odd.rendering import read_rendering  # few editions have models of their own

    models = read_rendering(odd)
    if not models.rules:
        faults = [f"{fault.path}:{fault.line}:{fault.column}: {fault.message}" for fault in models.findings[:1]]
        help_ = faults[0] if faults else 'give an elementSpec a <model behaviour="…"/> (Guidelines, 22.5.4)'
        raise ConfigError("this ODD has no models", where=odd.as_posix(), help=help_)
    return models
