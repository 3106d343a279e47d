"""Own words: the reason somebody gave, and whatever else a line says that no field claims. Kept as typed."""

from collections.abc import Set

from rules.grammar.names import RELATIONS
from rules.grammar.outcomes import ASIDE, DENIED, DONE, Claim, Verdict
from rules.grammar.words import Line, said, spelt

_BECAUSE = spelt(r"(?:vì|do|tại|bởi|lý do|lí do|tại vì|bởi vì|vì là|lý do là|lý do :|lí do :|vì lý do)")
_THEREFORE = spelt("nên")
_BARE_NOT_DONE = spelt(
    r"(?:vẫn |còn )?chưa (?:cài đặt|cài|tải|đăng ký|làm|xong|được|cài được|hoàn thành)"
    r"(?: (?:app|ứng dụng|được|xong))*|chưa"
)
# Small words that carry nothing at the ends of what is left.
_FILLER = spelt(
    r"em|e|cháu|mình|con|tôi|báo|cáo|dạ|ạ|a|nhé|nha|nhá|qua|sang|đến|tới|vào|ghé|ghi|nhập|thì|là|bên|có|của|cho|luôn|"
    r"cũng|rồi|và|với|đi|sđt|sdt|điện thoại|số|tên|nhà|hộ|hôm|lúc|ngày|thôi|nữa|kq|xin|ơi|được|ở|tại|thuộc|đã|đang|"
    r"trai|gái|zalo|lh|đặt|ông|bà|anh|chị|cô|chú|bác|phone|tel|vâng|vầng|này|đây|đó|tiếp|theo|sáng|trưa|chiều|tối|"
    r"tt|hic|huhu|haha|hihi|hjhj|kk|kkk|hix|hjx|hehe|nè|sếp|vừa|ra|mọi người|nghen|á|luôn|bà con|chủ"
)


def reason_of(line: Line, verdict: Verdict, taken: Set[int]) -> tuple[str | None, range]:
    """The reason as typed, and its words: before "nên", behind "vì", or whatever was said behind "chưa cài"."""
    ahead = _reason_ahead(line, verdict, taken)
    if ahead:
        return line.typed(ahead), range(ahead.start, ahead.stop + 1)
    because = next((places for places in _becauses(line, verdict) if places.stop < len(line.words)), None)
    if because and verdict.claims and because.start > verdict.claims[0].places.start:
        start, first = because.stop, because.start
    elif verdict.code == "not_done":
        start = first = _reason_start(line, next(claim for claim in verdict.claims if claim.code != DENIED))
    else:
        return None, range(0)
    places = range(start, _clause_end(line, start, verdict, taken))
    typed = line.typed(places).strip(" .,;:-()")
    return (None if _says_code(line, places, verdict) else typed or None), range(first, places.stop)


def _becauses(line: Line, verdict: Verdict) -> list[range]:
    """Where a reason is said to follow; the "tai" of "tai khong noi" is no "tại"."""
    found = [places for _, places in line.find(_BECAUSE)]
    return [places for places in found if said(line, places) != "tai" or places.start not in verdict.places]


def _reason_ahead(line: Line, verdict: Verdict, taken: Set[int]) -> range:
    """ "sợ bị lừa nên không cài": the reason stands first."""
    for place, word in enumerate(line.words):
        if _THEREFORE.fullmatch(word.full) and any(claim.places.start == place + 1 for claim in verdict.claims):
            start = place
            while start > 0 and start - 1 not in taken and line.words[start - 1].is_word:
                start -= 1
            return range(start, place)
    return range(0)


def _reason_start(line: Line, first: Claim) -> int:
    """Behind a bare "chưa cài"; a reason that is itself the claim ("máy đầy") begins with it."""
    return first.places.stop if _BARE_NOT_DONE.fullmatch(said(line, first.places)) else first.places.start


def _clause_end(line: Line, start: int, verdict: Verdict, taken: Set[int]) -> int:
    """Where own words end: at a house, phone, unit, day or promise, which mean themselves wherever they stand."""
    own = {place for claim in verdict.claims if claim.code != "come_back" for place in claim.places}
    return min((place for place in range(start, len(line.words)) if place in taken - own), default=len(line.words))


def _says_code(line: Line, places: range, verdict: Verdict) -> bool:
    """Whether the words only say the outcome again: "chưa cài vì không có smartphone"."""
    return verdict.code != "not_done" and any(
        claim.code == verdict.code and set(places) <= set(claim.places)
        for claim in verdict.claims
        if _is_bare(line, claim)
    )


# Sayings made of nothing but these say no more than the outcome itself.
_BARE = spelt(
    r"đã|vừa|mới|đều|cũng|báo|xin|làm|cài|đặt|tải|đăng|ký|nhập|app|ứng|dụng|phần|mềm|xong|ok|rồi|được|thành|công|"
    r"hoàn|tất|hết|đủ|cả|luôn|và|nhé|vắng|nhà|mặt|không|có|ai|ở|hẹn|lại|quay|gặp|qua|sang|đến|gọi|từ|chối|chưa|chịu|"
    r"sẵn|trước|điện|thoại|thông|minh|máy|dùng|sử|vneid|mức|2|định|danh|smart|hải|phòng|tài|khoản|giúp|hỗ|trợ|hướng|dẫn|"
    r"cho|kích|hoạt|[✓✔✅☑,+&]"
)
# What ends own words without adding to them.
_ENDING = spelt(
    r"ạ|a|nhé|nha|nhá|nghen|á|nè|thôi|luôn|rồi|nữa|ơi|hic|huhu|haha|hihi|hjhj|kk|kkk|hix|hjx|hehe|ạh|với|và|thì"
)
_BEGINNING = spelt(r"và|thì|là|với|dạ|vâng|em|cháu|mình|mà|ạ")


