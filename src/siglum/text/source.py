"""A file as it lies on disk: bytes, the characters they stand for, and lines.

Positions are 1-based: line 1, column 1 is the first character. A column counts characters, not bytes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import field
from functools import cached_property

from siglum.text.frozen import frozen

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")

_NO_ENCODINGS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape"})


@frozen
class Place:
    """A point in a file, 1-based."""

    line: int
    column: int


def _is_character_encoding(name: str) -> bool:
    """Whether Python knows it as an encoding of characters: `hex`, `rot13`, `idna` and their like are not."""
    try:
        return "<a/>".encode(name).decode(name) == "<a/>" and codecs.lookup(name).name not in _NO_ENCODINGS
    except (LookupError, UnicodeError, ValueError, TypeError, AssertionError):
        return False


@frozen(slots=False)
class Source:
    """The bytes of a file under the name it is reported by."""

    name: str
    data: bytes = field(repr=False)

    @cached_property
    def encoding(self) -> str:
        """The encoding by byte order mark, else by the XML declaration, else UTF-8 (XML 1.0, 4.3.3)."""
        for mark, encoding in _BOMS:
            if self.data.startswith(mark):
                return encoding
        declared = _DECLARED.match(self.data[:200].lstrip())
        if declared:
            named = declared.group(1).decode("ascii")
            if _is_character_encoding(named):
                return codecs.lookup(named).name
        return "utf-8"

    @cached_property
    def text(self) -> str:
        """The characters, without a byte order mark; a byte that cannot be decoded becomes U+FFFD."""
        return self.data.decode(self.encoding, errors="replace")

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; line n is at index n - 1."""
        return re.split("\r\n|\r|\n", self.text) if "\r" in self.text else self.text.split("\n")

    def line(self, number: int) -> str:
        """Line `number` (1-based), the empty string beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""
