"""What people say happened at a door, as the plan's outcome codes.

What several sayings mean together is decided in `_settled`; where that is not clear, it is asked.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from rules.grammar.asides import ASIDE, DENIED, DONE, REASONS, Claim, first_told, with_asides
from rules.grammar.phrases import AWAY, TABLE
from rules.grammar.words import Line, said, spelt
from rules.plan import Outcome, Plan
from rules.spelling import clean

__all__ = ["ASIDE", "DENIED", "DONE", "Claim", "Verdict", "counted", "first_told", "outcome_of", "read_outcome"]

_PATTERNS = tuple((code, clear, spelt(pattern)) for code, clear, pattern in TABLE)
_AWAY = spelt(AWAY)
_BECAUSE = spelt(r"vì|do|tại|bởi")
# "chồng đi biển", "chờ con đi làm về": one of the family is away, and somebody else answered the door.
_ONE_OF_THEM = spelt(
    r".*(?:vợ|chồng|con|con trai|con gái|con dâu|con rể|cháu|bố|mẹ|chờ|đợi|trai|gái|dâu|rể)(?: [^\s,.;]+){0,2}$"
)
_SAID_SO = r"(?:(?:đã|chưa|bị|không|là|đang|đi) )*(?:vắng|cài|hẹn|từ chối|có sẵn|xong|có|ai)(?: [^ ,.;]+){0,4}?"
_DENIED = spelt(
    rf"(?:không phải|đâu phải|chả phải|chẳng phải)(?: là)? {_SAID_SO}"
    r"(?:(?: đâu| ,)* mà(?: là)?|(?: đâu)? ,(?: chỉ)?(?: là)?)(?= )|"
    r"không(?: hề| bị)* (?:vắng|từ chối|hẹn)(?: ,)? mà(?: là)?(?= )|"
    r"chứ (?:không phải|đâu phải|không)(?: là)? [^,.;]{1,40}(?=$| [,.;])|"
    r"(?<=, )không phải(?: là)? (?:đã |chưa |bị )?(?:vắng|cài|hẹn|từ chối|có sẵn|xong)(?: nhà| lại)?(?= [.]$|$)"
)
# "hôm trước vắng, hôm nay cài được rồi": the later one stands.
_BEFORE = spelt(
    r"(?P<then>(?:(?:tuần|đợt|tháng|lúc|hồi) trước(?= (?:(?:thì|còn|vẫn|bảo|cũng) )*(?:vắng|từ chối|chưa|không|hẹn) )|"
    r"lúc nãy|hồi nãy|ban nãy|khi nãy|hôm trước|lần trước|bữa trước|bữa nọ|hôm nọ|"
    r"lúc đầu|ban đầu|hôm qua|hôm kia|lần đầu|sáng nay|sáng|"
    r"lần 1|lần một) [^|;.]{2,40}?)"
    r"(?= (?:(?:,|thì|mà|nhưng|đến|tới) )*(?:hôm nay|nay|giờ|bây giờ|sáng nay|chiều nay|tối nay|lần này|"
    r"chiều|tối|lần 2|lần hai|sau đó|sau|cuối cùng|giải thích|vận động|thuyết phục|động viên) )"
)
# "cài hôm kia rồi, giờ mới báo" tells of one visit only.
_SOME_SAYING = spelt(r"vắng|chưa|không|từ chối|hẹn|bận|khoá|đóng|đi|về quê|lỗi|hỏng|ngại|lắc đầu|lưỡng lự|đuổi")
_FETCHED = spelt(r"(?:(?:đã|vừa|mới) )*tải(?: (?:về|app|ứng dụng|xong|rồi|được))*")
_NOT_IN = spelt(r"(?:chưa|không)(?: \S+)? (?:đăng nhập|đăng ký)")  # "cài rồi nhưng chưa đăng nhập được"
# "có sẵn rồi không cần cài": no refusal.
_NO_NEED = spelt(
    r"(?:(?:thì|là|nên|em|mình) )*không (?:(?:cần|phải)(?: (?:cài|tải|làm|lại|nữa|thêm|app|gì|đặt))*|"
    r"(?:cài|tải|làm) (?:nữa|thêm|lại))"
)
# A plan with a shorter list hears the same words; what it has no code for is the nearest it has.
_NEAREST = {"had_it": "installed", "no_vneid2": "not_done", "no_smartphone": "not_done", "refused": "not_done",
            "nobody_home": "not_done", "come_back": "not_done"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a line says happened: a code of the plan or None, whether that is certain, and the words that say it."""

    code: str | None
    sure: bool
    claims: tuple[Claim, ...]

    @property
    def places(self) -> frozenset[int]:
        """Every word that says what happened."""
        return frozenset(place for claim in self.claims for place in claim.places)


def counted(plan: Plan) -> frozenset[str]:
    """Behind these outcomes a number counts people: the plan's own farther stages ("đã cài và đăng nhập") as well."""
    return frozenset(DONE) | {each.code for each in plan.outcomes if each.asks == "installs"}


def read_outcome(text: str, plan: Plan) -> str | None:
    """The plan's outcome that an answer to "what happened?" means, or None when it says none or more than one."""
    verdict = outcome_of(Line(clean(text[:400])), plan, frozenset())
    return verdict.code if verdict.sure else None


