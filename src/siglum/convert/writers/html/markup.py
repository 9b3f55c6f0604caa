"""Making HTML safely: the one place where characters, attributes and addresses are escaped."""

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
    """Characters as the value of an attribute in double quotes; most of them are names that come again and again."""
    return _FORBIDDEN.sub("�", characters.translate(_VALUE))


def attributes(**values: str | None) -> str:
    """Attributes with a value, each preceded by a space; empty ones are left out. `class_` is `class`, `aria_x` is `aria-x`."""
    return "".join([f' {key.rstrip("_").replace("_", "-")}="{value(given)}"' for key, given in values.items() if given])


def element(name: str, content: str, **values: str | None) -> str:
    """An element; `content` is HTML already."""
    return f"<{name}{attributes(**values)}>{content}</{name}>"


@lru_cache(maxsize=4096)
def classes(*names: str) -> str:
    """A class list without empty and doubled names; what is no name is made one."""
    return " ".join(dict.fromkeys(re.sub(r"[^\w-]+", "-", name) for name in names if name))


def address(target: str) -> str | None:
    """A link target that is safe to follow: http, https, mailto, or relative. None for anything else (`javascript:` …)."""
    squeezed = re.sub(r"[\x00-\x20\x7f]", lambda found: "%20" if found.group() == " " else "", target.strip())
    scheme = _SCHEME.match(squeezed)
    if scheme and scheme.group(1).lower() not in _SCHEMES:
        return None
    return re.sub(r'["<>\\^`{|}]', lambda found: f"%{ord(found.group()):02X}", squeezed) or None


def fragment(identifier: str) -> str:
    """The link to an id of the page; letters of all scripts stay as they are."""
    return "#" + _NOT_IN_FRAGMENT.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), identifier)


def isolate(words: str) -> str:
    """Words of the header as HTML text; a name from right to left does not turn the numbers after it round."""
    return element("bdi", text(words)) if _RIGHT_TO_LEFT.search(words) else text(words)


def join(parts: Iterable[str]) -> str:
    """Non-empty parts, a line each."""
    return "\n".join(part for part in parts if part)
