"""JSON: the reading tree itself, an object a node; `read` makes an equal tree of it again, so that others can write writers.

`node` names the kind; then come what is known of the source (element, id, language, type, title, line, column; file where it
is not that of the document) and the node's own fields under the names they have in `siglum.convert.reading.tree`. What has
its default is left out. `schema` says the same as JSON Schema (draft 2020-12); it is made from the classes of the tree.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from siglum.convert.document_export import DocumentExport
from siglum.convert.output import Output
from siglum.convert.reading import tree as reading_tree
from siglum.convert.reading.tree import Node, NoteBody, Omission, Source, Text, Tree, walk
from siglum.convert.writers.options import Options
from siglum.errors import FileError
from siglum.text.document import Document
from siglum.text.positions import Position

FORMAT = "siglum reading tree"
VERSION = 1

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_Object = dict[str, Any]
_CLASSES: tuple[type, ...] = (*get_args(Node), NoteBody, Omission)
_KINDS = {kind.__name__[:1].lower() + kind.__name__[1:]: kind for kind in _CLASSES}
_NAMES = {kind: key for key, kind in _KINDS.items()}
_PARTS_OF_A_PLACE = {"line": int, "column": int, "file": str}


def export(document: Document, options: Options) -> Output:
    """The reading tree, each node with its position."""
    run = DocumentExport(document, options, "json", located=True, has_switch=True)
    return run.output({".json": write(run.tree)}, run.missing_words())


def write(tree: Tree) -> str:
    """Write the tree, with a line of the file for each part of the text, note and omission, and a final line break."""
    file = _file(tree)
    head = {"format": FORMAT, "version": VERSION, "language": tree.language, "file": file}
    parts = [f'"{key}": {_text(value)}' for key, value in head.items()]
    for key in ("content", "notes", "omissions"):
        lines = ",\n".join(_text(_object(item, file)) for item in getattr(tree, key))
        parts.append(f'"{key}": [\n{lines}\n]' if lines else f'"{key}": []')
    return "{" + ",\n".join(parts) + "}\n"


def read(text: str) -> Tree:
    """Read the tree that `write` has written. Raises FileError for anything else, with its place in the JSON."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileError(f"this is not JSON: {error}", help="give what siglum export --to json has written") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise _fault("$", f"this is not a reading tree: “format” is not “{FORMAT}”", "give what siglum export --to json wrote")
    if whole.get("version") != VERSION:
        raise _fault("$.version", f"version {whole.get('version')} of the format", f"this siglum reads version {VERSION}")
    reader = _Reader(_string(whole, "file", "$"))
    content = reader.nodes(whole.get("content"), "$.content", *get_args(Node))
    notes = reader.nodes(whole.get("notes"), "$.notes", NoteBody)
    omissions = reader.nodes(whole.get("omissions"), "$.omissions", Omission)
    return Tree(_string(whole, "language", "$"), content, notes, omissions)


def schema() -> _Object:
    """The JSON Schema of the format."""
    lists = {"content": {"$ref": "#/$defs/nodes"}, "notes": _list_of("noteBody"), "omissions": _list_of("omission")}
    head: _Object = {"format": {"const": FORMAT}, "version": {"const": VERSION}, "language": _STRING, "file": _STRING}
    nodes = {"type": "array", "items": {"anyOf": [{"$ref": f"#/$defs/{_NAMES[kind]}"} for kind in get_args(Node)]}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        "$comment": "made by siglum from its classes: siglum export --schema",
        "type": "object",
        "properties": head | lists,
        "required": [*head, *lists],
        "additionalProperties": False,
        "$defs": {"nodes": nodes, **{key: _definition(key, kind) for key, kind in _KINDS.items()}},
    }


# Writing


def _text(value: object) -> str:
    return _ENCODE(value)


def _file(tree: Tree) -> str:
    """The file of the first node that has a place: other files are named where a node comes from them."""
    places = (_place(node) for node in walk(tree.content))
    return next((at.path for at in places if at is not None), "")


def _place(node: Node) -> Position | None:
    return node.at if isinstance(node, Text) else node.source.at


def _object(node: object, file: str) -> _Object:
    made: _Object = {"node": _NAMES[type(node)]}
    for field in _fields(type(node)):  # type: ignore[arg-type]  # every class can be hashed
        value = getattr(node, field.name)
        kind = type(value)
        if kind is Source:
            made |= _source(value, file)
        elif kind is Position:
            made |= _located(value, file)
        elif field.default is MISSING or value != field.default:
            made[field.name] = _value(value, file)
    return made


def _value(value: object, file: str) -> object:
    if isinstance(value, tuple):
        return [_value(item, file) for item in value]
    return _object(value, file) if type(value) in _NAMES else value


def _source(source: Source, file: str) -> _Object:
    said = {field.name: getattr(source, field.name) for field in _fields(Source) if field.name != "at"}
    place = _located(source.at, file) if source.at is not None else {}
    return {key: value for key, value in said.items() if value} | place


def _located(at: Position, file: str) -> _Object:
    return {"line": at.line, "column": at.column} | ({"file": at.path} if at.path != file else {})


