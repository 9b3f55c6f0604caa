"""A record in the making: what has been read so far of one description, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import itemgetter

from siglum.convert.cite.record import Agent, Credit, Record, When
from siglum.convert.cite.remark import Remark
from siglum.text.header import Bibl, Header

TEXTS = frozenset(each.name for each in fields(Record) if each.type == "str") - {"id", "type"}
DATES = frozenset(each.name for each in fields(Record) if each.type == "When")
_MANY = {"keyword": "; ", "note": " ", "page": ", ", "volume": ", ", "issue": ", ", "annote": " ", "abstract": " "}
"""Between two values of one field; of another field the first counts."""


@dataclass
class Draft:
    """What has been read so far of one description."""

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
    first: bool = False
    words: str = "\0"
    """The whole reference, where it is the note already."""

    def put(self, key: str, value: str) -> None:
        """A value for a field; where it has one already, beside it, or by the field's name in `custom`."""
        known = self.fields.get(key, "")
        if not value or value == known:
            return
        if key not in TEXTS:
            self.custom.append((key, value))
        elif not known:
            self.fields[key] = value
        elif key in _MANY:
            self.fields[key] = f"{known}{_MANY[key]}{value}"
        else:
            self.custom.append((key.replace("_", "-"), value))

    def say(self, text: str, line: int = 0) -> None:
        self.remarks.append(Remark(text, line or self.bibl.line))

    def record(self) -> Record:
        """The record; it has no key yet."""
        rest = {**self.fields, **self.dates, **self.people}
        return Record(
            id=self.key or self.bibl.id,
            original_is_first=self.first,
            type=self.type or "document",
            credits=self.credits,
            identifiers=self.identifiers,
            custom=tuple(sorted(dict.fromkeys(each for each in self.custom if each[1]), key=itemgetter(0))),
            **rest,  # type: ignore[arg-type]  # the keys of the three are fields of their kinds
        )
