#!/usr/bin/env python3
"""Every command starts here, with nothing but Python 3.11: bizcenter/launch builds the rest."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - read by the Python that happens to be there
    sys.exit(
        "Understudy needs Python 3.11 or newer and this is %d.%d: "  # noqa: UP031
        "install a newer one and start manage.py with it." % sys.version_info[:2]
    )

if __name__ == "__main__":
    from bizcenter.launch.cli import main

    sys.exit(main(sys.argv[1:]))
