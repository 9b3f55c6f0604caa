"""HTML: one file, without network or script, for screen and paper."""

from siglum.convert.writers.html.page import Page, write

__all__ = ["Page", "write"]
