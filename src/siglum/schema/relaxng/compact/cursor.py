"""The state shared by all readers of the compact syntax: the tokens, the position, and the declarations."""

from __future__ import annotations

from dataclasses import dataclass, field

from siglum.errors import SchemaError
from siglum.schema.relaxng.compact.lexer import CNAME, DOCUMENTATION, END, IDENTIFIER, LITERAL, NS_NAME, Token, lex
from siglum.schema.relaxng.compact.spelling import KEYWORDS
from siglum.schema.relaxng.syntax import Origin
from siglum.text.source import Source

XML = "http://www.w3.org/XML/1998/namespace"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
RELAX_NG = "http://relaxng.org/ns/structure/1.0"
COMPATIBILITY = "http://relaxng.org/ns/compatibility/annotations/1.0"

DEEPEST = 200
"""Deepest nesting of patterns: more than real schemas have, less than Python's stack allows."""

_WORDS = {
    CNAME: "the name `{}`",
    DOCUMENTATION: "documentation",
    END: "the end of the file",
    IDENTIFIER: "the name `{}`",
    LITERAL: "the literal {!r}",
    NS_NAME: "`{}`",
}


@dataclass(slots=True)
class Scope:
    """The declarations of a file. `inherited`: the namespace from the referring file, which `inherit` names."""

    inherited: str = ""
    default: str = ""
    namespaces: dict[str, str] = field(default_factory=dict)
    libraries: dict[str, str] = field(default_factory=dict)
    context: tuple[tuple[str, str], ...] = ()
    compatibility_prefix: str = "a"


class Cursor:
    """A position among the tokens of a file."""

    def __init__(self, source: Source, *, notes: bool = True) -> None:
        lexed = lex(source)
        self.tokens, self.places = lexed.tokens, lexed.places
        self._comments = lexed.comments if notes else []
        self.with_notes = notes
        self.at = 0
        self.depth = 0
        self.scope = Scope()
        self.loose_except: Token | None = None
        """The `-` of the pattern just read, if that was `data - except` without parentheses."""
        self._commented = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at].kind

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def ahead(self, steps: int = 1) -> str:
        """Return the kind of a later token."""
        at = self.at + steps
        return self.tokens[at].kind if at < len(self.tokens) else END

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def accept(self, kind: str) -> bool:
        if self.tokens[self.at].kind != kind:
            return False
        self.at += 1
        return True

    def expect(self, kind: str, after: str) -> Token:
        if self.kind != kind:
            raise self.unexpected(f"{_WORDS.get(kind, '`{}`').format(kind)} is wanted after {after}")
        return self.take()

    def name(self, wanted: str) -> Token:
        """Read an identifier, or a keyword used as a name."""
        if self.kind != IDENTIFIER and self.kind not in KEYWORDS:
            raise self.unexpected(f"expected {wanted}")
        return self.take()

    def literal(self, wanted: str) -> str:
        """Read a literal, or several joined by `~`."""
        if self.kind != LITERAL:
            raise self.unexpected(f"expected {wanted} in quotes")
        text = self.take().text
        while self.accept("~"):
            text += self.expect(LITERAL, "`~`").text
        return text

    def comments(self) -> tuple[str, ...]:
        """Return the comments before the next token that are not yet read."""
        first = self._commented
        while self._commented < len(self._comments) and self._comments[self._commented][0] <= self.at:
            self._commented += 1
        return tuple(text for _, text in self._comments[first : self._commented])

    def origin(self, token: Token) -> Origin:
        return self.places.origin(token.at)

    def error(self, token: Token, message: str, help: str) -> SchemaError:
        return self.places.error(token.at, message, help)

    def unexpected(self, help: str) -> SchemaError:
        """Build the error for a token that is not allowed here."""
        return self.error(self.token, f"{self.seen()} is not allowed here", help)

    def seen(self) -> str:
        return _WORDS.get(self.kind, "`{}`").format(self.token.text)

    def namespace(self, token: Token, prefix: str) -> str:
        """Return the namespace of a prefix that a token uses."""
        name = self.scope.namespaces.get(prefix)
        if name is None:
            raise self.error(token, f"the prefix `{prefix}` is not declared", f'declare it: namespace {prefix} = "..."')
        return name

    def deeper(self) -> None:
        """Go one pattern deeper; the caller goes back after reading it."""
        self.depth += 1
        if self.depth > DEEPEST:
            message = f"patterns are nested more than {DEEPEST} deep"
            raise self.error(self.token, message, "give an inner part a name of its own and refer to that")
