"""What is kept of a reply is all of it."""

import json
from dataclasses import asdict, fields

from rules.reply import Choice, Document, Picture, Reply, from_json, to_json

EVERYTHING = Reply(
    "Đã ghi.",
    ((Choice("Sửa", "s|1"), Choice("Trang", url="https://example.vn")), (Choice("Menu", "w|menu"),)),
    picture=Picture("guide", "12", "Quét mã"),
    document=Document("abc"),
    in_place=True,
    takes_numbers=True,
    toast="Đã lưu",
    may_wait=True,
    then=Reply("Còn nữa", ((Choice("Ghi", "w|ghi"),),)),
)


def test_every_field_is_kept_and_comes_back() -> None:
    kept = json.loads(json.dumps(to_json(EVERYTHING)))
    assert kept == json.loads(json.dumps(asdict(EVERYTHING)))
    assert from_json(kept) == EVERYTHING
    assert all(getattr(EVERYTHING, field.name) != field.default for field in fields(Reply)), "a new field: say it here"


def test_an_empty_reply_is_one() -> None:
    assert from_json(to_json(Reply())) == Reply()
