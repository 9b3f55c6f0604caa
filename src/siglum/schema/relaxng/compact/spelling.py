"""How names, literals, comments and single characters are spelled in the compact syntax, in both directions (Annex C.2)."""

from __future__ import annotations

import inspect
import re

from siglum.schema.datatypes import names

KEYWORDS = frozenset(
    "attribute datatypes default div element empty external grammar include inherit list mixed namespace notAllowed parent "
    "start string text token".split()
)
"""Words that must be written `\\word` where an identifier is meant."""

NCNAME = f"[{names.NAME_START[1:]}][{names.NAME_CHAR[1:]}]*"
"""An NCName as a regular expression; the tables begin with the colon that it may not have."""

NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML document can hold."""

ESCAPED_NEWLINE = "\0"
r"""What stands for `\x{a}` between lexer and literal: a newline written out may not stand in a short literal, this one may."""

_ESCAPE = re.compile(r"\\x+\{([0-9A-Fa-f]+)\}")
_ESCAPE_LOOKALIKE = re.compile(r"\\(?=x+\{)")
_CONTROLS = re.compile("[\t\r]")
_RUNS = re.compile(r'"+|[^"]+')
_PIECES = re.compile(r"[^\n]*\n|[^\n]+")


class BadEscapeError(ValueError):
    """An escape that stands for no character; `at` is its place in the text as written."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def unescape(text: str) -> tuple[str, list[tuple[int, int]]]:
    r"""The text with every `\x{...}` replaced, and where it shrank: (place in the result, characters lost so far)."""
    if "\\x" not in text:
        return text, []
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    done = length = lost = 0
    for found in _ESCAPE_LOOKALIKE.finditer(text):
        escape = _ESCAPE.match(text, found.start())
        if escape is None:
            raise BadEscapeError(found.start())
        parts += (text[done : escape.start()], _character(escape))
        length += escape.start() - done + 1
        lost += escape.end() - escape.start() - 1
        shifts.append((length, lost))
        done = escape.end()
    parts.append(text[done:])
    return "".join(parts), shifts


def _character(escape: re.Match[str]) -> str:
    digits = escape[1].lstrip("0") or "0"
    if len(digits) > 6 or int(digits, 16) > 0x10FFFF:
        raise BadEscapeError(escape.start())
    character = chr(int(digits, 16))
    if character == "\n":
        return ESCAPED_NEWLINE
    if character != "\r" and NOT_XML.match(character):
        raise BadEscapeError(escape.start())
    return character


def comment_lines(text: str) -> list[str]:
    """The lines of a comment without the white space around them that only lays it out."""
    return inspect.cleandoc("\n".join(line.rstrip() for line in text.split("\n"))).split("\n")


def escape(text: str) -> str:
    """The text with everything escaped that would not be read as it stands (newlines are the caller's matter)."""
    text = _ESCAPE_LOOKALIKE.sub(r"\\x{5c}", text)
    return _CONTROLS.sub(lambda found: f"\\x{{{ord(found[0]):x}}}", text)


def identifier(name: str) -> str:
    """A name of a definition, quoted if it is a keyword."""
    return f"\\{name}" if name in KEYWORDS else name


def literals(text: str) -> list[str]:
    """The text as literals to be joined by `~`: one a line of it, and more only where it holds both kinds of quotes."""
    pieces = _PIECES.findall(text) or [""]
    return [literal for piece in pieces for literal in _quoted(piece)]


def _quoted(piece: str) -> list[str]:
    inner = escape(piece).replace("\n", "\\x{a}")
    for quote in ('"', "'"):
        if quote not in inner:
            return [quote + inner + quote]
    for quote in ('"""', "'''"):
        if quote not in inner and not inner.endswith(quote[0]):
            return [quote + inner + quote]
    return [f'"{part}"' if '"' not in part else f"'{part}'" for part in _RUNS.findall(inner)]
