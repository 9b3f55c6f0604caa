"""HTML: one file, without network or script, for screen and paper."""

from siglum.convert.writers.html.page import Page
from siglum.convert.writers.html.theme import Theme
from siglum.convert.writers.html.writer import write

__all__ = ["Page", "Theme", "write"]
