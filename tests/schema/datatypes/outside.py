"""Asks jing, an outside checker, for its verdicts: one schema and one document for any number of questions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

import pytest

from siglum.schema.datatypes import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_NAMESPACES = f'xmlns="http://relaxng.org/ns/structure/1.0" xmlns:p="urn:p" datatypeLibrary="{XSD}"'
_BREAKS = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_ENTITIES = '<!DOCTYPE r [<!NOTATION n SYSTEM "n"><!ENTITY picture SYSTEM "p" NDATA n>]>'
_MOST = 500
"""Types in one schema: in a choice of thousands jing's stack overflows."""
_FAULT = re.compile(r":(\d+):\d+: (?:error|fatal)", re.MULTILINE)

needs_jing = pytest.mark.skipif(shutil.which("jing") is None, reason="jing, the outside checker, is not installed")


class Question(NamedTuple):
    """Is `text` of this type? With `equal_to`: is it the same value as that one?"""

    type: str
    text: str
    params: tuple[tuple[str, str], ...] = ()
    equal_to: str | None = None


def ask(folder: Path, questions: Sequence[Question]) -> list[bool]:
    """The verdicts of jing. A schema that jing refuses is an error here."""
    patterns = [_pattern(question) for question in questions]
    different = list(dict.fromkeys(patterns))
    verdicts: dict[int, bool] = {}
    for start in range(0, len(different), _MOST):
        names = {pattern: f"v{number}" for number, pattern in enumerate(different[start : start + _MOST])}
        chosen = [number for number, pattern in enumerate(patterns) if pattern in names]
        elements = [f'<element name="{name}">{pattern}</element>' for pattern, name in names.items()]
        tags = [(names[patterns[number]], _text(questions[number].text)) for number in chosen]
        bad = _faulty_lines(folder, elements, [f"<{tag}>{text}</{tag}>" for tag, text in tags])
        verdicts |= {number: line not in bad for line, number in enumerate(chosen, 3)}
    return [verdicts[number] for number in range(len(questions))]


def refused(folder: Path, types: Sequence[tuple[str, tuple[tuple[str, str], ...]]]) -> list[bool]:
    """Which types with parameters jing refuses in a schema."""
    lines = [f'<element name="v">{_pattern(Question(name, "", params))}</element>' for name, params in types]
    schema = folder / "refused.rng"
    schema.write_text(_schema(lines), encoding="utf-8")
    document = folder / "refused.xml"
    document.write_text("<r/>", encoding="utf-8")
    bad = {int(line) for line in _FAULT.findall(_run(schema, document))}
    return [number in bad for number in range(2, len(lines) + 2)]


def _faulty_lines(folder: Path, elements: Iterable[str], lines: Iterable[str]) -> set[int]:
    schema, document = folder / "asked.rng", folder / "asked.xml"
    schema.write_text(_schema(elements), encoding="utf-8")
    document.write_text("\n".join([_ENTITIES, '<r xmlns:p="urn:p">', *lines, "</r>"]), encoding="utf-8")
    answer = _run(schema, document)
    if re.search(r"asked\.rng:\d+:\d+: (error|fatal)", answer):
        raise AssertionError(answer)
    return {int(line) for line in _FAULT.findall(answer)}


def _run(schema: Path, document: Path) -> str:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = ["jing", "-i", str(schema), str(document)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode in {0, 1}
    assert "Exception" not in done.stderr, done.stderr[:200]
    return done.stdout


def _schema(elements: Iterable[str]) -> str:
    return "\n".join(
        [f'<element name="r" {_NAMESPACES}><zeroOrMore><choice><empty/>', *elements, "</choice></zeroOrMore></element>"]
    )


def _pattern(question: Question) -> str:
    library = "" if question.type.startswith(":") else XSD
    name = f'type="{question.type.lstrip(":")}" datatypeLibrary="{library}"'
    if question.equal_to is not None:
        return f"<value {name}>{_text(question.equal_to)}</value>"
    params = "".join(f'<param name="{key}">{_text(value)}</param>' for key, value in question.params)
    return f"<data {name}>{params}</data>"


def _text(text: str) -> str:
    return escape(text, _BREAKS)
