"""Limit the rules of text.css to fragments: below `.siglum`, with the class names of TEI elements in fragments.

This handles the CSS of siglum only: `@media` is the only rule with rules inside, and strings have no braces.
"""

from __future__ import annotations

import re

SCOPE = ".siglum"
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_BLOCK = re.compile(r"([^{}]+)\{")
_DECLARATIONS = re.compile(r"(?<=\{)([^{}]*)(?=\})")
_COMMA = re.compile(r",\s*(?![^()]*\))")
_TEI = re.compile(r"\.(?!s-)(?=[A-Za-z])")
_REM = re.compile(r"(-?\d*\.?\d+)rem\b")
_ANY_WIDTH = " and (max-width: 59.99rem)"
"""The width of the margin in another page is unknown, so notes stand at the foot of the screen at any width."""


def scope_rules(css: str) -> str:
    """Rewrite rules for fragments. Lengths in `rem` follow `--rem`, because the root of another page can have any size."""
    bare = _COMMENT.sub("", css).replace(_ANY_WIDTH, "")
    sized = _DECLARATIONS.sub(lambda found: _REM.sub(r"calc(\1 * var(--rem))", found[1]), bare)
    return _BLOCK.sub(lambda found: _prelude(found[1]) + "{", sized)


def _prelude(written: str) -> str:
    selectors = written.strip()
    if selectors.startswith("@"):
        return written
    white = written[: len(written) - len(written.lstrip())]
    return white + ", ".join(map(_selector, _COMMA.split(selectors))) + " "


def _selector(selector: str) -> str:
    named = _TEI.sub(".tei-", re.sub(r"\bmain\b", ".s-text", selector))
    return named.replace(":root", SCOPE) if named.startswith(":root") else f"{SCOPE} {named}"
