"""How people say what happened at a door: one row a way of saying it, read from the top, a word claimed once.

Rows are patterns of `words.spelt`. Negations stand above what they negate, the particular above the general.
"""
# ruff: noqa: E501 (a table reads by its columns)

_NO = r"(?:không|chẳng|chả|đâu có|đếch|éo)(?: phải là)?"
_NOT_YET = r"(?:chưa|vẫn chưa|còn chưa|chưa hề)"
_NEITHER = rf"(?:{_NO}|{_NOT_YET})"
_APP = r"(?: (?:cái |được |phần mềm |ứng dụng )?(?:app|ứng dụng|phần mềm|smart(?: hải phòng| hp)?|tài khoản|nó))"
_DO = r"(?:cài đặt|cài|tải|đăng ký|đăng nhập|kích hoạt|(?:lập|tạo|mở) tài khoản|hoàn thành|hoàn tất|hoàn thiện|install|setup)"
_DOES = rf"{_DO}(?: (?:và|,|&|\+|với|rồi|xong) {_DO})*{_APP}?"
_SMART = (
    r"(?:(?:cái|chiếc|điện thoại|máy|loại|máy điện thoại) )*(?:điện thoại thông minh|smart ?phone|thông minh|cảm ứng|"
    r"smart|lướt|iphone|android|xịn|đời mới)"
)
_PHONE = r"(?:cái |chiếc )?(?:máy điện thoại|điện thoại|máy|di động)"
_OLD_PHONE = r"(?:cục gạch|đen trắng|cùi bắp|cùi|bàn phím|phím bấm|bấm phím|phím|nút bấm|bấm|nokia|cổ lỗ|cổ|nghe gọi|thường|ngày xưa)"
_LEVEL2 = r"(?:mức (?:độ )?(?:2|hai|ii)|cấp (?:độ )?(?:2|hai)|m ?2)"
_LEVEL1 = r"(?:mức (?:độ )?(?:1|một|i)|m ?1)"
_ID = rf"(?:(?:tài khoản )?(?:định danh|vneid|vn eid|đddt|đđđt)(?: điện tử)?(?: {_LEVEL2})?|{_LEVEL2})"
_FEW = r"\d{1,2}|một|hai|ba|bốn|năm|sáu"
_DAY = r"(?:mai|mốt|ngày kia|tối|sáng|chiều|trưa|hôm|thứ (?:hai|ba|tư|năm|sáu|bảy|\d)|t\d|cn|chủ nhật|\d{1,2}(?:h|g|giờ)\d{0,2}|\d{1,2}/\d{1,2}|tuần sau|ngày \d\S*|lúc)"
_AWAY = (
    r"đi (?:đâu|làm|chợ|đồng|ruộng|cấy|gặt|ăn cưới|ăn cỗ|ăn giỗ|đám cưới|đám ma|đám|viện|bệnh viện|khám|xa|chơi|vắng|công tác|"
    r"học|ra ngoài|nước ngoài|biển|ca|khỏi|hết|du lịch|nghỉ mát|thăm|đón|trực|bán hàng|hà nội|xài gòn|miền nam|vắng nhà|thành phố|đà nẵng|quảng ninh|mỹ|nhật|hàn|đài loan|bình dương|đồng nai|"
    r"làm ăn|giao hàng|rẫy|nương|lễ|chùa|hội|về quê)"
    r"(?: (?:làm|xa|hết|cả|suốt|chưa về|cả ngày|cả rồi|rồi|ca|con|cháu|ăn|vắng|vắng nhà))*"
)