def in_own_words(line: Line, verdict: Verdict, taken: Set[int], reason: range) -> str | None:
    """Whatever no field keeps, as typed: words nobody claimed, and sayings telling more than the outcome ("đi chợ")."""
    taken = taken | set(reason)
    said_so = [claim for claim in verdict.claims if claim.code != DENIED]
    told = [
        claim
        for claim in said_so
        if claim.code == ASIDE or not _is_bare(line, claim) or _is_someones(line, claim, verdict, taken)
    ]
    telling = {place for claim in told for place in claim.places} - set(reason)
    telling |= {claim.places.stop - 1 for claim in said_so if _is_done_for(line, claim, taken)} - set(reason)
    stretches: list[list[int]] = [[]]
    for place, word in enumerate(line.words):
        if word.is_word and (place in telling or place not in taken):
            stretches[-1].append(place)
        elif stretches[-1] and (word.is_word or word.typed in ",;.:()!?-–—|"):
            stretches.append([])  # any other sign stands within: "xóm %s{0}"
    kept = [stretch for stretch in stretches if stretch and _says_more(line, stretch, telling)]
    return ", ".join(line.typed(_ends_cut(line, stretch, telling)) for stretch in kept) or None


def _is_bare(line: Line, claim: Claim) -> bool:
    words = said(line, claim.places)
    if claim.code in DONE and "cả nhà" in words:
        return False  # how many these are is not known
    return all(map(_BARE.fullmatch, words.split()))


def _is_someones(line: Line, claim: Claim, verdict: Verdict, taken: Set[int]) -> bool:
    """ "con nó cài cho từ trước" behind another saying: own words with who did it."""
    before = claim.places.start - 1
    if verdict.code == "come_back" and claim.code in ("nobody_home", ASIDE):
        return True  # "vắng, hẹn t7": the promise is the outcome, and why stays
    if any(place not in taken and line.words[place].full in RELATIONS for place in range(claim.places.start)):
        return True  # "ck c Nga số 13 ko cho cài": whose word it was stays with it
    if claim is not verdict.claims[0] and before not in taken and line.words[before].is_word:
        return True
    behind = claim.places.stop  # "hẹn sang tuần"; "hẹn lại, chưa biết hôm nào"
    is_open = claim.code == "come_back" or claim is not verdict.claims[0]
    return is_open and behind < len(line.words) and _is_own(line, behind, taken)


def _is_done_for(line: Line, claim: Claim, taken: Set[int]) -> bool:
    """ "cài cho mẹ, bố chưa có máy": for whom is told whole."""
    stop = claim.places.stop
    is_last = line.words[stop - 1].full == "cho" and stop < len(line.words)
    return is_last and line.words[stop].is_word and stop not in taken


def _is_own(line: Line, place: int, taken: Set[int]) -> bool:
    return place not in taken and line.words[place].is_word and not _carries_nothing(line, place)


def _says_more(line: Line, stretch: list[int], telling: Set[int]) -> bool:
    in_brackets = stretch[0] > 0 and line.words[stretch[0] - 1].typed in "(["
    names_kin = any(line.words[place].full in ("trai", "gái") for place in stretch)
    return in_brackets or names_kin or any(place in telling or not _carries_nothing(line, place) for place in stretch)


def _carries_nothing(line: Line, place: int) -> bool:
    return _is_filler(line, place) or any(small.fullmatch(line.words[place].full) for small in (_BEGINNING, _ENDING))


def _is_filler(line: Line, place: int) -> bool:
    """Whether the word carries nothing; with a capital within a sentence it may be a name: "bà Tuất chợ Hôm"."""
    word, is_within = line.words[place], place > 0 and line.words[place - 1].is_word
    return bool(_FILLER.fullmatch(word.full)) and not (word.capital and is_within)


def _ends_cut(line: Line, stretch: list[int], telling: Set[int]) -> range:
    start, end = 0, len(stretch)
    while start < end - 1 and stretch[start] not in telling and _BEGINNING.fullmatch(line.words[stretch[start]].full):
        start += 1
    while end > start + 1 and stretch[end - 1] not in telling and _ENDING.fullmatch(line.words[stretch[end - 1]].full):
        end -= 1
    return range(stretch[start], stretch[end - 1] + 1)


def left_over(line: Line, taken: Set[int]) -> list[range]:
    """Runs of words nobody claimed, without the small words that carry nothing at their ends."""
    runs: list[range] = []
    start = None
    for place in range(len(line.words) + 1):
        is_open = place < len(line.words) and place not in taken and line.words[place].is_word
        if is_open and start is None:
            start = place
        elif not is_open and start is not None:
            runs.append(_trimmed(line, start, place))
            start = None
    return [run for run in runs if run]


def _trimmed(line: Line, start: int, end: int) -> range:
    while start < end and _is_filler(line, start):
        start += 1
    while end > start and _is_filler(line, end - 1):
        end -= 1
    return range(start, end)
