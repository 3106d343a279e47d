"""How much code there is, room by room, and where it is longest."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.processes import ROOT

ROOMS = ("bot", "handlers", "scheduler", "guides", "papers", "texts", "storage", "rules", "campaigns", "simulator",
         "tests", "bench")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    name: str
    modules: int
    lines: int
    code: int  # without blank lines, comments and docstrings


@dataclass(frozen=True, slots=True)
class Function:
    where: str
    lines: int


def rooms() -> list[Room]:
    return [_room(name) for name in ROOMS]


def longest_functions(most: int = 3) -> list[Function]:
    """The longest outside tests and migrations, signature included, longest first."""
    found = [
        Function(f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for name in ROOMS
        if name != "tests"
        for path in _modules(name)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return sorted(found, key=lambda function: -function.lines)[:most]


def _room(name: str) -> Room:
    sources = [path.read_text() for path in _modules(name)]
    return Room(name, len(sources), sum(len(source.splitlines()) for source in sources), sum(map(_code_lines, sources)))


def _modules(room: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / room).rglob("*.py")) if "versions" not in path.parts)


def _code_lines(source: str) -> int:
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            docstrings.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(source.splitlines(), 1)
    return sum(bool(line.strip()) and not line.lstrip().startswith("#") and at not in docstrings for at, line in lines)
