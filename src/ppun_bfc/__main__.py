"""`python -m ppun_bfc` is the command line."""

from .cli import main

main()
