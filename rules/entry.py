"""What volunteers type, read into records: one line, or a whole evening's list."""

from rules.grammar.batch import Batch, Total, Unread
from rules.grammar.house_names import house_key
from rules.grammar.line import read_line
from rules.grammar.lists import read_list
from rules.grammar.outcomes import read_outcome
from rules.grammar.record import Entry

__all__ = ["Batch", "Entry", "Total", "Unread", "house_key", "read_line", "read_list", "read_outcome"]
