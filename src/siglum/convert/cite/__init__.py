"""Citations: one bibliographic record, made from a header, and a writer for each format.

record, remarks = cite(header.read(document))
bibtex = FORMATS["bibtex"].write([record])

`bibliography.read_bibliography` reads the other works that a document describes. It is imported only where it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from types import ModuleType

from siglum.convert.cite.from_header import cite
from siglum.convert.cite.keys import make_unique
from siglum.convert.cite.record import Agent, Credit, Record, When
from siglum.convert.cite.remark import Remark
from siglum.convert.cite.variables import WITHOUT_WORDS, csl_name, is_empty
from siglum.text.frozen import frozen

__all__ = ["FORMATS", "OFFERED", "Agent", "Credit", "Format", "Record", "Remark", "When", "cite", "make_unique"]


_NUMBER_OF_PERSON = re.compile(r"-\d+-")
"""The number of a person in a name of `custom`: “author-1-ref”."""


@frozen
class Format:
    """A format for records: its title, the suffix and media type of its files, and the module with its writer.

    `make_unique` must have made the keys of the records unique. `single`: a file holds one record.
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
        """Write the records as one file."""
        text = self._writer.write(records)
        assert isinstance(text, str)
        return text

    @property
    def left_out(self) -> frozenset[str]:
        """The variables of a record that the format has no place for."""
        variables = getattr(self._writer, "LEFT_OUT", WITHOUT_WORDS - {"id", "type"})
        assert isinstance(variables, frozenset)
        return variables

    def list_left_out(self, records: Sequence[Record]) -> Iterator[str]:
        """List the variables of these records that the file does not hold, by their CSL names, with a count for several."""
        for field in sorted(self.left_out - WITHOUT_WORDS):
            known = [record for record in records if field != "container_author" or record.container_author != record.author]
            count = sum(not is_empty(record, field) for record in known)
            if count and field == "custom":
                yield from sorted({_NUMBER_OF_PERSON.sub("-", kind) for record in known for kind, _ in record.custom})
            elif count:
                yield csl_name(field) if len(records) == 1 else f"{csl_name(field)} ({count})"

    def list_missing(self, record: Record) -> list[str]:
        """List what the format requires of every work and this record lacks."""
        list_missing = getattr(self._writer, "list_missing", None)
        return list(list_missing(record)) if list_missing is not None else []


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
"""All formats by their names on the command line."""

OFFERED = ("bibtex", "ris", "csl-json", "text")
"""The formats that a published edition offers. BibTeX stands for both, because biblatex reads it too."""
