"""The bundle's one executable: its name says which of the three programs it is (build.spec)."""

import sys
from pathlib import Path


def main() -> int:
    """Start the window, the command line or the county."""
    name = Path(sys.argv[0]).stem
    if name == "zoucun-cli":
        from desktop.commands.main import main as start
    elif name == "zoucun-county":
        from sync.county.__main__ import main as start
    else:
        from ui.__main__ import main as start
    return start()


if __name__ == "__main__":
    sys.exit(main())
