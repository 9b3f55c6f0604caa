"""Which files of a corpus would become invalid: valid by the one customisation and not by the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from siglum.errors import DocumentError, FileError
from siglum.schema.odd.diff.sides import Side, escape_controls
from siglum.schema.relaxng.schema import Schema
from siglum.text.diagnostic import Finding, Severity
from siglum.text.document import Document, open_document
from siglum.text.files import DISK
from siglum.text.frozen import frozen

_NO_TEI = "X004"


@frozen
class CorpusVerdict:
    """A file; whether it was valid, and what the other customisation has against it. `unread`: why it could not be judged."""

    name: str
    before: bool = False
    against: tuple[Finding, ...] = ()
    total: int = 0
    unread: tuple[Finding, ...] = ()

    @property
    def breaks(self) -> bool:
        return self.before and self.total > 0


def judge_corpus(one: Side, other: Side, paths: Iterable[Path]) -> Iterator[CorpusVerdict]:
    """The files, and all TEI files below the folders, in their order. Only RELAX NG is asked, not the rules of Schematron."""
    before, after = (Schema(Path(each.name), (), each.grammar) for each in (one, other))
    for path in paths:
        found = False
        for each, opened in _list_documents(path):
            found = True
            if isinstance(opened, Document):
                against = after.validate_document(opened, limit=1)
                valid = not before.validate_document(opened, limit=1).total
                yield CorpusVerdict(opened.source.name, valid, tuple(against), against.total)
            else:
                yield CorpusVerdict(escape_controls(each), unread=opened)
        if not found:
            help_ = "name a folder with TEI files (.xml or .tei)"
            nothing = Finding(escape_controls(path), 1, 1, "X007", Severity.ERROR, "no TEI file is in this folder", help_)
            yield CorpusVerdict(escape_controls(path), unread=(nothing,))


def _list_documents(path: Path) -> Iterator[tuple[Path, Document | tuple[Finding, ...]]]:
    """A file, or those of a folder that are TEI, or may be: each as a document, or why it is none."""
    for each in DISK.walk(path) if DISK.is_folder(path) else (path,):
        opened = _open_schema(each)
        if isinstance(opened, Document) or not DISK.is_folder(path) or any(one.code != _NO_TEI for one in opened):
            yield each, opened


def _open_schema(path: Path) -> Document | tuple[Finding, ...]:
    try:
        return open_document(path, name=escape_controls(path))
    except DocumentError as error:
        return error.findings
    except FileError as error:
        return (Finding(escape_controls(path), 1, 1, "X002", Severity.ERROR, error.message, error.help),)
