"""The style of the text for a fragment: the same rules, for what is inside the fragment alone.

In comes text.css, out come its rules below `.siglum`, with the classes that TEI elements have in a fragment. It knows the CSS
that we write ourselves: no rules in rules but those of `@media`, no braces in strings.
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
"""In a foreign page nobody knows how much room there is beside the text: a note stands at the foot of the screen."""


def scope_rules(css: str) -> str:
    """The rules for fragments. What is measured in `rem` follows `--rem`: roots of foreign pages have any size."""
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
