import unicodedata
from pathlib import Path

import pytest

from rules.plan import Plan, load

EXAMPLE = Path(__file__).parents[2] / "campaigns" / "viet-hoa-2026.toml"


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def with_app(plan: Plan, **changes) -> Plan:
    return plan.model_copy(update={"app": plan.app.model_copy(update=changes)})


def with_place(plan: Plan, **changes) -> Plan:
    return plan.model_copy(update={"place": plan.place.model_copy(update=changes)})


@pytest.fixture
def plan() -> Plan:
    return load(EXAMPLE)


@pytest.fixture
def decomposed_plan(plan) -> Plan:
    """The same plan as an iPhone or a Mac would have saved it."""
    texts = {"name": nfd(plan.app.name), "steps": tuple(map(nfd, plan.app.steps))}
    return with_place(with_app(plan, **texts), name=nfd(plan.place.name), authority=nfd(plan.place.authority))


@pytest.fixture
def filled_plan(plan) -> Plan:
    """The office has filled in the store links, with a query as such links have."""
    return with_app(
        plan,
        app_store="https://apps.apple.com/vn/app/id0000000000?mt=8",
        google_play="https://play.google.com/store/apps/details?id=vn.example.app&hl=vi",
    )


@pytest.fixture
def wordy_plan(plan) -> Plan:
    """Names of sixty letters, five steps, no hotline."""
    steps = tuple(f"Bước này dài hơn thường lệ → nhấn “Đồng ý”, rồi nhấn “Tiếp tục” lần {n}" for n in range(1, 6))
    wordy = with_app(
        plan, name="Ứng dụng Công dân số thành phố Hải Phòng – Dịch vụ công mở rộng", hotline="", steps=steps
    )
    return with_place(
        wordy,
        name="xã Nguyễn Bỉnh Khiêm Vĩnh Bảo Đồng bằng Bắc Bộ mở rộng",
        authority="Ủy ban nhân dân xã Nguyễn Bỉnh Khiêm Vĩnh Bảo Đồng bằng Bắc Bộ mở rộng",
    )
