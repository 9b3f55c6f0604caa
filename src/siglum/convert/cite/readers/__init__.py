"""Read bibliographies into records: BibTeX and BibLaTeX (.bib), CSL-JSON (.json).

library = read(source)        # records, and findings with lines
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath

from siglum.convert.cite.record import Record
from siglum.text.diagnostic import Finding
from siglum.text.frozen import frozen
from siglum.text.source import Source

_READERS = {".bib": "bibtex", ".bibtex": "bibtex", ".biblatex": "bibtex", ".json": "csl_json", ".csljson": "csl_json"}


@frozen
class Library:
    """Read a bibliography. The suffix of its name decides the format."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]


def is_library(path: PurePath) -> bool:
    """Whether the suffix of a file is that of a bibliography."""
    return path.suffix.lower() in _READERS


def read(source: Source) -> Library:
    """The records of a bibliography; the ending of its name says how it is written."""
    module = import_module(f"siglum.convert.cite.readers.{_READERS[PurePath(source.name).suffix.lower()]}")
    found = module.read(source)
    assert isinstance(found, Library)
    return found
