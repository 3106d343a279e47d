"""What every test of the scheduler stands on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scheduler.commune import Commune, open_commune


@pytest.fixture
async def commune(tmp_path: Path) -> AsyncIterator[Commune]:
    async with open_commune(tmp_path) as opened:
        yield opened
