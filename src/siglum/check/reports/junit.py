"""JUnit XML, which Jenkins and GitLab show as tests: a suite a file, a failed case an error.

A file without findings is a case that passed; a warning is one too, and says so in its output.
See: https://docs.gitlab.com/ci/testing/unit_test_reports/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siglum.check.reports import place
from siglum.check.reports.look import Look
from siglum.check.verdict import Verdict
from siglum.text.diagnostic import Finding, Severity

_ALLOWED = {0x9, 0xA, 0xD}
_UNFIT = {
    code: "�" for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF) if code not in _ALLOWED
}
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}) | _UNFIT
_VALUE = _TEXT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})


def report(verdicts: Iterable[Verdict], look: Look) -> Iterator[str]:
    """The document, suite by suite."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="siglum validate">\n'
    for verdict in verdicts:
        if not verdict.passed_over:
            yield "".join(_suite(verdict, look))
    yield "</testsuites>\n"


def _suite(verdict: Verdict, look: Look) -> Iterator[str]:
    name = place.path(verdict.name, look)
    failures = sum(each.severity is Severity.ERROR for each in verdict.findings)
    counts = {"tests": max(len(verdict.findings), 1), "failures": failures, "errors": 0, "skipped": 0}
    yield f"  <testsuite{_attributes({'name': name, **counts, 'time': 0})}>\n"
    if not verdict.findings:
        yield f"    <testcase{_attributes({'name': 'valid', 'classname': name, 'file': name, 'time': 0})}/>\n"
    for finding in verdict.findings:
        yield _case(finding, name, look)
    if verdict.further:
        yield f"    <system-out>{verdict.further} more findings in this file are not shown</system-out>\n"
    yield "  </testsuite>\n"


def _case(finding: Finding, suite: str, look: Look) -> str:
    file = place.path(finding.path, look)
    where = f"{file}:{finding.line}:{finding.column}"
    name = f"{finding.code} at {finding.line}:{finding.column}"
    head = _attributes({"name": name, "classname": suite, "file": file, "line": finding.line, "time": 0})
    said = f"{where}: {finding.code} {finding.message}" + (f"\n{finding.help}" if finding.help else "")
    if finding.severity is Severity.ERROR:
        kind = _attributes({"type": finding.code, "message": finding.message})
        inside = f"<failure{kind}>{said.translate(_TEXT)}</failure>"
    else:
        inside = f"<system-out>{f'{finding.severity}: {said}'.translate(_TEXT)}</system-out>"
    return f"    <testcase{head}>\n      {inside}\n    </testcase>\n"


def _attributes(values: dict[str, object]) -> str:
    return "".join(f' {key}="{str(value).translate(_VALUE)}"' for key, value in values.items())
