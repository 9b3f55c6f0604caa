"""Making HTML safely: the one place where characters, attributes and addresses are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from siglum.text import language as languages

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_VALUE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_SCHEMES = frozenset({"http", "https", "mailto"})
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):")
_NOT_IN_FRAGMENT = re.compile(r"""[\x00-\x20\x7f"#%<>\[\\\]^`{|}]""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def text(characters: str) -> str:
    """Characters as HTML text."""
    if not _SPECIAL.search(characters):
        return characters
    return _FORBIDDEN.sub("�", characters.translate(_TEXT))


@lru_cache(maxsize=4096)
def _value(characters: str) -> str:
    """Characters as they stand in an attribute; most of them are names that come again and again."""
    return _FORBIDDEN.sub("�", characters.translate(_VALUE))


def attributes(**values: str | None) -> str:
    """Attributes with a value, each preceded by a space; empty ones are left out. `class_` is `class`, `aria_x` is `aria-x`."""
    return "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in values.items() if value)


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


def identity(identifier: str, written: str, both_ways: bool, **more: str | None) -> str:
    """The attributes that say what an element is: its id, others, and its language as the source has it.

    Its direction is said on a page that is written `both_ways`.
    """
    tag = languages.tag(written) if written else ""
    return attributes(id=identifier, **more, lang=tag, dir=languages.direction(tag) if tag and both_ways else None)


def join(parts: Iterable[str]) -> str:
    """Non-empty parts, a line each."""
    return "\n".join(part for part in parts if part)
