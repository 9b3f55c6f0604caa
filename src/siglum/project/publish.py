"""The TEI of an edition as it is given away: the document, and beside it the schemas that it names by a relative address.

Only the addresses in the `xml-model` instructions change; every other byte is the document's own.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

from siglum.errors import FileError, SchemaError
from siglum.schema import relaxng
from siglum.text import store
from siglum.text.document import Document
from siglum.text.model import Model, prolog


def published(document: Document, path: Path, stem: str) -> dict[str, bytes]:
    """The files of the published TEI by their names; a schema that cannot be read stays named as it was."""
    text = document.source.text
    files: dict[str, bytes] = {}
    for model in reversed(prolog(document.source).models):  # from the end, so that places before it stay true
        parts = {} if model.is_remote or not model.href else _schema(path.parent / unquote(model.href), model, stem)
        if parts:
            text = _renamed(text, model, next(iter(parts)))
            files.update(parts)
    changed = text.encode(document.source.encoding) if files else document.source.data
    return {f"{stem}.xml": changed, **files}


def _schema(path: Path, model: Model, stem: str) -> dict[str, bytes]:
    """A schema and what it includes, in a folder of the document's own, the schema first."""
    try:
        parts = relaxng.load(path).files if model.is_relaxng else (path,)
        whole = [path.resolve(), *(each.resolve() for each in parts if each.resolve() != path.resolve())]
        common = Path(os.path.commonpath([each.parent for each in whole]))
        return {f"{stem}.schema/{each.relative_to(common).as_posix()}": store.read(each).data for each in whole}
    except (FileError, SchemaError):
        return {}


def _renamed(text: str, model: Model, address: str) -> str:
    start = sum(len(line) for line in text.splitlines(keepends=True)[: model.place.line - 1]) + model.place.column - 1
    end = text.index("?>", start)
    return text[:start] + text[start:end].replace(model.href, address, 1) + text[end:]
