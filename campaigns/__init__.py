"""The plans as data: one TOML a campaign. Everything a công văn decides is there, and only there."""

from pathlib import Path

HERE = Path(__file__).parent
EXAMPLE = HERE / "viet-hoa-2026.toml"
