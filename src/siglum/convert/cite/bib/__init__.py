"""What BibTeX and BibLaTeX have in common: TeX's text, names, the data model, the grammar of a .bib file."""
