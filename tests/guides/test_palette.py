"""Whatever two colours an office chose, everything in them can be read."""

from hypothesis import given
from hypothesis import strategies as st

from guides.palette import AA, CREAM, NIGHT, WHITE, as_hex, contrast, palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@given(COLOURS, COLOURS)
def test_day_and_night(accent: str, main: str) -> None:
    chosen = palette((accent, main))
    for colour in (chosen.head, chosen.help):
        assert min(contrast(colour, CREAM), contrast(colour, WHITE)) >= AA
    for colour in (chosen.head_at_night, chosen.help_at_night):
        assert contrast(colour, NIGHT) >= AA


def test_a_readable_colour_stays_as_it_is() -> None:
    assert as_hex(palette(("#B5121B", "#1F4E79")).head) == "#1f4e79"
    assert as_hex(palette(("#B5121B", "#1F4E79")).help) == "#b5121b"


def test_black_on_white_is_21_to_1() -> None:
    assert round(contrast((0, 0, 0), (255, 255, 255)), 2) == 21
