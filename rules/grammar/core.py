"""Where the core of a line ends: house, people and outcome, up to the comma or the "vì", "bảo", "nên" behind them.

What follows is a tail of own words: it must not contradict the core, and need not be understood.
"""

from collections.abc import Collection, Iterable

from rules.grammar.words import Line, spelt

_ENDS = spelt(r"vì|do|tại|bởi|bảo|kêu|nói|nên|để|mà|dặn|nhờ|thấy|tuy|nhưng|song|hỏi|còn")
_SIGNS = frozenset(",;.:-–—(|/")


def tail_of(line: Line, told: range, fields: Iterable[Collection[int]] = ()) -> int:
    """The place where the tail begins, the number of words when there is none.

    `told` are the words that first say what happened; `fields` what belongs to the core wherever it stands.
    """
    if not told:
        return len(line.words)
    place = max([told.stop, *(max(places) + 1 for places in fields if places)])
    while place < len(line.words):
        word = line.words[place]
        if word.typed in _SIGNS or _ENDS.fullmatch(word.full):
            return place
        place += 1
    return place
