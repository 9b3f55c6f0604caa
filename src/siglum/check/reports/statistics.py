"""Counts over a whole run: how often each code, in how many files, and which messages most."""

from __future__ import annotations

from collections import Counter

from siglum.check.codes import CODES
from siglum.check.reports.text import clean
from siglum.check.verdict import Verdict

_DIFFERENT = 10_000
_SHOWN = 10


class Statistics:
    """Bounded: of very many different messages, those that came once only are forgotten now and then."""

    def __init__(self) -> None:
        self.findings: Counter[str] = Counter()
        self.files: Counter[str] = Counter()
        self.messages: Counter[tuple[str, str]] = Counter()
        self.further = 0

    def add(self, verdict: Verdict) -> None:
        """Count one more file."""
        self.findings.update(each.code for each in verdict.findings)
        self.files.update({each.code for each in verdict.findings})
        self.messages.update((each.code, each.message) for each in verdict.findings)
        self.further += verdict.further
        if len(self.messages) > _DIFFERENT:
            self.messages = Counter({said: count for said, count in self.messages.items() if count > 1})
            if len(self.messages) > _DIFFERENT // 2:
                self.messages = Counter(dict(self.messages.most_common(_DIFFERENT // 2)))

    def lines(self) -> list[str]:
        """A table of the codes, the most frequent first, and the most frequent messages below it."""
        if not self.findings:
            return ["nothing was found"]
        rows = [("findings", "files", "code", "")]
        for code, count in sorted(self.findings.items(), key=lambda one: (-one[1], one[0])):
            rows.append((str(count), str(self.files[code]), code, CODES[code]))
        widths = [max(len(row[column]) for row in rows) for column in range(2)]
        table = [f"{row[0]:>{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]}  {row[3]}".rstrip() for row in rows]
        if self.further:
            table.append(f"{self.further:>{widths[0]}}  of schemas, which were counted and not kept")
        often = [(said, count) for said, count in self.messages.items() if count > 1]
        often.sort(key=lambda one: (-one[1], one[0]))
        said = [f"{count:>{widths[0]}}  {code}  {clean(message)}" for (code, message), count in often[:_SHOWN]]
        return [*table, *(["", "most frequent:", *said] if said else [])]
