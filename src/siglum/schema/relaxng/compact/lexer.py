"""Tokens of the compact syntax (Annex C.2): white space and comments go, places in the file stay.

The kind of a token is its own text for symbols and keywords, and one of the capitalised names below otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from siglum.errors import SchemaError
from siglum.schema.relaxng.compact import spelling
from siglum.schema.relaxng.syntax import Origin
from siglum.text.frozen import frozen
from siglum.text.source import Source

IDENTIFIER, CNAME, NS_NAME, LITERAL, DOCUMENTATION, END = "Identifier", "CName", "NsName", "Literal", "Documentation", "End"

_LINE = r"[^\n\0]*"
_LONG = r"{q}{q}{q}[^{q}]*(?:{q}{{1,2}}[^{q}]+)*{q}{q}{q}"
_SHORT = r"{q}[^{q}\n]+{q}|{q}{q}(?!{q})"
_KINDS = {
    "word": rf"{spelling.NCNAME}(?::(?:\*|{spelling.NCNAME}))?",
    "literal": "|".join(literal.format(q=quote) for literal in (_LONG, _SHORT) for quote in "\"'"),
    "symbol": r">>|\|=|&=|[\[\]{}()=|&,+?*~-]",
    "documentation": rf"##{_LINE}(?:[\n\0][ \t]*##{_LINE})*",
    "comment": rf"#{_LINE}(?:[\n\0][ \t]*#(?!#){_LINE})*",
    "quoted": rf"\\{spelling.NCNAME}",
    "fault": ".",
}
_TOKEN = re.compile(r"[ \t\n\0]+|" + "|".join(f"(?P<{kind}>{how})" for kind, how in _KINDS.items()), re.DOTALL)
_HASHES = re.compile(r"[ \t]*#+ ?")
_LINES = re.compile(r"[\n\0]")


@frozen
class Token:
    kind: str
    text: str
    at: int


class Places:
    """Converts offsets in the lexer's text to lines and columns of the file."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.shifts: list[tuple[int, int]] = []
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def origin(self, at: int) -> Origin:
        if self.shifts:
            before = bisect_right(self.shifts, at, key=lambda shift: shift[0])
            at += self.shifts[before - 1][1] if before else 0
        line = bisect_right(self._starts, at)
        return Origin(self.name, line, at - self._starts[line - 1] + 1)

    def error(self, at: int, message: str, help: str) -> SchemaError:
        origin = self.origin(at)
        return SchemaError(message, where=f"{origin.path}:{origin.line}:{origin.column}", help=help)


@frozen
class Lexed:
    """The tokens of a file. `comments`: each with the number of the token after it."""

    tokens: list[Token]
    comments: list[tuple[int, str]]
    places: Places


def lex(source: Source) -> Lexed:
    """Return the tokens of a file; the last has kind END. Raises SchemaError."""
    written = _decode(source)
    places = Places(source.name, written)
    fault = spelling.NOT_XML.search(written)
    if fault:
        message = f"the character U+{ord(fault[0]):04X} cannot stand in a schema"
        raise places.error(fault.start(), message, "take it out")
    try:
        text, places.shifts = spelling.unescape(written)
    except spelling.BadEscapeError as error:
        raise places.error(error.at, "this escape stands for no character", r"write \x{...} with its number") from None
    return _read_tokens(text, places)


def _decode(source: Source) -> str:
    try:
        text = source.data.decode(source.encoding)
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        message = f"the file is not text in the encoding {source.encoding.upper()}"
        raise SchemaError(message, where=f"{source.name}:{line}:1", help="save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _read_tokens(text: str, places: Places) -> Lexed:
    """Read all tokens in one plain, long loop, because it takes half of the time of reading a schema."""
    tokens: list[Token] = []
    comments: list[tuple[int, str]] = []
    keywords = spelling.KEYWORDS
    for found in _TOKEN.finditer(text):
        group = found.lastgroup
        if group is None:
            continue
        piece, at = found[group], found.start()
        if group == "symbol":
            tokens.append(Token(piece, piece, at))
        elif group == "word":
            tokens.append(Token(piece if piece in keywords else _find_word_kind(piece), piece, at))
        elif group == "literal":
            tokens.append(Token(LITERAL, _unquote(piece), at))
        elif group == "quoted":
            tokens.append(Token(IDENTIFIER, piece[1:], at))
        elif group == "documentation":
            tokens.append(Token(DOCUMENTATION, _strip_comment(piece), at))
        elif group == "comment":
            comments.append((len(tokens), _strip_comment(piece)))
        else:
            raise places.error(at, *_explain_fault(piece))
    tokens.append(Token(END, "", len(text)))
    return Lexed(tokens, comments, places)


def _find_word_kind(word: str) -> str:
    if ":" not in word:
        return IDENTIFIER
    return NS_NAME if word.endswith("*") else CNAME


def _unquote(literal: str) -> str:
    edge = 3 if len(literal) >= 6 and literal[0] == literal[1] else 1
    return literal[edge:-edge].replace(spelling.ESCAPED_NEWLINE, "\n")


def _strip_comment(comment: str) -> str:
    return "\n".join(_HASHES.sub("", line, count=1) for line in _LINES.split(comment))


def _explain_fault(piece: str) -> tuple[str, str]:
    if piece in "\"'":
        return "this literal has no end", f"close it with {piece}, or begin and end it with {piece * 3} if it runs over lines"
    if piece == "\\":
        return "a backslash stands before no name", r"write \name for a name that is a keyword, \x{...} for a character"
    shown = f"`{piece}`" if piece.isprintable() else f"the character U+{ord(piece):04X}"
    return f"{shown} is not valid here", "take it out, or put it into a literal"
