"""The whole way from file to finding, over the made corpus: false alarms, and slips found.

    python bench/audit_reading.py FOLDER [--seeds N] [--slips N] [--producers docx,html,reportlab]

For each family: clean documents with the figures checked and accused (claims in words are left out,
as the corpus draws them at random), then the same documents with one digit changed, or two that
changed places, in a figure of a sum that ``relations`` lists: found, at the place, with the repair.
Files are kept in FOLDER and used again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.corpus import FAMILIES, Generated, generate
from bench.corpus.arithmetic import computed, figure, holds
from bench.corpus.producers import make_inputs
from kenzan.audit import audit_report
from kenzan.extract import read_document
from kenzan.interpret import interpret_document
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.tables import Finding

COLUMNS = ("documents", "figures", "checked", "undecided", "accused", "notices",
           "slips", "read", "found", "placed", "named", "repaired")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--slips", type=int, default=2, help="slips a document")
    parser.add_argument("--producers", default="docx,html,reportlab")
    parser.add_argument("--families", default=",".join(FAMILIES))
    parser.add_argument("--show", action="store_true", help="print what was accused or missed")
    given = parser.parse_args()
    print(f"| family | {' | '.join(COLUMNS)} |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    whole: Counter[str] = Counter()
    for family in given.families.split(","):
        tally: Counter[str] = Counter()
        for seed in range(given.seeds):
            made = generate(seed=seed, family=family, header_set="common")
            for producer in given.producers.split(","):
                measure(made, producer, given, tally)
        whole += tally
        print_line(family, tally)
    print_line("all", whole)


def print_line(name: str, tally: Counter[str]) -> None:
    print(f"| {name} | {' | '.join(str(tally[column]) for column in COLUMNS)} |")


def measure(made: Generated, producer: str, given: argparse.Namespace, tally: Counter[str]) -> None:
    """One document, clean and with slips."""
    clean, _ = audit_file(made, producer, given.folder)
    tally["documents"] += 1
    tally["figures"] += clean.counts.figures
    tally["checked"] += clean.counts.checked
    tally["undecided"] += clean.counts.undecided
    tally["notices"] += sum(one.severity == "notice" for one in clean.findings)
    loud = find_loud(clean)
    tally["accused"] += len(loud)
    if given.show:
        for one in loud:
            print("ACCUSED", made.document.name, producer, one.rule, one.message_ja[:200])
    known = {one.id for one in loud}
    random = Random(f"{made.seed} {made.family}")
    for spoilt, text, meant in spoil(made, random, given.slips):
        with tempfile.TemporaryDirectory() as folder:
            result, printed = audit_file(spoilt, producer, Path(folder))
        new = [one for one in find_loud(result) if one.id not in known]
        at = [one for one in new if text in one.printed]
        tally["slips"] += 1
        tally["read"] += any(text in raw for raw in printed)
        tally["found"] += bool(new)
        tally["placed"] += bool(at)
        named = any(format(meant, ",f") in one.message_ja for one in new)
        tally["named"] += bool(at) or named
        tally["repaired"] += any(one.expected == format(meant, "f") for one in at)
        if given.show and not at:
            print("MISSED", made.document.name, producer, text, meant, [x.rule for x in new])


def audit_file(made: Generated, producer: str, folder: Path) -> tuple[AuditResult, list[str]]:
    """The audit of one document set by a producer, and every figure as it was read."""
    (item,) = make_inputs([(made, producer)], folder)
    report = interpret_document(read_document(item.path, name=item.path.name))
    printed = [raw for row in report.observations for raw in (row.value_raw, row.delta_raw)]
    return audit_report(report), printed


def find_loud(result: AuditResult) -> list[Finding]:
    """Errors and warnings, but for claims in words."""
    return [
        one
        for one in result.findings
        if one.severity != "notice" and not one.rule.startswith("KZ4")
    ]


def spoil(made: Generated, random: Random, count: int) -> Iterator[tuple[Generated, str, Decimal]]:
    """Copies with one figure misprinted, the misprint as printed, and what was meant."""
    relations = list(made.relations)
    random.shuffle(relations)
    for relation in relations:
        term = random.choice([relation.result, *relation.terms])
        meant = figure(term, made.facts)
        fact = made.facts[term.fact]
        raw = fact.value_raw if term.side == "value" else fact.delta_raw
        slip = change_digits(raw, meant, random) if meant is not None else None
        if slip is None or meant is None:
            continue
        spoilt = made.misprint(term.fact, term.side, *slip)
        broken = not holds(relation, spoilt.facts)
        if broken and is_beyond_slack(relation, spoilt):
            yield spoilt, slip[0], meant
            count -= 1
        if not count:
            return


def change_digits(raw: str, meant: Decimal, random: Random) -> tuple[str, Decimal] | None:
    """Another digit, or two that changed places; ``None`` if the text holds more than the figure."""
    places = [i for i, char in enumerate(raw) if unicodedata.decimal(char, None) is not None]
    digits = [str(unicodedata.decimal(raw[i])) for i in places]
    plain = format(abs(meant), "f")
    if "".join(digits) != plain.replace(".", "") or len(digits) < 3:
        return None
    at = random.randrange(len(digits) - 1)
    texts, values = list(raw), list(plain.replace(".", ""))
    if random.random() < 0.5 and values[at] != values[at + 1]:
        one, two = places[at], places[at + 1]
        texts[one], texts[two] = texts[two], texts[one]
        values[at], values[at + 1] = values[at + 1], values[at]
    else:
        digit = random.choice([one for one in "123456789" if one != values[at]])
        wide = unicodedata.east_asian_width(texts[places[at]]) == "F"
        texts[places[at]] = chr(0xFF10 + int(digit)) if wide else digit
        values[at] = digit
    after = len(plain.partition(".")[2])
    value = Decimal("".join(values)).scaleb(-after)
    return "".join(texts), -value if meant < 0 else value


def is_beyond_slack(relation, made: Generated) -> bool:  # type: ignore[no-untyped-def]
    """Whether the sum is off by more last digits than it has figures."""
    result = figure(relation.result, made.facts)
    terms = [figure(term, made.facts) for term in relation.terms]
    if result is None or None in terms:
        return False
    step = Decimal(1).scaleb(result.as_tuple().exponent)
    off = abs(computed(relation, terms) - result) / step
    return off > len(terms) + 1


if __name__ == "__main__":
    main()
