"""What is decided otherwise in a plan than before, entry by entry: how the campaign's file changed in the middle."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

_KEYS = ("slug", "code")  # what tells one entry of a list from the others
_OF_NOTE_ONLY = ("readings",)  # how a clause is read is said beside it; it decides nothing by itself


@dataclass(frozen=True, slots=True)
class Change:
    """One entry decided otherwise. `entry` is its slug or code ("" where the table has one entry only), `called` what
    people call it. A whole entry that came or went has no `field`, and `old` or `new` is None for "not there".
    """

    table: str
    entry: str
    called: str
    field: str
    old: Any
    new: Any

    def kept(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Every difference between two plans as plain data (`model_dump(mode="json")`), in the file's order.

    What only one of them has a place for came or went with the software, and nobody decided it: that is none.
    """
    tables = [table for table in new if table in old and table not in _OF_NOTE_ONLY]
    return [change for table in tables for change in _of_table(table, old[table], new[table])]


def _of_table(table: str, old: Any, new: Any) -> list[Change]:
    if _has_entries(old) or _has_entries(new):
        return _of_entries(table, _by_key(old or ()), _by_key(new or ()))
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return _of_fields(table, "", "", old, new)
    return [] if old == new else [Change(table, "", "", "", old, new)]


def _has_entries(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)


def _by_key(entries: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {
        next((str(entry[key]) for key in _KEYS if key in entry), f"{nth}"): entry
        for nth, entry in enumerate(entries, 1)
    }


def _of_entries(table: str, old: dict[str, Mapping[str, Any]], new: dict[str, Mapping[str, Any]]) -> list[Change]:
    found: list[Change] = []
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key), new.get(key)
        if before is not None and after is not None:
            found += _of_fields(table, key, _called(after), before, after)
        else:
            was, now = (None if entry is None else "" for entry in (before, after))
            found.append(Change(table, key, _called(after or before or {}), "", was, now))
    return found


def _of_fields(table: str, entry: str, called: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    names = [name for name in new if name in old and name not in _OF_NOTE_ONLY]
    return [Change(table, entry, called, name, old[name], new[name]) for name in names if old[name] != new[name]]


def _called(entry: Mapping[str, Any]) -> str:
    """What people call an entry, as its plan does."""
    return str(next((entry[name] for name in ("label", "sentence", "what", "who", "name") if entry.get(name)), ""))
