"""What an export does: what the command line asks for, over what the configuration says, over what siglum does by itself."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from siglum.convert.reading.choice_sides import Sides
from siglum.convert.writers.options import NotePlace, Options, TextLayout
from siglum.errors import ConfigError
from siglum.project.config import Config, ExportSettings
from siglum.text.editorial_signs import Signing
from siglum.text.frozen import frozen

if TYPE_CHECKING:
    from siglum.convert.writers.html import Theme
    from siglum.schema.odd.models import Rendering

_PLAIN = Options()


@frozen
class Asked:
    """What somebody asks for who knows better than the configuration; None, or nothing, where it holds."""

    settings: ExportSettings = ExportSettings()
    width: int | None = None
    notes: str | None = None


NOTHING = Asked()


def options(config: Config, asked: Asked = NOTHING, base: Options = _PLAIN, here: Path | None = None) -> Options:
    """The options of `base` with all that a configuration can say of them.

    `here`: messages name the files of the configuration as seen from this folder. Raises FileError, DocumentError and
    ConfigError where an ODD, a style sheet or a template cannot be used.
    """
    wanted = over(asked.settings, config.export if here is None else _seen_from(here, config.export))
    width = config.text.width if asked.width is None else asked.width
    return replace(
        base,
        text=TextLayout(width, NotePlace(asked.notes or config.text.notes)),
        theme=_theme(wanted, is_fragment=base.shape.is_fragment),
        models=read_models(wanted.odd) if wanted.odd is not None else None,
        parameters=wanted.parameters,
        policy=config.policy,
        apparatus=wanted.apparatus is not False,
        sides=Sides(wanted.view) if wanted.view else None,
        signing=Signing(wanted.signs or Signing.AUTO),
    )


def over(asked: ExportSettings, configured: ExportSettings) -> ExportSettings:
    """What is asked for, and what is configured where nothing is; of parameters each by its name."""
    values = {name: getattr(asked, name) for name in asked.__match_args__}
    said = {name: value for name, value in values.items() if value is not None and value != ()}
    parameters = tuple((dict(configured.parameters) | dict(asked.parameters)).items())
    return replace(configured, **(said | {"parameters": parameters}))


def _seen_from(here: Path, settings: ExportSettings) -> ExportSettings:
    def seen(path: Path | None) -> Path | None:
        return path if path is None else Path(os.path.relpath(path, here))

    return replace(settings, odd=seen(settings.odd), template=seen(settings.template))


def _theme(wanted: ExportSettings, *, is_fragment: bool) -> Theme | None:
    """The look of pages; a fragment has no page around it, and so no use for the template of one."""
    template = None if is_fragment else wanted.template
    if not wanted.css and template is None:
        return None
    from siglum.convert.writers.html import theme  # few pages have a theme of their own

    return theme.read(wanted.css, template)


def read_models(odd: Path) -> Rendering:
    """The processing models of an ODD. Raises ConfigError if it has none."""
    from siglum.schema.odd.rendering import rendering  # few editions have models of their own

    models = rendering(odd)
    if not models.rules:
        faults = [f"{fault.path}:{fault.line}:{fault.column}: {fault.message}" for fault in models.findings[:1]]
        help_ = faults[0] if faults else 'give an elementSpec a <model behaviour="…"/> (Guidelines, 22.5.4)'
        raise ConfigError("this ODD has no models", where=odd.as_posix(), help=help_)
    return models
