"""Findings as values, and the line that is shown with one."""

from __future__ import annotations

import pytest

from siglum.text.diagnostic import Excerpt, Finding, Severity, excerpt
from siglum.text.source import Source


def _finding(line: int, column: int) -> Finding:
    return Finding("a.xml", line, column, "X001", Severity.ERROR, "message", "help")


def test_a_finding_as_json_has_its_keys_in_order() -> None:
    assert list(_finding(1, 2).as_dict().items()) == [
        ("code", "X001"),
        ("severity", "error"),
        ("path", "a.xml"),
        ("line", 1),
        ("column", 2),
        ("message", "message"),
        ("help", "help"),
    ]


def test_findings_sort_by_file_and_place() -> None:
    assert sorted([_finding(2, 1), _finding(1, 10), _finding(1, 9)]) == [_finding(1, 9), _finding(1, 10), _finding(2, 1)]


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("<p>\tcafé</p>", 5, Excerpt("<p> café</p>", 4)),
        ("", 1, Excerpt("", 0)),
        ("ab", 99, Excerpt("ab", 2)),
        ("0123456789" * 30, 1, Excerpt("0123456789" * 10 + "…", 0)),
        ("0123456789" * 30, 151, Excerpt("…" + "0123456789" * 10 + "…", 51)),
        ("0123456789" * 30, 300, Excerpt("…9" + "0123456789" * 5, 51)),
    ],
)
def test_a_line_is_cut_to_what_can_be_read(line: str, column: int, expected: Excerpt) -> None:
    source = Source("a.xml", f"first\n{line}\nthird".encode())
    assert excerpt(source, _finding(2, column)) == expected
    assert expected.text[expected.caret : expected.caret + 1] == line[column - 1 : column].replace("\t", " ")
