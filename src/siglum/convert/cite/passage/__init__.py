"""Passages of a text: found by their reference, their id or their words, told in words, cited.

places = PassageFinder(edition, References(document))
(passage,) = places.find("1.7")
words = locator(passage, edition, "en").words
"""

from siglum.convert.cite.passage.link import Links
from siglum.convert.cite.passage.locator import Locator, LocatorBuilder, build_locator
from siglum.convert.cite.passage.place import NoPassage, Passage, PassageFinder

__all__ = ["Links", "Locator", "LocatorBuilder", "NoPassage", "Passage", "PassageFinder", "build_locator"]
