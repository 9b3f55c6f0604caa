"""A `specs.Source` as one small file and back: what siglum ships of TEI P5, and what it keeps of releases that a user adds.

The file is a line that says its format, and JSON compressed by zlib. In the JSON a node is `[kind, field, …]`: kind and order
of the fields stand in `_KINDS`, and fields at the end that hold their default are left out. Equal nodes are written once, in
`shared`, and are a number wherever else they stand; a shared node refers only to shared nodes before it. Prose, constraints
and models are not kept, and neither is where something was written.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, replace
from typing import Any

from siglum.errors import SchemaError
from siglum.schema.tagdocs import specs as s

FORMAT = 1
"""To be raised whenever `_KINDS` changes, or what a node means."""
HEAD = b"siglum p5 %d\n"
_MOST = 64 * 1024 * 1024
"""Bytes that a file may unfold to; TEI P5 takes an eighth of a megabyte."""
_DEEPEST = 200
"""How deep nodes may be nested, whatever the limit of recursion is; those of TEI P5 are 9 deep."""

_OCCURS = "minimum maximum"
_SPEC = "mode source alt_ident prefix valid_until"
_ATTRIBUTES = "usage mode alt_ident ns default valid_until"
_KINDS: dict[str, tuple[type[s.Node], str]] = {
    "text": (s.TextNode, ""),
    "empty": (s.Empty, ""),
    "e": (s.ElementRef, f"key {_OCCURS}"),
    "c": (s.ClassRef, f"key {_OCCURS} expand include~ except_~"),
    "m": (s.MacroRef, f"key {_OCCURS}"),
    "d": (s.DataRef, f"key name restriction facets= ref {_OCCURS}"),
    ",": (s.Sequence, f"children* {_OCCURS} preserve_order"),
    "|": (s.Alternate, f"children* {_OCCURS}"),
    "&": (s.Interleave, f"children* {_OCCURS}"),
    "any": (s.AnyElement, f"{_OCCURS} require~ except_~ exclude~"),
    "rng": (s.Rng, "pattern%"),
    "item": (s.ValItem, "ident alt_ident mode valid_until params~"),
    "list": (s.ValList, "items* type mode"),
    "type": (s.Datatype, f"content! {_OCCURS}"),
    "@": (s.AttDef, f"ident datatype! val_list! {_ATTRIBUTES}"),
    "ref": (s.AttRef, "class_ name"),
    "att": (s.AttList, "children* org"),
    "of": (s.MemberOf, "key mode minimum maximum"),
    "in": (s.Classes, "members* mode"),
    "element": (s.ElementSpec, f"ident module classes! content! attributes! val_list! ns auto_prefix {_SPEC}"),
    "class": (s.ClassSpec, f"ident module type classes! attributes! {_SPEC}"),
    "macro": (s.MacroSpec, f"ident module content! type auto_prefix {_SPEC}"),
    "data": (s.DataSpec, f"ident module content! val_list! {_SPEC}"),
}
"""Each kind of node: its class, and its fields in the order in which they are written.

