"""`python -m geo`: Dateline on the command line."""

import sys

from geo.cli.program import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
