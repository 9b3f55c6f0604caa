"""Parse the grammar of a .bib file: entries, strings, comments, and inheritance between entries (crossref, xdata).

The rules are BibTeX's: text outside entries is comment, braces count wherever they stand, and the names of entries, fields and
strings ignore case. The parser reports a faulty entry and goes on with the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from siglum.convert.cite.bib.model import MONTHS

_ENTRY = re.compile(r"@[ \t\r\n]*([A-Za-z][\w-]*)[ \t\r\n]*([({])")
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[({]", re.MULTILINE)
_KEY = re.compile(r"""\s*+([^\s,={}()"]*+)[ \t\r\n]*""")
_FIELD = re.compile(r"""\s*+([^\s"#%'(),={}]+)\s*+=\s*+""")
_BRACED = re.compile(r"\{((?:[^{}]++|\{[^{}]*+\})*+)\}")
_QUOTED = re.compile(r'"((?:[^{}"]++|\{[^{}]*+\})*+)"')
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"""[^\s"#%'(),={}]+""")
_SPACE = re.compile(r"\s*+")
_SIGNS = re.compile(r'[{}"]')
_JUNK = re.compile(r"""\s*[,}]|[^@]*?\w\s*=\s*[{"]""")
_CLOSING = {"{": "}", "(": ")"}
_INSIDE = frozenset(
    "inbook incollection inproceedings conference inreference bookinbook suppbook suppcollection suppperiodical article".split()
)
_NEVER_INHERITED = frozenset(
    "ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions sortkey verba".split()
)
_OWN_TITLE = frozenset({"title", "subtitle", "titleaddon"})
_MULTIVOLUME = frozenset("mvbook mvcollection mvproceedings mvreference".split())
Say = Callable[[int, str, str], None]
"""Takes an offset in the text, a message and advice."""


@dataclass(slots=True)
class Entry:
    """One entry: its offset, its type and field names in lower case, and its values as they stand in the file."""

    at: int
    kind: str
    key: str
    fields: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)


class FaultError(Exception):
    """The rest of the entry cannot be read."""

    def __init__(self, at: int, message: str, help: str = "") -> None:
        super().__init__(message)
        self.at, self.message, self.help = at, message, help


