"""Write the published schema files from the models: ``python .ci/make_schemas.py``."""

from __future__ import annotations

from pathlib import Path

from kenzan.export.table_schemas import schema_files

FOLDER = Path(__file__).resolve().parents[1] / "schemas"


def main() -> None:
    """Write every file whose text has changed; remove those of tables that are gone."""
    texts = schema_files()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    for stale in {path.name for path in FOLDER.glob("*schema.json")} - texts.keys():
        (FOLDER / stale).unlink()


if __name__ == "__main__":
    main()
