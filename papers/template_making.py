"""Makes the Word templates anew, by NĐ 30/2020: `python -m papers.template_making`. An office edits them in Word."""

from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from papers.template_parts import (
    MIDDLE,
    body,
    cells,
    letterhead,
    line_under,
    loop,
    page,
    repeats,
    say,
    signature,
    table,
)
from texts import papers as texts
from texts import reporting

TEMPLATES = Path(__file__).parent / "templates"


def phu_luc_01() -> Any:
    """The whole letter of Bình Giang's Phụ lục 01."""
    paper = page(landscape=False)
    letterhead(paper, abstract=True)
    say(paper.add_paragraph(), "Kính gửi: {{ to }}").paragraph_format.space_before = Pt(14)
    body(paper, "{%p for basis in bases %}")
    body(paper, "{{ basis }}", italic=True)
    body(paper, "{%p endfor %}")
    body(paper, "{{ opening }}").paragraph_format.keep_with_next = True
    unit = say(paper.add_paragraph(), "{{ counted }}", 13, italic=True, align=ALIGN.RIGHT)
    unit.paragraph_format.space_before = unit.paragraph_format.space_after = Pt(3)
    unit.paragraph_format.keep_with_next = True
    _summary_table(paper)
    last = body(paper, "{{ closing }}").paragraph_format
    last.space_after, last.keep_with_next = Pt(12), True
    signature(paper, copies=texts.COPIES)
    return paper


def _summary_table(paper: Any) -> None:
    widths = (13, 34, 19, 20, 19, 55)
    first, second, opens, row, closes, whole = table(paper, 6, widths, grid=True).rows
    for place in (0, 1, 5):
        first.cells[place].merge(second.cells[place])
    first.cells[2].merge(first.cells[4])
    stt, name, counts, why = texts.HEADS
    for place, text in ((0, stt), (1, name), (2, counts), (5, why)):
        say(first.cells[place].paragraphs[0], text, 13, bold=True)
        first.cells[place].vertical_alignment = MIDDLE
    for place, text in enumerate(texts.COUNTS, 2):
        say(second.cells[place].paragraphs[0], text, 13, bold=True)
    repeats(first)
    repeats(second)
    loop(opens, "{%tr for row in rows %}")
    said = (
        "{{ loop.index }}",
        "{{ row.name }}",
        "{{ row.total }}",
        "{{ row.done }}",
        "{{ row.left }}",
        "{{ row.why }}",
    )
    cells(row, said, left=(1, 5))
    loop(closes, "{%tr endfor %}")
    last = ("", "{{ whole.name }}", "{{ whole.total }}", "{{ whole.done }}", "{{ whole.left }}", "{{ whole.why }}")
    cells(whole, last, bold=True, left=(1, 5))


def bao_cao() -> Any:
    """A báo cáo to the level above: each indicator with its table, the other duties, difficulties."""
    paper = page(landscape=False)
    letterhead(paper, abstract=False, above="{%p if above %}")
    left = paper.tables[0].rows[0].cells[0]
    _before(left.paragraphs[1], "{{ above }}", "{%p endif %}")
    say(paper.add_paragraph(), reporting.KIND, 14, bold=True).paragraph_format.space_before = Pt(14)
    say(paper.add_paragraph(), "{{ title }}", 14, bold=True)
    line_under(paper.add_paragraph(), 60)
    say(paper.add_paragraph(), "Kính gửi: {{ to }}").paragraph_format.space_before = Pt(6)
    _each(paper, "basis in bases", "{{ basis }}", italic=True)
    body(paper, "{{ opening }}")
    _headed(paper, "{{ results }}")
    body(paper, "{%p for section in sections %}")
    body(paper, "{{ section.name }}", bold=True).paragraph_format.keep_with_next = True
    _each(paper, "line in section.said", "{{ line }}", keep=True)
    unit = say(paper.add_paragraph(), "{{ section.counted }}", 13, italic=True, align=ALIGN.RIGHT)
    unit.paragraph_format.space_after = Pt(3)
    unit.paragraph_format.keep_with_next = True
    _section_table(paper)
    _gap(paper)
    body(paper, "{%p endfor %}")
    body(paper, "{%p for part in parts %}")
    _headed(paper, "{{ part.heading }}")
    _each(paper, "line in part.said", "{{ line }}")
    body(paper, "{%p endfor %}")
    last = body(paper, "{{ closing }}").paragraph_format
    last.space_after, last.keep_with_next = Pt(12), True
    signature(paper, copies=("{%p for line in copies %}", "{{ line }}", "{%p endfor %}"))
    return paper


