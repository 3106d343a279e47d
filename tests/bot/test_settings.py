"""What the environment decides: defaults, refusals with a way to mend them."""

import pytest

from bot.settings import BadSettings, Settings, read_settings
from campaigns import HERE

GOOD_KEY = "x7Jk2mQ9rT4vW8yB3nD6"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_set_is_a_trial_run():
    settings = read_settings()
    assert not settings.is_live
    assert settings.telegram_mode == "polling"
    assert [plan.name for plan in settings.plans] == ["viet-hoa-2026.toml"]


def test_env_is_read_spaces_and_empty_lines_do_not_matter(empty_folder):
    (empty_folder / ".env").write_text(f"SECRET_KEY= {GOOD_KEY} \nPORT=\nLOG_LEVEL=debug\nKHAC=1\n", encoding="utf-8")
    settings = read_settings()
    assert (settings.secret_key, settings.port, settings.log_level) == (GOOD_KEY, 8080, "DEBUG")
    settings.check_secret()


def test_env_as_notepad_saves_it(empty_folder):
    (empty_folder / ".env").write_bytes(b"\xef\xbb\xbfPORT=8081\r\nHOST=0.0.0.0\r\n")
    assert (read_settings().port, read_settings().host) == (8081, "0.0.0.0")
    (empty_folder / ".env").write_bytes("HOST=ngõ".encode("utf-16"))
    with pytest.raises(BadSettings, match="UTF-8"):
        read_settings()


def test_the_example_explains_every_setting_and_its_key_is_refused(empty_folder):
    example = (HERE.parent / ".env.example").read_text(encoding="utf-8")
    named = {line.split("=")[0] for line in example.splitlines() if line and not line.startswith("#")}
    assert named == {name.upper() for name in Settings.model_fields}
    (empty_folder / ".env").write_text(example, encoding="utf-8")
    settings = read_settings()
    assert settings.database_url == "sqlite:///var/gotungnha.db"
    with pytest.raises(BadSettings, match="SECRET_KEY"):
        settings.check_secret()


@pytest.mark.parametrize(
    "key", ["", "short", "changeme-changeme-changeme", "<your secret key here>", "a" * 40, " " * 40]
)
def test_a_placeholder_key_is_refused(monkeypatch, key):
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(BadSettings, match=r"secrets\.token_urlsafe"):
        read_settings().check_secret()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("TELEGRAM_MODE", "webhok"),
        ("LOG_LEVEL", "LOUD"),
        ("CLOCK", "2026-06-24T16:59:55"),
        ("CLOCK", "chiều nay"),
    ],
)
def test_a_value_that_cannot_be_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=name):
        read_settings()


def test_a_webhook_secret_that_telegram_does_not_take_is_refused():
    for secret in ("s" * 7, "s" * 257, "bí mật" * 9):
        with pytest.raises(BadSettings, match="WEBHOOK_SECRET"):
            Settings(telegram_mode="webhook", webhook_secret=secret).check_webhook()
    Settings(telegram_mode="webhook", webhook_secret="s" * 32).check_webhook()


def test_without_a_webhook_secret_one_is_derived_from_the_key():
    one, other = Settings(secret_key="k" * 20 + "1"), Settings(secret_key="k" * 20 + "2")
    assert len(one.shared_secret) == 64
    assert one.shared_secret != other.shared_secret
    assert Settings(secret_key="k" * 20, webhook_secret="own-secret").shared_secret == "own-secret"


@pytest.mark.parametrize("url", ["sqlite:///var/x.db", "postgresql://u:p@localhost/x", "postgres://u@localhost/x"])
def test_databases_we_speak(url):
    Settings(database_url=url).check_database()


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://u:mat-khau@h/x", "not a url", "sqlite:var"]
)
def test_databases_we_do_not(url):
    with pytest.raises(BadSettings, match="DATABASE_URL") as refused:
        Settings(database_url=url).check_database()
    assert "mat-khau@h" not in str(refused.value)
