"""Makes the Word templates anew, by NĐ 30/2020: `python -m papers.template_making`. An office edits them in Word."""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from texts import papers as texts

TEMPLATES = Path(__file__).parent / "templates"
FONT = "Times New Roman"


def _page(*, landscape: bool) -> Any:
    """A4 with the decree's margins, page number centred on top but not on page 1, one font for every script."""
    paper: Any = Document()
    section = paper.sections[0]
    wide, high = (297, 210) if landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    _page_number(section.header.paragraphs[0])
    return paper


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = ALIGN.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)


def _say(
    paragraph: Paragraph, text: str, size: float = 14, *, bold: bool = False, italic: bool = False, align: Any = None
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic
    paragraph.alignment = ALIGN.CENTER if align is None else align
    return paragraph


def _line_under(paragraph: Paragraph, indent: int) -> None:
    """A solid line under a text, in millimetres from each side of its cell."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent)
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(border, "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph.paragraph_format.line_spacing = Pt(4)
    paragraph.paragraph_format.space_after = Pt(6)


def _table(paper: Any, rows: int, widths: tuple[int, ...], *, grid: bool) -> Table:
    table: Table = paper.add_table(rows=rows, cols=len(widths), style="Table Grid" if grid else None)
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in table.rows:
        _whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _whole(row: Any) -> None:
    """A row that is never cut between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeats(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _letterhead(paper: Any) -> None:
    """Two rows by two columns, so that Số and the date stand on one line."""
    table = _table(paper, 2, (62, 98), grid=False)
    left, right = table.rows[0].cells
    _say(left.paragraphs[0], "{{ above }}", 13)
    _say(left.add_paragraph(), "{{ sender }}", 13, bold=True)
    _line_under(left.add_paragraph(), 20)
    _say(right.paragraphs[0], texts.NATION, 12, bold=True)
    _say(right.add_paragraph(), texts.MOTTO, 14, bold=True)
    _line_under(right.add_paragraph(), 14)
    left, right = table.rows[1].cells
    _say(left.paragraphs[0], "{{ number }}", 13)
    about = _say(left.add_paragraph(), "{{ abstract }}", 12)
    about.paragraph_format.space_before = Pt(6)
    _say(right.paragraphs[0], "{{ dated }}", 14, italic=True)


def _body(paper: Any, text: str, *, italic: bool = False) -> Paragraph:
    paragraph = _say(paper.add_paragraph(), text, italic=italic, align=ALIGN.JUSTIFY)
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_before, form.line_spacing = Mm(12.7), Pt(6), 1.15
    return paragraph


def _cells(cells: tuple[_Cell, ...], said: tuple[str, ...], *, bold: bool = False, left: tuple[int, ...] = ()) -> None:
    for place, (one, text) in enumerate(zip(cells, said, strict=True)):
        align = ALIGN.LEFT if place in left else ALIGN.CENTER
        _say(one.paragraphs[0], text, 13, bold=bold, align=align)


def _loop(row: Any, tag: str) -> None:
    row.cells[0].paragraphs[0].add_run(tag)


def _signature(paper: Any) -> None:
    table = _table(paper, 1, (75, 85), grid=False)
    left, right = table.rows[0].cells
    label = _say(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True, align=ALIGN.LEFT)
    for line in ("- Như trên;", "- Lưu: VT."):
        _say(left.add_paragraph(), line, 11, align=ALIGN.LEFT)
    _say(right.paragraphs[0], "{{ signer }}", 14, bold=True)
    _say(right.add_paragraph(), "{{ signs_how }}", 14, italic=True)
    for _ in range(4):
        _say(right.add_paragraph(), "")
    _say(right.add_paragraph(), "{{ signed_by }}", 14, bold=True)
    for paragraph in (label, *left.paragraphs, *right.paragraphs):
        paragraph.paragraph_format.keep_with_next = True


def phu_luc_01() -> Any:
    """The whole letter of Bình Giang's Phụ lục 01."""
    paper = _page(landscape=False)
    paper._body.remove(paper.paragraphs[0]._p) if paper.paragraphs else None
    _letterhead(paper)
    _say(paper.add_paragraph(), "Kính gửi: {{ to }}").paragraph_format.space_before = Pt(14)
    _body(paper, "{%p for basis in bases %}")
    _body(paper, "{{ basis }}", italic=True)
    _body(paper, "{%p endfor %}")
    _body(paper, "{{ opening }}").paragraph_format.keep_with_next = True
    unit = _say(paper.add_paragraph(), "{{ counted }}", 13, italic=True, align=ALIGN.RIGHT)
    unit.paragraph_format.space_before = unit.paragraph_format.space_after = Pt(3)
    unit.paragraph_format.keep_with_next = True
    _summary_table(paper)
    _body(paper, "{{ closing }}").paragraph_format.space_after = Pt(12)
    _signature(paper)
    return paper


def _summary_table(paper: Any) -> None:
    widths = (14, 36, 16, 18, 18, 58)
    table = _table(paper, 6, widths, grid=True)
    first, second, opens, row, closes, whole = table.rows
    for place in (0, 1, 5):
        first.cells[place].merge(second.cells[place])
    first.cells[2].merge(first.cells[4])
    stt, name, counts, why = texts.HEADS
    for place, text in ((0, stt), (1, name), (2, counts), (5, why)):
        _say(first.cells[place].paragraphs[0], text, 13, bold=True)
    for place, text in enumerate(texts.COUNTS, 2):
        _say(second.cells[place].paragraphs[0], text, 13, bold=True)
    _repeats(first)
    _repeats(second)
    _loop(opens, "{%tr for row in rows %}")
    said = (
        "{{ loop.index }}",
        "{{ row.name }}",
        "{{ row.total }}",
        "{{ row.done }}",
        "{{ row.left }}",
        "{{ row.why }}",
    )
    _cells(row.cells, said, left=(1, 5))
    _loop(closes, "{%tr endfor %}")
    last = ("", "{{ whole.name }}", "{{ whole.total }}", "{{ whole.done }}", "{{ whole.left }}", "{{ whole.why }}")
    _cells(whole.cells, last, bold=True, left=(1, 5))


def danh_sach() -> Any:
    """Việt Hoà's list with its two notes."""
    paper = _page(landscape=True)
    _say(paper.add_paragraph(), "{{ title }}", 14, bold=True)
    _say(paper.add_paragraph(), "{{ where }}", 14, italic=True).paragraph_format.space_after = Pt(8)
    table = _table(paper, 4, (14, 55, 35, 70, 73), grid=True)
    heads, opens, row, closes = table.rows
    _cells(heads.cells, texts.LIST_HEADS, bold=True)
    _repeats(heads)
    _loop(opens, "{%tr for row in rows %}")
    said = ("{{ loop.index }}", "{{ row.name }}", "{{ row.phone }}", "{{ row.body }}", "{{ row.address }}")
    _cells(row.cells, said, left=(1, 3, 4))
    _loop(closes, "{%tr endfor %}")
    note = _say(paper.add_paragraph(), texts.NOTE, 13, bold=True, align=ALIGN.LEFT)
    note.paragraph_format.space_before = Pt(8)
    for tag in ("{{ notes[0] }}", "{{ notes[1] }}"):
        _say(paper.add_paragraph(), tag, 13, align=ALIGN.JUSTIFY)
    return paper


def main() -> None:
    TEMPLATES.mkdir(exist_ok=True)
    for name, paper in (("phu-luc-01", phu_luc_01()), ("danh-sach", danh_sach())):
        paper.core_properties.author, paper.core_properties.comments = "Gõ Từng Nhà", ""
        paper.save(str(TEMPLATES / f"{name}.docx"))


if __name__ == "__main__":
    main()
