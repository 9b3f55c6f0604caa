"""The formats that a document can be exported to.

A format's module is imported when the format is used: all of them together take half the time that exporting a letter takes.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from siglum.convert.output import Output
from siglum.convert.writers.options import Options
from siglum.text.document import Document
from siglum.text.frozen import frozen

__all__ = ["FORMATS", "Format", "Options", "Output", "to_html", "to_json", "to_markdown", "to_standoff", "to_text"]


@frozen
class Format:
    """A format: its title, the module in `writers/` that has its `export` function, and the suffixes of its files.

    `infix` stands between the name of a document and a suffix wherever files of other formats lie in the same folder.
    """

    title: str
    module: str
    suffixes: tuple[str, ...]
    infix: str = ""

    def export(self, document: Document, options: Options | None = None) -> Output:
        """Convert the document."""
        run: Callable[[Document, Options], Output] = import_module(f"siglum.convert.writers.{self.module}").export
        return run(document, options or Options())

    @property
    def endings(self) -> tuple[str, ...]:
        """The infix with each suffix. No two formats share one."""
        return tuple(self.infix + suffix for suffix in self.suffixes)


FORMATS = {
    "html": Format("HTML", "html.export", (".html",)),
    "text": Format("plain text", "text", (".txt",)),
    "markdown": Format("Markdown", "markdown.export", (".md",)),
    "json": Format("JSON", "json", (".json",)),
    "standoff": Format("standoff text", "standoff", (".txt", ".jsonl"), ".standoff"),
}
"""Every format by its name on the command line. To add one, write a module with `export` and add a line here."""

to_html = FORMATS["html"].export
to_text = FORMATS["text"].export
to_markdown = FORMATS["markdown"].export
to_json = FORMATS["json"].export
to_standoff = FORMATS["standoff"].export
