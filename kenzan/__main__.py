"""``python -m kenzan``: the command line."""

from kenzan.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
