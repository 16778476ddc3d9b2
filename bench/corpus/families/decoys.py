"""Tables of no interest: schedules, members, addresses. They hold digits and no observation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.corpus.author import Author, Grid

if TYPE_CHECKING:
    from bench.corpus.model import Block, Table

from bench.corpus.model import Heading


def compose(author: Author) -> list[Block]:
    """One decoy with its heading."""
    heading, maker = author.draw.one(_MAKERS)
    return [Heading(heading, 1), maker(author)]


def _schedule(author: Author) -> Table:
    draw, grid = author.draw, Grid()
    grid.put_headers([("時期",), ("内容",), ("場所",)])
    month = draw.between(4, 6)
    for row in range(1, draw.between(3, 6) + 1):
        grid.put((row, 0), f"{month + row}月{draw.between(1, 28)}日")
        grid.put((row, 1), draw.text("events"))
        grid.put((row, 2), draw.text("places"))
    return grid.table(rules=author.rules)


def _members(author: Author) -> Table:
    draw, grid = author.draw, Grid()
    grid.put_headers([("No.",), ("氏名",), ("役職",), ("所属",)])
    for row in range(1, draw.between(4, 8) + 1):
        grid.put((row, 0), str(row))
        grid.put((row, 1), draw.text("people"))
        grid.put((row, 2), draw.text("posts"))
        grid.put((row, 3), draw.text("bodies"))
    return grid.table(rules=author.rules)


def _addresses(author: Author) -> Table:
    draw, grid = author.draw, Grid()
    grid.put_headers([("施設名",), ("所在地",), ("電話番号",)])
    for row in range(1, draw.between(3, 6) + 1):
        block, lot, house = draw.between(1, 5), draw.between(1, 30), draw.between(1, 20)
        where = f"{draw.text('streets')}{block}丁目{lot}番{house}号"
        grid.put((row, 0), draw.text("places"))
        grid.put((row, 1), where)
        grid.put(
            (row, 2), f"0{draw.between(11, 99)}-{draw.between(20, 99)}-{draw.between(1000, 9999)}"
        )
    return grid.table(rules=author.rules)


def _legend(author: Author) -> Table:
    grid = Grid()
    grid.put_headers([("区分",), ("説明",)])
    lines = (
        ("◎", "目標値の100％以上"),
        ("○", "目標値の80％以上"),
        ("△", "目標値の80％未満"),
        ("－", "実績値が未確定"),
    )
    for row, (mark, meaning) in enumerate(lines, start=1):
        grid.put((row, 0), mark)
        grid.put((row, 1), meaning)
    return grid.table(rules=author.rules)


_MAKERS = (
    ("今後のスケジュール", _schedule),
    ("委員名簿", _members),
    ("問い合わせ先", _addresses),
    ("評価の区分", _legend),
)
