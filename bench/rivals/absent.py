"""A package made absent for this process, at the price an absent one has: looked for everywhere and not found."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


class _Blind:
    """Looks through the whole path for a name that nothing has, whenever it is asked for that package."""

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return PathFinder.find_spec(f"{name}_absent" if name == self._package else name, path, target)

    def __getattr__(self, name: str) -> Any:
        return getattr(PathFinder, name)


def pretend_absent(package: str) -> None:
    """From here on `import package` raises ModuleNotFoundError, as where it is not installed."""
    sys.modules.pop(package, None)
    sys.meta_path[:] = [_Blind(package) if finder is PathFinder else finder for finder in sys.meta_path]
