"""The reading tree: what a reader of the text sees, resolved once, so that every output agrees."""

from __future__ import annotations

from siglum.convert.reading.builder import Builder
from siglum.convert.reading.clauses import behave
from siglum.text.edition import Edition
from siglum.text.references import References

__all__ = ["Builder", "builder"]


def builder(edition: Edition) -> Builder:
    """The maker of the reading tree of an edition."""
    return Builder(edition, References(edition.document), behave)
