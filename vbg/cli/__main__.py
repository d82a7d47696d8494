"""`python -m vbg.cli`: the command line without furnishing the house first."""

import sys

from vbg.cli import main

if __name__ == "__main__":
    sys.exit(main())