# (what it means, whether that alone is clear, how it is said)
TABLE: tuple[tuple[str, bool, str], ...] = (
    # Who came back now is no promise to: "vừa quay lại cài luôn".
    ("busy", False, r"(?:vừa|mới|vừa mới) (?:quay|qua|sang|ghé) lại"),
    # No level-2 identity: before "chưa có" can mean anything else.
    ("no_vneid2", True, rf"(?:{_ID} )?{_NEITHER} (?:(?:có|làm|lên|được|kích hoạt|đăng ký|cấp|nâng|nâng cấp|xong|cái|kịp|đi làm|được cấp|đạt|duyệt) )*{_ID}(?: {_LEVEL2})?"),
    ("no_vneid2", True, rf"(?:(?:mới|chỉ|vẫn|còn|đang)(?: mới| chỉ| có| ở| là| được)* )?{_ID.replace('(?:2|hai|ii)', '(?:1|một|i)')} {_LEVEL1}|(?:mới|chỉ|vẫn|còn|đang)(?: mới| chỉ| có| ở| là| được| làm)*(?: (?:vneid|định danh))? {_LEVEL1}|(?:vneid|định danh)(?: điện tử)? (?:mới )?{_LEVEL1}"),
    ("no_vneid2", True, rf"thiếu {_ID}|{_ID} chưa (?:(?:lên|đạt|được|có|lên được) )+{_LEVEL2}|{_ID} (?:thì )?(?:chưa có|chưa làm|không có|chưa kích hoạt|chưa xong|chưa được|chưa)|vướng {_ID}"),
    # To have it is no news, and nothing of the app: "cài app rồi, VNeID mức 2 có sẵn".
    ("busy", False, rf"(?:(?:đã|có|đủ|đạt) )*{_ID}(?: (?:thì|đã|cũng|đều|họ))* (?:có sẵn|có rồi|có từ trước|có đủ|đủ rồi|đủ|xong rồi|ok rồi)(?: (?:rồi|hết|cả))*|(?:(?:đã|có|đủ|đạt) )+{_ID}(?: (?:rồi|đủ|hết|cả|xong))*"),
    # No smartphone.
    ("no_smartphone", True, rf"{_NEITHER} (?:(?:ai|có|dùng|xài|sử dụng|sắm|mua|biết|được|biết dùng) )+{_SMART}|không (?:phải |phải là |phải loại )?{_SMART}"),
    ("no_smartphone", True, rf"{_NEITHER} (?:(?:ai|có|dùng|xài|sử dụng|sắm|mua) )+{_PHONE}(?! bàn)"),
    ("no_smartphone", True, rf"(?:(?:chỉ|toàn|mỗi|có|dùng|xài|đang|vẫn|còn) )*{_PHONE} (?:(?:loại|đời|kiểu|là|toàn) )*{_OLD_PHONE}(?: thôi)?"),
    ("no_smartphone", True, r"cục gạch(?: thôi)?$|(?:(?:chỉ|toàn|mỗi|có|dùng|xài|đang|vẫn|cái|con|một|1|máy) )+(?:cục gạch|đen trắng|nokia|cùi bắp|cục gạch nokia)(?: thôi)?"),
    # A phone's number is no phone.
    ("busy", False, r"(?:không|chưa) (?:có|cho|lấy|xin|nhớ)(?: được)? (?:số điện thoại|sđt|sdt|số(?! (?:nhà|\d)))"),
    # Nobody home.
    ("nobody_home", True, rf"{_NEITHER} (?:(?:thấy|có|còn|gặp|được|gặp được|một) )*(?:ai|người nào|người)(?! (?:cài|tải|đăng ký|làm|dùng|chịu|biết|có (?:máy|điện thoại|smart)))(?: (?:ở|có|ở trong|trong|hết|cả|đang))*(?: nhà)?(?: (?:cả|hết|lúc này|mở cửa|ra mở|ra|thưa|trả lời|nghe|mở|lên tiếng|cửa|tiếp|đâu))*"),
    ("nobody_home", True, rf"{_NEITHER} (?:(?:có|ở|có ở|về) )+nhà|{_NEITHER} gặp(?: được)?(?: (?:chủ nhà|chủ hộ|chủ|người|ai|bác|ông|bà))?|không thấy (?:đâu|ra|chủ)"),
    ("nobody_home", True, r"(?:(?:đi|đang|hiện|chủ|cả|chủ nhà|cả nhà|gia đình|lại|vẫn|toàn bộ) )*(?:vắng(?: (?:nhà|chủ|mặt|hết|cả ngày|cả nhà|cả|suốt|tanh|hoe|rồi|người|chưa gặp))*)"),
    ("nobody_home", True, r"(?:(?:nhà|cửa|cổng) )*(?:khoá|đóng|khép|cài then)(?: (?:kín|im|trái|chặt))?(?: (?:cửa|cổng|ngõ))+(?: then cài)?(?: (?:im ỉm|suốt|cả ngày|rồi|ngoài))?|(?:cửa|cổng) (?:thì |vẫn |đang )?(?:khoá|đóng)(?: (?:then cài|im ỉm|cả ngày|kín|suốt|ngoài|trái|then cài))?"),
    ("nobody_home", True, rf"(?:gọi|gõ|bấm chuông|nhấn chuông|gọi cửa|gõ cửa|gọi cổng|gọi mãi|gọi to|gọi điện)(?: (?:cửa|mãi|cổng|hoài|riết|mấy lần|3 lần|2 lần|hai lần|ba lần|nhiều lần|lần|\d+ (?:lần|cuộc)|đt|điện|rồi|đều|cũng))* {_NO} (?:thấy |ai |có ai )*(?:thưa|trả lời|nghe|mở|ra|mở cửa|lên tiếng|được|bắt máy|nghe máy)"),
    ("nobody_home", True, rf"(?:cả nhà |hai vợ chồng |vợ chồng |mọi người |chủ nhà |chủ hộ |gia đình |đang |lại )*{_AWAY}|(?:về|ở) (?:quê|ngoại|nội)(?: (?:hết|cả|rồi|ngoại|nội|chơi|ăn giỗ|chưa lên|chưa ra|chưa vào|chưa về))*"),
    ("nobody_home", True, rf"(?:gọi )?{_NEITHER} (?:nghe|bắt) máy|(?:(?:chỉ|toàn|mỗi|có|còn) )+(?:trẻ con|trẻ nhỏ|cụ già|người già|con nhỏ|các cháu|mấy đứa nhỏ|mấy cháu)(?: (?:ở|trong))? nhà"),
    ("nobody_home", True, r"(?:cửa )?đóng then cài|(?:đi )?chưa về(?: nhà)?|nhà trống|nhà bỏ không"),
    ("not_done", True, rf"{_DO} (?:thất bại|hụt)|fail|bó tay|chịu thua|nên thua|toang"),
    # Refused, unless it could not be done.
    ("not_done", True, rf"{_NEITHER} (?:{_DO}|vào|làm|nhận|nhập|quét|mở|xác thực|kết nối|lên|tìm|cài đặt|thao tác|sử dụng)(?:{_APP}| (?:otp|mã|mã otp|mạng|app|tin nhắn|store|ch play|appstore|app store|qr|máy|mật khẩu))* (?:được|nổi|xong|vào|thành công)|{_DO}{_APP}?(?: (?:mãi|hoài|nhưng|mấy lần|thử|mà|bị|vẫn))* {_NEITHER} (?:được|xong|nổi|vào|thành công|hoàn thành|lên)(?: (?:app|máy))?"),
    ("refused", True, r"(?:(?:gia đình|chủ nhà|chủ hộ|kiên quyết|nhất định|thẳng thừng|dứt khoát|bị) )*từ chối(?: (?:cài đặt|cài|không cài|tiếp|hợp tác|thẳng|luôn|làm|khéo|tất|hết|hẳn))*(?:{_APP})?".replace("{_APP}", _APP)),
    ("refused", True, rf"(?:(?:nhất định|kiên quyết|dứt khoát|quyết|vẫn|bảo|nói|kêu|nhất quyết|thẳng thừng) )*{_NO} (?:(?:chịu|muốn|đồng ý|hợp tác|thích|có nhu cầu|nhu cầu|cần|cần thiết|quan tâm|tham gia|thiết|ưng|nghe(?! (?:được|rõ|thấy|gì|tiếng))|tiếp|tin|ủng hộ) ?)+(?:(?:cài|làm|dùng|tải|xài|app|đặt|cho|vào|tiếp|hợp tác|tham gia|đăng ký|nghe|gì|cả|luôn|đâu|để|đi|lắm) ?)*(?<! )"),
    ("refused", True, rf"(?:(?:nhất định|kiên quyết|dứt khoát|quyết|vẫn|bảo|nói|kêu|nhất quyết|nhất) )*{_NO} (?:cho )?(?:cài đặt|cài|tải|đăng ký|làm|tham gia)(?:{_APP}| đặt| luôn| gì| cả| đâu| đi)*|(?:(?:nhất quyết|kiên quyết|nhất định|dứt khoát) )*{_NO} cho (?:vào nhà|vào|cài|mượn máy|mượn điện thoại|làm|gặp)(?: nhà)?|(?:(?:bảo|nói|kêu) )?thôi khỏi(?: (?:cài|cần|phiền|làm))*|(?:bị )?đuổi(?: ra| về| khéo)*|phản đối|chối"),
    # Come back.
    ("come_back", True, r"(?:(?:bảo|kêu|nói|có|đã|xin|chỉ|lại|chủ nhà|bận|nhờ|dặn) )*hẹn(?: (?:lại|quay lại|sang|qua|đến|gặp|khi khác|lúc khác|hôm khác|lần sau|bữa khác|hôm sau|dịp khác|là|sẽ|gặp lại|tới|sau|cài|cài sau))*"),
    ("come_back", True, r"(?:(?:sẽ|phải|cần|bảo|kêu|nói|nhờ|dặn|lần sau|để|chờ|xin|mình|em) )*(?:quay lại|qua lại|sang lại|đến lại|ghé lại|trở lại|tới lại|vào lại|gọi lại|lại sau|qua sau|đến sau|sang sau|quay lại sau)(?: (?:sau|lần nữa|lần sau|nhé|cài(?! (?:được|rồi|xong|cho))))*"),
    ("come_back", True, r"(?:(?:để|bảo|kêu|nói|khi|lúc|chờ|xin|cho|bận) )*(?:hôm khác|lúc khác|khi khác|lần khác|bữa khác|hôm sau|lần sau|bữa sau|dịp khác)(?: (?:sang|qua|đến|quay lại|tới|cài|làm|hãy|lại))*"),
    ("come_back", True, rf"(?:bảo|kêu|nói|dặn|nhờ)(?: (?:là|thì|để))?(?: {_DAY})+(?: (?:hãy|hẵng|mới|thì|rồi))* (?:sang|qua|ghé|quay lại)(?: (?:nhé|lại|cài(?! (?:được|rồi|xong))))*"),
    # Not done.
    ("not_done", True, rf"{_NOT_YET} (?:(?:biết|cho|kịp|được|có|chịu|muốn|đồng ý|dám|thể|hướng dẫn|làm|ai|rảnh|tiện|thèm|nghĩ|xong|ưng|cần) )*(?:{_DOES}|làm|app|ứng dụng|xong)(?: (?:được|xong|nổi|đâu|gì|cả))*"),
    ("not_done", True, rf"{_NO} (?:biết|có|kịp|dám|rành|thể|ai biết)(?: (?:cách|người|thời gian|ai|gì|để|mà))* (?:{_DO}|làm|dùng|xài|sử dụng|hướng dẫn)(?:{_APP}| điện thoại| công nghệ| gì| đâu)*"),
    ("not_done", True, rf"{_DO}{_APP}?(?: (?:mà|thì|toàn|cứ))* (?:bị|báo|gặp) lỗi(?: (?:mãi|hoài|suốt))*"),
    # No need any more.
    ("busy", False, r"(?:nên )?(?:em |mình |cháu )?(?:không|khỏi) phải (?:cài|tải|làm)(?: (?:lại|nữa|thêm))*"),
    # Meant, not done yet: "sẽ cài", "mai cài", "chờ con về cài".
    ("planned", False, rf"(?:(?:sẽ|định|tính|muốn|cần|phải|nhờ|xin|để|chuẩn bị|sắp|nên|hãy|nhớ|đang|mai|chờ|đợi|đồng ý|chịu|về|mời|bảo|kêu|vận động|cố|tối|chiều|sáng|nay|sau|hứa|mới chịu|cho|giúp|hướng dẫn|con|cháu|em|mình|tới|qua|sang|đến|lại|dùm|giùm|hộ) )*(?:sẽ|định|tính|muốn|cần|phải|nhờ|xin|để|chuẩn bị|sắp|nên|hãy|nhớ|đang|mai|đồng ý|hứa|bảo|kêu|về|chờ|đợi|tự|chịu|rồi sẽ|tối|chiều|trưa|sáng|đêm|mốt|lát|tí)(?: (?:cho|giúp|hướng dẫn|con|cháu|em|mình|tới|qua|sang|đến|lại|dùm|giùm|hộ|về|sẽ|mới))* {_DO}(?:{_APP})?(?: (?:sau|nốt|tiếp|lại|giúp|cho|hộ))*(?! (?:xong|rồi|được|thành công|từ|lâu|trước|sẵn))"),
    # Had it already.
    ("had_it", True, rf"(?:(?:đã|tự|con|cháu|được|cũng|nhà|người nhà) )*(?:{_DOES}|dùng|xài|có|sử dụng)(?:{_APP})?(?: (?:app|đầy đủ|hết|đủ|cả|rồi|xong|được|này|cả nhà|cho|giúp|hộ))*(?: (?:sẵn|từ trước|từ lâu|từ hồi|hồi tháng trước|hồi tuần trước|hồi năm ngoái|hồi trước|hồi đầu năm|từ năm ngoái|từ năm trước|từ tháng trước|từ đợt trước|đợt trước|từ tết|từ hồi tết|hồi tết|lâu rồi|lâu lắm|trước rồi|trước đó|trước|từ tuần trước|năm ngoái|từ bữa trước|từ hồi trước|từ trước tới giờ|từ tháng \d+|lâu|trên trường|ở trường|ở cơ quan|trên cơ quan|bên cơ quan|trên công ty|ở công ty))+(?: (?:rồi|lắm|từ trước|từ lâu|hết|cả))*"),
    ("had_it", True, rf"(?:trước đây|trước kia|hồi trước|năm ngoái|đợt trước|tháng trước) (?:đã )?(?:{_DOES})(?: (?:rồi|xong))*"),
    ("had_it", True, rf"(?:(?:đã|đều|cũng|nhà|họ) )*có(?: (?:app|ứng dụng|tài khoản|sẵn|cài|smart|smart hải phòng|hết|cả|đủ))*(?: (?:rồi|sẵn))+|đã có(?: (?:app|ứng dụng|tài khoản|smart hải phòng|sẵn))*|có sẵn(?: app| ứng dụng| smart hải phòng)?|(?:đang|đã) (?:dùng|xài|sử dụng)(?:{_APP})?(?: rồi| quen)*|(?:sẵn|từ trước|từ lâu|từ trước)(?: rồi)*"),
    # Installed.
    ("installed", True, rf"(?:(?:đã|vừa|mới|vừa mới|cũng|nhà này|xin|báo|app|ứng dụng) )*(?:(?:giúp|hướng dẫn|hỗ trợ|được|cho) )*(?:{_DOES})(?: (?:đặt|cho|giúp))?(?: (?:xong|rồi|được|thành công|ok|hết|đủ|đầy đủ|tất|ngon|ngay|luôn|cả nhà|và đăng ký|& đăng ký|đăng ký|đăng nhập|xong xuôi|ngon lành|đàng hoàng|app|tốt|tại chỗ|mới))*"),
    ("installed", True, r"(?:(?:đã|vừa|mới|làm|mọi thứ|cũng|thế là) )*(?:xong|ok|hoàn thành|hoàn tất|done)(?: (?:xuôi|rồi|hết|cả|luôn|nhé|ngon|ok|tất|đầy đủ|cả nhà))*|đã làm(?: (?:xong|rồi|được))*|làm (?:rồi|được)(?: (?:rồi|hết))*|[✓✔✅☑]"),
    ("installed", False, r"được rồi(?: (?:nhé|luôn|hết|cả))*"),
    ("installed", True, rf"được(?= (?:{_FEW}) (?:người|máy|tài khoản|điện thoại))"),
    # Nothing came of it, and what follows says why: "không được, máy cùi không tải nổi".
    ("busy", False, rf"{_NO} (?:được|xong|ăn thua)(?= [,.;:])"),
    # What is said of the report itself.
    ("busy", False, r"(?:hôm (?:trước|đó|qua|kia) )?quên(?: mất)?(?: chưa| không)? (?:báo cáo|báo|ghi|gửi|nhập)(?: (?:được|lại))?|(?:giờ|nay|bây giờ) mới (?:báo|ghi|gửi)(?: được)?|(?:mà |nhưng )?chưa (?:kịp )?(?:báo(?! lỗi)|ghi)(?: cáo)?(?: được)?|xin lỗi(?: (?:cả tổ|cả nhà|mọi người|anh chị|anh|chị|cô|bác|ạ))*"),
    ("busy", False, rf"(?:(?:đã|có|đủ|đạt) )*(?:tài khoản )?(?:định danh|vneid)(?: điện tử)?(?: (?:có|đã|lên|đạt|đủ))* {_LEVEL2}(?: (?:đủ|rồi|xong|hết|cả|đầy đủ))*"),
    # Busy says why, and nothing of what came of it.
    ("busy", False, r"(?:(?:cả nhà|chủ nhà|đang|còn|dở|bận) )*(?:đang|dở|còn) (?:ăn cơm|ăn cỗ|ăn giỗ|ăn tiệc|ăn sáng|ăn tối|nấu cơm|nấu ăn|tắm|ngủ(?: trưa)?|tiếp khách|họp|dọn hàng|bán hàng|cho con ăn|nghỉ trưa|dở tay|có khách|nhậu|học bài|làm dở|giặt|rửa bát)"),
    # Not done, by its reason alone.
    ("not_done", False, rf"{_NEITHER} (?:rảnh|tiện)(?: (?:lúc này|bây giờ|lắm))*|{_NOT_YET}(?: (?:xong|được|gì|đâu))*|(?:(?:đang|rất|quá|còn|bảo|nói|kêu) )*(?!ban )bận(?: (?:quá|việc|lắm|bán hàng|nấu cơm|con nhỏ|đám cưới|đám hỏi|đám giỗ|đám|họp|cấy|ăn cơm|tiếp khách|khách|con))*"),
    ("not_done", True, r"(?:(?:bị )?(?:hỏng|hư|đầy|đơ|vỡ|mất|treo|lỗi) (?:máy|điện thoại|bộ nhớ|màn hình|sim))|(?:điện thoại|máy|bộ nhớ|sim)(?: (?:điện thoại|bị|đang|đã|thì|lại|nó|của họ))* (?:hỏng|hư|đầy|lỗi|yếu|chậm|hết pin|hết dung lượng|đơ|treo|vỡ|đời cũ|cũ|mất|đi sửa|hết bộ nhớ|hết tiền|khoá)(?: (?:quá|rồi|bộ nhớ|dung lượng|máy|màn hình|lắm))*|hết (?:dung lượng|bộ nhớ|pin|mạng)|sim không chính chủ|(?:cccd|căn cước|cmnd) hết hạn|(?:không|chưa)(?: có)? (?:mạng|wifi|4g|3g|internet|sóng)(?: (?:không|chưa)(?: có)? (?:mạng|wifi|4g|3g|internet|sóng))*|full (?:bộ nhớ|dung lượng|máy)|(?:mã |mã otp |otp |tin nhắn )(?:không|chưa) (?:về|đến|tới|gửi)(?: được)?|(?:không|chưa) (?:nhận|thấy|gửi)(?: được)? (?:mã otp|mã|otp|tin nhắn)|mạng (?:yếu|chậm|kém|lỗi|chập chờn)(?: quá)?|mất mạng|(?:quên|mất|sai) (?:mật khẩu|pass|mã)(?: (?:app ?store|apple|id|icloud|google|vneid|ch play))*|(?:app|hệ thống|ứng dụng|otp|vneid) (?:bị |báo |cứ báo |cứ |hay )?(?:lỗi|treo|sập|đơ|lag|văng|không vào được|xoay mãi|quay mãi|load mãi)(?: (?:quá|mãi|suốt|ra))*|(?:bị )?lỗi (?:otp|app|mạng|hệ thống|mã|đăng ký|đăng nhập)"),
)  # fmt: skip
# Reasons to be away that say little beside a clear outcome: "vợ cài rồi, chồng đi làm".
AWAY = _AWAY + r"|(?:về|ở) quê"
