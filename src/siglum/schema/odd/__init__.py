"""The ODD compiler: a customisation and the source it customises go in, RELAX NG and Schematron come out (Guidelines, 22-23)."""
