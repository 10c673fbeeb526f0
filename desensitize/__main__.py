"""Run the command line: `python -m desensitize`."""

import sys

from desensitize.cli import main

if __name__ == "__main__":
    sys.exit(main())