# Reading


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file

    def nodes(self, value: object, at: str, *kinds: type) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _fault(at, "a list is expected here")
        return tuple(self.node(item, f"{at}[{number}]", kinds) for number, item in enumerate(value))

    def node(self, value: object, at: str, kinds: tuple[type, ...]) -> object:
        if not isinstance(value, dict):
            raise _fault(at, "an object is expected here")
        kind = _KINDS.get(_string(value, "node", at))
        if kind not in kinds or kind is None:
            expected = ", ".join(sorted(_NAMES[kind] for kind in kinds))
            raise _fault(f"{at}.node", f"“{value.get('node')}” cannot stand here", f"one of {expected}")
        unknown = sorted(set(value) - _keys(kind))
        if unknown:
            raise _fault(at, f"“{unknown[0]}” is not known in “{value['node']}”", "see the schema: siglum export --schema")
        return kind(**{field.name: self.field(value, kind, field, at) for field in _fields(kind)})

    def field(self, value: _Object, kind: type, field: Field[object], at: str) -> Any:
        type_ = _types(kind)[field.name]
        if type_ is Source:
            return Source(**{own.name: self.field(value, Source, own, at) for own in _fields(Source)})
        if _is_place(type_):
            return self.place(value, at)
        if field.name not in value:
            if field.default is MISSING:
                raise _fault(at, f"“{field.name}” is missing in “{value['node']}”", "see the schema: siglum export --schema")
            return field.default
        return self.value(value[field.name], type_, f"{at}.{field.name}")

    def value(self, value: object, type_: Any, at: str) -> Any:
        if get_origin(type_) is tuple:
            of, *rest = get_args(type_)
            if of is str:
                return self.strings(value, at, exactly=None if rest == [...] else 1 + len(rest))
            return self.nodes(value, at, *(get_args(of) or (of,)))
        if is_dataclass(type_):
            return self.node(value, at, (type_,))  # type: ignore[arg-type]
        if type(value) is not type_:
            raise _fault(at, f"{type_.__name__} is expected here, not {type(value).__name__}")
        return value

    @staticmethod
    def strings(value: object, at: str, exactly: int | None) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise _fault(at, "a list of strings is expected here")
        if exactly is not None and len(value) != exactly:
            raise _fault(at, f"{exactly} strings are expected here")
        return tuple(value)

    def place(self, value: _Object, at: str) -> Position | None:
        if "line" not in value:
            if "column" in value or "file" in value:
                raise _fault(at, "a column or a file without a line")
            return None
        line, column = (self.value(value.get(key), int, f"{at}.{key}") for key in ("line", "column"))
        return Position(self.value(value.get("file", self.file), str, f"{at}.file"), line, column)


def _string(value: _Object, key: str, at: str) -> str:
    found = value.get(key)
    if not isinstance(found, str):
        raise _fault(f"{at}.{key}", "a string is expected here")
    return found


def _fault(at: str, message: str, help_: str = "see the schema: siglum export --schema") -> FileError:
    return FileError(message, where=at, help=help_)


# The classes of the tree


@cache
def _fields(kind: Any) -> tuple[Field[object], ...]:
    return fields(kind)


@cache
def _types(kind: type) -> dict[str, object]:
    return get_type_hints(kind, vars(reading_tree))


def _is_place(type_: object) -> bool:
    return isinstance(type_, UnionType) and Position in get_args(type_)


@cache
def _keys(kind: type) -> frozenset[str]:
    return frozenset({"node", *_properties(kind)})


def _properties(kind: type) -> dict[str, _Object]:
    """The properties of an object, with their schemas."""
    found: dict[str, _Object] = {}
    for field in _fields(kind):
        type_ = _types(kind)[field.name]
        if type_ is Source:
            found |= _properties(Source)
        elif _is_place(type_):
            found |= _PLACE
        else:
            found[field.name] = _schema_of(type_)
    return found


# The schema

_STRING: _Object = {"type": "string"}
_SIMPLE: dict[type, _Object] = {str: _STRING, int: {"type": "integer"}, bool: {"type": "boolean"}}
_PLACE: dict[str, _Object] = {key: _SIMPLE[kind] for key, kind in _PARTS_OF_A_PLACE.items()}


def _list_of(name: str) -> _Object:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _schema_of(type_: Any) -> _Object:
    if get_origin(type_) is not tuple:
        return _SIMPLE.get(type_) or {"$ref": f"#/$defs/{_NAMES[type_]}"}
    of, *rest = get_args(type_)
    if of is str:
        return {"type": "array", "items": _STRING} | ({} if rest == [...] else {"minItems": 2, "maxItems": 2})
    return {"$ref": "#/$defs/nodes"} if isinstance(of, UnionType) else _list_of(_NAMES[of])


def _definition(key: str, kind: type) -> _Object:
    hints = _types(kind)
    required = [field.name for field in _fields(kind) if field.default is MISSING and hints[field.name] is not Source]
    properties = _properties(kind)
    made: _Object = {
        "type": "object",
        "description": (kind.__doc__ or "").strip().partition("\n")[0],
        "properties": {"node": {"const": key}} | properties,
        "required": ["node", *required],
        "additionalProperties": False,
    }
    together = {"line": ["column"], "column": ["line"], "file": ["line"]}
    return made | ({"dependentRequired": together} if set(together) <= set(properties) else {})
