"""Bibliographies that are read: BibTeX and BibLaTeX (.bib), CSL-JSON (.json), each into the same records.

library = read(source)        # records, and what is to be said of the file, with lines
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
    """What a bibliography holds, in its order, and the findings about what could not be read."""

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]


def is_library(path: PurePath) -> bool:
    """Whether a file is a bibliography, by its ending."""
    return path.suffix.lower() in _READERS


def read(source: Source) -> Library:
    """The records of a bibliography; the ending of its name says how it is written."""
    module = import_module(f"siglum.convert.cite.readers.{_READERS[PurePath(source.name).suffix.lower()]}")
    found = module.read(source)
    assert isinstance(found, Library)
    return found