class Grammar:
    """Parses one text. It calls `refuse` for text that it leaves out, and `remark` for text that looks odd."""

    def __init__(self, text: str, refuse: Say, remark: Say) -> None:
        self.text = text
        self.refuse = refuse
        self.remark = remark
        self.strings: dict[str, str] = {month: month for month in MONTHS}

    def read_entries(self) -> Iterator[Entry]:
        """Yield every readable entry, in the order of the file."""
        at = 0
        while (found := _ENTRY.search(self.text, at)) is not None:
            self._check_between(at, found.start())
            try:
                entry, at = self._read_entry(found)
            except FaultError as fault:
                self.refuse(fault.at, fault.message, fault.help)
                following = _NEXT.search(self.text, max(found.end(), self.text.find("\n", found.start())))
                at = following.start() if following else len(self.text)
                continue
            if entry is not None:
                yield entry
        self._check_between(at, len(self.text))

    def _check_between(self, start: int, end: int) -> None:
        """Skip comment, but refuse text that looks like the rest of an entry."""
        between = self.text[start:end]
        if start and between.strip() and _JUNK.match(between):
            at = start + len(between) - len(between.lstrip())
            self.refuse(
                at,
                "this text stands outside every entry, and siglum does not read it",
                "look for a surplus closing brace before it",
            )

    def _read_entry(self, found: re.Match[str]) -> tuple[Entry | None, int]:
        kind, closing = found[1].lower(), _CLOSING[found[2]]
        if kind == "comment":
            return None, self._skip_comment(found)
        if kind == "preamble":
            _, at = self._read_value(found.end())
            self.remark(found.start(), "siglum does not keep @preamble, which is for TeX", "")
            return None, self._expect_closing(at, closing, "@preamble")
        if kind == "string":
            return None, self._read_string(found.end(), closing)
        key = _KEY.match(self.text, found.end())
        assert key is not None
        entry = Entry(found.start(), kind, key[1])
        at = key.end()
        if self.text.startswith("=", at):
            self.remark(found.start(), f"this @{kind} has no key", "give every entry a key: @book{key, …}")
            entry.key, at = "", found.end()
        return entry, self._read_fields(entry, at, closing)

    def _skip_comment(self, found: re.Match[str]) -> int:
        """Skip a comment. In braces it ends with them, as JabRef writes it; otherwise only the word is skipped."""
        whole = _BRACED.match(self.text, found.end() - 1)
        try:
            return whole.end() if whole else self._find_brace_end(found.end() - 1)
        except FaultError:
            return found.end()

    def _read_string(self, at: int, closing: str) -> int:
        named = _FIELD.match(self.text, at)
        if named is None:
            raise FaultError(
                at,
                "this @string does not have the form NAME = value",
                "write @string{acm = {Association for Computing Machinery}}",
            )
        value, at = self._read_value(named.end())
        self.strings[named[1].lower()] = value
        return self._expect_closing(at, closing, "@string")

    def _expect_closing(self, at: int, closing: str, what: str) -> int:
        at = self._skip_space(at)
        if not self.text.startswith(closing, at):
            raise FaultError(at, f"{what} is not closed with “{closing}” here", "look for a missing or doubled brace")
        return at + 1

    def _read_fields(self, entry: Entry, at: int, closing: str) -> int:
        text = self.text
        first = True
        while True:
            at = self._skip_space(at)
            if text.startswith(closing, at):
                return at + 1
            if text.startswith(",", at):
                at = self._skip_space(at + 1)
            elif not (first and not entry.key):
                if at >= len(text) or not _FIELD.match(text, at):
                    raise FaultError(
                        at,
                        f"in {self._format_entry(entry)}, a comma or “{closing}” is expected here",
                        "look for a missing or doubled brace",
                    )
                self.remark(at, f"in {self._format_entry(entry)}, a comma is missing before this field", "")
            first = False
            if text.startswith(closing, at):
                return at + 1
            at = self._read_field(entry, at)

    def _read_field(self, entry: Entry, at: int) -> int:
        named = _FIELD.match(self.text, at)
        if named is None:
            raise FaultError(
                at,
                f"in {self._format_entry(entry)}, a field is expected here: NAME = {{value}}",
                "look for a missing or doubled brace",
            )
        name = named[1].lower()
        value, end = self._read_value(named.end())
        if name in entry.fields:
            self.remark(
                at,
                f"in {self._format_entry(entry)}, the field “{name}” occurs twice; siglum keeps the first, not “{value}”",
                "",
            )
        else:
            entry.fields[name] = value
            entry.places[name] = self._skip_space(at)
        return end

    def _format_entry(self, entry: Entry) -> str:
        return f"@{entry.kind}{{{entry.key}}}"

    def _read_value(self, at: int) -> tuple[str, int]:
        """Read a value: pieces joined by #, each in braces, in quotation marks, a number, or the name of a string."""
        piece, at = self._read_piece(self._skip_space(at))
        pieces = [piece]
        while self.text.startswith("#", after := self._skip_space(at)):
            piece, at = self._read_piece(self._skip_space(after + 1))
            pieces.append(piece)
        return "".join(pieces), at

    def _read_piece(self, at: int) -> tuple[str, int]:
        text = self.text
        if found := _BRACED.match(text, at) or _QUOTED.match(text, at):
            return found[1], found.end()
        if text.startswith("{", at):
            end = self._find_brace_end(at)
            return text[at + 1 : end - 1], end
        if text.startswith('"', at):
            end = self._find_quote_end(at)
            return text[at + 1 : end - 1], end
        found = _NAME.match(text, at)
        if found is None:
            raise FaultError(at, "a value is expected here: {…}, “…”, a number or the name of a @string")
        name = found.group()
        if not _NUMBER.fullmatch(name) and name.lower() not in self.strings:
            self.remark(
                at,
                f"there is no @string “{name}”; siglum takes the name itself",
                "define the @string before its use, or put the value in braces",
            )
        return self.strings.get(name.lower(), name), found.end()

    def _find_brace_end(self, start: int) -> int:
        depth = 0
        for found in _SIGNS.finditer(self.text, start):
            sign = found.group()
            depth += (sign == "{") - (sign == "}")
            if depth == 0:
                return found.end()
        raise FaultError(start, "this brace is never closed", "every { needs its }; siglum does not read the entry")

    def _find_quote_end(self, start: int) -> int:
        depth = 0
        for found in _SIGNS.finditer(self.text, start + 1):
            sign = found.group()
            depth += (sign == "{") - (sign == "}")
            if depth == 0 and sign == '"':
                return found.end()
        raise FaultError(start, "this quotation mark is never closed", 'put a quotation mark inside " … " in braces: {"}')

    def _skip_space(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at


def apply_inheritance(entries: list[Entry], remark: Say) -> None:
    """Copy into each entry the fields that it inherits from `xdata` and `crossref` (biblatex manual, appendix B)."""
    by_key = {entry.key.lower(): entry for entry in reversed(entries)} | {entry.key: entry for entry in reversed(entries)}
    done: set[int] = set()
    for entry_ in entries:
        _inherit_fields(entry_, by_key, done, [], remark)


def _inherit_fields(entry: Entry, by_key: Mapping[str, Entry], done: set[int], way: list[Entry], remark: Say) -> None:
    if id(entry) in done:
        return
    if any(entry is ancestor for ancestor in way):
        remark(entry.at, f"“{entry.key}” inherits from itself", "remove one crossref of the circle")
        return
    for name in ("xdata", "crossref"):
        for key in filter(None, map(str.strip, entry.fields.get(name, "").split(","))):
            parent = by_key.get(key) or by_key.get(key.lower())
            if parent is None:
                remark(entry.places.get(name, entry.at), f"{name} names “{key}”, which is not in this file", "")
                continue
            _inherit_fields(parent, by_key, done, [*way, entry], remark)
            for theirs, value in sorted(parent.fields.items(), key=lambda pair: pair[0] in _OWN_TITLE):
                if mine := theirs if name == "xdata" else _inherited_name(entry.kind, parent.kind, theirs):
                    entry.fields.setdefault(mine, value)
    done.add(id(entry))


def _inherited_name(child: str, parent: str, name: str) -> str:
    """The name in the child of an inherited field; empty if the child does not inherit it."""
    if name in _NEVER_INHERITED or (child in _INSIDE and name in {"shorttitle", "sorttitle", "indextitle", "indexsorttitle"}):
        return ""
    if name in _OWN_TITLE:
        return _title_prefix(child, parent) + name
    return "bookauthor" if name == "author" and child in {"inbook", "bookinbook", "suppbook"} else name


def _title_prefix(child: str, parent: str) -> str:
    """The prefix of the parent's title in the child: `journaltitle`, `maintitle`, `booktitle`, or none."""
    if parent == "periodical":
        return "journal"
    if parent in _MULTIVOLUME:
        return "main"
    return "book" if child in _INSIDE else ""
