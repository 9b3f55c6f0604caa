"""Schemas and documents for the tests of this room, written down shortly."""

from __future__ import annotations

from pathlib import Path

from siglum.errors import SchemaError
from siglum.schema import relaxng
from siglum.text.diagnostic import Finding
from siglum.text.source import Source

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
XSD = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'


def write(folder: Path, text: str, name: str = "schema.rng") -> Path:
    """A schema file; the namespace of RELAX NG is declared on its root."""
    path = folder / name
    head, _, rest = text.partition(">") if not text.partition(">")[0].endswith("/") else text.partition("/>")
    closing = "/>" if text.partition(">")[0].endswith("/") else ">"
    path.write_text(f"{head} {RNG} {XSD}{closing}{rest}", encoding="utf-8")
    return path


def schema(folder: Path, text: str) -> relaxng.Schema:
    return relaxng.load(write(folder, text), cache=False)


def refusal(path: Path) -> SchemaError:
    """The error that a schema is refused with."""
    try:
        relaxng.load(path, cache=False)
    except SchemaError as error:
        return error
    raise AssertionError(f"{path} was accepted")


def findings(schema: relaxng.Schema, document: str) -> list[Finding]:
    return schema.validate(Source("document.xml", document.encode()))


def said(schema: relaxng.Schema, document: str) -> list[str]:
    """Place, code and message of each finding."""
    return [f"{one.line}:{one.column} {one.code} {one.message}" for one in findings(schema, document)]
