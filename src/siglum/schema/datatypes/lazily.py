"""Regular expressions of our own, compiled when first asked: importing this room must cost next to nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def whole(source: str) -> Callable[[str], re.Match[str] | None]:
    """The matcher of whole texts."""
    match: Callable[[str], re.Match[str] | None] | None = None

    def find(text: str) -> re.Match[str] | None:
        nonlocal match
        if match is None:
            match = re.compile(source).fullmatch
        return match(text)

    return find


def somewhere(source: str) -> Callable[[str], re.Match[str] | None]:
    """The matcher that looks for a place in a text."""
    search: Callable[[str], re.Match[str] | None] | None = None

    def find(text: str) -> re.Match[str] | None:
        nonlocal search
        if search is None:
            search = re.compile(source).search
        return search(text)

    return find
