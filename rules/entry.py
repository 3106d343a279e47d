"""What volunteers type, read into records: one line, or a whole evening's list."""

from rules.entry_line import Entry, read_line
from rules.entry_lists import Batch, Total, Unread, read_list
from rules.entry_outcomes import read_outcome
from rules.entry_places import house_key

__all__ = ["Batch", "Entry", "Total", "Unread", "house_key", "read_line", "read_list", "read_outcome"]
