"""Read and write names, literals, comments and characters of the compact syntax (Annex C.2)."""

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
"""An NCName as a regular expression; the tables begin with the colon, which it excludes."""

NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML document can contain."""

ESCAPED_NEWLINE = "\0"
r"""Stands for `\x{a}` between lexer and literal: a short literal may contain this newline, but not a plain one."""

_ESCAPE = re.compile(r"\\x+\{([0-9A-Fa-f]+)\}")
_ESCAPE_LOOKALIKE = re.compile(r"\\(?=x+\{)")
_CONTROLS = re.compile("[\t\r]")
_RUNS = re.compile(r'"+|[^"]+')
_PIECES = re.compile(r"[^\n]*\n|[^\n]+")


class BadEscapeError(ValueError):
    """An escape that stands for no character; `at` is its offset in the source text."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def unescape(text: str) -> tuple[str, list[tuple[int, int]]]:
    r"""Replace every `\x{...}`; also return where the text shrank: (offset in the result, characters lost so far)."""
    if "\\x" not in text:
        return text, []
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    done = length = lost = 0
    for found in _ESCAPE_LOOKALIKE.finditer(text):
        escape = _ESCAPE.match(text, found.start())
        if escape is None:
            raise BadEscapeError(found.start())
        parts += (text[done : escape.start()], _decode_escape(escape))
        length += escape.start() - done + 1
        lost += escape.end() - escape.start() - 1
        shifts.append((length, lost))
        done = escape.end()
    parts.append(text[done:])
    return "".join(parts), shifts


def _decode_escape(escape: re.Match[str]) -> str:
    digits = escape[1].lstrip("0") or "0"
    if len(digits) > 6 or int(digits, 16) > 0x10FFFF:
        raise BadEscapeError(escape.start())
    character = chr(int(digits, 16))
    if character == "\n":
        return ESCAPED_NEWLINE
    if character != "\r" and NOT_XML.match(character):
        raise BadEscapeError(escape.start())
    return character


def split_comment(text: str) -> list[str]:
    """Return the lines of a comment without the white space that lays it out."""
    return inspect.cleandoc("\n".join(line.rstrip() for line in text.split("\n"))).split("\n")


def escape(text: str) -> str:
    """Escape everything that would be read differently, except newlines."""
    text = _ESCAPE_LOOKALIKE.sub(r"\\x{5c}", text)
    return _CONTROLS.sub(lambda found: f"\\x{{{ord(found[0]):x}}}", text)


def quote_identifier(name: str) -> str:
    """Return the name of a definition, quoted if it is a keyword."""
    return f"\\{name}" if name in KEYWORDS else name


def split_literals(text: str) -> list[str]:
    """Split the text into literals to join with `~`: one for each line, and more if it holds both kinds of quotes."""
    pieces = _PIECES.findall(text) or [""]
    return [literal for piece in pieces for literal in _quote_piece(piece)]


def _quote_piece(piece: str) -> list[str]:
    inner = escape(piece).replace("\n", "\\x{a}")
    for quote in ('"', "'"):
        if quote not in inner:
            return [quote + inner + quote]
    for quote in ('"""', "'''"):
        if quote not in inner and not inner.endswith(quote[0]):
            return [quote + inner + quote]
    return [f'"{part}"' if '"' not in part else f"'{part}'" for part in _RUNS.findall(inner)]
