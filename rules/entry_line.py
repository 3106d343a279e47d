"""One line of a volunteer's, read: which house, what happened, and whatever else was said.

A wrong record is worse than a question: what is not certain comes back with `sure` false, talk comes back as None.
"""

import re
from dataclasses import dataclass
from datetime import date

from rules import days, phones
from rules.entry_outcomes import Claim, Verdict, outcome_of
from rules.entry_places import (
    bare_numbers,
    behind_honorifics,
    doors,
    full_name,
    person,
    said,
    units,
    without_honorific,
    without_house_word,
)
from rules.entry_words import Line, spelt
from rules.numbers import read_number
from rules.phones import Phone
from rules.plan import Plan
from rules.private import forbidden
from rules.spelling import clean, title_name

MOST_LETTERS = 400
_MOST_LEFT = 14  # words nobody claimed: more of them is a story, and a story is asked about
_MOST_HOUSE_DIGITS = 3
_DONE = ("installed", "had_it")
_PEOPLE = (
    r"người|máy|điện thoại|điện thoại thông minh|tài khoản|thành viên|khẩu|nhân khẩu|vợ chồng|ông bà|mẹ con|bố con|cha con|"
    r"anh em|chị em|bà cháu|ông cháu|thiết bị|cụ"
)
_COUNT = spelt(
    rf"(?:(?:được|cho|cả|tổng|tất cả|hết|cả nhà|thêm|đủ|là|có|cả thảy|tổng cộng) )*"
    rf"(?P<count>\d{{1,2}}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:{_PEOPLE})"
)
_BOTH = spelt(r"cả (?:vợ chồng|vợ lẫn chồng|hai|2|ông lẫn bà|ông bà|hai vợ chồng)")
_DOUBT = spelt(
    r"hình như|hình như là|chắc|chắc là|có lẽ|có khi|nghe nói|nghe bảo|nghe đâu|nếu|hay là|hay sao|có phải|gỡ|gỡ (?:rồi|app)|"
    r"xoá (?:rồi|mất|app|đi)|xoá|không chắc|không rõ|tưởng (?:là|đã)|suýt|nhầm|không phải|ví dụ|giả sử|hoặc|đáng lẽ|lẽ ra|"
    r"gần xong|sắp|hay|huỷ (?:rồi|app|ghi)|một nửa|gần hết|hay chưa|có thể|dự kiến|bỏ dở|lại thôi|mấy (?:nhà|hộ)|vài|sửa|lúc đầu"
)
# "cài cho em với" is a plea and "cài cho có" an opinion, though each says "cài".
_PLEA = spelt(r"cho có|(?:cho|giúp|với) (?:em|mình|cháu|tôi|chị em)(?: (?:với|nhé|nha|ạ))*")
_QUESTION = spelt(r"ai|gì|nào|đâu|sao|à|hả|hử|nhỉ|chứ|hở|ha|chưa|mấy")
# "đã cài chưa", "có nhà không ạ": the question stands at the end, behind what it asks for.
_DONE  # "đã cài chưa", "có nhà không ạ": the question stands at the end, behind what it asks for.
_DONE_ASKED = spelt(
    r"(?:cài|đặt|ký|xong|rồi|app|được|sẵn|nhập|khoản) chưa(?: (?:ạ|nhỉ|vậy|thế|em|anh|chị|bác|cô|chú|cháu|con|ta|bạn|rứa))*$"
    r"|(?:không|à|hả|nhỉ|hở)(?: (?:ạ|nhỉ|vậy|thế|em|anh|chị|bác|cô|chú|cháu|con|ta|bạn|hả|rứa))*$"
)
_BECAUSE = spelt(r"(?:vì|do|tại|bởi|lý do|lí do|tại vì|bởi vì|vì là|lý do là|lý do :|lí do :|vì lý do)")
_NOTED = spelt(r"(?:ghi chú|note|lưu ý|chú ý|gc)(?: :)?")
_FILLER = spelt(
    r"em|cháu|mình|con|tôi|báo|cáo|dạ|ạ|a|nhé|nha|nhá|qua|sang|đến|tới|vào|ghé|ghi|nhập|thì|là|bên|có|của|cho|luôn|"
    r"cũng|rồi|và|với|đi|sđt|sdt|số điện thoại|điện thoại|số|tên|chủ hộ|chủ nhà|nhà|hộ|hôm|lúc|ngày|thôi|nữa|:|-|,|\.|;|"
    r"\+|–|—|\||\*|•|!|gia đình|kết quả|kq|tình trạng|xin|các bác|ơi|nhà này|được|ở|tại|thuộc|đã|đang|"
    r"trai|gái|zalo|liên hệ|lh|đặt|ông|bà|anh|chị|cô|chú|bác|phone|tel|hộ ông|hộ bà|vâng|vầng|này|đây|đó|tiếp|theo|sáng|trưa|chiều|tối"
)
_AT = re.compile(r"^(?:ở|tại|thuộc|bên|o|tai|thuoc|ben) ", re.IGNORECASE)
_BARE_NOT_DONE = spelt(
    r"(?:vẫn |còn )?chưa (?:cài đặt|cài|tải|đăng ký|làm|xong|được|cài được|hoàn thành)(?: (?:app|ứng dụng|được|xong))*|chưa"
)
# Words that would change the meaning, left unclaimed: better to ask.
_LOOSE = spelt(r"không|chưa|cài|vắng|hẹn|từ chối|đăng ký|nhưng|chứ|mai|mốt|nên|ơi|sau|lỗi|được")
_VAGUE_WEEKDAY = re.compile(r"[tT][2-6]")
_DATE_ALONE = re.compile(r"\d{1,2}[/.\-]\d{1,2}")


