"""What a standard allows: datatypes, RELAX NG, and later ODD and Schematron."""
