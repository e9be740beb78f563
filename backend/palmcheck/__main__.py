"""`python -m palmcheck` is the command `palmcheck`."""

from palmcheck.cli import main

if __name__ == "__main__":
    main()
