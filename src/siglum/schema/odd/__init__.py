"""The ODD compiler: a customisation and what it customises go in, RELAX NG and Schematron come out (Guidelines, 22-23)."""
