"""siglum: a toolkit for digital editions in TEI XML.

    document = siglum.open_document(Path("letter.xml"))
    page = siglum.to_html(document).content
    for verdict in siglum.validate([Path("tei")]):
        print(verdict.findings)

Every public name is here; the rooms behind them are entered, and their imports paid for, when a name is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from siglum.version import __version__

if TYPE_CHECKING:
    from siglum.check.document import check_paths as validate
    from siglum.check.fidelity import compare
    from siglum.convert.cite import cite
    from siglum.convert.cite.bibliography import read_bibliography as bibliography
    from siglum.convert.export import to_html, to_text
    from siglum.convert.extract import notes, quotations
    from siglum.errors import ConfigError, DocumentError, FileError, SchemaError, SiglumError
    from siglum.project.build import build
    from siglum.project.config import load as load_config
    from siglum.schema.relaxng import load as load_schema
    from siglum.text.diagnostic import Finding, Severity
    from siglum.text.document import Document, open_document, parse
    from siglum.text.edition import Edition, resolve
    from siglum.text.header import read as read_header
    from siglum.text.source import Source

__all__ = [
    "ConfigError",
    "Document",
    "DocumentError",
    "Edition",
    "FileError",
    "Finding",
    "SchemaError",
    "Severity",
    "SiglumError",
    "Source",
    "__version__",
    "bibliography",
    "build",
    "cite",
    "compare",
    "load_config",
    "load_schema",
    "notes",
    "open_document",
    "parse",
    "quotations",
    "read_header",
    "resolve",
    "to_html",
    "to_text",
    "validate",
]

_ROOMS = {
    "siglum.check.fidelity": {"compare": "compare"},
    "siglum.check.document": {"validate": "check_paths"},
    "siglum.convert.cite": {"cite": "cite"},
    "siglum.convert.cite.bibliography": {"bibliography": "read_bibliography"},
    "siglum.convert.export": {"to_html": "to_html", "to_text": "to_text"},
    "siglum.convert.extract": {"notes": "notes", "quotations": "quotations"},
    "siglum.errors": {name: name for name in ("ConfigError", "DocumentError", "FileError", "SchemaError", "SiglumError")},
    "siglum.project.build": {"build": "build"},
    "siglum.project.config": {"load_config": "load"},
    "siglum.schema.relaxng": {"load_schema": "load"},
    "siglum.text.diagnostic": {"Finding": "Finding", "Severity": "Severity"},
    "siglum.text.document": {"Document": "Document", "open_document": "open_document", "parse": "parse"},
    "siglum.text.edition": {"Edition": "Edition", "resolve": "resolve"},
    "siglum.text.header": {"read_header": "read"},
    "siglum.text.source": {"Source": "Source"},
}
_WHERE = {public: (room, name) for room, names in _ROOMS.items() for public, name in names.items()}


def __getattr__(name: str) -> object:
    """Enter the room that a public name is in."""
    if name not in _WHERE:
        raise AttributeError(f"module “siglum” has no attribute “{name}”")
    room, inside = _WHERE[name]
    return getattr(import_module(room), inside)


def __dir__() -> list[str]:
    """The public names."""
    return list(__all__)
