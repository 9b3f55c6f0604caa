"""Citations: one bibliographic record, made from a header, and a writer for each format.

record, remarks = cite(header.read(document))
bibtex = FORMATS["bibtex"].write([record])

Every other work that a document describes is found by `bibliography.bibliography`, which is imported where it is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType

from siglum.convert.cite.from_header import cite
from siglum.convert.cite.keys import unique
from siglum.convert.cite.record import Agent, Credit, Record, When
from siglum.convert.cite.remark import Remark
from siglum.text.frozen import frozen

__all__ = ["FORMATS", "OFFERED", "Agent", "Credit", "Format", "Record", "Remark", "When", "cite", "unique"]


_PLACE_IN_ROW = re.compile(r"-\d+-")
"""The number of a person in the names of what is known beside: “author-1-ref”."""


@frozen
class Format:
    """A way to write records: what readers call it, the ending and media type of its files, and the module that writes it.

    Keys are made unique by `unique` before. `single`: a file holds one record. The module is imported when it writes.
    """

    title: str
    suffix: str
    media_type: str
    module: str
    single: bool = False

    @property
    def _writer(self) -> ModuleType:
        return import_module(f"siglum.convert.cite.{self.module}")

    def write(self, records: Sequence[Record]) -> str:
        """The records as one file."""
        written = self._writer.write(records)
        assert isinstance(written, str)
        return written

    @property
    def left_out(self) -> frozenset[str]:
        """The variables of a record that the format has no place for."""
        found = self._writer.LEFT_OUT
        assert isinstance(found, frozenset)
        return found

    def missing(self, records: Sequence[Record]) -> Iterator[str]:
        """What of these records is not in the file, variable by variable, and what the format demands and they do not have."""
        from siglum.convert.cite.variables import UNSAID, is_empty, spelt  # wanted after the writing only

        for field in sorted(self.left_out - UNSAID):
            told = [record for record in records if field != "container_author" or record.container_author != record.author]
            count = sum(not is_empty(record, field) for record in told)
            if count and field == "custom":
                yield from sorted({_PLACE_IN_ROW.sub("-", kind) for record in told for kind, _ in record.custom})
            elif count:
                yield spelt(field) if len(records) == 1 else f"{spelt(field)} ({count})"

    def wanting(self, record: Record) -> list[str]:
        """What the format demands of every work and this one does not have."""
        wants = getattr(self._writer, "wants", None)
        return list(wants(record)) if wants is not None else []


FORMATS = {
    "text": Format("reference", ".txt", "text/plain", "text"),
    "bibtex": Format("BibTeX", ".bib", "application/x-bibtex", "bibtex"),
    "biblatex": Format("BibLaTeX", ".bib", "application/x-bibtex", "biblatex"),
    "ris": Format("RIS", ".ris", "application/x-research-info-systems", "ris"),
    "csl-json": Format("CSL-JSON", ".json", "application/vnd.citationstyles.csl+json", "csl_json"),
    "tei": Format("TEI", ".xml", "application/tei+xml", "tei"),
    "mods": Format("MODS", ".xml", "application/mods+xml", "mods"),
    "dc": Format("Dublin Core", ".rdf", "application/rdf+xml", "dc"),
    "datacite": Format("DataCite", ".xml", "application/vnd.datacite.datacite+xml", "datacite", single=True),
    "jsonld": Format("JSON-LD", ".jsonld", "application/ld+json", "jsonld"),
    "coins": Format("COinS", ".html", "text/html", "coins"),
    "highwire": Format("Highwire", ".html", "text/html", "highwire", single=True),
    "cff": Format("CITATION.cff", ".cff", "application/yaml", "cff", single=True),
}
"""Every format by the name it has on the command line."""

OFFERED = ("bibtex", "ris", "csl-json", "text")
"""What a published edition offers its readers: BibTeX rather than BibLaTeX, since LaTeX with biblatex reads both."""
