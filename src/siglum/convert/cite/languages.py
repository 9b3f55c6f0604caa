"""Find the language tag (BCP 47) of a work from its code or name."""

from __future__ import annotations

from siglum.convert.cite.line import one_line
from siglum.text.language import normalize_tag


def find_tag(written: str) -> str:
    """Find the tag for “ger”, “lat”, “English”; unknown words stay as they are."""
    words = one_line(written)
    return normalize_tag(words) or words


def is_tag(language: str) -> bool:
    """Whether this is a language tag and not words."""
    return bool(language) and normalize_tag(language) == language
