"""Papers as LibreOffice lays them out: whole pages of A4, the page number from the second on, nothing cut."""

import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from campaigns import EXAMPLE
from rules import plan as plans
from storage import roots
from tests.papers import commune


@pytest.fixture
def soffice() -> str:
    """LibreOffice, or why there is none; on CI that is a failure."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice is missing")
        pytest.skip("soffice (LibreOffice) is not installed")
    return found


def printed(soffice: str, folder: Path, *files: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


async def test_the_letter_prints_on_a4_with_its_header_on_every_page(sqlite_database, tmp_path, soffice):
    plan = plans.load(EXAMPLE)

    async def job(session):
        for number in range(1, 41):
            thon = await commune.unit(session, plan, f"Tổ dân phố {number}", 20)
            await commune.houses(session, thon, "nobody_home", 1)
        return await roots.ensure_root(session, plan)

    root = await sqlite_database.write(job)
    files = []
    for kind in ("docx", "xlsx"):
        files.append(tmp_path / f"{kind}.{kind}")
        files[-1].write_bytes((await commune.made(sqlite_database, plan, "phu-luc-01", kind, root)).read())
    report = tmp_path / "bao-cao.docx"
    report.write_bytes((await commune.made(sqlite_database, plan, "bao-cao", "docx", root)).read())
    printed(soffice, tmp_path, files[0], report)
    printed(soffice, tmp_path, files[1])
    with pypdfium2.PdfDocument(tmp_path / "docx.pdf") as pdf:
        said = [page.get_textpage().get_text_range() for page in pdf]
        sizes = {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf}
    with pypdfium2.PdfDocument(tmp_path / "bao-cao.pdf") as pdf:
        told = [page.get_textpage().get_text_range() for page in pdf]
    assert all("STT" in page for page in told[1:-1])
    assert "./." in told[-1]  # who signs stands with the last words, never alone on a page
    assert "TM. " in told[-1]
    assert sizes == {(210, 297)}
    assert len(said) > 1
    assert all("STT" in page for page in said[:-1])
    assert [page.split()[0] for page in said[1:]] == [str(number) for number in range(2, len(said) + 1)]
    assert "HOÀ XÃ" in said[0]  # PDF text has letters with two marks apart
    assert "./." in said[-1]
    assert "(Ký tên" in said[-1]
    with pypdfium2.PdfDocument(tmp_path / "xlsx.pdf") as pdf:
        assert "(Ký tên" in "".join(page.get_textpage().get_text_range() for page in pdf)
