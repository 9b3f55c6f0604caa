"""Passages of a text: found by their reference, their id or their words, told in words, cited.

places = Places(edition, References(document))
(passage,) = places.locate("1.7")
words = locator(passage, edition, "en").words
"""

from siglum.convert.cite.passage.link import Links
from siglum.convert.cite.passage.locator import Locator, Teller, locator
from siglum.convert.cite.passage.place import NoPassage, Passage, Places

__all__ = ["Links", "Locator", "NoPassage", "Passage", "Places", "Teller", "locator"]
