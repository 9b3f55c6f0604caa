"""Citations: one bibliographic record, made from a header, and a writer for each format.

record, remarks = cite(header.read(document))
bibtex = FORMATS["bibtex"].write([record])

Every other work that a document describes is found by `bibliography.bibliography`, which is imported where it is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from siglum.convert.cite import bibtex, csl_json, ris, text
from siglum.convert.cite.from_header import cite
from siglum.convert.cite.keys import unique
from siglum.convert.cite.record import Agent, Credit, Record, When
from siglum.convert.cite.remark import Remark

__all__ = ["FORMATS", "Agent", "Credit", "Format", "Record", "Remark", "When", "cite", "unique"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write records: what readers call it, the ending and media type of its files, the function.

    Keys are made unique by `unique` before.
    """

    title: str
    suffix: str
    media_type: str
    write: Callable[[Sequence[Record]], str]


FORMATS = {
    "bibtex": Format("BibTeX", ".bib", "application/x-bibtex", bibtex.write),
    "ris": Format("RIS", ".ris", "application/x-research-info-systems", ris.write),
    "csl-json": Format("CSL-JSON", ".json", "application/vnd.citationstyles.csl+json", csl_json.write),
    "text": Format("reference", ".txt", "text/plain", text.write),
}
"""Every format by the name it has on the command line."""
