"""`python3 -m vbg ...`: furnishes the house when that is needed, then runs the real command line."""

import sys

from vbg import bootstrap

if __name__ == "__main__":
    sys.exit(bootstrap.main(sys.argv[1:]))
