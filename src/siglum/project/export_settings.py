"""The options of an export, described once: the command line, the configuration reader and the documentation follow the table.

This module imports nothing slow, because every command that reads a configuration imports it.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Literal

from siglum.text.frozen import frozen


@frozen
class ExportSettings:
    """The values of the options; None or empty where nothing is set. `merge` puts settings on top of each other."""

    width: int | None = None
    notes: str = ""
    view: str = ""
    signs: str = ""
    apparatus: bool | None = None
    css: tuple[str, ...] = ()
    template: Path | None = None
    is_fragment: bool = False
    parts: tuple[str, ...] = ()
    id_prefix: str = ""
    heading_level: int | None = None
    odd: Path | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    front_matter: bool = False
    offsets: str = ""


@frozen
class ExportOption:
    """One option: `name` is the field of `ExportSettings` and the key in the configuration's `table`.

    Without `table`, only the command line has the option. `flag` is its name there, `formats` names the formats that it
    concerns (none: all). `choices` are the values of a word; `default` is what holds where nothing is set.
    """

    name: str
    flag: str
    kind: Literal["number", "level", "word", "words", "switch", "flag", "file", "styles", "parameters", "prefix"]
    help: str
    table: str = ""
    formats: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    default: str | int | bool | None = None


_HTML = ("HTML",)
EXPORT_OPTIONS = (
    ExportOption(
        "width",
        "--width",
        "number",
        "Fill lines to this number of characters; 0 for unfilled lines, one for each paragraph.",
        "text",
        ("Text",),
        default=72,
    ),
    ExportOption("notes", "--notes", "word", "Where to put notes.", "text", ("Text",), ("end", "inline", "none"), "end"),
    ExportOption(
        "view",
        "--view",
        "word",
        "Print the corrected text, the source as it is, or both. Default: both where a page has a switch, else reading.",
        "export",
        choices=("reading", "diplomatic", "both"),
    ),
    ExportOption(
        "signs",
        "--signs",
        "word",
        "Signs for supplied, lost and deleted text: Leiden, plain brackets, none, or as the document suggests.",
        "export",
        choices=("auto", "leiden", "plain", "none"),
        default="auto",
    ),
    ExportOption(
        "apparatus",
        "--apparatus/--no-apparatus",
        "switch",
        "Print the readings that are not in the text, or leave them out.",
        "export",
        default=True,
    ),
    ExportOption("css", "--css", "styles", "Embed a style sheet in the page, or link to an address.", "export", _HTML),
    ExportOption("template", "--template", "file", "The page around the text (docs/themes.md).", "export", _HTML),
    ExportOption("is_fragment", "--fragment", "flag", "Write only the text and its notes, for another page.", formats=_HTML),
    ExportOption(
        "parts",
        "--with",
        "words",
        "Add a part to a fragment.",
        formats=_HTML,
        choices=("masthead", "views", "contents", "description", "corrections", "names", "cite", "about"),
    ),
    ExportOption("id_prefix", "--id-prefix", "prefix", "Begin every id with this text.", formats=_HTML),
    ExportOption("heading_level", "--heading-level", "level", "The level of the outermost headings.", formats=_HTML, default=2),
    ExportOption("odd", "--odd", "file", "An ODD whose models render the elements (docs/odd.md).", "export"),
    ExportOption("parameters", "--parameter", "parameters", "The value of $parameters?NAME in these models.", "export"),
    ExportOption(
        "front_matter", "--front-matter", "flag", "Begin with title, authors and language as YAML.", formats=("Markdown",)
    ),
    ExportOption(
        "offsets",
        "--offsets",
        "word",
        "What offsets count.",
        formats=("Standoff",),
        choices=("code-points", "utf-16", "bytes"),
        default="code-points",
    ),
)


def merge(above: ExportSettings, below: ExportSettings) -> ExportSettings:
    """The settings of `above`, completed by those of `below`; parameters are merged by their names."""
    values = {name: value for name, value in asdict(above).items() if value not in (None, "", ())}
    values["parameters"] = tuple((dict(below.parameters) | dict(above.parameters)).items())
    return replace(below, **values)
