"""Parse XML for the schema reader: a tree of elements with their places, built by expat. Nothing is lost or interpreted.

lxml is not used: this tree gives columns, keeps comments in place and costs no import.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from siglum.errors import SchemaError
from siglum.text.source import Source

XML_NS = "http://www.w3.org/XML/1998/namespace"
_VERBATIM = ("name", "value", "param")
"""The elements of RELAX NG that hold text."""
_DEEPEST = 10_000
"""Deeper nesting does not occur in real schemas."""


@dataclass(slots=True)
class XmlComment:
    text: str


@dataclass(slots=True)
class XmlElement:
    """An element. `name` and the keys of `attributes` are `uri}local`, or the local name; `namespaces` holds the prefixes in
    scope.

    `around`: the comments before and after it, if it is the root.
    """

    name: str
    prefix: str
    attributes: dict[str, str]
    namespaces: dict[str, str]
    line: int
    column: int
    children: list[XmlElement | XmlComment | str] = field(default_factory=list)
    prefixes: dict[str, str] = field(default_factory=dict)
    around: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(child for child in self.children if isinstance(child, str))


def parse(source: Source, only: str = "") -> XmlElement:
    """Return the root element. Raises SchemaError if the file is not well-formed XML.

    `only`: a namespace. Then elements of other namespaces below the root are left out, with comments and with white space
    between elements: half of a schema is documentation.
    """
    return _Builder(source, only).build()


class _Builder:
    def __init__(self, source: Source, only: str) -> None:
        self.source = source
        self.only = f"{only}}}" if only else ""
        self.verbatim = frozenset(self.only + name for name in _VERBATIM)
        self.left_out = 0
        self.open: list[XmlElement] = []
        self.root: XmlElement | None = None
        self.namespaces: list[dict[str, str]] = [{"xml": XML_NS}]
        self.declared: dict[str, str] = {}
        self.around: list[str] = []
        self.parser = parser = expat.ParserCreate(namespace_separator="}")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = None if only else self._comment
        parser.StartNamespaceDeclHandler = self._declare

    def build(self) -> XmlElement:
        if not self.source.data.strip():
            raise SchemaError("the schema is empty", where=self.source.name, help="a RELAX NG schema is an XML file (.rng)")
        try:
            self.parser.Parse(self.source.data, True)
        except expat.ExpatError as error:
            where = f"{self.source.name}:{error.lineno}"
            message = f"the schema is not well-formed XML: {expat.ErrorString(error.code)}"
            raise SchemaError(message, where=where, help="correct the XML here, or name a RELAX NG schema") from None
        except (ValueError, LookupError) as error:
            raise SchemaError(f"the schema cannot be read: {error}", where=self.source.name, help="save it as UTF-8") from None
        assert self.root is not None  # expat rejects a file without a root
        self.root.around = tuple(self.around)
        return self.root

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self.declared[prefix or ""] = uri or ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.left_out or (self.only and not name.startswith(self.only) and self._is_skipped()):
            self.left_out += 1
            self.declared = {}
            return
        if self.declared:
            self.namespaces.append({**self.namespaces[-1], **self.declared})
            self.declared = {}
        else:
            self.namespaces.append(self.namespaces[-1])
        if len(self.open) > _DEEPEST:
            where = f"{self.source.name}:{self.parser.CurrentLineNumber}"
            raise SchemaError("the schema nests its elements too deeply", where=where, help="name a RELAX NG schema")
        full, prefix = _split_prefix(name)
        element = XmlElement(
            full, prefix, attributes, self.namespaces[-1], self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        )
        if any("}" in key for key in attributes):
            named = [(_split_prefix(key), value) for key, value in attributes.items()]
            element.attributes = {key: value for (key, _), value in named}
            element.prefixes = {key: prefix for (key, prefix), _ in named if prefix}
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _is_skipped(self) -> bool:
        """Return whether to skip an element of another namespace; the root and elements within text are reported instead."""
        return bool(self.open) and self.open[-1].name not in self.verbatim

    def _end(self, _name: str) -> None:
        if self.left_out:
            self.left_out -= 1
            return
        self.open.pop()
        self.namespaces.pop()

    def _text(self, data: str) -> None:
        if not self.left_out and not (self.only and data.isspace() and self._is_skipped()):
            self.open[-1].children.append(data)

    def _comment(self, data: str) -> None:
        if self.open:
            self.open[-1].children.append(XmlComment(data))
        else:
            self.around.append(data)


def _split_prefix(name: str) -> tuple[str, str]:
    """Split `uri}local}prefix`, as expat reports it, into the full name and the prefix."""
    parts = name.rsplit("}", 2) if name.count("}") > 1 else [name]
    return (f"{parts[0]}}}{parts[1]}", parts[2]) if len(parts) == 3 else (name, "")
