"""SARIF 2.1.0 (OASIS), which GitHub's code scanning and many editors read: results, and a table of the rules behind them.

Written as the verdicts come: the rules are all codes there are, so that nothing has to wait for the end.
See: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (sections are named where they matter)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json import dumps

from siglum.check.codes import CODES
from siglum.check.pages import find_page
from siglum.check.reports import place
from siglum.check.reports.look import Look
from siglum.check.verdict import Verdict
from siglum.text.diagnostic import Excerpt, Finding, Severity
from siglum.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_RULES = {code: index for index, code in enumerate(CODES)}
_MOST = 25_000
"""Results in a run: GitHub refuses a file with more. The rest are counted.

See: https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
"""
_NOTES = 1_000


def report(verdicts: Iterable[Verdict], look: Look) -> Iterator[str]:
    """The log file, result by result; `columnKind` says that columns count characters (3.14.17)."""
    driver = {"name": "siglum", "semanticVersion": __version__, "rules": [_rule(code) for code in CODES]}
    yield f'{{"$schema": {dumps(_SCHEMA)}, "version": "2.1.0", "runs": [{{\n'
    yield f'"tool": {{"driver": {dumps(driver, ensure_ascii=False)}}},\n"columnKind": "unicodeCodePoints",\n"results": ['
    before, room = "\n", _MOST
    notes: list[dict[str, object]] = []
    for verdict in verdicts:
        fingerprints = place.Fingerprints(look)
        for finding in verdict.findings[:room]:
            result = _result(finding, fingerprints.of(finding), verdict.excerpts.get(finding), look)
            yield before + dumps(result, ensure_ascii=False)
            before = ",\n"
        further = verdict.further + max(len(verdict.findings) - room, 0)
        room = max(room - len(verdict.findings), 0)
        if further and len(notes) < _NOTES:
            notes.append(_note(verdict.name, further, look))
    invocation = {"executionSuccessful": True, "toolExecutionNotifications": notes}
    yield f'\n],\n"invocations": [{dumps(invocation, ensure_ascii=False)}]\n}}]}}\n'


def _rule(code: str) -> dict[str, object]:
    page = find_page(code)
    return {
        "id": code,
        "name": page.name,
        "shortDescription": {"text": f"{CODES[code]}."},
        "fullDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.markdown},
        "helpUri": page.address,
        "defaultConfiguration": {"level": _LEVELS[page.severity]},
    }


def _result(finding: Finding, fingerprint: str, shown: Excerpt | None, look: Look) -> dict[str, object]:
    said = f"{finding.message}: {finding.help}" if finding.help else finding.message
    location = {"artifactLocation": _artifact(finding.path, look), "region": _region(finding, shown)}
    return {
        "ruleId": finding.code,
        "ruleIndex": _RULES[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": said},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"siglumFinding/v1": fingerprint},
    }


def _region(finding: Finding, shown: Excerpt | None) -> dict[str, object]:
    region: dict[str, object] = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    if shown is not None and shown.text.strip() and finding.has_end and finding.end_line == finding.line:
        region["snippet"] = {"text": shown.text[shown.caret : shown.caret + shown.length]}
    return region


def _artifact(name: str, look: Look) -> dict[str, str]:
    """3.4: an address that is relative is so to a base, which the consumer knows by this name."""
    address = place.address(name, look)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": "%SRCROOT%"}


def _note(name: str, further: int, look: Look) -> dict[str, object]:
    return {
        "level": "note",
        "message": {"text": f"{further} more findings in this file are not shown"},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(name, look)}}],
    }
