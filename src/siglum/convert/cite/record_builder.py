"""Collect the fields of one record while the parts of a TEI description are read."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import itemgetter

from siglum.convert.cite.record import Agent, Credit, Record, When
from siglum.convert.cite.remark import Remark
from siglum.text.header import Bibl, Header

TEXTS = frozenset(variable.name for variable in fields(Record) if variable.type == "str") - {"id", "type"}
DATES = frozenset(variable.name for variable in fields(Record) if variable.type == "When")
_SEPARATORS = {"keyword": "; ", "note": " ", "page": ", ", "volume": ", ", "issue": ", ", "annote": " ", "abstract": " "}
"""Separators of the fields that join several values. Every other field keeps its first value."""


@dataclass
class RecordBuilder:
    """The fields read so far from one description, and the remarks about it."""

    bibl: Bibl
    header: Header
    fields: dict[str, str] = field(default_factory=dict)
    dates: dict[str, When] = field(default_factory=dict)
    people: dict[str, tuple[Agent, ...]] = field(default_factory=dict)
    credits: tuple[Credit, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    custom: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    type: str = ""
    key: str = ""
    original_is_first: bool = False
    full_reference: str = "\0"
    """The text of the whole reference if it already stands in the note."""

    def put(self, key: str, value: str) -> None:
        """Set a field. If it already has another value, join the two or add the new one to `custom` under the field's name."""
        known = self.fields.get(key, "")
        if not value or value == known:
            return
        if key not in TEXTS:
            self.custom.append((key, value))
        elif not known:
            self.fields[key] = value
        elif key in _SEPARATORS:
            self.fields[key] = f"{known}{_SEPARATORS[key]}{value}"
        else:
            self.custom.append((key.replace("_", "-"), value))

    def remark(self, text: str, line: int = 0) -> None:
        self.remarks.append(Remark(text, line))

    def record(self) -> Record:
        """Build the record. Its `id` is the citation key or `xml:id` of the description, and may be empty."""
        rest = {**self.fields, **self.dates, **self.people}
        return Record(
            id=self.key or self.bibl.id,
            original_is_first=self.original_is_first,
            type=self.type or "document",
            credits=self.credits,
            identifiers=self.identifiers,
            custom=tuple(sorted(dict.fromkeys(pair for pair in self.custom if pair[1]), key=itemgetter(0))),
            **rest,  # type: ignore[arg-type]  # the keys of the three are fields of their kinds
        )
