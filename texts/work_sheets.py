"""The words of the houses on paper, asked for in chat."""

from storage.tables import Unit

SAY_UNIT = "Bạn cần phiếu của đơn vị nào? Gõ như: in ngõ 5 tổ 3, hoặc in danh sách tổ 3."
NO_ALLEY = "không theo ngõ"


def caption(unit: Unit, houses: int, alleys: int) -> str:
    pages = f", {alleys} ngõ" if alleys > 1 else ""
    return (
        f"Phiếu đi từng nhà · {unit.name}: {houses} nhà còn phải đến{pages}. "
        "Đi về bạn gõ lại số ở đầu dòng, như: 12 c, 13 v, 14 t."
    )


def nothing(unit: Unit, alley: str) -> str:
    where = f"{alley}, {unit.name}" if alley else unit.name
    return f"{where}: không có nhà nào còn phải đến trong danh sách, nên mình không in gì."
