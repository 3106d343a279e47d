"""Pages for a printer: a PDF that carries each page's PNG as it is, compressed once and exact to the pixel.

Pillow's own PDF writes palette pictures as hexadecimal text, sixty times as large.
"""

import struct
from collections.abc import Iterator, Sequence

POINTS = 72
DPI = 300


def pdf(pages: Sequence[bytes], title: str) -> bytes:
    """One page a picture, each of DPI dots an inch. The pages are 8-bit palette PNGs that are not interlaced."""
    kids = " ".join(f"{4 + 3 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true /PrintScaling /None >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Title <{_text(title)}> >>".encode(),
    ]
    for number, page in enumerate(pages):
        objects += _page(page, 4 + 3 * number)
    return _file(objects)


def _text(said: str) -> str:
    """A text string as PDF 1.7, 7.9.2.2 has it: big-endian UTF-16 behind its mark."""
    return (b"\xfe\xff" + said.encode("utf-16-be")).hex()


def _page(png: bytes, number: int) -> Iterator[bytes]:
    """The page, what it paints, and the picture that is painted."""
    chunks = list(_chunks(png))
    wide, tall = struct.unpack(">II", chunks[0][1][:8])
    size = f"{wide * POINTS / DPI:.4f} {tall * POINTS / DPI:.4f}"
    yield (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size}] /Contents {number + 1} 0 R "
        f"/Resources << /XObject << /I {number + 2} 0 R >> >> >>"
    ).encode()
    across, up = size.split()
    yield _stream("", f"q {across} 0 0 {up} 0 0 cm /I Do Q".encode())
    palette = b"".join(data for kind, data in chunks if kind == b"PLTE")
    yield _stream(
        f"/Type /XObject /Subtype /Image /Width {wide} /Height {tall} /BitsPerComponent 8 "
        f"/ColorSpace [/Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex()}>] /Filter /FlateDecode "
        f"/DecodeParms << /Predictor 15 /Colors 1 /BitsPerComponent 8 /Columns {wide} >>",
        b"".join(data for kind, data in chunks if kind == b"IDAT"),
    )


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        yield kind, png[at + 8 : at + 8 + length]
        at += length + 12


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    """Objects 1 to n with the table of where each begins; 1 is the catalog and 3 the title."""
    parts, starts, at = [b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"], [], 15
    for number, body in enumerate(objects, 1):
        starts.append(at)
        parts.append(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
        at += len(parts[-1])
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    parts.append(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{at}\n%%EOF\n".encode())
    return b"".join(parts)
