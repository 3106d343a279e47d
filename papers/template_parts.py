"""The parts of our Word templates by NĐ 30/2020/NĐ-CP, Phụ lục I: page, letterhead, body, tables, signature."""

from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from texts import papers as texts

FONT = "Times New Roman"
MIDDLE = WD_CELL_VERTICAL_ALIGNMENT.CENTER
LEFT, RIGHT = 62, 98  # the letterhead's columns: quốc hiệu in 13 points bold is 95 mm wide
MOTTO_WIDE = 60  # tiêu ngữ in 14 points bold, millimetres: its line is as long as the text


def page(*, landscape: bool) -> Any:
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


def say(
    paragraph: Paragraph, text: str, size: float = 14, *, bold: bool = False, italic: bool = False, align: Any = None
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.italic = Pt(size), bold, italic
    paragraph.alignment = ALIGN.CENTER if align is None else align
    return paragraph


def line_under(paragraph: Paragraph, indent: int) -> None:
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


def table(paper: Any, rows: int, widths: tuple[int, ...], *, grid: bool) -> Table:
    made: Table = paper.add_table(rows=rows, cols=len(widths), style="Table Grid" if grid else None)
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row in made.rows:
        whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    _padding(made, {"top": 30, "bottom": 30} if grid else {"left": 0, "right": 0})
    return made


def _padding(made: Table, sides: dict[str, int]) -> None:
    """The cells' own margins, in twentieths of a point.

    A grid's text keeps off its lines; without a grid there are none at the sides, so that a line under a text can be as
    long as the text.
    """
    margins = OxmlElement("w:tblCellMar")
    for side, wide in sides.items():
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(wide))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    made._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def whole(row: Any) -> None:
    """A row that is never cut between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeats(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def letterhead(paper: Any, *, abstract: bool, above: str = "{{ above }}") -> None:
    """Two rows by two columns, so that Số and the date stand on one line; with the công văn's abstract under Số."""
    head = table(paper, 2, (LEFT, RIGHT), grid=False)
    left, right = head.rows[0].cells
    if above:
        say(left.paragraphs[0], above, 13)
    say(left.add_paragraph() if above else left.paragraphs[0], "{{ sender }}", 13, bold=True)
    line_under(left.add_paragraph(), 19)
    say(right.paragraphs[0], texts.NATION, 13, bold=True)
    say(right.add_paragraph(), texts.MOTTO, 14, bold=True)
    line_under(right.add_paragraph(), (RIGHT - MOTTO_WIDE) // 2)
    left, right = head.rows[1].cells
    say(left.paragraphs[0], "{{ number }}", 13)
    if abstract:
        say(left.add_paragraph(), "{{ abstract }}", 12).paragraph_format.space_before = Pt(6)
    say(right.paragraphs[0], "{{ dated }}", 14, italic=True)


def body(paper: Any, text: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    paragraph = say(paper.add_paragraph(), text, bold=bold, italic=italic, align=ALIGN.JUSTIFY)
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_before, form.line_spacing = Mm(12.7), Pt(6), 1.15
    return paragraph


def cells(row: Any, said: tuple[str, ...], *, bold: bool = False, left: tuple[int, ...] = (), size: float = 13) -> None:
    for place, (one, text) in enumerate(zip(row.cells, said, strict=True)):
        align = ALIGN.LEFT if place in left else ALIGN.CENTER
        one.vertical_alignment = MIDDLE
        say(one.paragraphs[0], text, size, bold=bold, align=align)


def loop(row: Any, tag: str) -> None:
    row.cells[0].paragraphs[0].add_run(tag)


def signature(paper: Any, *, copies: tuple[str, ...]) -> None:
    """Nơi nhận beside who signs, level with each other and never cut from the last line of the letter."""
    foot = table(paper, 1, (75, 85), grid=False)
    left, right = foot.rows[0].cells
    say(left.paragraphs[0], texts.RECEIVERS, 12, bold=True, italic=True, align=ALIGN.LEFT)
    for line in copies:
        say(left.add_paragraph(), line, 11, align=ALIGN.LEFT)
    say(right.paragraphs[0], "{{ signer }}", 14, bold=True)
    say(right.add_paragraph(), "{{ signs_how }}", 14, italic=True)
    for _ in range(4):
        say(right.add_paragraph(), "")
    say(right.add_paragraph(), "{{ signed_by }}", 14, bold=True)
    for paragraph in (*left.paragraphs, *right.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
