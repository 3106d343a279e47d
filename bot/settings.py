"""What the environment decides, read once and checked with sentences that say how to mend it."""

import os
import re
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.exc import ArgumentError

from campaigns import EXAMPLE
from rules.quota import FREE, Allowance
from texts.commands import BAD_DATABASE_URL

_PLACEHOLDER = re.compile(
    r"change.?me|placeholder|thay.?khoa|your.?(secret|key)|xxxx|[<>…]|^(?P<one>.)(?P=one)*$", re.IGNORECASE
)
ENV_FILE = Path(".env")
LEAST_KEY = 16
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{8,256}")  # Bot API, setWebhook: at most 256; Zalo: at least 8
GOOD_WEBHOOK_SECRET = 32


class BadSettings(Exception):
    """The start stops; the message says which setting and what to do."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",
        extra="allow",  # a plan may name variables of its own, see `variable`
        env_ignore_empty=True,
        str_strip_whitespace=True,
    )

    telegram_token: str = ""
    telegram_api_url: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    zalo_token: str = ""
    zalo_api_url: str = "https://bot-api.zaloplatforms.com"
    zalo_mode: Literal["polling", "webhook"] = "polling"
    zalo_bot_link: str = ""
    zalo_people: int = Field(default=FREE.people, ge=1)
    zalo_messages: int = Field(default=FREE.messages, ge=1)
    zalo_counts: Literal["out", "both"] = "both"
    webhook_secret: str = ""
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    database_url: str = "sqlite:///var/gotungnha.db"
    campaign: str = str(EXAMPLE)
    secret_key: str = ""
    clock: datetime | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("telegram_api_url", "zalo_api_url", "public_url")
    @classmethod
    def _no_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @field_validator("clock")
    @classmethod
    def _with_offset(cls, clock: datetime | None) -> datetime | None:
        if clock and clock.tzinfo is None:
            raise ValueError("needs an offset")
        return clock

    @property
    def is_live(self) -> bool:
        """Whether there is a shared token; plans may hold their own (see `bot.stations`)."""
        return bool(self.telegram_token or self.zalo_token)

    def variable(self, name: str) -> str:
        """A variable by its name, as a plan names those of its own bots: from the environment, else from .env."""
        if name.lower() in type(self).model_fields:
            return str(getattr(self, name.lower()))
        in_file = (self.model_extra or {}).get(name.lower())
        return str(os.environ.get(name) or in_file or "").strip()

    @property
    def allowance(self) -> Allowance:
        """What one Zalo bot may do in a month."""
        return Allowance(self.zalo_people, self.zalo_messages, self.zalo_counts == "both")

    @property
    def plans(self) -> list[Path]:
        return [Path(part.strip()) for part in self.campaign.split(",") if part.strip()]

    def check_secret(self) -> None:
        """Raises BadSettings when SECRET_KEY is a placeholder or too short to seal people's data with."""
        if len(self.secret_key) < LEAST_KEY or _PLACEHOLDER.search(self.secret_key):
            raise BadSettings(
                f"SECRET_KEY chưa được đặt (hoặc còn là chữ mẫu, hoặc ngắn hơn {LEAST_KEY} ký tự). Chạy "
                "`python3 -c 'import secrets; print(secrets.token_urlsafe(48))'` rồi dán kết quả vào .env."
            )

    def check_webhook(self) -> None:
        """Raises BadSettings when webhook mode has a secret that a messenger does not take."""
        in_use = "webhook" in (self.telegram_mode, self.zalo_mode)
        if in_use and self.webhook_secret and not _WEBHOOK_SECRET.fullmatch(self.webhook_secret):
            raise BadSettings("WEBHOOK_SECRET cần 8 đến 256 ký tự, chỉ gồm chữ không dấu, số, _ và -; hoặc bỏ trống.")

    @property
    def shared_secret(self) -> str:
        """What a messenger must show when it calls us: WEBHOOK_SECRET, or one derived from SECRET_KEY."""
        return self.webhook_secret or sha256(f"webhook:{self.secret_key}".encode()).hexdigest()

    def check_database(self) -> None:
        """Raises BadSettings when DATABASE_URL is not one that we speak. The URL is not repeated: it has a password."""
        from storage.database import async_url, sqlite_file

        try:
            usable = async_url(self.database_url).startswith("postgresql") or bool(sqlite_file(self.database_url))
        except (ArgumentError, ValueError):
            usable = False
        if not usable:
            raise BadSettings(BAD_DATABASE_URL)


_MENDS = {
    "clock": "CLOCK phải là giờ ISO có múi giờ, ví dụ 2026-06-24T16:59:55+07:00; hoặc bỏ trống.",
    "port": "PORT phải là một số từ 0 đến 65535.",
    "telegram_mode": "TELEGRAM_MODE chỉ nhận polling hoặc webhook.",
    "zalo_mode": "ZALO_MODE chỉ nhận polling hoặc webhook.",
    "zalo_people": "ZALO_PEOPLE phải là số người một bot Zalo phục vụ được, từ 1 trở lên.",
    "zalo_messages": "ZALO_MESSAGES phải là số tin một bot Zalo được dùng mỗi tháng, từ 1 trở lên.",
    "zalo_counts": "ZALO_COUNTS chỉ nhận out (chỉ tính tin gửi đi) hoặc both (tính cả tin nhận vào).",
    "log_level": "LOG_LEVEL chỉ nhận DEBUG, INFO, WARNING hoặc ERROR.",
}


def read_settings() -> Settings:
    """The settings from the environment and .env. Raises BadSettings with one sentence."""
    try:
        return Settings()
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0]).lower()
        raise BadSettings(_MENDS.get(field, f"{field.upper()} trong .env không đọc được.")) from None
    except (OSError, UnicodeDecodeError):
        raise BadSettings("Tệp .env không đọc được; xem quyền đọc, và lưu lại với bảng mã UTF-8.") from None
