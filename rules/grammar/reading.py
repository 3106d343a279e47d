"""One line being read: each step claims its words, and what is claimed means nothing else."""

from datetime import date

from rules.grammar.words import Line
from rules.phones import Phone
from rules.plan import Plan
from rules.private import forbidden


class Reading:
    """The line, what of it is claimed, and what that said; `doubt` says that something in it must be asked about."""

    def __init__(self, line: Line, plan: Plan, today: date) -> None:
        self.line, self.plan, self.today = line, plan, today
        self.taken: set[int] = set()
        # Digits of other scripts look like no house number people here could find again.
        self.doubt = bool(forbidden(line.text)) or any(sign.isdigit() and not sign.isascii() for sign in line.text)
        self.names: set[int] = set()
        self.phone: Phone | None = None
        self.name: str | None = None
        self.phone_at = 0  # where its words begin
        self.house = range(0)
        self.people: set[int] = set()
        self.is_by_name = False  # the house is told by a name alone, without "nhà"
        self.numbered_ahead = False  # "12 ông Tám": a house, or the twelfth of a list
        self.day: date | None = None
        self.is_bare_date = False  # "12/5": a day, or a house in an alley
        self.come_back_on: date | None = None
        self.come_back_at: str | None = None
        self.installs: int | None = None
        self.own_words: set[int] = set()  # read, and kept as typed all the same: "2 mẹ con", "tuần sau"

    def take(self, places: range) -> range:
        """Claim words, and hand them back."""
        self.taken.update(places)
        return places

    def open_text(self, besides: frozenset[int] | set[int] = frozenset()) -> str:
        """The line with what is claimed struck out, letter for letter, `besides` left standing."""
        letters = list(self.line.text)
        for place in (self.taken | self.names) - besides:
            word = self.line.words[place]
            letters[word.start : word.end] = "|" * (word.end - word.start)
        return "".join(letters)
