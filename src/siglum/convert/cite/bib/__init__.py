"""The parts that BibTeX and BibLaTeX share: TeX text, names, the data model, the grammar of a .bib file."""
