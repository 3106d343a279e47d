"""When to ask: what makes a line that could be read doubtful all the same.

Every rule here came from a line that was read wrongly once: pleas, hearsay, half-denied sayings. They only ever
turn a record into a question, never a question into a record.
"""

import re
from collections.abc import Set

from rules.grammar.account import is_only_meant, is_unaccounted
from rules.grammar.core import tail_of
from rules.grammar.errands import is_institution, is_other_errand
from rules.grammar.outcomes import ASIDE, DENIED, DONE, Claim, Verdict, first_told
from rules.grammar.rumours import is_rumour
from rules.grammar.tails import HEDGE, is_contradicted
from rules.grammar.words import Line, said, spelt

_DOUBT = spelt(
    r"(?:và|với) (?:nhà|hộ) (?:con|cháu|bố|mẹ|anh|em|chị|ông|bà|cô|chú|bác)|"
    r"nếu|hay là|hay sao|có phải|không chắc|không rõ|tưởng (?:là|đã)|suýt|nhầm|không phải|ví dụ|giả sử|"
    r"hoặc|đáng lẽ|lẽ ra|gần xong|sắp|hay|huỷ (?:rồi|app|ghi)|một nửa|gần hết|hay chưa|có thể|dự kiến|bỏ dở|lại thôi|"
    r"nửa|mấy (?:nhà|hộ)|vài|sửa(?! (?:xe|điện|máy|chữa|nhà|đồ))|lúc đầu|trở (?:đi|lên|xuống)"
)
# "cài cho em với" is a plea and "cài cho có" an opinion, though each says "cài".
_PLEA = spelt(
    r"cho có|(?:cho|giúp|với) (?:em|mình|cháu|tôi|chị em)(?: (?:với|nhé|nha|ạ))*|"
    r"với(?: (?:ạ|nhé|nha|em|anh|chị|bác|cháu))*$"
)
_QUESTION = spelt(r"ai|gì|nào|sao|à|hả|hử|nhỉ|chứ|hở|ha|hỉ|chưa|mấy")
_WHENEVER = spelt(r"nghe đâu|(?:khi|hôm|lúc|bao giờ) nào|bao giờ")
# Words that would change the meaning, left unclaimed.
_KIN = spelt("vợ|chồng|mẹ|bố|con|ông|bà")
_LOOSE = spelt(r"không|chưa|cài|vắng|hẹn|từ chối|đăng ký|chứ|ơi|lỗi")
_LATER = spelt(r"nhưng|mai|mốt|nên|sau|được")  # says little where a household cannot or will not
_CANNOT = ("no_smartphone", "no_vneid2", "refused")
_RUNS_ON_WELL = spelt(
    r"vì|do|tại|bởi|lý|lí|ạ|nhé|nha|nhá|em|cháu|đâu|luôn|và|cho|app|a|ghi|note|thôi|nghen|nghe|hộ|giúp|dùm|giùm|nốt|mới|"
    r"á|hết|cả|nà|hen|nhen|đó|đấy|ở|tại|nhà|bằng|trên"
)
# "mai em quay lại nhà 12" is the volunteer's plan, not what was said at the door; "bao toi" is "bảo tối" or "bảo tôi".
_OWN_PLAN = spelt(
    r"(?:(?<!hẹn )(?<!bảo )(?<!kêu )(?<!nhờ )(?<!dặn )(?:em|mình|cháu|tụi em|bọn em)|tôi|toi)"
    r"(?: (?:sẽ|lại|phải|cần))* (?:quay lại|qua|sang|ghé|đến|vào)(?: lại)?|"
    r"gặp (?:nhau )?(?:ở|tại)"
)
_ASKED_BEFORE = spelt(
    r"(?:đã |được )?hẹn(?: \S+){0,4} (?:vẫn|mà|lại|cũng|nhưng)(?: (?:vẫn|lại|cũng|đi))* (?:vắng|không)"
)
_OR_ANOTHER_DAY = spelt(r"(?:hay|hoặc)(?: là)? (?:thứ|t\d|cn|chủ|mai|mốt|ngày|hôm|sáng|chiều|tối|\d+h?)")
_ASKED_FOR = spelt(r"hẹn|bảo|kêu|nhờ|xin|dặn|sau|khác|nói|sẽ|cần|phải|mai|tối|chiều|sáng|chờ")
_LONG_AGO = spelt(r"từ|hồi|năm ngoái|(?:năm|tháng|đợt|tuần) trước|lâu|trước đây|ngày xưa")


