"""Style rules from CSS declarations of users (CSS Syntax 3, section 5).

A declaration is refused if it could end the rule, load a file or run code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from siglum.text.frozen import frozen

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING = r""""(?:[^"\\\n\r\f]|\\[^\n\r\f])*"|'(?:[^'\\\n\r\f]|\\[^\n\r\f])*'"""
_STRINGS = re.compile(_STRING)
_DECLARATION = re.compile(rf"""(?:{_STRING}|[^;])+""")
_PROPERTY = re.compile(r"-{0,2}[A-Za-z][A-Za-z0-9_-]*")
_NOT_IN_VALUE = re.compile(r"""["'\\{}<>@\x00-\x08\x0b\x0e-\x1f\x7f]""")
"""Outside strings: signs that begin or end a rule, escapes (which could spell `url`), unclosed strings."""
_FUNCTION = re.compile(r"([\w-]+)\(")
_ASKING = frozenset(
    """url src image image-set -webkit-image-set cross-fade -webkit-cross-fade element -moz-element paint expression
    url-prefix domain""".split()
)
"""Functions that load a file or run code."""
_CLOSED_BY = {"(": ")", "[": "]"}
SCOPES = frozenset({"", "first-line", "first-letter", "before", "after"})
"""The values of `outputRendition/@scope`: empty, or a pseudo-element."""


@frozen
class Rule:
    """Declarations for a class. `scope` is a pseudo-element; `of_blocks` limits the rule to `div` elements."""

    name: str
    declarations: str
    scope: str = ""
    of_blocks: bool = False


def split_safe(css: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Split declarations into the safe ones, as property and value, and the refused ones, as written."""
    taken: list[tuple[str, str]] = []
    refused: list[str] = []
    for written in _DECLARATION.findall(_COMMENT.sub(" ", css)):
        key, colon, value = (part.strip() for part in written.partition(":"))
        if colon and value and _PROPERTY.fullmatch(key) and _is_safe(value):
            taken.append((key if key.startswith("--") else key.lower(), " ".join(value.splitlines())))
        elif written.strip():
            refused.append(written.strip())
    return taken, refused


def _is_safe(value: str) -> bool:
    bare = _STRINGS.sub(" ", value)
    if _NOT_IN_VALUE.search(bare) or any(function.lower() in _ASKING for function in _FUNCTION.findall(bare)):
        return False
    expected: list[str] = []
    for sign in bare:
        if sign in _CLOSED_BY:
            expected.append(_CLOSED_BY[sign])
        elif sign in ")]" and (not expected or expected.pop() != sign):
            return False
    return not expected


def render_rules(rules: Iterable[Rule], used: Collection[str] | None = None, under: str = "") -> str:
    """Write rules below the selector `under`, limited to the classes that are `used`."""
    lines = (_line(rule, under) for rule in rules if used is None or rule.name in used)
    return "\n".join(dict.fromkeys(lines))


def _line(rule: Rule, under: str) -> str:
    selector = f"{'div' if rule.of_blocks else ''}.{rule.name}{f'::{rule.scope}' if rule.scope else ''}"
    return f"{under} {selector} {{ {rule.declarations} }}".strip()
