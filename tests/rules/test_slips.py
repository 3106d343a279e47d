"""Where the words of a slip stand, and what the mending says without them."""

import pytest

from rules.slips import opens_with_slip, slip_in

_SAYS = {
    "lúc nãy ghi nhầm, nhà 12/7 chưa có định danh mức 2": "nhà 12/7 chưa có định danh mức 2",
    "suwar nhaf 31 thanhf ddax caif": "nhà 31 là đã cài",
    "nhà 20 đổi hẹn sang cn 15h": "nhà 20 hẹn cn 15h",
    "nhà 60 dời hẹn từ t7 sang cn 15h": "nhà 60 hẹn cn 15h",
    "nhà 8 ngõ 14 ko phải đã cài mà là có từ trước, sửa hộ": "nhà 8 ngõ 14 ko phải đã cài mà là có từ trước",
    "sửa nhà 12 từ vắng thành đã cài": "nhà 12 đã cài",
    "sửa nhà 12 từ từ chối thành hẹn t7": "nhà 12 hẹn t7",
    "chữa giúp em: nhà 12 vắng": "nhà 12 vắng",
    "nham, nha ong Vang la chua cai": "nha ong Vang là chua cai",
    "sửa nhà ông Là đã cài": "nhà ông Là đã cài",
    "nhà 41 ghi sai rồi, họ từ chối": "nhà 41, họ từ chối",
    "nhà 7 em báo nhầm là vắng, thật ra đã cài rồi": "nhà 7, đã cài rồi",
    "nhà 12 hôm qua ghi đã cài là sai, đúng là vắng": "nhà 12, vắng",
    "nhà 12 đã cài nhé, lúc nãy em ghi nhầm là vắng": "nhà 12 đã cài nhé",
    "nhà 19 sửa lại thành vắng giúp em": "nhà 19 vắng",
    "nhà 12 sửa thành nhà 14": "nhà 12 thành nhà 14",
    "nhầm ạ nhà 34 3 người chứ không phải 2": "nhà 34 3 người",
    "à quên, nhà 12 2 người": "nhà 12 2 người",
    "xin lỗi cả nhà, em ghi nhầm nhà 17: từ chối mới đúng": "nhà 17: từ chối",
    "Chị nhầm nhà 62 nhé, không phải từ chối mà là hẹn cn": "nhà 62 nhé, không phải từ chối mà là hẹn cn",
    "e nhầm nha, số 8 xong r, ko phải vắng": "số 8 xong r",
    "Cô xin lỗi, nhà 203 là hẹn mai chứ chưa cài cháu ạ": "nhà 203 là hẹn mai",
    "nham nha 12 la hen mai chu chua cai": "nha 12 là hen mai",
    "ấy chết nhà 27 mới đúng là từ chối, em ghi nhầm đã cài": "nhà 27 từ chối",
    "nhà 25 cài 2 người thôi, nãy ghi nhầm 3": "nhà 25 cài 2 người thôi",
    "nhà 30 xong rồi nãy e ghi vắng nhầm": "nhà 30 xong rồi",
    "Tôi ghi nhầm, nhà số 14 mới có hai người cài": "nhà số 14 hai người cài",
    "nhầm 67 -> c": "67 đã cài",
    "sửa 16 v thành c": "16 đã cài",
    "nhầm, nhà 8 không phải vắng": "nhà 8 không phải vắng",  # and what then?
}
_NONE = [
    "nhà 12 chưa cài, máy hỏng, nhờ sửa hộ",
    "nhà 12 máy vỡ màn hình, nhờ sửa giúp",
    "chị nhầm rồi em ơi",
    "xin lỗi cả nhà, nhà 8 vắng",
    "nhà 12 mới cài 2 người",
    "nhà 25 máy hỏng mang đi sửa rồi, chưa cài",
    "nhà 12 vắng, chuyển sang nhà 14 đã cài",
    "nhà 12 vắng, em ghi nhầm",  # what was wrong, this or what stands? It is asked
    "à quên, nhà 23 vắng nữa",
    "chị Lan nhầm, mai mới họp",
    "chưa giúp được nhà 12",
    "nhà 12 đã cài, cập nhật giúp em",
    "hôm qua họp em ghi nhầm giờ",
]


@pytest.mark.parametrize("line", _SAYS)
def test_the_words_of_a_slip_are_taken_away(line):
    assert slip_in(line) == _SAYS[line]


@pytest.mark.parametrize("line", _NONE)
def test_other_lines_are_no_slips(line):
    assert slip_in(line) is None


def test_within_a_list_only_what_opens_with_a_slip_takes_back_the_line_above():
    assert opens_with_slip("à nhầm, vắng")
    assert not opens_with_slip("nhà 20 đổi hẹn sang cn 15h")