def _before(paragraph: Paragraph, *said: str) -> None:
    for text in said:
        say(paragraph.insert_paragraph_before(), text, 13)


def _headed(paper: Any, text: str) -> None:
    body(paper, text, bold=True).paragraph_format.keep_with_next = True


def _each(paper: Any, loop: str, text: str, *, italic: bool = False, keep: bool = False) -> None:
    """A paragraph for each of some lines."""
    body(paper, f"{{%p for {loop} %}}")
    body(paper, text, italic=italic).paragraph_format.keep_with_next = keep
    body(paper, "{%p endfor %}")


def _gap(paper: Any) -> None:
    """A heading right behind a table is not kept with what follows, in LibreOffice: something stands between them."""
    gap = paper.add_paragraph().paragraph_format
    gap.space_before = gap.space_after = Pt(0)
    gap.line_spacing = Pt(4)


def _section_table(paper: Any) -> None:
    heads, opens, row, closes, whole = table(paper, 5, (12, 37, 16, 19, 17, 19, 40), grid=True).rows
    cells(heads, reporting.HEADS, bold=True, size=12)
    repeats(heads)
    loop(opens, "{%tr for row in section.rows %}")
    fields = ("name", "total", "done", "share", "left", "why")
    cells(row, ("{{ loop.index }}", *(f"{{{{ row.{name} }}}}" for name in fields)), left=(1, 6), size=12)
    loop(closes, "{%tr endfor %}")
    cells(whole, ("", *(f"{{{{ section.whole.{name} }}}}" for name in fields)), bold=True, left=(1, 6), size=12)


def danh_sach() -> Any:
    """Việt Hoà's list with its two notes."""
    paper = page(landscape=True)
    say(paper.add_paragraph(), "{{ title }}", 14, bold=True)
    say(paper.add_paragraph(), "{{ where }}", 14, italic=True).paragraph_format.space_after = Pt(8)
    heads, opens, row, closes = table(paper, 4, (14, 55, 35, 70, 73), grid=True).rows
    cells(heads, texts.LIST_HEADS, bold=True)
    repeats(heads)
    loop(opens, "{%tr for row in rows %}")
    said = ("{{ loop.index }}", "{{ row.name }}", "{{ row.phone }}", "{{ row.body }}", "{{ row.address }}")
    cells(row, said, left=(1, 3, 4))
    loop(closes, "{%tr endfor %}")
    note = say(paper.add_paragraph(), texts.NOTE, 13, bold=True, align=ALIGN.LEFT)
    note.paragraph_format.space_before = Pt(8)
    for tag in ("{{ notes[0] }}", "{{ notes[1] }}"):
        say(paper.add_paragraph(), tag, 13, align=ALIGN.JUSTIFY)
    return paper


def main() -> None:
    TEMPLATES.mkdir(exist_ok=True)
    for name, make in (("phu-luc-01", phu_luc_01), ("danh-sach", danh_sach), ("bao-cao", bao_cao)):
        paper = make()
        paper.core_properties.author, paper.core_properties.comments = "Gõ Từng Nhà", ""
        paper.save(str(TEMPLATES / f"{name}.docx"))


if __name__ == "__main__":
    main()
