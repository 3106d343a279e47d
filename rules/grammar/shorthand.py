"""What people shorten and mistype, written out: "ko", "dc", "sn12", raw telex, two letters changed places."""

import re
from functools import lru_cache

from rules.telex import decode, looks_vni, tone_on_last

_TYPED = re.compile(r"(?<!\w)[a-zA-Z][a-zA-Z0-9]*(?!\w)")
_WRITTEN_OUT = {
    "không": "ko k kg hok hong hông hổng khg khum hem hk kô hg hõng nỏ",
    "được": "dc đc đươc dược dươc",
    "đăng ký": "đk dk đky dky đki dki",
    "rồi": "r rùi rui roài ròi rầu",
    "chưa": "chx chuaw chư chửa",
    "thích": "thik thix thjk",
    "biết": "bik bjt biêt",
    "xong": "xg xog",
    "vợ chồng": "vc",
    "từ chối": "tchoi tchối",
    "thôi": "thui hoy hui",
    "mọi người": "mn mng",
    "trước": "trc",
    "điện thoại": "đt dt đth dth đthoai",
    "điện thoại thông minh": "đttm dttm smp sp smartphone smartphones smartfone smatphone smartphon smarphone",
    "người": "ng ngừoi ngươi ngừi nguời",
    "định danh": "đd đdanh",
    "vợ": "vk",
    "chồng": "ck",
    "làm": "lm nàm",
    "bảo": "bẩu",
    "hướng dẫn": "hd",
    "tài khoản": "tk",
    "vneid": "vnied vnid vneid2 vnei vnedi vinaid vneidd",
    "ok": "oki okie oke okê okla okê okey ôkê oki",
    "xài": "sài",
    "cài": "càj caì",
    "vắng": "vắg vằng vắn",
    "hẹn": "hẹng",
    "với": "vs",
    "cũng": "cx cug",
    "luôn": "lun luôn",
    "thông minh": "tm",
    "mật khẩu": "mk",
}
_SHORT = {short: full for full, shorts in _WRITTEN_OUT.items() for short in shorts.split() if short != full}
# No Vietnamese word ends so: two letters changed places.
_SWAPPED = re.compile(r"(?<=\w\w)(?:gn|hn)(?!\w)")
_BARRED = re.compile(r"(?<!\w)(?:đ[a-z]+|dd\w*[^\x00-\x7f]\w*)(?!\w)", re.IGNORECASE)
# "dt hong" is "điện thoại hỏng", where "hong" elsewhere is a southern "không".
_BROKEN = re.compile(
    r"(?<!\w)(?P<what>đt|dt|điện thoại|dien thoai|máy|may|sim|loa) hong"
    r"(?= (?:không|khong|ko|k|nên|nen|rồi|roi|r|chưa|chua)\b|\s*(?:$|[,.;]))",
    re.IGNORECASE,
)
_ALLEY = re.compile(r"(?<!\w)hem (?=\d)", re.IGNORECASE)  # else it is a southern "không"
# "sn12", "nhà12", "ngõ3" "n12": the door and its number without a space.
_GLUED = re.compile(
    r"(?<![\w/])(?P<door>(?i:sn|nhà|nha|số|so|hộ|ho|ngõ|ngo|ngách|hẻm|kiệt|tổ|thôn|xóm)|n)"
    r"(?P<number>\d{1,4}[a-zA-Z]?(?:/\d{1,4})*)(?![\w/])"
)
# Faces say nothing; their letters would.
_FACE = re.compile(r"(?:(?<=\s)|(?<=^))(?:[:=;]['-]?[dDvVpP3)(>]+|[xX]D+|<3|\^_*\^|:\)+|=\)+|T_T|@@)(?=\s|$)")
_QUA = re.compile(r"(?<!\w)qa(?!\w)", re.IGNORECASE)
_IDENTITY = re.compile(r"(?<!\w)[đd]\. ?danh(?!\w)", re.IGNORECASE)
# "n 16 vắng" is "nhà 16"; behind a number "n" counts people.
_DOOR_LETTER = re.compile(r"(?:(?<=^)|(?<=[,;.:] ))[nN](?:\. ?(?=\d)|(?= \d{1,4}(?![\w.])))")
# "rồi" and "ok" as they are said; "sn 20 ng. 9" is "ngõ 9".
_SAID = re.compile(r"(?<!lòng )(?<!bán )(?<!cháo )(?<!nhồi )(?<!\w)(?:giồi|dồi|dzồi|zồi|dzùi|gồi)(?!\w)", re.IGNORECASE)
_OK = re.compile(r"(?<!\w)ô[ -]?k[êe]i?(?!\w)", re.IGNORECASE)
_IN_ALLEY = re.compile(
    r"(?P<door>(?<!\w)(?:(?:sn|số|so) ?\d{1,4}[a-z]? ng|(?:nhà|nha|n) ?\d{1,4}[a-z]? ng(?=\.)))\.? ?(?=\d)"
    r"(?!\d{1,2} (?:máy|may|mk|tk|đt|dt|ng|cái|vc))",
    re.IGNORECASE,
)
# "c có đd mức 2": to have it would be no news, so it is "chưa".
_NOT_YET = re.compile(r"(?<!\w)c(?= (?:có|co) (?:đd|đ\.?danh|định danh|dinh danh|vneid|mức 2|muc 2)(?!\w))")
_BEFORE_NOW = re.compile(r"(?<!\w)(?:tr|trc|trước|truoc) (?:đây|day)(?!\w)", re.IGNORECASE)
_COUPLE = re.compile(r"(?<![^\W\d])v ?/ ?c(?!\w)", re.IGNORECASE)
_COMRADE = re.compile(r"(?<!\w)(?:đ/c|d/c|đ\.c)(?!\w)", re.IGNORECASE)
# "cài song", "cái đặt": what a keyboard or a dialect makes of "cài xong" and "cài đặt".
_DONE_MISSPELT = re.compile(r"(?<!\w)(?P<what>cài|cai|đặt|dat|ký|ky|nhập|nhap|đã|da) song(?!\w)", re.IGNORECASE)
_INSTALLED_MISSPELT = re.compile(r"(?<!\w)(?P<first>c)ái (?=đặt|đăt)", re.IGNORECASE)
# "heenj t7": no word, and with a day behind it "hẹn".
_PROMISED_MISSPELT = re.compile(
    r"(?<!\w)(?P<first>h)ện(?= (?:t\d|thứ|chủ|cn|\d|mai|mốt|tối|sáng|chiều|trưa|hôm|tuần|lại|quay|em|ngày))",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)  # one line is read in several ways, one behind the other
