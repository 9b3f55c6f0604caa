"""TEI's documentation elements (Guidelines, chapter 22, module tagdocs): specifications as values, and their XML form read."""
