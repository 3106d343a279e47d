"""Personal data at rest: AES-GCM for what must come back, a keyed hash for what must only be compared."""

import hmac
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import DateTime, Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

_VERSION = b"\x01"
_NONCE = 12


class WrongKey(Exception):
    """The database was sealed with another SECRET_KEY: put the old one back in .env."""


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"gotungnha", info=purpose).derive(secret.encode())


@dataclass(slots=True)
class Keyring:
    """Both keys, derived from SECRET_KEY (RFC 5869), which lives outside the database."""

    cipher: AESGCM
    hash_key: bytes

    @classmethod
    def from_secret(cls, secret: str) -> "Keyring":
        return cls(AESGCM(_derive(secret, b"columns")), _derive(secret, b"equality"))


_keyring: Keyring | None = None


def unlock(secret: str) -> None:
    """Hand this process its keys, once, before the database is opened."""
    global _keyring
    _keyring = Keyring.from_secret(secret)


def _keys() -> Keyring:
    if _keyring is None:
        raise WrongKey("SECRET_KEY was not handed over")
    return _keyring


def seal(plain: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + _keys().cipher.encrypt(nonce, plain, _VERSION)


def unseal(sealed: bytes) -> bytes:
    """The bytes that were sealed. Raises WrongKey when SECRET_KEY is another one or the bytes were changed."""
    try:
        return _keys().cipher.decrypt(sealed[1 : _NONCE + 1], sealed[_NONCE + 1 :], _VERSION)
    except InvalidTag:
        raise WrongKey("SECRET_KEY does not open this database") from None


def keyed_hash(text: str) -> str:
    """Equal texts, equal hashes; without the key nobody can try names or numbers against it. 32 hex letters."""
    return hmac.new(_keys().hash_key, text.encode(), sha256).hexdigest()[:32]


class SealedText(TypeDecorator[str]):
    """A text column that only this installation can read."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else seal(value.encode("utf-8", "replace"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else unseal(value).decode()


class SealedJson(TypeDecorator[Any]):
    """A JSON column that only this installation can read."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else seal(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(unseal(value))


class SealedBytes(TypeDecorator[bytes]):
    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else unseal(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; the same on SQLite and PostgreSQL."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)