_RUNS_ON_WELL = spelt(
    r"vì|do|tại|bởi|lý|lí|ạ|nhé|nha|nhá|em|cháu|đâu|luôn|và|cho|app|a|ghi|note|thôi|nghen|nghe|hộ|giúp|dùm|giùm|nốt|mới|á|hết|cả|nà|hen|nhen|đó|đấy|á"
)
_EVENING = re.compile(r"\b(?:sáng|trưa|chiều|tối)\b(?= (?:quay|qua|sang|đến|lại|ghé|tới|gặp)|$)", re.IGNORECASE)
# "mai em quay lại nhà 12" is the volunteer's plan, not what was said at the door; "bao toi" is "bảo tối" or "bảo tôi".
_OWN_PLAN = spelt(
    r"(?:em|mình|cháu|tôi|tụi em|bọn em|toi)(?: (?:sẽ|lại|phải|cần))* (?:quay lại|qua|sang|ghé|đến|vào)(?: lại)?"
)
_WHENEVER = spelt(r"(?:khi|hôm|lúc|bao giờ) nào|bao giờ")
_HARMLESS = spelt(
    r"bảo|kêu|nói|gọi|cửa|cổng|bấm|chuông|gõ|mãi|mấy|cả|đều|hai|ba|cụ|già|người|lớn|vẫn|lần|\d|chồng|vợ|mần|con|trai|gái|chủ|"
    r"thứ|bác|ông|bà|nhiều|rất|lại|cứ|họ|thấy|có|cũng|mọi|các|toàn|cô|chú|anh|chị|đ|đc|đồng|chí|thành|viên"
)
_NOT_ON = re.compile(r"\b(?:sau|trước|truoc|ngoài|qua) (?:ngày )?$", re.IGNORECASE)
_CALLING = spelt(r"ơi")
_COUNTED_BEHIND = re.compile(r" ?(?:người|nguoi|ng|máy|may)\b", re.IGNORECASE)
_INSTALLED = spelt(r"cài|cài đặt|tải|app|tài khoản")
_COLLEAGUE = spelt(r"em|e|cháu")
_ABSENT = spelt(r"(?<!đi )vắng|vắng nhà|không có nhà|khoá cửa|không ai")


