"""The commands, one module each; ``kenzan.cli`` ties them together."""