A field is a plain value or has a mark: `!` a node or none, `*` nodes, `~` strings or none, `=` pairs of strings, `%` a pattern.
"""

_Field = tuple[str, str]
"""The name of a field, and its mark."""


def _marked(listed: str) -> tuple[_Field, ...]:
    return tuple((each.rstrip("!*~=%"), each[len(each.rstrip("!*~=%")) :]) for each in listed.split())


_READ = {kind: (class_, _marked(listed)) for kind, (class_, listed) in _KINDS.items()}
_WRITE = {class_: (kind, _marked(listed)) for kind, (class_, listed) in _KINDS.items()}


def bare(source: s.Source) -> s.Source:
    """The source with what `pack` keeps of it: without constraints and models."""
    return replace(source, specs=tuple(_bare_spec(each) for each in source.specs))


def _bare_spec(spec: s.AnySpec) -> s.AnySpec:
    spec = replace(spec, constraints=())
    if isinstance(spec, s.ElementSpec):
        spec = replace(spec, models=())
    if isinstance(spec, s.ElementSpec | s.ClassSpec) and spec.attributes is not None:
        spec = replace(spec, attributes=_bare_list(spec.attributes))
    return spec


def _bare_list(attributes: s.AttList) -> s.AttList:
    return replace(attributes, children=tuple(_bare_attribute(each) for each in attributes.children))


def _bare_attribute(node: s.Attribute) -> s.Attribute:
    if isinstance(node, s.AttList):
        return _bare_list(node)
    return replace(node, constraints=()) if isinstance(node, s.AttDef) else node


# Writing


def pack(source: s.Source) -> bytes:
    """The source as the bytes of a file; the same source always gives the same JSON."""
    return HEAD % FORMAT + zlib.compress(_json(bare(source)).encode(), 9)


def _json(source: s.Source) -> str:
    writer = _Writer(source)
    specs = [writer.row(each) for each in source.specs]
    written = {
        "name": source.name,
        "version": source.version,
        "modules": source.modules,
        "shared": writer.shared,
        "specs": specs,
    }
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


class _Writer:
    """Nodes are told apart by what is written of them, since comparing them passes over some fields."""

    def __init__(self, source: s.Source) -> None:
        self.shared: list[list[object]] = []
        self._texts: dict[int, str] = {}
        self._times: Counter[str] = Counter()
        self._numbers: dict[str, int] = {}
        for each in source.specs:
            self._count(each)

    def _count(self, node: s.Node) -> None:
        """How often each node is met; what is in one that has been met is not met again."""
        text = self._text(node)
        self._times[text] += 1
        if self._times[text] == 1:
            for each in _inner(node):
                self._count(each)

    def _text(self, node: s.Node) -> str:
        if id(node) not in self._texts:
            self._texts[id(node)] = json.dumps(_row(node, self._text))
        return self._texts[id(node)]

    def row(self, node: s.Node) -> list[object]:
        """The node, with what is in it."""
        return _row(node, self.node)

    def node(self, node: s.Node) -> list[object] | int:
        """The node, or the number of one that is written already, or is from now on."""
        text = self._text(node)
        if text not in self._numbers:
            row = self.row(node)
            if self._times[text] < 2:
                return row
            self._numbers[text] = len(self.shared)
            self.shared.append(row)
        return self._numbers[text]


def _row(node: s.Node, inner: Callable[[s.Node], object]) -> list[object]:
    """The kind and the fields of a node; `inner` says how nodes in it are written."""
    kind, listed = _WRITE[type(node)]
    defaults = _defaults(type(node))
    values = [(name, mark, getattr(node, name)) for name, mark in listed]
    while values and values[-1][2] == defaults.get(values[-1][0], MISSING):
        values.pop()
    return [kind, *(_value(mark, value, inner) for _, mark, value in values)]


def _value(mark: str, value: Any, inner: Callable[[s.Node], object]) -> object:
    if mark == "*":
        return [inner(each) for each in value]
    if mark == "%":
        return _pattern_row(value)
    return inner(value) if mark == "!" and value is not None else value


def _inner(node: s.Node) -> Iterator[s.Node]:
    for name, mark in _WRITE[type(node)][1]:
        value = getattr(node, name)
        if mark == "*":
            yield from value
        elif mark == "!" and value is not None:
            yield value


def _defaults(class_: type[Any]) -> dict[str, object]:
    return {each.name: each.default for each in fields(class_) if each.default is not MISSING}


# Reading


def unpack(data: bytes, name: str = "") -> s.Source:
    """The source in the bytes of a file that is called `name` in messages. Raises SchemaError where it is damaged."""
    try:
        return _read(json.loads(_unfolded(data)))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, zlib.error):
        help_ = "make it anew from the release's p5subset.xml: `siglum p5 add FILE`"
        raise SchemaError("this file of a TEI release is damaged, or made by another siglum", where=name, help=help_) from None


def is_packed(data: bytes) -> bool:
    """Whether a file says that it is one of these, of whatever format."""
    return data.startswith(HEAD.partition(b"%")[0])


def _unfolded(data: bytes) -> bytes:
    head = HEAD % FORMAT
    if not data.startswith(head):
        raise ValueError
    unfolder = zlib.decompressobj()
    unfolded = unfolder.decompress(data[len(head) :], _MOST)
    if not unfolder.eof or unfolder.unused_data:
        raise ValueError
    return unfolded


def _read(written: dict[str, Any]) -> s.Source:
    reader = _Reader()
    for row in written["shared"]:
        reader.shared.append(reader.node(row))
    specs = tuple(reader.node(row) for row in written["specs"])
    if not all(isinstance(each, s.AnySpec) for each in specs):
        raise ValueError
    name, version, modules = written["name"], written["version"], written["modules"]
    if not all(isinstance(each, str) for each in (name, version, *modules)):
        raise ValueError
    return s.Source(name, version, tuple(modules), specs)


class _Reader:
    def __init__(self) -> None:
        self.shared: list[object] = []
        self._depth = 0
        self._marks: dict[str, Callable[[Any], Any]] = {
            "!": lambda value: None if value is None else self.node(value),
            "*": lambda value: tuple([self.node(each) for each in value]),
            "~": lambda value: None if value is None else tuple(value),
            "=": lambda value: tuple((name, text) for name, text in value),
            "%": _pattern,
        }

    def node(self, row: list[Any] | int) -> Any:
        if isinstance(row, int):
            if row < 0:
                raise ValueError
            return self.shared[row]
        class_, listed = _READ[row[0]]
        if len(row) - 1 > len(listed):
            raise ValueError
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError
        marks = self._marks
        given = {
            name: marks[mark](value) if mark else value
            for (name, mark), value in zip(listed, row[1:], strict=False)  # the rest holds its defaults
        }
        self._depth -= 1
        return class_(**given)


# RELAX NG, which only old releases and other people's ODDs have


def _pattern_row(node: object) -> object:
    """A node of RELAX NG's syntax: its class by name, and its fields; tuples and values as they are."""
    if isinstance(node, tuple):
        return [_pattern_row(each) for each in node]
    if node is None or isinstance(node, str):
        return node
    return {type(node).__name__: [_pattern_row(getattr(node, name)) for name in _syntax_fields(type(node))]}


def _pattern(row: Any) -> object:
    from siglum.schema.relaxng import syntax  # the present TEI has no RELAX NG

    if isinstance(row, list):
        return tuple(_pattern(each) for each in row)
    if row is None or isinstance(row, str):
        return row
    ((name, values),) = row.items()
    class_ = getattr(syntax, name)
    if not issubclass(class_, syntax.Node):
        raise ValueError
    return class_(**dict(zip(_syntax_fields(class_), map(_pattern, values), strict=True)))


def _syntax_fields(class_: type[Any]) -> list[str]:
    return [each.name for each in fields(class_) if each.name not in {"origin", "notes"}]
