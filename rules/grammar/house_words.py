"""Where the words of a house end: behind a name only trades, goods, landmarks and looks; what people do or are ends it.

"bà Sửu bán bún riêu" and "cô Lan cạnh chùa" are households, "anh Cương đông khách" is one of whom something is told.
What is neither known here nor led by a trade or a landmark is asked about.
"""

from functools import lru_cache

from rules.grammar.words import Line, spelt
from rules.spelling import plain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Behind these up to three words say what is sold, made or near.
_LEADS = _words(
    "chân chăn thầy "
    "bán buôn sửa thợ làm dạy nuôi trồng may thêu đan dệt nấu rang xay mổ chữa lái chạy bơm vá cắt gội uốn thổi đánh "
    "đóng đúc rèn hàn tiện tạc khắc vẽ trông giữ thu tráng gói ép muối phơi hàng tiệm quán hiệu lò xưởng kho trại "
    "vườn ao hội cựu nguyên trưởng phó bí chủ cán bộ công giáo cạnh gần giáp sát kề đầu cuối giữa góc gốc cổng ngã "
    "cây cầu chợ đình chùa miếu đền giếng bờ bến đê mương sông hồ kênh cống trạm trường sân bãi gò dốc hẻm ngõ ngách "
    "ngay đối diện sau trước trên dưới trong ngoài bên phố đường lối cột bốt mái cửa tạp đại dãy phía chi tổ khu "
    "chung dân phụ có đò xe nhà ở sơn tầng ban nghề ươm ướp gánh chở ship bốc chài kéo nò"
)
_TRADES = _words(
    "dạo đồng cơ khí mầm non sinh xích lô pháo đúc ảnh mật "
    "phở bún cháo xôi bánh giò chả nem cá ốc tôm cua mực ngao hến rau đậu phụ hoa quả thịt lợn gà vịt trứng gạo thuốc "
    "lào bia rượu nước mắm trà chè cà phê hoá hóa điện tử lạnh xì xát mộc sắt nhôm kính vàng bạc mã hương nến cói "
    "lưới thuyền ôm đạp gác nông cày rèm vải giày dép tóc nail spa nam bắc y tế kèn trống loa đài bò trâu chó ong "
    "cảnh giống thớt nồi chậu gốm sứ gas xăng than củi cát sỏi gạch vật liệu phân đạm lòng dồi dê quay vé nét "
    "internet game đĩa photo sách báo bưu lái tàu biển xe taxi grab shipper cám ngô khoai sắn lạc đỗ vừng đá đa chiếu "
    "hồ xây mì riêu dừa mía cam chuối bưởi ổi sữa kem kẹo mứt lẩu nướng nhậu cơm ăn đồ gỗ nhựa inox tôn ngói bê tông "
    "sơn xén xáo gara rửa tải nát phế thóc may mặc võ toán văn anh lý nhạc hát chèo"
)
_LOOKS = _words(
    "béo gầy còi sẹo rỗ hói đen trắng lé xanh đỏ tím vàng nâu hồng xám cũ mới to "
    "nhỏ bé cao thấp già trẻ lớn út cả hai ba tư năm bốn sáu bảy bẩy tám chín mười con dòng họ thôn làng xóm phường "
    "xã tỉnh binh thương liệt sĩ hưu trí bộ đội an giáo viên tá bác dược trưởng thư tịch hiệu kế toán thủ quỹ hạ lúa "
    "một tầng lầu kho ngói bằng dãy trọ tập thể chung cư căn tôn văn cổ cuốn gạch sắt kính hàng dân"
)
# What people do, say and feel, how doors and phones are, and what only counts or stresses.
_ENDS = _words(
    "khách "
    "mời bảo kêu nói than thở chê khen cười hỏi dặn nhắn gọi gửi nhờ xin đáp hứa đuổi chửi mắng quát cáu gắt giận bực "
    "khóc ngủ dậy thức uống nghỉ tắm giặt quét lau dọn ngồi đứng nằm đi về ra vào vô lên xuống sang qua đến tới ghé "
    "quay trở đưa đón bế ẵm mang cầm đem lấy mượn chăm ốm đau bệnh mệt sốt yếu lẫn lú mất chết chuyển xem nghe đọc "
    "viết nhập biết hiểu nhớ quên thấy nghĩ tưởng muốn thích ghét sợ ngại lo lưỡng đắn suy chịu nhận tiếp đợi chờ "
    "mong cần phải rảnh vội vui buồn mừng nhiệt khó hiền dễ vất khổ nghèo đông vắng đầy tắt mở khoá khép hỏng hư lỗi "
    "kẹt treo đơ chậm nhanh lag hết thiếu rất quá hơi lắm cứ mãi đều từ khước lắc gật xua mắc dở đang bận hẹn nhỡ lỡ "
    "góp ký trực họp đổi nộp đóng thông cảm ơn chào tặng biếu tham giúp hộ giùm dùm phiền nhắc báo chúc viện cưới giỗ "
    "cúng lễ khám tập chơi nhậu say xỉn bày trốn tránh nấp lánh bỏ thôi cấm chặn la hét gào phàn càu lẩm lủi xách tha "
    "vác ngó nhìn liếc hay thường luôn vẫn kiên quyết cương dứt bướng cố ưng tán nghi ngờ chưa không ko chẳng khoe kể "
    "kháo đồn hô hát hò ngâm lười nhát dám mỏi bí bức nóng lạnh run sốc choáng vướng tạm tin ủng hoan nhường thay sum "
    "dưỡng sinh đẻ bầu chửa nuốt hút rít pha rót thắp đun luộc rán xào đổ quạt cãi xô đẩy kèm bám hôn liệt què trượt "
    "gãy phẫu truyền uỷ"
)
# What people are called: a small-letter word behind "cô" or "bác" is a name only if it is one of these.
_GIVEN = _words(
    "ái an anh ánh ân bắc bách bạch ban bàng bảo bảy bẩy bé bích biên bình bính bốn bổng bùi bường bưởi ca cả cam "
    "cảnh căn cấn cẩm chanh châm châu chắt chi chí chiên chiến chinh chính chu chung chúc chuyên chuyền chút chức "
    "chương cò công cúc cương cường cừ dân dậu dần diễm diễn diệp diệu dinh doan du dung dũng duy duyên duyến dư "
    "dương đan đào đại đạo đạt đăng đặng đệ điền điệp điểm đính đinh đoàn đô độ đông đồng đức được giang giáp gấm gái "
    "hà hạ hai hải hán hàn hàng hạnh hào hảo hân hằng hậu hiên hiền hiển hiếu hiệp hiệu hinh hoa hoá hoà hoài hoan "
    "hoàn hoàng hoạt hồ hồng hội hợi hợp huân huấn huế huệ hùng huy huyền huynh hưng hương hường hướng hữu kha khải "
    "khang khanh khánh khiêm khoa khoan khôi khuê khuyên khương kiên kiều kim kính kỳ lài lan lam lanh lành lâm lân "
    "lê lệ len liên liễu linh lĩnh loan long lộc lợi luân luận luyến luyện lục lụa lũy lực lương lượng lưu ly lý mai "
    "mạnh mão mẫn mận mây mến miên minh mơ mùi muôn mười mừng mỹ na nam năm nga ngà ngạn ngân ngần nghị nghĩa ngọ "
    "ngoan ngọc nguyên nguyệt nhã nhàn nhân nhật nhi nhiên nhỡ nhớn như nhung nhự ninh nụ nương oanh ổn phan phát phi "
    "phong phú phúc phụng phương phượng phước quân quang quảng quế quốc quy quý quỳnh quyên quyền quyết sáng sánh sáu "
    "sâm sen sim sinh soạn son sơn sửu sự tài tám tâm tân tấn tạo tẹo tèo thà thạch thái thanh thành thảo thạo thắm "
    "thắng thân thập thêm thêu thi thìn thịnh thoa thoả thơ thơm thọ thu thuận thục thuý thuỳ thuỷ thư thương thường "
    "thưởng thước thực tiên tiến tiệp tín tình tính tỉnh tịnh toan toàn toán toản tố tới trà trang trâm trân trí "
    "triều triệu trinh trình trọng trúc trung trường trưởng tú tuân tuấn tuất tuệ tùng tuyên tuyến tuyết tư tứ tường "
    "tưởng tý tỵ tỉu út uyên uy vân vàng vĩ việt vinh vịnh vũ vui vượng vương vy xuân xuyến xoan xiêm yên yến ý cẩn "
    "chiêm dịu đượm đoan hạt hến hin hớn khuyến kỷ ký lẫm lúa lụy mít nết nhài nhị sắc sợi tề tiêu tít tơ thỏ thuần "
    "thuyên tròn ưng vóc xoài bông đê nhâm canh nhạn oánh sắn tằm"
)
_PLAIN_GIVEN = frozenset(map(plain, _GIVEN))
# Of the name alone: "nhà bà Hợi mù", but "bà Lựu ngõ 5 điếc" tells how she is.
_AFFLICTED = _words("mù điếc câm chột lùn thọt gù móm cận còi sẹo cụt què lẫn")
_PHONES = frozenset(["điện thoại", "điện thoại thông minh", "vợ chồng", "tài khoản", "định danh", "từ chối"])
# A trade's word in an everyday doing: "chị Nga làm ca đêm", "bà Tư trông cháu".
_NO_TRADE = spelt(
    r"làm (?:ca|việc|đồng|ăn|ruộng|xa|về|cỗ|giỗ|đám|lễ|nhà|thêm|hộ|gì|theo|sao|rồi|xong|được|muộn|đêm|ngày|công ty|"
    r"phiền|tốt|ơn|quen|khó|dễ|gương|cho|với|mất)|nấu (?:cơm|ăn|cỗ|bữa|canh|nướng)|"
    r"trông (?:cháu|con|nhà|bà|ông|em|hàng|trẻ)|"
    r"chữa (?:bệnh|trị)|mổ (?:mắt|ruột|tim|sỏi|xong|đẻ)|dạy (?:con|cháu|bảo|học)|sửa (?:nhà|mái|bếp|hộ|giúp|lại)|"
    r"chạy (?:thận|việc|ra|vào|đi|sang|từ|theo|mưa)|đánh (?:máy|bài|cờ|răng|con|nhau|điện|chữ|lô|vần)|"
    r"nuôi (?:con|cháu|bệnh|mẹ|bố)|giữ (?:máy|cháu|con|điện thoại|lời|nhà)|đóng (?:phí|tiền|góp|kín|im|cửa|then)|"
    r"chó (?:dữ|sủa|cắn|to|thả|đuổi)|ăn(?! (?:sáng|vặt|uống|đêm|chay))|"
    r"cắt (?:lúa|ngang|cơn|lời)|thu (?:hoạch|tiền|phí|dọn|xếp|lúa)|may (?:mắn|quá|là|mà)|"
    r"có (?:việc|khách|nhà|hẹn|con|cháu|"
    r"người|ai|máy|mỗi|app|sẵn|tang|hiếu|hỷ|đám|cỗ|giỗ|bầu|bận|lịch|mặt)|gói (?:ghém|bánh chưng tết)|hàng (?:xóm|ngày)|"
    r"chủ (?:nhà|hộ|nhật)|ngay (?:bây|lập|khi)|trong (?:nhà|khi|lúc)|trên (?:đường về|viện)|sau (?:này|khi|đó|tết)|"
    r"trước (?:đây|kia|đó|khi)|bên (?:ấy|đó|nhà|ngoại|nội)|gần (?:đây|đó|xong|hết|\d+)|mặt (?:lạnh|buồn|mũi)|"
    r"đồng (?:ý|tình)|phân vân|do dự|thương (?:con|cháu|lắm)|mới (?:về|sang|đi|ra|lên|qua|đến|biết|mua|chuyển)|"
    r"to (?:tiếng|mồm)|cả (?:nhà|ngày|hai)|con (?:nhỏ|ốm|cái)|"
    r"đóng(?! (?:thuyền|tàu|gạch|đồ|giày|bàn|tủ|cối|ghế|giường|hòm|gỗ|bao|kiện))"
)
_KNOWN = _LEADS | _TRADES | _LOOKS
_DOINGS = _words(
    "đánh gõ sửa bán buôn làm dạy nuôi trồng nấu mổ chữa lái chạy bơm vá cắt gội uốn thổi đóng trông giữ thu gói có "
    "già ở nhà cài tải tập máy mắt tai chân tay đầu lưng bụng bệnh vừa đang sắp sẽ không chưa cũng vẫn còn chỉ toàn "
    "mới lại trước sau cùng đều tự"
)
_PLAIN_KNOWN, _PLAIN_ENDS = frozenset(map(plain, _KNOWN)), frozenset(map(plain, _ENDS))
_PLAIN_LEADS = frozenset(map(plain, _LEADS))
_MOST_LED = 3  # words behind a trade or a landmark


