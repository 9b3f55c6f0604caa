"""Regular expressions that are compiled on first use, so that importing the datatypes costs next to nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def match_whole(source: str) -> Callable[[str], re.Match[str] | None]:
    """Return a function that matches whole texts."""
    match: Callable[[str], re.Match[str] | None] | None = None

    def find(text: str) -> re.Match[str] | None:
        nonlocal match
        if match is None:
            match = re.compile(source).fullmatch
        return match(text)

    return find


def search_in(source: str) -> Callable[[str], re.Match[str] | None]:
    """Return a function that searches a text."""
    search: Callable[[str], re.Match[str] | None] | None = None

    def find(text: str) -> re.Match[str] | None:
        nonlocal search
        if search is None:
            search = re.compile(source).search
        return search(text)

    return find