@dataclass(frozen=True)
class Entry:
    """What one line says about one household.

    `outcome` is a code of the plan. `house` is as people say it, without the leading "nhà"; `unit` the words naming one
    ("tổ 3"), unresolved. `day` is when the visit was; `come_back_on` and `come_back_at` ("09:00" or "tối") what was
    promised. `reason` and `note` are verbatim, `rest` is what nothing claimed. `sure` says: may be saved unasked.
    """

    outcome: str | None = None
    house: str | None = None
    unit: str | None = None
    name: str | None = None
    phone: Phone | None = None
    installs: int | None = None
    day: date | None = None
    come_back_on: date | None = None
    come_back_at: str | None = None
    reason: str | None = None
    note: str | None = None
    rest: str = ""
    sure: bool = False


def read_line(line: str, plan: Plan, today: date) -> Entry | None:
    """The record in a line, or None when it is talk: thanks, questions, meetings, or no house at all."""
    text = clean(line[: MOST_LETTERS * 4], most=MOST_LETTERS * 4)
    if not text or len(text) > MOST_LETTERS:
        return None
    return _Reading(Line(text), plan, today).entry()


def _told(verdict: Verdict) -> set[int]:
    return {place for claim in verdict.claims for place in claim.places}


class _Reading:
    """One line being read: each step claims its words, and what is claimed means nothing else."""

    def __init__(self, line: Line, plan: Plan, today: date) -> None:
        self.line, self.plan, self.today = line, plan, today
        self.taken: set[int] = set()
        self.doubt = bool(forbidden(line.text))
        self.names: set[int] = set()
        self.phone: Phone | None = None
        self.name: str | None = None
        self.house = range(0)
        self.people: set[int] = set()
        self.is_by_name = False  # the house is told by a name alone, without "nhà"
        self.numbered_ahead = False  # "12 ông Tám": a house, or the twelfth of a list
        self.open: set[int] = set()
        self.day: date | None = None
        self.come_back_on: date | None = None
        self.come_back_at: str | None = None
        self.installs: int | None = None

    def entry(self) -> Entry | None:
        self._take_phone()
        unit = self._take_unit()
        self._take_door()
        self.names = behind_honorifics(self.line) - self.taken
        capitals = {place for place in self.names if self.line.words[place].capital}
        verdict = outcome_of(self.line, self.plan, frozenset(self.taken | capitals))
        for claim in verdict.claims:
            self.taken.update(claim.places)
        if self._asks(verdict):
            return None
        self._take_number_ahead(verdict)
        self._take_days(verdict)
        self._take_count(verdict)
        self._take_person(verdict)
        self._take_number_behind(verdict)
        if not self.house and not self.phone and not bare_numbers(self.line, self.taken):
            return None
        return self._written(verdict, unit)

    def _take(self, places: range) -> range:
        self.taken.update(places)
        return places

    def _take_phone(self) -> None:
        found = phones.find(self.line.text)
        for start, end, phone in found:
            self._take(self.line.under(start, end))
            self.phone = phone
        if len({phone for _, _, phone in found}) > 1:
            self.phone, self.doubt = None, True

    def _take_unit(self) -> str | None:
        found = [self._take(places) for places in units(self.line)]
        self.doubt |= len(found) > 1
        return _AT.sub("", self.line.typed(found[0])) if found else None

    def _take_door(self) -> None:
        found = doors(self.line, self.taken)
        for places in found:
            self._take(places)
        self.house = found[0] if found else range(0)
        self.doubt |= len(found) > 1

    def _take_number_ahead(self, verdict: Verdict) -> None:
        """A number alone at the head of a line is a house: "12 đã cài", "12/5 vắng"."""
        told = _told(verdict)
        heads = [p for p, word in enumerate(self.line.words) if word.is_word and (p not in self.taken or p in told)]
        numbers = bare_numbers(self.line, self.taken)
        if not self.house and verdict.claims and numbers and numbers[0] == heads[0] and self._may_be_house(heads[0]):
            self.house = self._take(range(numbers[0], numbers[0] + 1))
            self.numbered_ahead = self.line.words[numbers[0]].full.isdigit()

    def _take_number_behind(self, verdict: Verdict) -> None:
        """ "vắng 12": a number behind what happened is a house, unless it may count people or name a day."""
        numbers = bare_numbers(self.line, self.taken)
        if self.house or len(numbers) != 1 or verdict.code in _DONE or not self._may_be_house(numbers[0]):
            return
        if numbers[0] - 1 in _told(verdict):
            self.house = self._take(range(numbers[0], numbers[0] + 1))

    def _may_be_house(self, place: int) -> bool:
        """Whether the number is no hotline: houses have up to three digits, or a letter or alley with them."""
        number = self.line.words[place].full
        return not number.isdigit() or len(number) <= _MOST_HOUSE_DIGITS

    def _take_days(self, verdict: Verdict) -> None:
        coming = verdict.code == "come_back" or any(claim.code == "come_back" for claim in verdict.claims)
        if coming:
            self._take_promise(verdict)
        found = days.find_day(self._open_text(), self.today)
        if not found:
            return
        start, end, day = found
        if _DATE_ALONE.fullmatch(self.line.text[start:end]) and _COUNTED_BEHIND.match(self.line.text, end):
            self.doubt = True
            return
        self.day, typed = day, self.line.text[start:end]
        self.doubt |= day > self.today or bool(_VAGUE_WEEKDAY.fullmatch(typed))
        self.doubt |= bool(_DATE_ALONE.fullmatch(typed)) and not self._stands_clear(start, verdict)
        self._take(self.line.under(start, end))

    def _take_promise(self, verdict: Verdict) -> None:
        said_so = {
            place for claim in verdict.claims if claim.code in ("come_back", "planned") for place in claim.places
        }
        found = days.find_coming_day(self._open_text(said_so), self.today)
        if found:
            self.come_back_on = found[2]
            self.doubt |= bool(_NOT_ON.search(self.line.text[: found[0]]))
            typed = self.line.text[found[0] : found[1]]
            self._take(self.line.under(found[0], found[1]))
            self.come_back_at = days.read_time(typed)
        part = _EVENING.search(self.line.text) if not found else None
        if part:
            self.come_back_at = part[0].lower()
        at = days.find_time(self._open_text())
        if at:
            self.come_back_at = days.read_time(f"{self.line.text[slice(*at)]} {self.come_back_at or ''}")
            self._take(self.line.under(*at))

    def _stands_clear(self, start: int, verdict: Verdict) -> bool:
        """Whether a bare "18/6" can only be a day: at the head of the line, or behind what happened."""
        told = [self.line.words[claim.places.start].start for claim in verdict.claims]
        return start == 0 or bool(told and start > min(told))

    def _open_text(self, besides: frozenset[int] | set[int] = frozenset()) -> str:
        """The line with what is claimed struck out, letter for letter, `besides` left standing."""
        letters = list(self.line.text)
        for place in (self.taken | self.names) - besides:
            word = self.line.words[place]
            letters[word.start : word.end] = "|" * (word.end - word.start)
        return "".join(letters)

    def _take_count(self, verdict: Verdict) -> None:
        counts = list(self.line.find(_COUNT, self.taken))
        both = [places for _, places in self.line.find(_BOTH, self.taken)]
        if verdict.code not in _DONE:
            return
        if counts:
            self.installs = read_number(counts[0][0]["count"], field=False)
            self._take(counts[0][1])
        elif both:
            self.installs = len(["vợ", "chồng"])
            self._take(both[0])
        else:
            self._take_count_behind(verdict)
        self.doubt |= len(counts) > 1 or (self.installs is not None and not 1 <= self.installs <= 20)

    def _take_count_behind(self, verdict: Verdict) -> None:
        """ "đã cài 2": a number right behind it, when the house is told, counts people."""
        behind = verdict.claims[-1].places.stop
        if self.house and behind in bare_numbers(self.line, self.taken) and self.line.words[behind].full.isdigit():
            self.installs = int(self.line.words[behind].full)
            self._take(range(behind, behind + 1))

    def _take_person(self, verdict: Verdict) -> None:
        who = person(self.line, self.taken)
        named = full_name(self.line, self.taken)
        self.people = {*self._take(who), *self._take(named)}
        is_apart = bool(who and named) and not set(named) <= set(who)
        if named:
            self.name = title_name(self.line.typed(named))
        elif who and self.house:
            self.name = title_name(without_honorific(self.line.typed(who))) or None
        if not self.house:
            self.house = who or named
            self.doubt |= is_apart or self._may_be_gossip(verdict)
        elif (who or named) and self.numbered_ahead:
            self.doubt = True

    def _may_be_gossip(self, verdict: Verdict) -> bool:
        """ "chị Lan đi vắng" may be about a colleague: without "nhà" only what happens at doors is a record."""
        at_home = self.house and self.line.words[self.house.start].full in ("nhà", "nha", "hộ", "gia", "gđ")
        weak = verdict.code in ("come_back", "nobody_home") and not self.come_back_on
        self.is_by_name = not at_home
        said_so = said(self.line, sorted(_told(verdict)))
        colleague = self.house and _COLLEAGUE.fullmatch(self.line.words[self.house.start].full)
        idle = verdict.code == "installed" and not _INSTALLED.search(said_so)
        return not at_home and ((weak and not _ABSENT.search(self.line.said)) or idle or bool(colleague))

    def _asks(self, verdict: Verdict) -> bool:
        """Whether the line asks or plans instead of telling."""
        if "?" in self.line.text or _CALLING.search(self.line.said):
            return True
        told = said(self.line, [p for p in range(len(self.line.words)) if self.line.words[p].is_word])
        return bool(verdict.claims) and bool(_DONE_ASKED.search(told))

    def _written(self, verdict: Verdict, unit: str | None) -> Entry | None:
        told = min((claim.places.start for claim in verdict.claims), default=len(self.line.words))
        self.open = {p for p, word in enumerate(self.line.words) if word.is_word and p not in self.taken}
        reason = self._reason(verdict)
        runs = self._left_over()
        before = [run for run in runs if run.stop <= told and run.start < (self.house.start if self.house else told)]
        note = ", ".join(self.line.typed(run) for run in runs if run not in before)
        rest = ", ".join(self.line.typed(run) for run in before)
        if not verdict.claims and (runs or not self.house):
            return None
        doubtful = self.doubt or self._is_doubtful(runs, verdict)
        house = without_house_word(self.line.typed(self.house)) if self.house else None
        return Entry(
            outcome=verdict.code,
            house=house,
            unit=unit,
            name=self.name,
            phone=self.phone,
            installs=self.installs,
            day=self.day,
            come_back_on=self.come_back_on,
            come_back_at=self.come_back_at,
            reason=reason,
            note=note or None,
            rest=rest,
            sure=verdict.sure and house is not None and not doubtful,
        )

    def _reason(self, verdict: Verdict) -> str | None:
        """The reason in own words: behind "vì", or for what is not done whatever was said behind it."""
        therefore = self._reason_before(verdict)
        if therefore:
            return therefore
        because = next((places for _, places in self.line.find(_BECAUSE) if places.stop < len(self.line.words)), None)
        if because and verdict.claims and because.start > verdict.claims[0].places.start:
            start = because.stop
            self._take(because)
        elif verdict.code == "not_done":
            start = self._reason_start(verdict.claims)
        else:
            return None
        places = range(start, self._clause_end(start, verdict))
        self._take(places)
        typed = self.line.typed(places).strip(" .,;:-()")
        return typed if typed and not self._says_code(places, verdict) else None

    def _reason_before(self, verdict: Verdict) -> str | None:
        """ "sợ bị lừa nên không cài": the reason stands first."""
        for place, word in enumerate(self.line.words):
            if word.full in ("nên", "nen") and any(claim.places.start == place + 1 for claim in verdict.claims):
                start = place
                while start > 0 and start - 1 in self.open:
                    start -= 1
                self._take(range(start, place + 1))
                return self.line.typed(range(start, place)) or None
        return None

    def _reason_start(self, claims: tuple[Claim, ...]) -> int:
        """Behind a bare "chưa cài"; a reason that is itself the claim ("máy đầy") begins with it."""
        first = claims[0]
        is_bare = _BARE_NOT_DONE.fullmatch(said(self.line, first.places))
        return first.places.stop if is_bare else first.places.start

    def _clause_end(self, start: int, verdict: Verdict) -> int:
        """Where own words end: at a house, phone, unit or day, which mean themselves wherever they stand."""
        own = {place for claim in verdict.claims if claim.code != "come_back" for place in claim.places}
        stops = [place for place in range(start, len(self.line.words)) if place in self.taken - own]
        return min(stops, default=len(self.line.words))

    def _says_code(self, places: range, verdict: Verdict) -> bool:
        """Whether the words only say the outcome again: "chưa cài vì không có smartphone"."""
        return verdict.code != "not_done" and any(
            claim.code == verdict.code and set(places) <= set(claim.places) for claim in verdict.claims
        )

    def _has_loose_number(self) -> bool:
        """Whether a number means nobody knows what: not an age, not the third try."""
        words = [word.full for word in self.line.words] + [""]
        return any(
            words[place + 1] not in ("tuổi", "tuoi", "lần", "lan", "tầng")
            and words[place - 1] not in ("lần", "lan", "thứ")
            for place in bare_numbers(self.line, self.taken)
        )

    def _is_rumour(self, verdict: Verdict, runs: list[range]) -> bool:
        """Whether words stand unexplained where a plain record has none: before the house, or between it and what happened."""
        told = min((claim.places.start for claim in verdict.claims), default=0)
        last = max((claim.places.stop for claim in verdict.claims), default=0)
        joined = self.line.words[last].full if last < len(self.line.words) else ""
        between = any(run.stop <= told and self._adjoins(run) and not self._is_harmless(run) for run in runs)
        behind = self.is_by_name and any(self.line.words[run.start - 1].is_word for run in runs if run.start)
        return between or behind or joined in ("thì", "thi") or self._is_denied(verdict)

    def _is_denied(self, verdict: Verdict) -> bool:
        """ "chưa từ chối": a lone "chưa" that runs into another saying denies it."""
        bare = [claim.places.stop for claim in verdict.claims if said(self.line, claim.places) in ("chưa", "chua")]
        return any(claim.places.start in bare for claim in verdict.claims)

    def _is_harmless(self, run: range) -> bool:
        return all(_HARMLESS.fullmatch(self.line.words[place].full) for place in run)

    def _adjoins(self, run: range) -> bool:
        """Whether no comma or stop sets the words apart from what follows."""
        return run.stop >= len(self.line.words) or self.line.words[run.stop].is_word

    def _runs_on(self, claim: Claim) -> bool:
        """Whether a saying too short to be sure of runs on into words nobody knows: "chưa có đ danh", "cài hụt"."""
        is_short = not claim.clear or said(self.line, claim.places) in ("cài", "cai")
        after = claim.places.stop
        return is_short and after in self.open and not _RUNS_ON_WELL.fullmatch(self.line.words[after].full)

    def _left_over(self) -> list[range]:
        """Runs of words nobody claimed, without the small words that carry nothing at their ends."""
        runs: list[range] = []
        start = None
        for place in range(len(self.line.words) + 1):
            is_open = place < len(self.line.words) and place not in self.taken and self.line.words[place].is_word
            if is_open and start is None:
                start = place
            elif not is_open and start is not None:
                runs.append(self._trimmed(start, place))
                start = None
        return [run for run in runs if run]

    def _trimmed(self, start: int, end: int) -> range:
        while start < end and _FILLER.fullmatch(self.line.words[start].full):
            start += 1
        while end > start and _FILLER.fullmatch(self.line.words[end - 1].full):
            end -= 1
        return range(start, end)

    def _is_doubtful(self, runs: list[range], verdict: Verdict) -> bool:
        words = said(self.line, [place for run in runs for place in run])
        told = said(
            self.line, [place for place in range(len(self.line.words)) if place not in self.people | _told(verdict)]
        )
        if any(self._runs_on(claim) for claim in verdict.claims):
            return True
        if self._is_rumour(verdict, runs):
            return True
        too_much = sum(map(len, runs)) > _MOST_LEFT or self._has_loose_number()
        asks = any(_QUESTION.fullmatch(word) for word in _WHENEVER.sub("", words).split())
        own_plan = verdict.code == "come_back" and bool(_OWN_PLAN.search(self.line.said))
        return (
            own_plan
            or too_much
            or asks
            or bool(_DOUBT.search(told) or _PLEA.search(self.line.said))
            or bool(_LOOSE.search(words))
        )
