"""`python -m desktop`: the command line of one laptop."""

import sys

from desktop.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
