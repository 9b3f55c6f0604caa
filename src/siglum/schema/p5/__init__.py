"""The facts of TEI P5: names, classes, content models, attributes and value lists of a release; no prose, no XPath."""
