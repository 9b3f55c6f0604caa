"""The result of checking one file, and the totals of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from siglum.text.diagnostic import Excerpt, Finding, Severity
from siglum.text.frozen import frozen


@frozen
class Verdict:
    """The findings about one file, or about a folder that holds no TEI file. A verdict can be sent to another process.

    `further`: the number of findings beyond those that a schema keeps; `passed_over`: the file is XML but not TEI.
    `fallback`: the schema that siglum applied because no schema is known for the document ("tei_all of TEI P5 4.9.0").
    `content` is the digest of the file, and `dependencies` holds the digests of the other files that the verdict depends on
    (schemas, included files) with their paths. `content` is empty where something else could change the verdict.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    excerpts: dict[Finding, Excerpt] = field(default_factory=dict, hash=False)
    further: int = 0
    passed_over: bool = False
    fallback: str = ""
    content: str = field(default="", compare=False)
    dependencies: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(slots=True)
class Tally:
    """The totals of many verdicts."""

    files: int = 0
    faulty: int = 0
    errors: int = 0
    warnings: int = 0
    passed_over: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    fallbacks: Counter[str] = field(default_factory=Counter)

    def add(self, verdict: Verdict) -> None:
        if verdict.passed_over:
            self.passed_over += 1
            return
        self.files += 1
        self.faulty += bool(verdict.findings)
        self.errors += sum(finding.severity is Severity.ERROR for finding in verdict.findings) + verdict.further
        self.warnings += sum(finding.severity is Severity.WARNING for finding in verdict.findings)
        self.codes.update(finding.code for finding in verdict.findings)
        self.fallbacks.update([verdict.fallback] if verdict.fallback else [])
