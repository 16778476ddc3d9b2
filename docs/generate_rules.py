"""Writes docs/rules from the documentation of the rules.

    python docs/generate_rules.py

A test checks that the files are in step with the rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.arithmetic.catalogue import RELATIONS
from kenzan.audit import RULES
from kenzan.audit.conventions import name_roles

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
SEVERITIES = {"error": "不整合", "warning": "要確認", "notice": "参考"}
INTRODUCTION = (
    "What each rule checks, in Japanese and English; `kenzan rules ID` prints the same. "
    "Made from the rules themselves by `generate_rules.py`.\n\n"
    "規則ごとに、何を確かめ、何を指摘しないかを日本語と英語で説明しています。"
    "`kenzan rules ID` でも同じ説明を表示できます。"
)


def render_rule(rule: Rule) -> str:
    """One rule as a page: its title, its severity, and its sections, Japanese first."""
    lines = [f"# {rule.id} {rule.title_ja}", "", rule.title_en, ""]
    severity = SEVERITIES[rule.severity]
    lines += [f"`{rule.slug}` · 重要度 / severity: {severity} / {rule.severity}", ""]
    for section in (*rule.sections("ja"), *rule.sections("en")):
        lines += [f"## {section.title}", "", section.text, ""]
    return "\n".join(lines).strip() + "\n"


def render_index() -> str:
    """All rules, one line each, by family."""
    lines = ["# Rules / 規則", "", INTRODUCTION, ""]
    for prefix, title in FAMILIES.items():
        lines += [
            f"## {prefix}xx {title}",
            "",
            "| rule / 規則 | | severity / 重要度 |",
            "|---|---|---|",
        ]
        for rule in RULES:
            if rule.id.startswith(prefix):
                name = f"{rule.title_ja} / {rule.title_en}"
                severity = f"{SEVERITIES[rule.severity]} / {rule.severity}"
                lines.append(f"| [{rule.id}]({rule.id}.md) | {name} | {severity} |")
        lines.append("")
    return "\n".join(lines).strip() + "\n"


def render_relations() -> str:
    """The relations that a profile can declare or veto, with the hypotheses of each."""
    lines = ["# 計算の関係 / Relations", "", "| name | | hypotheses |", "|---|---|---|"]
    for name, relation in RELATIONS.items():
        ways = "<br>".join(f"`{one.name}` {_plain(one.ja)}" for one in relation.hypotheses)
        lines.append(f"| `{name}` | {relation.ja} / {relation.en} | {ways} |")
    return "\n".join(lines) + "\n"


def _plain(title: str) -> str:
    """A title with general words for the figures that each cell has of its own."""
    return name_roles(title, 0).replace("|", "\\|")


def render_all() -> dict[str, str]:
    """Every page by its file name."""
    pages = {"README.md": render_index(), "relations.md": render_relations()}
    return pages | {f"{rule.id}.md": render_rule(rule) for rule in RULES}


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
