"""Text for people: `path:line:column: CODE message`, what to do below it, and the line itself where somebody reads along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siglum.check.reports.look import Look
from siglum.check.verdict import Verdict
from siglum.text.diagnostic import Excerpt, Finding, Severity

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}
_BOLD, _DIM = "1", "2"
_COLUMNS = 80
"""Of a terminal as most are: an excerpt fits in one line of it."""
_CONTROLS = {code: "�" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\t"}
"""Control characters could make a terminal do things: a file's text and name are shown without them."""


def report(verdicts: Iterable[Verdict], look: Look) -> Iterator[str]:
    """The findings, file by file, with an empty line between two files."""
    gap = ""
    for verdict in verdicts:
        if verdict.findings:
            yield gap + "".join(_lines(verdict, look))
            gap = "\n"


def _lines(verdict: Verdict, look: Look) -> Iterator[str]:
    for finding in verdict.findings:
        yield _head(finding, look)
        shown = verdict.excerpts.get(finding)
        if look.excerpts and shown is not None and shown.text.strip():
            yield _excerpt(finding, shown, look)
        if finding.help:
            yield f"  {clean(finding.help)}\n"
    if verdict.further:
        yield f"{clean(verdict.name)}: {verdict.further} more findings of this kind are not shown\n"


def _head(finding: Finding, look: Look) -> str:
    place = f"{clean(finding.path)}:{finding.line}:{finding.column}:"
    code = finding.code if finding.severity is Severity.ERROR else f"{finding.code} {finding.severity}:"
    coloured = _colour(code, _COLOURS[finding.severity], look)
    return f"{_colour(place, _BOLD, look)} {coloured} {clean(finding.message)}\n"


def _excerpt(finding: Finding, shown: Excerpt, look: Look) -> str:
    number = f"{finding.line:>5} | "
    shown = _fitting(shown, _COLUMNS - len(number))
    before, meant = shown.text[: shown.caret], shown.text[shown.caret : shown.caret + shown.length]
    indent = " " * (len(number) - 2) + "| " + " " * _width(clean(before))
    carets = _colour("^" * max(_width(clean(meant)), 1), _COLOURS[finding.severity], look)
    return f"{_colour(number, _DIM, look)}{clean(shown.text)}\n{indent}{carets}\n"


def _fitting(shown: Excerpt, room: int) -> Excerpt:
    """The part around what is meant: where a line goes on below itself, the mark is under nothing."""
    text, caret, length = shown.text, shown.caret, shown.length
    if len(text) <= room:
        return shown
    start = 0 if caret + length < room else max(min(caret - room // 3, max(len(text), caret + 1) - room), 0)
    part = ("…" if start else "") + text[start + bool(start) : start + room]
    part = part[:-1] + "…" if start + room < len(text) else part
    return Excerpt(part, caret - start, min(length, len(part) - caret + start))


def _width(text: str) -> int:
    """How many columns a terminal needs for the text."""
    from unicodedata import combining, east_asian_width  # for the few who look at excerpts

    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def clean(text: str) -> str:
    """The text as a terminal may have it."""
    return text.translate(_CONTROLS)


def _colour(text: str, colour: str, look: Look) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if look.colour else text
