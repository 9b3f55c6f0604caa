"""Read BibTeX and BibLaTeX (.bib) into records."""

from __future__ import annotations

from siglum.convert.cite.bib import read as entries
from siglum.convert.cite.bib.grammar import Entry, Grammar, apply_inheritance
from siglum.convert.cite.readers import Library
from siglum.convert.cite.readers.places import FilePositions, find_duplicate_keys
from siglum.convert.cite.record import Record
from siglum.text.diagnostic import Finding
from siglum.text.source import Source

_NO_RECORD = frozenset({"xdata", "set", "bibnote", "control"})


def read(source: Source) -> Library:
    """Read the records of a .bib file, in file order."""
    places = FilePositions(source)
    findings: list[Finding] = []

    def refuse(at: int, message: str, help: str) -> None:
        findings.append(places.make_error(at, message, help))

    def remark(at: int, message: str, help: str) -> None:
        findings.append(places.remark(at, message, help))

    found = list(Grammar(source.text, refuse, remark).read_entries())
    apply_inheritance(found, remark)
    records = [_read_record(entry, places, findings) for entry in found if entry.kind not in _NO_RECORD]
    findings += find_duplicate_keys(places, ((entry.at, entry.key) for entry in found))
    return Library(tuple(records), tuple(sorted(findings)))


def _read_record(entry: Entry, places: FilePositions, findings: list[Finding]) -> Record:
    made = entries.read_entry(entry.key, entry.kind, entry.fields)
    for remark in made.remarks:
        at = entry.places.get(remark.partition(":")[0], entry.at)
        findings.append(places.remark(at, f"{entry.key}: {remark}"))
    return made.record