def ends_house(line: Line, place: int) -> bool:
    """Whether the small-letter word tells what somebody does or how something is: no part of a household's name."""
    word = line.words[place]
    if word.full in _AFFLICTED:
        behind = line.words[place + 1].full if place + 1 < len(line.words) else ""
        is_of_name = line.words[place - 1].capital or is_a_name(line, place - 1)
        return not is_of_name or behind in ("nặng", "đặc", "quá", "lắm", "rồi", "loà", "cẫn", "chữ")
    pair = f"{word.full} {line.words[place + 1].full}" if place + 1 < len(line.words) else word.full
    return _ends(word.full, pair)


@lru_cache(maxsize=4096)
def _ends(word: str, pair: str) -> bool:
    if word in _PHONES or _NO_TRADE.match(pair):
        return True
    if word.isascii():
        return (word in _ENDS or word in _PLAIN_ENDS) and word not in _PLAIN_KNOWN
    return word in _ENDS and word not in _KNOWN


def is_goods(line: Line, place: int) -> bool:
    """Whether the word, with its marks, says what is sold or made: "giò chả", "điện nước"."""
    word = line.words[place].full
    return not word.isascii() and word in _TRADES and not ends_house(line, place)


def is_a_name(line: Line, place: int) -> bool:
    """Whether a small-letter word may be what somebody is called: "bà tám" is, "cô đánh" is not."""
    word = line.words[place].full
    return word in (_PLAIN_GIVEN if word.isascii() else _GIVEN)


def is_a_doing(line: Line, place: int) -> bool:
    """Whether a small-letter word tells what somebody does or is, and nobody is called so."""
    word = line.words[place].full
    return (word in _ENDS or word in _DOINGS or word in _PHONES) and not is_a_name(line, place)


def is_strange(line: Line, tail: range) -> bool:
    """Whether a word behind the name is no trade, no goods, no landmark and no look, nor led by one."""
    led = 0
    for place in tail:
        word = line.words[place]
        if not word.is_word or word.capital or word.full[0].isdigit():
            led = max(led, 1) if word.capital else led
            continue
        known, leads = (_PLAIN_KNOWN, _PLAIN_LEADS) if word.full.isascii() else (_KNOWN, _LEADS)
        if word.full in _AFFLICTED:
            led = max(led, 1)
        elif word.full in leads:
            led = _MOST_LED
        elif word.full in known:
            led = max(led, 1)
        elif led:
            led -= 1
        else:
            return True
    return False
