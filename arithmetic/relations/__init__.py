"""The relations that kenzan knows, one file each; every file ends in ``RELATION``."""
