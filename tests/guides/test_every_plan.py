"""Every plan in every form through every damage, chat cards too: minutes of work, so run on its own."""

import pytest

from campaigns import HERE
from guides.card import SYSTEMS, card
from guides.printed import SIZES, printed
from rules.plan import load
from tests.guides.reading import DAMAGES, opened, rasterised, scanned

PLANS = sorted(HERE.glob("*.toml"))
UNIT = "Tổ dân phố 1"


def expected(plan, systems=("ios", "android")):
    return {plan.app.store_link(system) for system in systems}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("form", SIZES)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_paper_is_read(path, form, damage):
    plan = load(path)
    assert set(scanned(DAMAGES[damage](opened(printed(plan, UNIT, form).png)))) == expected(plan)


@pytest.mark.slow
@pytest.mark.parametrize("form", SIZES)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_paper_printed_coarsely_is_read(path, form):
    plan = load(path)
    (page,) = rasterised(printed(plan, UNIT, form).pdf)
    assert set(scanned(page)) == expected(plan)


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("phone", SYSTEMS)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_chat_card_is_read(path, phone, damage):
    plan = load(path)
    assert set(scanned(DAMAGES[damage](opened(card(plan, UNIT, phone))))) == expected(plan, SYSTEMS[phone])


def test_where_the_app_is_installed_inside_vneid_the_codes_open_vneid():
    """An Khánh, I′.3: "cài trên VNeID"; a search for the app itself would find nothing to install."""
    plan = load(HERE / "an-khanh-2026.toml")
    found = sorted(expected(plan))
    assert all("VNeID" in link and "Smart" not in link for link in found)
    assert scanned(opened(card(plan, "Thôn 1", "both"))) == found
