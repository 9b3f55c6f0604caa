"""`python -m siglum`."""

from siglum.cli import main

main()
