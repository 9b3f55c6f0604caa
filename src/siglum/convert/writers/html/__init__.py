"""The HTML writer: a page without network access or scripts, or a fragment for another page and its style sheet."""

from siglum.convert.writers.fragment import PARTS, Shape
from siglum.convert.writers.html.page import Page
from siglum.convert.writers.html.rules import Rule
from siglum.convert.writers.html.theme import Theme, build_fragment_style
from siglum.convert.writers.html.writer import write

__all__ = ["PARTS", "Page", "Rule", "Shape", "Theme", "build_fragment_style", "write"]