def is_doubtful(
    line: Line, verdict: Verdict, left: list[range], taken: Set[int], people: Set[int], house: range, *, by_name: bool,
    counted: bool,
) -> bool:  # fmt: skip
    """Whether words stand in the line that could mean something else than was read.

    `left` are the runs of words nobody claimed, `people` the words that name somebody, `by_name` says that the house is
    told by a name alone, `counted` that it is known how many installed, or that nobody counts here.
    """
    first = first_told(verdict.claims)
    tail = tail_of(line, first.places if first else range(0), [house])
    core = [run for run in left if run.start < tail]
    loose, unclaimed = (said(line, [place for run in runs for place in run]) for runs in (core, left))
    return (
        is_unaccounted(line, verdict, left, taken, counted=counted, tail=tail)
        or _is_half_said(line, verdict, core, people, tail)
        or is_contradicted(line, verdict, people | verdict.places, tail)
        or is_only_meant(line, verdict, tail)
        or (verdict.code == "come_back" and bool(_OWN_PLAN.search(line.said) or _OR_ANOTHER_DAY.search(line.said)))
        or _is_denied(line, verdict)
        or _came_back_already(line, verdict)
        or _is_of_several_people(verdict, loose if verdict.code in DONE else unclaimed)
        or is_institution(line)
        or (verdict.code != "no_vneid2" and is_other_errand(_without_craft(line, left if by_name else core, people)))
        or all(_may_ask(line, claim, by_name) for claim in verdict.claims if claim.code not in (ASIDE, DENIED))
        or (not any(map(str.isdigit, line.typed(house))) and _only_agrees(line, verdict))
        or is_rumour(line, verdict, core, people, by_name=by_name)
    )


def _without_craft(line: Line, runs: list[range], people: Set[int]) -> str:
    """The words nobody claimed; behind a name "thợ điện" is what he is, and no errand."""
    is_craft = {run.start for run in runs if run.start - 1 in people and line.words[run.start].full == "thợ"}
    return said(line, [place for run in runs for place in run if place not in is_craft])


def _is_half_said(line: Line, verdict: Verdict, core: list[range], people: Set[int], tail: int) -> bool:
    """Whether hearsay, a plea, a question or a half denial stands in the core."""
    if verdict.code in (*_CANNOT, "not_done"):
        core = [run for run in core if not _stands_ahead(line, run, verdict)]
    loose = said(line, [place for run in core for place in run])
    told = said(line, [place for place in range(tail) if place not in people | verdict.places])
    return (
        bool(_DOUBT.search(told) or HEDGE.search(told) or _PLEA.search(line.said) or _LOOSE.search(loose))
        or (verdict.code not in _CANNOT and bool(_LATER.search(_without_therefore(loose, core, verdict))))
        or (verdict.code == "installed" and bool(_LONG_AGO.search(loose)))
        or any(_QUESTION.fullmatch(word) or word in ("đâu", "dau") for word in _WHENEVER.sub("", loose).split())
    )


def _stands_ahead(line: Line, run: range, verdict: Verdict) -> bool:
    """ "iphone 6 đời cũ không hỗ trợ, nhà 31 chưa cài được": a clause of its own ahead of all says why it failed."""
    told = min((claim.places.start for claim in verdict.claims), default=0)
    is_clause = run.start == 0 and run.stop < told and line.words[run.stop].typed in ",;.:"
    return is_clause and len(run) > len(("không", "phải", "đâu")) and not _DOUBT.search(said(line, run))


