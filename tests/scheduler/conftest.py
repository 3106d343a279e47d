"""What every test of the scheduler stands on."""

import pytest

from storage.database import Database
from tests.scheduler.commune import Commune


@pytest.fixture
async def commune(database: Database) -> Commune:
    """Opened, with nobody in it yet."""
    opened = Commune(database)
    await opened.opens()
    return opened
