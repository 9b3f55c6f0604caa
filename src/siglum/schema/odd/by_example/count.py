"""What occurs in files of TEI, and how often: elements, their attributes, and the values of those that may be listed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from siglum.errors import DocumentError, FileError
from siglum.text.diagnostic import Finding, Severity
from siglum.text.document import Document, open_document
from siglum.text.files import DISK
from siglum.text.tei import TEI, XML_NS

Key: TypeAlias = tuple[str, ...]
"""(element), (element, attribute) or (element, attribute, value): TEI's elements by their local names, others `{ns}name`."""
Listable: TypeAlias = Mapping[tuple[str, str], bool]
"""Attributes of which values are counted; whether an attribute holds several, separated by spaces."""

_KEPT = 500
"""Values of one attribute that are told apart; where there are more, its values are no list, and memory stays bounded."""
_XML = f"{{{XML_NS}}}"
_NO_TEI = "X004"


@dataclass(slots=True)
class Numbers:
    """`times`: how often something occurs; `in_files`: in how many files; `endless`: attributes with too many values to list.

    `included`: elements that are roots of included files.
    """

    files: int = 0
    times: Counter[Key] = field(default_factory=Counter)
    in_files: Counter[Key] = field(default_factory=Counter)
    distinct: Counter[Key] = field(default_factory=Counter)
    endless: set[Key] = field(default_factory=set)
    roots: set[str] = field(default_factory=set)
    included: set[str] = field(default_factory=set)

    def add(self, found: Counter[Key]) -> None:
        """Take in what one file holds."""
        self.files += 1
        for key, times in found.items():
            if len(key) == 3 and not self._has_room(key):
                continue
            self.times[key] += times
            self.in_files[key] += 1

    def _has_room(self, key: Key) -> bool:
        attribute = key[:2]
        if key not in self.times:
            self.distinct[attribute] += 1
        if self.distinct[attribute] > _KEPT:
            self.endless.add(attribute)
        return attribute not in self.endless


@dataclass(slots=True)
class Counted:
    """The numbers, and what is to be said about files that are not among them."""

    numbers: Numbers = field(default_factory=Numbers)
    findings: list[Finding] = field(default_factory=list)
    passed_over: int = 0

    @property
    def files(self) -> int:
        return self.numbers.files


def count_documents(paths: Iterable[Path], listable: Listable) -> Counted:
    """Count what the files hold, and all XML files of TEI below the folders, each file once."""
    counted = Counted()
    seen: set[str] = set()
    for path in paths:
        before = counted.files + len(counted.findings)
        for each, walked in _list_files(path):
            real = os.path.realpath(each)
            if real not in seen:
                seen.add(real)
                _count_document(each, counted, listable, walked=walked)
        if DISK.is_folder(path) and counted.files + len(counted.findings) == before:
            help_ = "name a folder with TEI files (.xml or .tei)"
            message = "no TEI file is in this folder, or only such as were named before"
            counted.findings.append(Finding(_name(path), 1, 1, "X007", Severity.ERROR, message, help_))
    return counted


def _list_files(path: Path) -> Iterator[tuple[Path, bool]]:
    """The files to read, and whether each was met in a folder, not named."""
    if DISK.is_folder(path):
        yield from ((each, True) for each in DISK.walk(path))
    else:
        yield path, False


def _name(path: Path) -> str:
    """How a file is called in messages: a byte that is no character in its name must not break one."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="replace")


def _count_document(path: Path, counted: Counted, listable: Listable, *, walked: bool) -> None:
    try:
        document = open_document(path, name=_name(path))
    except DocumentError as error:
        no_tei = all(each.code == _NO_TEI for each in error.findings)
        if no_tei and walked:
            counted.passed_over += 1
        else:
            counted.findings += error.findings
        return
    except FileError as error:
        counted.findings.append(Finding(_name(path), 1, 1, "X002", Severity.ERROR, error.message, error.help))
        return
    counted.findings += document.findings
    counted.numbers.roots.add(str(document.root.tag).removeprefix(TEI))
    counted.numbers.included |= set(_resolve_includes(document))
    counted.numbers.add(_count_occurrences(document, listable))


def _resolve_includes(document: Document) -> Iterator[str]:
    """The elements with which another file begins."""
    for element, (source, _) in document.origins.items():
        above = element.getparent()
        if above is not None and document.origins[above][0] is not source:
            yield str(element.tag).removeprefix(TEI)


def _count_occurrences(document: Document, listable: Listable) -> Counter[Key]:
    """What one document holds; the parts that it includes are counted with it, as a schema sees them."""
    found: Counter[Key] = Counter()
    for element in document.root.iter("*"):
        tag = str(element.tag).removeprefix(TEI)
        found[tag,] += 1
        if tag[0] == "{" or not element.attrib:
            continue
        for key, value in element.attrib.items():
            name = str(key).replace(_XML, "xml:")
            found[tag, name] += 1
            several = listable.get((tag, name))
            if several is not None:
                for each in _count_values(str(value), several=several):
                    found[tag, name, each] += 1
    return found


def _count_values(value: str, *, several: bool) -> Iterable[str]:
    """White space around a token means nothing, and is one space within."""
    tokens = value.split()
    return set(tokens) if several else (" ".join(tokens),)
