"""The TEI of an edition as it is given away: the document, and beside it the schemas that it names by a relative address.

Only the addresses in the `xml-model` instructions change; every other byte is the document's own.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

from siglum.check.discovery import read_prolog
from siglum.errors import DocumentError, FileError, SchemaError
from siglum.schema import relaxng
from siglum.text import wellformed
from siglum.text.document import Document
from siglum.text.files import DISK
from siglum.text.xml_model import Model


def published(document: Document, path: Path, stem: str, within: Path) -> dict[str, bytes]:
    """The files of the published TEI by their names.

    A schema that cannot be read, or that lies outside the folder `within`, is not given away and stays named as it was.
    """
    text = document.source.text
    files: dict[str, bytes] = {}
    for model in reversed(read_prolog(document.source).models):  # from the end, so that places before it stay true
        parts = {} if model.is_remote or not model.href else _schema(path.parent / unquote(model.href), model, stem, within)
        if parts:
            text = _renamed(text, model, next(iter(parts)))
            files.update(parts)
    changed = text.encode(document.source.encoding) if files else document.source.data
    return {f"{stem}.xml": changed, **files}


def _schema(path: Path, model: Model, stem: str, within: Path) -> dict[str, bytes]:
    """A schema and what it includes, in a folder of the document's own, the schema first."""
    try:
        if not path.resolve().is_relative_to(within.resolve()):
            return {}
        parts = relaxng.load(path).files if model.is_relaxng else (path,)
        whole = [path.resolve(), *(each.resolve() for each in parts if each.resolve() != path.resolve())]
        if not all(each.is_relative_to(within.resolve()) for each in whole):
            return {}
        common = Path(os.path.commonpath([each.parent for each in whole]))
        read = {each: DISK.read(each) for each in whole}
        for source in read.values():
            if not (model.is_relaxng and source.name.endswith(".rnc")):  # a schema is XML, or RELAX NG in its compact syntax
                wellformed.parse(source)
        return {f"{stem}.schema/{each.relative_to(common).as_posix()}": source.data for each, source in read.items()}
    except (FileError, SchemaError, DocumentError):
        return {}


def _renamed(text: str, model: Model, address: str) -> str:
    start = sum(len(line) for line in text.splitlines(keepends=True)[: model.place.line - 1]) + model.place.column - 1
    end = text.index("?>", start)
    return text[:start] + text[start:end].replace(model.href, address, 1) + text[end:]
