#!/usr/bin/env bash
# Makes .dev/kenzan, a tree of links that shows the folders at the top level as one package, so that
# mypy (MYPYPATH=.dev), pyright (extraPaths) and editors see the live source under its import names.
set -euo pipefail
cd "$(dirname "$0")/.."

tree=.dev/kenzan
mkdir -p "$tree"
find "$tree" -maxdepth 1 -type l -delete

for folder in extract normalize arithmetic interpret audit export batch schemas; do
    ln -s "../../$folder" "$tree/$folder"
done
for entry in kenzan/*; do
    [ "$(basename "$entry")" = __pycache__ ] || ln -s "../../$entry" "$tree/$(basename "$entry")"
done
