"""What an export does: what the command line asks for, over what the configuration says, over what siglum does by itself."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from siglum.convert import export
from siglum.convert.reading.choice_sides import Sides
from siglum.convert.writers import text as text_writer
from siglum.project.config import Config, ExportSettings
from siglum.text.editorial_signs import Signing

if TYPE_CHECKING:
    from siglum.convert.writers.html import Theme

_PLAIN = export.Options()


class Asked(NamedTuple):
    """What somebody asks for who knows better than the configuration; None, or nothing, where it holds."""

    settings: ExportSettings = ExportSettings()
    width: int | None = None
    notes: str | None = None


NOTHING = Asked()


def options(config: Config, asked: Asked = NOTHING, base: export.Options = _PLAIN, here: Path | None = None) -> export.Options:
    """The options of `base` with all that a configuration can say of them.

    `here`: messages name the files of the configuration as seen from this folder. Raises FileError, DocumentError and
    ConfigError where an ODD, a style sheet or a template cannot be used.
    """
    wanted = over(asked.settings, config.export if here is None else _seen_from(here, config.export))
    width = config.text.width if asked.width is None else asked.width
    return replace(
        base,
        text=text_writer.Options(width, text_writer.NotePlace(asked.notes or config.text.notes)),
        theme=_theme(wanted, is_fragment=base.shape.is_fragment),
        models=export.models(wanted.odd) if wanted.odd is not None else None,
        parameters=wanted.parameters,
        policy=config.policy,
        apparatus=wanted.apparatus is not False,
        sides=Sides(wanted.view) if wanted.view else None,
        signing=Signing(wanted.signs or Signing.AUTO),
    )


def over(asked: ExportSettings, configured: ExportSettings) -> ExportSettings:
    """What is asked for, and what is configured where nothing is; of parameters each by its name."""
    said = {key: value for key, value in asked._asdict().items() if value is not None and value != ()}
    parameters = tuple((dict(configured.parameters) | dict(asked.parameters)).items())
    return configured._replace(**said)._replace(parameters=parameters)


def _seen_from(here: Path, settings: ExportSettings) -> ExportSettings:
    def seen(path: Path | None) -> Path | None:
        return path if path is None else Path(os.path.relpath(path, here))

    return settings._replace(odd=seen(settings.odd), template=seen(settings.template))


def _theme(wanted: ExportSettings, *, is_fragment: bool) -> Theme | None:
    """The look of pages; a fragment has no page around it, and so no use for the template of one."""
    template = None if is_fragment else wanted.template
    if not wanted.css and template is None:
        return None
    from siglum.convert.writers.html import theme  # few pages have a theme of their own

    return theme.read(wanted.css, template)
