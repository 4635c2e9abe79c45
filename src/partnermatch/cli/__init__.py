"""The command line: parse, call one function, print. Data goes to OUT or standard output, messages to standard error.

Exit codes: 0 done, 2 wrong usage, 3 the input cannot be read, 4 stopped part-way.
"""

from partnermatch.cli.program import main

__all__ = ["main"]
