"""What happens to a guide between us and a phone, and what the phone then reads."""

from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageFilter


def opened(png):
    return Image.open(BytesIO(png)).convert("RGB")


def scanned(picture):
    """What a phone reads: ordinary QR codes. Asked for every kind, the decoder sees a Micro QR in a bent corner."""
    return sorted(code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCodeModel2))


def as_telegram_sends_it(picture):
    """A photo arrives as JPEG, its longer side at most 1,280 pixels."""
    smaller = picture.copy()
    smaller.thumbnail((1280, 1280))
    return as_jpeg(smaller)


def as_jpeg(picture, quality=70):
    picture.save(jpeg := BytesIO(), "JPEG", quality=quality)
    return Image.open(jpeg)


def held_askew(picture):
    """Seen from the left: the far edge three quarters as high as the near one."""
    w, h = picture.size
    away = 0.33 / w
    view = (1 + away * w, 0, 0, away * h / 2, 1, 0, away, 0)
    return picture.transform((w, h), Image.Transform.PERSPECTIVE, view, Image.Resampling.BILINEAR, fillcolor="grey")


def at_30_percent(picture):
    return picture.resize((round(picture.width * 0.3), round(picture.height * 0.3)))


def blurred(picture):
    return picture.filter(ImageFilter.GaussianBlur(3))


def turned(picture):
    return picture.rotate(15, Image.Resampling.BICUBIC, expand=True, fillcolor="grey")


def photographed(picture):
    """The whole sheet in a phone's 8-megapixel frame: askew, a little soft, grainy, JPEG."""
    seen = held_askew(picture)
    seen.thumbnail((3264, 2448))
    soft = seen.filter(ImageFilter.GaussianBlur(1))
    grain = Image.effect_noise(soft.size, 40)
    return as_jpeg(Image.blend(soft, ImageChops.overlay(soft, grain.convert("RGB")), 0.5), 80)


def rasterised(pdf, dpi=150):
    """Every page of a PDF as an independent renderer prints it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


DAMAGES = {
    "as it is": lambda picture: picture,
    "at 30 %": at_30_percent,
    "blurred": blurred,
    "turned": turned,
    "a JPEG": as_telegram_sends_it,
    "askew": held_askew,
    "photographed": photographed,
}
