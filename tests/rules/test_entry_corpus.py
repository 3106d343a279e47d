"""How well lines are read, measured on lines as people write them: precision and coverage by kind.

Precision: of the records written unasked, how many are right in every field. Coverage: of the lines that carry a
record, how many were written unasked. A record from talk is the worst fault there is.
"""

import csv
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rules import plan as plans
from rules.entry import Batch, Entry, house_key, read_line, read_list
from rules.spelling import fold

HERE = Path(__file__).parent
TODAY = date(2026, 6, 18)  # a Thursday
PLAN = plans.load(HERE.parents[1] / "campaigns" / "viet-hoa-2026.toml")


def lines(name: str) -> Iterator[tuple[str, str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row and not row[0].startswith("#"):
                yield row[0], row[1], row[2]


def _day(day: date | None) -> str:
    return f"{day:%d/%m}" if day else ""


def faults(entry: Entry, meaning: str) -> list[str]:
    """Every field in which the entry differs from the meaning; name and reason only where the meaning has them."""
    outcome, house, *others = meaning.split("|")
    wanted = {"n": "", "day": "", "on": "", "at": "", "unit": "", "phone": ""} | dict(o.split("=", 1) for o in others)
    got = {
        "n": str(entry.installs or ""), "day": _day(entry.day), "on": _day(entry.come_back_on),
        "at": entry.come_back_at or "", "unit": fold(entry.unit or ""), "name": entry.name or "",
        "phone": entry.phone.digits if entry.phone else "", "reason": fold(entry.reason or ""),
    }  # fmt: skip
    wanted |= {key: fold(wanted[key]) for key in ("unit", "reason") if key in wanted}
    wrong = [f"{key}={got[key]!r}" for key in wanted if got[key] != wanted[key]]
    wrong += [f"outcome={entry.outcome}"] if entry.outcome != outcome else []
    return wrong + ([f"house={entry.house!r}"] if house_key(entry.house or "") != house_key(house) else [])


class Tally:
    """What became of the lines of one kind."""

    def __init__(self) -> None:
        self.carrying = self.written = self.right = self.from_talk = 0
        self.missed: list[str] = []

    def add_pasted(self, pasted: str, meaning: str, batch: Batch) -> None:
        meant = [] if meaning in "-?" else meaning.split(" ;; ")
        written = [entry for _, entry in batch.records if entry.sure]
        self.carrying += len(meant)
        self.written += len(written)
        self.from_talk += len(written) if meaning == "-" else 0
        for entry in written:
            same = next((one for one in meant if not faults(entry, one)), None)
            self.right += same is not None
            self.missed += [] if same else [f"WRONG  {pasted}  {entry}"]
            meant.remove(same) if same else None
        self.missed += [f"asked  {pasted}  {one}" for one in meant]

    def add(self, line: str, meaning: str, entry: Entry | None) -> None:
        written = entry is not None and entry.sure
        wrong = faults(entry, meaning) if written and meaning not in "-?" else []
        self.carrying += meaning not in "-?"
        self.written += written
        self.right += written and meaning not in "-?" and not wrong
        self.from_talk += written and meaning == "-"
        if written and (wrong or meaning in "-?"):
            self.missed.append(f"WRONG  {line}  {entry}")
        elif not written and meaning not in "-?":
            self.missed.append(f"asked  {line}  {entry}")


def measured(name: str) -> dict[str, Tally]:
    kinds: dict[str, Tally] = defaultdict(Tally)
    for kind, line, meaning in lines(name):
        if kind == "list":
            batch = read_list(line.replace("⏎", "\n").replace("⇥", "\t"), PLAN, TODAY)
            for tally in (kinds[kind], kinds["ALL"]):
                tally.add_pasted(line, meaning, batch)
        else:
            entry = read_line(line, PLAN, TODAY)
            for tally in (kinds[kind], kinds["ALL"]):
                tally.add(line, meaning, entry)
    return kinds


def table(kinds: dict[str, Tally]) -> str:
    rows = [f"{'kind':10} {'lines':>5} {'written':>7} {'precision':>9} {'coverage':>8} {'from talk':>9}"]
    for kind, tally in kinds.items():
        precision = f"{tally.right / tally.written:.1%}" if tally.written else "-"
        coverage = f"{tally.right / tally.carrying:.1%}" if tally.carrying else "-"
        rows.append(f"{kind:10} {tally.carrying:5} {tally.written:7} {precision:>9} {coverage:>8} {tally.from_talk:9}")
    return "\n".join(rows)


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("corpus_*.tsv")))
def test_lines_are_read_right_or_asked_about(name, capsys):
    kinds = measured(name)
    with capsys.disabled():
        print(f"\n{name}\n{table(kinds)}", *kinds["ALL"].missed, sep="\n")
    everything = kinds["ALL"]
    assert everything.from_talk == 0
    assert everything.right >= 0.995 * everything.written
    assert everything.right >= 0.92 * everything.carrying


def test_a_line_takes_under_a_millisecond_in_the_median(capsys):
    taken = []
    for _, line, _ in lines("corpus_lines.tsv"):
        start = time.thread_time()  # of the processor: other tests run beside this one
        read_line(line, PLAN, TODAY)
        taken.append((time.thread_time() - start) * 1000)
    with capsys.disabled():
        print(f"\nmedian {statistics.median(taken):.3f} ms, worst {max(taken):.3f} ms a line")
    assert statistics.median(taken) < 2  # 1 where a processor is not shared by two threads
