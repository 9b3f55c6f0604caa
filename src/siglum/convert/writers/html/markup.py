"""Build HTML: the only module that escapes characters, attributes and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")
_NOT_IN_FRAGMENT = re.compile(r"""[\x00-\x20\x7f"#%<>\[\\\]^`{|}]""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def text(characters: str) -> str:
    """Characters as HTML text."""
    return _FORBIDDEN.sub("�", characters.translate(_TEXT)) if _SPECIAL.search(characters) else characters


@lru_cache(maxsize=4096)
def value(characters: str) -> str:
    """Characters as an attribute value in double quotes. Cached, because most values are names that recur."""
    return _FORBIDDEN.sub("�", characters.translate(_VALUE))


def attributes(**values: str | None) -> str:
    """Attributes, with a space before each; empty ones are omitted. `class_` is `class`, `aria_x` is `aria-x`."""
    return "".join([f' {key.rstrip("_").replace("_", "-")}="{value(given)}"' for key, given in values.items() if given])


def element(name: str, content: str, **values: str | None) -> str:
    """An element; `content` is HTML already."""
    return f"<{name}{attributes(**values)}>{content}</{name}>"


@lru_cache(maxsize=4096)
def classes(*names: str) -> str:
    """A class list without empty or repeated names. Characters that cannot stand in a name become hyphens."""
    return " ".join(dict.fromkeys(re.sub(r"[^\w-]+", "-", name) for name in names if name))


def address(target: str) -> str | None:
    """The target if it is safe to follow (http, https, mailto or relative); None for others, such as `javascript:`."""
    squeezed = re.sub(r"[\x00-\x20\x7f]", lambda found: "%20" if found.group() == " " else "", target.strip())
    scheme = _SCHEME.match(squeezed)
    if scheme and scheme.group(1).lower() not in _SCHEMES:
        return None
    return re.sub(r'["<>\\^`{|}]', lambda found: f"%{ord(found.group()):02X}", squeezed) or None


def fragment(identifier: str) -> str:
    """`#` and the id, percent-encoded; letters of all scripts are kept."""
    return "#" + _NOT_IN_FRAGMENT.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), identifier)


def isolate(words: str) -> str:
    """Escape text of the header, and isolate right-to-left text so that it does not reorder the numbers after it."""
    return element("bdi", text(words)) if _RIGHT_TO_LEFT.search(words) else text(words)


def join(parts: Iterable[str]) -> str:
    """Join the non-empty parts with line breaks."""
    return "\n".join(part for part in parts if part)
