"""What a TEI file is: bytes, positions, names, pointers, notes, quotations, running text."""
