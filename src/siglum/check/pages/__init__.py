"""The page of each code: the fault, why it matters, an example, the better form.

The page of a rule is its docstring; `X.md`, `S.md`, `O.md`, `B.md`, `E.md` and `F.md` beside this file hold the others.
`siglum explain`, `docs/codes.md` and the rules of a SARIF report show these pages.
"""

from __future__ import annotations

import re
from functools import cache

from siglum.check.codes import CODES, FAMILIES
from siglum.text.diagnostic import Severity
from siglum.text.files import read_packaged
from siglum.text.frozen import frozen

_FAMILIES = ("X", "S", "O", "B", "E", "F")
_PAGE = re.compile(r"^## ([A-Z]\d{3}) ([a-z-]+)(?: \((\w+)\))?\n\n(.*?)\s*(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_SEE = re.compile(r"^See: (\S+)$", re.MULTILINE)
_LABEL = re.compile(r"^(Why it matters|Example|Better|See):", re.MULTILINE)


@frozen
class Page:
    """A page: its code (`topic`), the short name and severity of the fault, and the text as written."""

    topic: str
    name: str
    severity: Severity
    text: str

    @property
    def summary(self) -> str:
        """The first paragraph, which describes the fault."""
        return " ".join(self.text.partition("\n\n")[0].split())

    @property
    def address(self) -> str:
        """The address of further reading."""
        found = _SEE.search(self.text)
        return found.group(1) if found else "https://tei-c.org/release/doc/tei-p5-doc/en/html/"

    @property
    def markdown(self) -> str:
        """The text in Markdown, with examples as code blocks and labels in bold."""
        text = _SEE.sub(r"\nSee: <\1>", self.text)
        text = _LABEL.sub(r"**\1:**", text)
        text = re.sub(r":\*\*\n(?=    )", ":**\n\n", text)
        return re.sub(r"\n{3,}", "\n\n", text)


@cache
def load_pages() -> dict[str, Page]:
    """All pages by their codes, in the order of the registry."""
    from siglum.check.rules import load_rules  # lxml

    found = {page.topic: page for family in _FAMILIES for page in _parse_pages(read_packaged("check", "pages", f"{family}.md"))}
    for rule in load_rules():
        facts = rule.facts
        found[facts.code] = Page(facts.code, facts.name, facts.severity, rule.page.strip())
    return {code: found[code] for code in CODES}


def find_page(topic: str) -> Page:
    """The page of a code. Raises KeyError for an unknown code."""
    return load_pages()[topic]


def _parse_pages(text: str) -> list[Page]:
    return [Page(code, name, Severity(severity or "error"), page.strip()) for code, name, severity, page in _PAGE.findall(text)]


def render_book() -> str:
    """All pages as one Markdown document."""
    parts = [
        "# The codes of findings",
        "<!-- Made by `siglum explain --all`; a test compares. Its sources are check/pages and the docstrings of rules. -->",
        "A code is a promise: it keeps its meaning and is never used for another. `siglum explain CODE` prints its page.",
        "\n".join(f"- **{family}**: {meaning}" for family, meaning in FAMILIES.items()),
    ]
    for code, page in load_pages().items():
        severity = "" if page.severity is Severity.ERROR else f" ({page.severity})"
        parts += [f"## {code} {page.name}{severity}", page.markdown]
    return "\n\n".join(parts) + "\n"
