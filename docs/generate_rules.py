"""Writes docs/rules from the documentation of the rules.

    python docs/generate_rules.py

A test checks that the files are in step with the rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.audit import RULES

if TYPE_CHECKING:
    from kenzan.audit.rule import Rule

FOLDER = Path(__file__).parent / "rules"
FAMILIES = {
    "KZ1": "合計 / Totals",
    "KZ2": "割合・率 / Shares and rates",
    "KZ3": "増減 / Deltas and flows",
    "KZ4": "目標と達成状況 / Claims against figures",
    "KZ5": "表記・単位 / Notation and units",
    "KZ6": "年度 / Periods",
    "KZ7": "表・文書をまたぐ / Across tables, prose and reports",
    "KZ9": "読み取り / Extraction suspicions",
}


def render_rule(rule: Rule) -> str:
    """One rule as a page: its title, severity and sections."""
    _, _, body = rule.documentation.partition("\n")
    lines = [f"# {rule.id} {rule.title_ja}", "", rule.title_en, ""]
    lines += [f"`{rule.slug}` · severity: {rule.severity}", ""]
    for line in body.strip("\n").splitlines():
        text = line.strip()
        if line and not line.startswith(" "):
            lines += ["", f"## {text.rstrip(':')}", ""]
        else:
            lines.append(text)
    return _squeeze(lines)


def render_index() -> str:
    """All rules, one line each, by family."""
    lines = ["# Rules", "", "Made from the documentation of the rules by `generate_rules.py`.", ""]
    for prefix, title in FAMILIES.items():
        lines += [f"## {prefix}xx {title}", "", "| rule | | severity |", "|---|---|---|"]
        for rule in RULES:
            if rule.id.startswith(prefix):
                name = f"{rule.title_ja} / {rule.title_en}"
                lines.append(f"| [{rule.id}]({rule.id}.md) | {name} | {rule.severity} |")
        lines.append("")
    return _squeeze(lines)


def render_all() -> dict[str, str]:
    """Every page by its file name."""
    return {"README.md": render_index()} | {f"{rule.id}.md": render_rule(rule) for rule in RULES}


def _squeeze(lines: list[str]) -> str:
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip() + "\n"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    pages = render_all()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, "utf-8")
    for path in FOLDER.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    print(f"{len(pages)} pages in {FOLDER}")


if __name__ == "__main__":
    main()