def decoded(text: str) -> str:
    """The line with words typed in telex or VNI as they were meant: "nhaf oong Tams" is "nhà ông Tám"."""
    text = _FACE.sub("", text).rstrip()
    vni = looks_vni(text.lower())
    text = text if vni else _GLUED.sub(_apart, text)
    text = _IDENTITY.sub("định danh", _QUA.sub("qua", text))
    text = _IN_ALLEY.sub(lambda door: f"{door['door'][:-2]}ngõ ", _OK.sub("ok", _SAID.sub("rồi", text)))
    text = _COMRADE.sub("đồng chí", _COUPLE.sub(" vợ chồng", text))
    text = _INSTALLED_MISSPELT.sub(r"\g<first>ài ", _DONE_MISSPELT.sub(r"\g<what> xong", text))
    text = _NOT_YET.sub(
        "chưa", _DOOR_LETTER.sub(lambda door: "nhà " if "." in door[0] else "nhà", _ALLEY.sub("hẻm ", text))
    )
    text = _BEFORE_NOW.sub("trước đây", text)
    text = _BROKEN.sub(r"\g<what> hỏng", _BARRED.sub(_unbarred, _SWAPPED.sub(lambda end: end[0][::-1], text)))
    plainly = _TYPED.sub(lambda word: _as_cased(word[0], decode(word[0].lower(), vni=vni)), text)
    if plainly == text:
        return text
    among = _TYPED.sub(lambda word: _as_cased(word[0], decode(word[0].lower(), vni=vni, among=True)), plainly)
    return _PROMISED_MISSPELT.sub(r"\g<first>ẹn", among)


def _apart(glued: re.Match[str]) -> str:
    return f"{'nhà' if glued['door'] == 'n' else glued['door']} {glued['number']}"


def _unbarred(word: re.Match[str]) -> str:
    """ "đax" and "ddã" are "đã": one half typed in telex."""
    small = word[0].lower()
    decoded = (
        re.sub("^dd", "đ", small)
        if not small.isascii() and small.startswith("dd")
        else decode(f"d{small}".replace("dđ", "dd"))
    )
    return _as_cased(word[0], decoded) if decoded[:1] == "đ" else word[0]


def _as_cased(typed: str, decoded: str) -> str:
    if decoded == typed.lower():
        return typed
    return decoded.upper() if typed.isupper() else decoded.capitalize() if typed[0].isupper() else decoded


@lru_cache(maxsize=4096)
def written_out(word: str) -> str:
    """One word in small letters, as the one it stands for."""
    decoded = tone_on_last(word)
    return _SHORT.get(decoded, decoded)
