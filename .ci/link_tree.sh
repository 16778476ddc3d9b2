#!/usr/bin/env bash
# Makes .dev/kenzan, a tree of links that shows the folders at the top level as one package, so that
# mypy (MYPYPATH=.dev), pyright (pyright -p .dev) and editors see the live source under its import names.
set -euo pipefail
cd "$(dirname "$0")/.."

tree=.dev/kenzan
folders=(extract normalize arithmetic interpret audit export batch schemas)
mkdir -p "$tree"
find "$tree" -maxdepth 1 -type l -delete

for folder in "${folders[@]}"; do
    ln -s "../../$folder" "$tree/$folder"
done
for entry in kenzan/*; do
    [ "$(basename "$entry")" = __pycache__ ] || ln -s "../../$entry" "$tree/$(basename "$entry")"
done

# pyright does not walk into linked folders: each has to be named.
included='"kenzan"'
for entry in "$tree"/*/; do
    included+=", \"kenzan/$(basename "$entry")\""
done
cat >.dev/pyrightconfig.json <<JSON
{
  "include": [$included],
  "pythonVersion": "3.11",
  "typeCheckingMode": "basic"
}
JSON
