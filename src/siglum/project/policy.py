"""Read the tables [marks] and [notes] of the configuration as the policy of an edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from siglum.project.table_reader import TableReader, suggest_setting
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
from siglum.text.tei import DIVISIONS, SECTIONS

_EVERYTHING = css.parse_selectors("*")
_UNITS = (DOCUMENT, DIVISION, PAGE)
_PARTS = DIVISIONS | SECTIONS
"""Elements whose bare name is a useful selector for `restart`."""
_CONDITIONS = ("element", "place", "type", "resp")
_LEVELS = ("a", "m", "j", "s", "u")


class PolicyReader(TableReader):
    """Reads both tables of one file."""

    def read_policy(self, tables: Mapping[str, object]) -> Policy:
        marks = self._read_marks(self.read_table("marks", tables["marks"])) if "marks" in tables else Marks()
        streams = self._read_notes(self.read_table("notes", tables["notes"])) if "notes" in tables else ()
        return Policy(marks, streams)

    # Marks

    def _read_marks(self, table: Mapping[str, object]) -> Marks:
        readers: dict[str, Callable[[str, object], object]] = {
            "quotes": self._read_quotes,
            "split": lambda key, value: Split(self.read_word(Split, key, value)),
            "continuation": lambda key, value: Continuation(self.read_word(Continuation, key, value)),
            "displayed": self._read_displayed,
            "titles": self._read_levels,
            "marked": self._read_selectors,
            "unmarked": self._read_selectors,
        }
        self.check_keys(table, readers, "marks.")
        return Marks(**{key: readers[key](f"marks.{key}", value) for key, value in table.items()})  # type: ignore[arg-type]

    def _read_quotes(self, key: str, value: object) -> tuple[tuple[str, tuple[Pair, ...]], ...]:
        """Read pairs of marks, or a language that gives them: for all languages, or by language."""
        if not isinstance(value, dict):
            return (("", self._read_pairs(key, value)),)
        for language in value:
            if not normalize_tag(language):
                raise self.error(f"“{key}.{language}” is not a language", "write a tag as in @xml:lang: de, fr-CH")
        return tuple(
            (normalize_tag(language).lower(), self._read_pairs(f"{key}.{language}", pairs)) for language, pairs in value.items()
        )

    def _read_pairs(self, key: str, value: object) -> tuple[Pair, ...]:
        if value == "none":
            return (NO_MARKS,)
        if isinstance(value, str) and normalize_tag(value):
            return quotation_marks_of(normalize_tag(value))
        if isinstance(value, list) and value and len(value) % 2 == 0 and all(isinstance(mark, str) for mark in value):
            return tuple(zip(value[::2], value[1::2], strict=True))
        help_ = 'write a language, "none", or pairs from the outside in: ["«", "»", "“", "”"]'
        raise self.error(f"“{key}” is {value!r}", help_)

    def _read_displayed(self, key: str, value: object) -> tuple[css.Selector, ...]:
        if isinstance(value, bool):
            return tuple(_EVERYTHING) if value else ()
        return self._read_selectors(key, value)

    def _read_levels(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(level in _LEVELS for level in value):
            raise self.error(f"“{key}” is {value!r}", f"write a list of title levels: {', '.join(_LEVELS)}")
        return tuple(value)

    def _read_selectors(self, key: str, value: object) -> tuple[css.Selector, ...]:
        written = self._read_strings(key, value)
        parsed = [css.parse_selectors(text) for text in written]
        for text, selectors in zip(written, parsed, strict=True):
            if not selectors or any(selector.pseudo for selector in selectors):
                raise self.error(f"“{key}” has {text!r}", "write a selector, as in q[type='thought']")
        return tuple(selector for selectors in parsed for selector in selectors)

    # Notes

    def _read_notes(self, table: Mapping[str, object]) -> tuple[Stream, ...]:
        self.check_keys(table, ("n", "streams"), "notes.")
        keeps = self.read_boolean("notes.n", table.get("n", True))
        written = table.get("streams", [])
        if not isinstance(written, list) or not all(isinstance(table, dict) for table in written):
            raise self.error("“notes.streams” is not a list of tables", "write each stream below [[notes.streams]]")
        streams = tuple(self._read_stream(table, keeps) for table in written)
        names = [stream.name for stream in streams]
        for name in names:
            if names.count(name) > 1:
                raise self.error(f"the stream “{name}” is defined twice", "give every stream of notes its own name")
        others = (stream for stream in STREAMS if stream.name not in names and stream.n)
        return streams if keeps else (*streams, *(Stream(stream.name, stream.numbers, n=False) for stream in others))

    def _read_stream(self, table: Mapping[str, object], keeps: bool) -> Stream:
        name = table.get("name")
        if not isinstance(name, str) or not name.strip():
            raise self.error("a stream of notes has no name", 'write name = "…" below [[notes.streams]]')
        inside = f"notes.streams “{name}”: "
        usual = {stream.name: stream for stream in STREAMS if stream.name}.get(name)
        self.check_keys(table, ("name", "numbers", "restart", "heading", "n", *_CONDITIONS), inside)
        conditions = {key: self._read_values(inside + key, table[key]) for key in _CONDITIONS if key in table}
        if usual is None and not any(conditions.values()):
            raise self.error(
                f"the stream “{name}” does not say which notes it takes", f"give it {', '.join(_CONDITIONS[:-1])} or resp"
            )
        restart, divisions = self._read_restart(f"{inside}restart", table.get("restart", DOCUMENT))
        numbers = str(table.get("numbers", usual.numbers if usual else Numbers.ARABIC))
        return Stream(
            name,
            Numbers(self.read_word(Numbers, f"{inside}numbers", numbers)),
            restart=restart,
            divisions=divisions,
            heading=self.read_string(f"{inside}heading", table.get("heading", "")),
            n=self.read_boolean(f"{inside}n", table.get("n", keeps)),
            **conditions,
        )

    def _read_restart(self, key: str, value: object) -> tuple[str, tuple[css.Selector, ...]]:
        """Read where the numbers of notes restart: a word of `_UNITS`, or a selector of divisions."""
        if value in _UNITS:
            return str(value), ()
        selectors = css.parse_selectors(value) if isinstance(value, str) else []
        for selector in selectors:
            last = selector.steps[-1]
            if selector.pseudo or not (last.tests or last.name in _PARTS):
                selectors = []
        if not selectors:
            help_ = suggest_setting(value, _UNITS) if isinstance(value, str) else "write a text in quotation marks"
            raise self.error(f"“{key}” is {value!r}", f"{help_}, or a selector as in div[type='chapter']")
        return DIVISION, tuple(selectors)

    # Values

    def _read_values(self, key: str, value: object) -> frozenset[str]:
        return frozenset(value.removeprefix("#") for value in self._read_strings(key, value))

    def _read_strings(self, key: str, value: object) -> list[str]:
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, list) or not several or not all(isinstance(text, str) and text for text in several):
            raise self.error(f"“{key}” is {value!r}", "write a text or a list of texts")
        return several
