"""The page about each code: what it finds, why it matters, an example, the better form.

The page of a rule is its docstring; `X.md`, `S.md`, `O.md`, `B.md`, `E.md` and `F.md` beside this file hold the others.
`siglum explain`, `docs/codes.md` and the rules of a SARIF report are made of them.
"""

from __future__ import annotations

import re
from functools import cache

from siglum.check.codes import CODES, FAMILIES
from siglum.text.diagnostic import Severity
from siglum.text.files import read_packaged
from siglum.text.frozen import frozen

_LITERATE = ("X", "S", "O", "B", "E", "F")
_PAGE = re.compile(r"^## ([A-Z]\d{3}) ([a-z-]+)(?: \((\w+)\))?\n\n(.*?)\s*(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_SEE = re.compile(r"^See: (\S+)$", re.MULTILINE)
_LABEL = re.compile(r"^(Why it matters|Example|Better|See):", re.MULTILINE)


@frozen
class Page:
    """A page: what it is about (`topic`, a code), its short name, how much it weighs, and its text as it was written."""

    topic: str
    name: str
    severity: Severity
    text: str

    @property
    def summary(self) -> str:
        """What it finds: the first paragraph."""
        return " ".join(self.text.partition("\n\n")[0].split())

    @property
    def address(self) -> str:
        """Where to read on."""
        found = _SEE.search(self.text)
        return found.group(1) if found else "https://tei-c.org/release/doc/tei-p5-doc/en/html/"

    @property
    def markdown(self) -> str:
        """The same text in Markdown: examples are code blocks, labels stand out."""
        text = _SEE.sub(r"\nSee: <\1>", self.text)
        text = _LABEL.sub(r"**\1:**", text)
        text = re.sub(r":\*\*\n(?=    )", ":**\n\n", text)
        return re.sub(r"\n{3,}", "\n\n", text)


@cache
def pages() -> dict[str, Page]:
    """Every page by its code, in the order of the codes."""
    from siglum.check.rules import load_rules  # the rules need lxml, and only their docstrings are wanted

    found = {each.topic: each for family in _LITERATE for each in _read(read_packaged("check", "pages", f"{family}.md"))}
    for rule in load_rules():
        facts = rule.facts
        found[facts.code] = Page(facts.code, facts.name, facts.severity, rule.page.strip())
    return {code: found[code] for code in CODES}


def page(topic: str) -> Page:
    """The page about a code; KeyError where there is none."""
    return pages()[topic]


def _read(text: str) -> list[Page]:
    return [Page(code, name, Severity(severity or "error"), page.strip()) for code, name, severity, page in _PAGE.findall(text)]


def book() -> str:
    """All pages as one Markdown document."""
    parts = [
        "# The codes of findings",
        "<!-- Made by `siglum explain --all`; a test compares. Its sources are check/pages and the docstrings of rules. -->",
        "A code is a promise: it keeps its meaning and is never used for another. `siglum explain CODE` prints its page.",
        "\n".join(f"- **{family}**: {meaning}" for family, meaning in FAMILIES.items()),
    ]
    for code, each in pages().items():
        weight = "" if each.severity is Severity.ERROR else f" ({each.severity})"
        parts += [f"## {code} {each.name}{weight}", each.markdown]
    return "\n\n".join(parts) + "\n"
