"""The tables [marks] and [notes] of the configuration as the policy of an edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from siglum.project.faults import Faults, near
from siglum.text import css
from siglum.text.delimiters import Pair, quotation_marks_of
from siglum.text.language import normalize_tag
from siglum.text.policy import (
    DIVISION,
    DOCUMENT,
    NO_MARKS,
    PAGE,
    STREAMS,
    Continuation,
    Marks,
    Numbers,
    Policy,
    Split,
    Stream,
)
from siglum.text.tei import DIVISIONS

_Word = TypeVar("_Word", bound=StrEnum)
_EVERYTHING = css.parse_selectors("*")
_UNITS = (DOCUMENT, DIVISION, PAGE)
_PARTS = DIVISIONS | {"text", "group", "front", "body", "back", "floatingText"}
"""Elements by whose name alone one can say where numbers begin anew."""
_CONDITIONS = ("element", "place", "type", "resp")
_LEVELS = ("a", "m", "j", "s", "u")


class Reader:
    """Reads both tables of one file."""

    def __init__(self, file: Path) -> None:
        self.faults = Faults(file)

    def policy(self, tables: Mapping[str, object]) -> Policy:
        """The policy that is asked for. Raises ConfigError."""
        marks = self._marks(self._table("marks", tables["marks"])) if "marks" in tables else Marks()
        streams = self._notes(self._table("notes", tables["notes"])) if "notes" in tables else ()
        return Policy(marks, streams)

    # Marks

    def _marks(self, table: Mapping[str, object]) -> Marks:
        readers: dict[str, Callable[[str, object], object]] = {
            "quotes": self._quotes,
            "split": lambda key, value: self._one_of(Split, key, value),
            "continuation": lambda key, value: self._one_of(Continuation, key, value),
            "displayed": self._displayed,
            "titles": self._levels,
            "marked": self._selectors,
            "unmarked": self._selectors,
        }
        self.faults.known(table, readers, "marks.")
        return Marks(**{key: readers[key](f"marks.{key}", value) for key, value in table.items()})  # type: ignore[arg-type]

    def _quotes(self, key: str, value: object) -> tuple[tuple[str, tuple[Pair, ...]], ...]:
        """Pairs, or the language whose pairs they are: for every language, or for those that are named."""
        if not isinstance(value, dict):
            return (("", self._pairs(key, value)),)
        for language in value:
            if not normalize_tag(language):
                raise self.faults.error(f"“{key}.{language}” is not a language", "a tag as in @xml:lang is wanted: de, fr-CH")
        return tuple(
            (normalize_tag(language).lower(), self._pairs(f"{key}.{language}", each)) for language, each in value.items()
        )

    def _pairs(self, key: str, value: object) -> tuple[Pair, ...]:
        if value == "none":
            return (NO_MARKS,)
        if isinstance(value, str) and normalize_tag(value):
            return quotation_marks_of(normalize_tag(value))
        if isinstance(value, list) and value and len(value) % 2 == 0 and all(isinstance(each, str) for each in value):
            return tuple(zip(value[::2], value[1::2], strict=True))
        help_ = 'a language, "none", or pairs from the outside are wanted: ["«", "»", "“", "”"]'
        raise self.faults.error(f"“{key}” is {value!r}", help_)

    def _displayed(self, key: str, value: object) -> tuple[css.Selector, ...]:
        if isinstance(value, bool):
            return tuple(_EVERYTHING) if value else ()
        return self._selectors(key, value)

    def _levels(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(each in _LEVELS for each in value):
            raise self.faults.error(f"“{key}” is {value!r}", f"a list of levels of titles is wanted: {', '.join(_LEVELS)}")
        return tuple(value)

    def _selectors(self, key: str, value: object) -> tuple[css.Selector, ...]:
        written = self._strings(key, value)
        found = [css.parse_selectors(each) for each in written]
        for each, selectors in zip(written, found, strict=True):
            if not selectors or any(one.pseudo for one in selectors):
                raise self.faults.error(f"“{key}” has {each!r}", "a selector is wanted, as in q[type='thought']")
        return tuple(one for selectors in found for one in selectors)

    # Notes

    def _notes(self, table: Mapping[str, object]) -> tuple[Stream, ...]:
        self.faults.known(table, ("n", "streams"), "notes.")
        keeps = self._truth("notes.n", table.get("n", True))
        written = table.get("streams", [])
        if not isinstance(written, list) or not all(isinstance(each, dict) for each in written):
            raise self.faults.error("“notes.streams” is not a list of tables", "write each stream below [[notes.streams]]")
        streams = tuple(self._stream(each, keeps) for each in written)
        names = [each.name for each in streams]
        for each in names:
            if names.count(each) > 1:
                raise self.faults.error(f"the stream “{each}” is given twice", "give each stream of notes its own name")
        others = (each for each in STREAMS if each.name not in names and each.n)
        return streams if keeps else (*streams, *(Stream(each.name, each.numbers, n=False) for each in others))

    def _stream(self, table: Mapping[str, object], keeps: bool) -> Stream:
        name = table.get("name")
        if not isinstance(name, str) or not name.strip():
            raise self.faults.error("a stream of notes has no name", 'write name = "…" below [[notes.streams]]')
        inside = f"notes.streams “{name}”: "
        usual = {each.name: each for each in STREAMS if each.name}.get(name)
        self.faults.known(table, ("name", "numbers", "restart", "heading", "n", *_CONDITIONS), inside)
        conditions = {key: self._values(inside + key, table[key]) for key in _CONDITIONS if key in table}
        if usual is None and not any(conditions.values()):
            raise self.faults.error(
                f"nothing says which notes are of the stream “{name}”", f"give it {', '.join(_CONDITIONS[:-1])} or resp"
            )
        restart, divisions = self._restart(f"{inside}restart", table.get("restart", DOCUMENT))
        numbers = str(table.get("numbers", usual.numbers if usual else Numbers.ARABIC))
        heading = table.get("heading", "")
        if not isinstance(heading, str):
            raise self.faults.error(f"“{inside}heading” is {heading!r}", "a text in quotation marks is wanted")
        return Stream(
            name,
            self._one_of(Numbers, f"{inside}numbers", numbers),
            restart=restart,
            divisions=divisions,
            heading=heading,
            n=self._truth(f"{inside}n", table.get("n", keeps)),
            **conditions,
        )

    def _restart(self, key: str, value: object) -> tuple[str, tuple[css.Selector, ...]]:
        """Where numbers begin anew: one of the words, or a selector of divisions."""
        if value in _UNITS:
            return str(value), ()
        selectors = css.parse_selectors(value) if isinstance(value, str) else []
        for each in selectors:
            last = each.steps[-1]
            if each.pseudo or not (last.tests or last.name in _PARTS):
                selectors = []
        if not selectors:
            help_ = near(value, _UNITS) if isinstance(value, str) else "a text in quotation marks is wanted"
            raise self.faults.error(f"“{key}” is {value!r}", f"{help_}, or a selector as in div[type='chapter']")
        return DIVISION, tuple(selectors)

    # Values

    def _table(self, key: str, value: object) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise self.faults.error(f"“{key}” is not a table", f"write it as [tool.siglum.{key}], or [{key}] in siglum.toml")
        return value

    def _one_of(self, words: type[_Word], key: str, value: object) -> _Word:
        known = [each.value for each in words]
        if value not in known:
            raise self.faults.error(f"“{key}” is {value!r}", f"{', '.join(known[:-1])} or {known[-1]} is wanted")
        return words(value)

    def _truth(self, key: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.faults.error(f"“{key}” is {value!r}", "true or false is wanted")
        return value

    def _values(self, key: str, value: object) -> frozenset[str]:
        return frozenset(each.removeprefix("#") for each in self._strings(key, value))

    def _strings(self, key: str, value: object) -> list[str]:
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, list) or not several or not all(isinstance(each, str) and each for each in several):
            raise self.faults.error(f"“{key}” is {value!r}", "a text, or a list of texts, is wanted")
        return several