def _is_of_several_people(verdict: Verdict, loose: str) -> bool:
    """ "vợ cài, con từ chối": different ends for different people of one house."""
    away = ["nobody_home"] if verdict.code in DONE else []
    codes = {claim.code for claim in verdict.claims} - {ASIDE, DENIED, *away}
    return verdict.code != "come_back" and len(codes) > 1 and len(set(_KIN.findall(loose))) > 1


def runs_on(line: Line, verdict: Verdict, unclaimed: Set[int], reason: range) -> bool:
    """Whether a saying too short to be sure of runs on into words nobody knows: "chưa có đ danh", "cài hụt".

    Inside the `reason` somebody gave, only the first saying must be sure: the rest are own words.
    """
    checked = [claim for claim in verdict.claims if claim is verdict.claims[0] or claim.places.start not in reason]
    deciding = [claim for claim in checked if not (claim.code == ASIDE or _only_says_why(claim, verdict))]
    checked = deciding or checked
    if verdict.code == "not_done" and any(claim.clear and claim.code == verdict.code for claim in checked):
        checked = [claim for claim in checked if claim.clear or claim.code != verdict.code]
    return any(_runs_on(line, claim, unclaimed) for claim in checked if claim.code not in (ASIDE, DENIED))


def _only_says_why(claim: Claim, verdict: Verdict) -> bool:
    """ "bận ăn cỗ, hẹn lại", "từ chối, bảo bận trông quán": beside what came of it, whatever kept them is own words."""
    return claim.code == "not_done" and not claim.clear and verdict.code in ("come_back", "refused", "nobody_home")


def _runs_on(line: Line, claim: Claim, unclaimed: Set[int]) -> bool:
    is_short = not claim.clear or said(line, claim.places) in ("cài", "cai")
    after = claim.places.stop
    return is_short and after in unclaimed and not _RUNS_ON_WELL.fullmatch(line.words[after].full)


def _without_therefore(loose: str, left: list[range], verdict: Verdict) -> str:
    """ "không tin nên không cài": a "nên" from one saying to the next is no doubt."""
    joins = [run for run in left if len(run) == 1 and {run.start - 1, run.stop} <= verdict.places]
    return re.sub(r"\b(?:nên|nen)\b", "", loose, count=len(joins)) if joins else loose


def _may_ask(line: Line, claim: Claim, by_name: bool) -> bool:
    """ "nhà 12 chưa" may be the beginning of a question; "nhà 12: chưa" is an answer."""
    is_bare = said(line, claim.places) in ("chưa", "chua")
    return is_bare and (by_name or (claim.places.start > 0 and line.words[claim.places.start - 1].is_word))


def _only_agrees(line: Line, verdict: Verdict) -> bool:
    """ "nhà cô Na đc rồi": of a house told by words "được rồi" may say anything."""
    return all(said(line, claim.places) in ("được rồi", "duoc roi", "được roi") for claim in verdict.claims)


def _came_back_already(line: Line, verdict: Verdict) -> bool:
    """ "quay lại lần 2 vẫn vắng": it was the volunteer who came back, and nobody asked for it."""
    codes = {claim.code for claim in verdict.claims}
    promises = [
        said(line, range(max(claim.places.start - 1, 0), claim.places.stop))
        for claim in verdict.claims
        if claim.code == "come_back"
    ]
    if verdict.code != "come_back" or "nobody_home" not in codes:
        return False
    return not any(map(_ASKED_FOR.search, promises)) or bool(_ASKED_BEFORE.search(line.said))


def _is_denied(line: Line, verdict: Verdict) -> bool:
    """ "chưa từ chối": a lone "chưa" that runs into another saying denies it."""
    bare = [claim.places.stop for claim in verdict.claims if said(line, claim.places) in ("chưa", "chua")]
    return any(claim.places.start in bare for claim in verdict.claims)
