"""Run the command line: `python -m valuation`."""

import sys

from valuation.cli import main

if __name__ == "__main__":
    sys.exit(main())
