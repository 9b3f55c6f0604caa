"""One document while it is checked: its bytes, its prolog, and its tree, which is built when an engine asks for it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from siglum.check.discovery import HEAD
from siglum.check.options import Options
from siglum.errors import DocumentError
from siglum.text.diagnostic import Finding, Severity
from siglum.text.files import Files
from siglum.text.source import Source
from siglum.text.xml_model import Prolog

if TYPE_CHECKING:
    from siglum.text.document import Document


class Subject:
    """`base` is the path that references to other files are relative to, None for text that has no place.

    `source` is None for a file that is too large to be held in memory: engines then read `base` piece by piece.
    """

    def __init__(self, name: str, base: Path | None, source: Source | None, prolog: Prolog, options: Options) -> None:
        self.name = name
        self.base = base
        self.source = source
        self.prolog = prolog
        self.options = options

    @property
    def has_document(self) -> bool:
        """Whether the tree has been built."""
        return "document" in self.__dict__

    @cached_property
    def document(self) -> Document:
        """Raises DocumentError where the text is not well-formed or not TEI."""
        from siglum.text.document import parse  # lxml, which a check of the schema alone does not need

        assert self.source is not None, "no tree is built of a file this large"
        return parse(self.source, path=self.base, within=self.options.within, files=self.options.files)


def check_well_formed(path: Path, name: str, files: Files) -> None:
    """Read a file of any size. Raises DocumentError where it is not well-formed."""
    parser = expat.ParserCreate()
    try:
        for piece in files.pieces(path, HEAD, name):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = f"not well-formed: {expat.ErrorString(error.code)}"
        found = Finding(name, error.lineno, error.offset + 1, "X001", Severity.ERROR, message, "mend the XML here")
        raise DocumentError([found]) from None
