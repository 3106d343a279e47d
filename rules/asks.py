"""What people ask in a whole sentence instead of by a word of the menu: "hôm nay bác làm được mấy nhà rồi cháu?"."""

import re

from rules.spelling import clean, plain

_LONGEST = 80
_WHO = r"(?:bac|co|chu|ong|ba|anh|chi|em|chau|con|toi|to|minh|ban|bot)"
_NOW = r"hom nay|bua nay|den gio|den nay|tinh den (?:gio|nay)|tu dau|bay gio|gio"
_LEAD = rf"(?:(?:{_WHO}(?: oi)?|{_NOW}|the|a|u|da|vay)[, ]+)*"
_TAIL = rf"(?:[ ,]+(?:{_WHO}|oi|a|nhi|nhe|day|roi|the|vay|ha|nao|bay gio|nua|di|giup|hom nay|cho|biet))*[ ?!.]*"
_HOUSES = r"(?:nha|ho|ho dan)"
_HOW = r"(?:gi|sao|the nao|nhu the nao|ra sao|kieu gi)"
_SENTENCES = (
    ("còn", rf"con (?:bao nhieu|may) {_HOUSES}(?: (?:nua|chua(?: xong| cai| di| den)?|phai di))*"),
    ("còn", rf"(?:con )?(?:nhung )?{_HOUSES} nao (?:la )?(?:chua|con)(?: xong| cai| di| den| lam| ghi)*"),
    ("còn", rf"con (?:phai di )?{_HOUSES} nao|phai di {_HOUSES} nao|di {_HOUSES} nao (?:tiep|truoc)"),
    ("tôi", rf"(?:da )?(?:lam|ghi|di|cai|den)?(?: ?duoc| ?xong)* ?(?:bao nhieu|may) {_HOUSES}"),
    ("nhật ký", rf"(?:xem lai |xem )?(?:hom nay )?(?:{_WHO} )?(?:da )?ghi (?:nhung |duoc )*(?:gi|{_HOUSES} nao)"),
    ("nhật ký", r"xem lai hom nay"),
    ("trợ giúp", rf"(?:phai |can |nen )?(?:lam|ghi|go|nhan|bat dau|dung)(?: tin)? {_HOW}"),
    ("trợ giúp", r"(?:lam sao|lam the nao|cach)(?: de)? (?:ghi|dung|lam|go)(?: the nao| sao)?"),
    ("trợ giúp", r"huong dan (?:su dung|dung|cach dung)"),
)
_ASKED = tuple((word, re.compile(f"{_LEAD}(?:{sentence}){_TAIL}")) for word, sentence in _SENTENCES)
_HELLO = re.compile(
    rf"(?:(?:da|vang|{_WHO}),? )*(?:xin )?(?:chao|alo|a lo|hello|hi)(?: (?:{_WHO}|ca|nha|moi nguoi|nhe|a|oi))*[ !.]*"
)


def menu_word(text: str) -> str | None:
    """The word of the menu that answers this question; None for what says something, and for all with digits."""
    if not 6 <= len(text) <= _LONGEST or any(map(str.isdecimal, text)):
        return None
    said = plain(clean(text))
    return next((word for word, sentence in _ASKED if sentence.fullmatch(said)), None)


def is_greeting(text: str) -> bool:
    """ "chào cháu", "alo", "em chào bác ạ", and nothing else."""
    return len(text) <= _LONGEST and bool(_HELLO.fullmatch(plain(clean(text))))