def outcome_of(line: Line, plan: Plan, taken: frozenset[int], over: Set[int] = frozenset()) -> Verdict:
    """What happened according to the words not yet `taken`; those of a day that is `over` say nothing of plans."""
    claims = with_asides(line, _claims(line, plan, set(taken), over))
    code, sure = _settled(line, [claim for claim in claims if not _is_only_a_reason(line, claim)] or claims)
    code = _in_plan(code, plan)
    alone = bool(claims) and all(_is_only_a_reason(line, claim) for claim in claims)
    return Verdict(code, sure and code is not None and not alone, tuple(claims))


def _claims(line: Line, plan: Plan, taken: set[int], over: Set[int]) -> list[Claim]:
    claims = [Claim(DENIED, True, places) for _, places in line.find(_DENIED, taken)]
    before = [line.places(*found.span("then")) for found, _ in line.find(_BEFORE, taken)]
    claims += [Claim(ASIDE, True, places) for places in before if _SOME_SAYING.search(said(line, places))]
    taken.update(over, *(claim.places for claim in claims))
    for code, clear, pattern in (*_own_sayings(plan.outcomes), *_PATTERNS):
        for _, places in line.find(pattern, taken):
            claims.append(Claim(code, clear, places))
            taken.update(places)
    return sorted(claims, key=lambda claim: claim.places.start)


@lru_cache(maxsize=64)
def _own_sayings(outcomes: tuple[Outcome, ...]) -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    """The plan's own words for its outcomes, the longest first; words the table knows better are left to it."""
    known = {code for code, _, _ in TABLE}
    sayings = {(saying, outcome.code) for outcome in outcomes for saying in (outcome.label, outcome.said)
               if outcome.code not in known or len(saying.split()) > 2}  # fmt: skip
    longest_first = sorted(sayings, key=lambda saying: (-len(saying[0]), saying))
    return tuple(
        (code, True, spelt(re.escape(Line(clean(saying)).said).replace("\\ ", " "))) for saying, code in longest_first
    )


def _settled(line: Line, claims: list[Claim]) -> tuple[str | None, bool]:
    claims = [claim for claim in claims if claim.code not in (ASIDE, DENIED)]
    if any(claim.code == "had_it" for claim in claims):
        claims = [each for each in claims if each.code != "refused" or not _is_no_need(line, each)]
    codes = {claim.code for claim in claims}
    if "planned" in codes:
        codes -= {"planned"}
        return ("come_back", True) if "come_back" in codes <= {"come_back", "not_done"} else (None, False)
    strong = {claim.code for claim in claims if not _is_away(line, claim)} or codes
    if len(codes) == 1:
        return claims[0].code, True
    if not codes:
        return None, False
    if codes == {"installed", "not_done"} and _is_only_fetched(line, claims):
        return "not_done", True
    if codes & set(DONE):
        return _settled_done(codes, strong)
    for reason in REASONS:
        if reason in codes:
            if reason == "no_smartphone" and _is_slow(line, claims):
                return "not_done", codes <= {reason, "not_done"}
            return reason, codes <= {reason, "not_done", "refused"}
    if "come_back" in codes:
        return "come_back", codes <= {"come_back", "nobody_home", "not_done"}
    if "nobody_home" in codes:
        return "nobody_home", codes <= {"nobody_home", "not_done"}
    return "refused", codes == {"refused", "not_done"}


def _is_no_need(line: Line, claim: Claim) -> bool:
    """ "không cần cài", "không cài nữa": of somebody who has it."""
    one_more = range(claim.places.start, min(claim.places.stop + 1, len(line.words)))
    return any(_NO_NEED.fullmatch(said(line, places)) for places in (claim.places, one_more))


def _is_only_fetched(line: Line, claims: list[Claim]) -> bool:
    """ "đã tải, chưa đăng nhập được": fetched is not installed."""
    done = [said(line, claim.places) for claim in claims if claim.code in DONE]
    undone = [said(line, claim.places) for claim in claims if claim.code == "not_done"]
    is_told = any(len(words.split()) > 1 for words in undone)
    is_fetched = is_told and all(_FETCHED.fullmatch(words) for words in done)
    is_outside = all("đăng" not in words for words in done) and any(map(_NOT_IN.search, undone))
    return claims[0].code in DONE and (is_fetched or is_outside)


def _is_slow(line: Line, claims: list[Claim]) -> bool:
    """ "đt cùi ko tải nổi": a poor phone that cannot load the app is a reason, and no word on what kind it is."""
    told = [said(line, claim.places).split() for claim in claims]
    is_poor = any({"cùi", "cui"} & set(words) and not {"bắp", "bap"} & set(words) for words in told)
    return is_poor and any(claim.code == "not_done" for claim in claims)


def _settled_done(codes: set[str], strong: set[str]) -> tuple[str | None, bool]:
    if codes == set(DONE):
        return "had_it", True
    if strong <= set(DONE):
        return ("had_it" if "had_it" in codes else "installed"), True
    return None, False


def _is_away(line: Line, claim: Claim) -> bool:
    said = " ".join(line.words[place].full for place in claim.places)
    return claim.code == "nobody_home" and bool(_AWAY.search(said))


def _is_only_a_reason(line: Line, claim: Claim) -> bool:
    """Whether somebody's absence is told as the reason for something else: "chưa cài tại con đi học xa"."""
    before = " ".join(word.full for word in line.words[: claim.places.start])
    return _is_away(line, claim) and bool(_BECAUSE.search(before) or _ONE_OF_THEM.match(before))


def _in_plan(code: str | None, plan: Plan) -> str | None:
    codes = {outcome.code for outcome in plan.outcomes}
    return code if code in codes else _NEAREST.get(code or "") if _NEAREST.get(code or "") in codes else None
