"""Find, describe and cite passages of a text, by reference, id or words.

finder = PassageFinder(edition, References(document))
(passage,) = finder.find("1.7")
words = build_locator(passage, edition, "en").words
"""

from siglum.convert.cite.passage.link import Links
from siglum.convert.cite.passage.locator import Locator, LocatorBuilder, build_locator
from siglum.convert.cite.passage.place import NoPassage, Passage, PassageFinder

__all__ = ["Links", "Locator", "LocatorBuilder", "NoPassage", "Passage", "PassageFinder", "build_locator"]
