"""The language of a work: a tag (BCP 47) wherever the words or the code for it can be understood, else the words."""

from __future__ import annotations

from siglum.convert.cite.line import one_line
from siglum.text.language import normalize_tag


def find_tag(written: str) -> str:
    """The tag for “ger”, “lat”, “English”; words that no tag is known for stay as they are."""
    words = one_line(written)
    return normalize_tag(words) or words


def is_tag(language: str) -> bool:
    """Whether this is a tag, not words."""
    return bool(language) and normalize_tag(language) == language
