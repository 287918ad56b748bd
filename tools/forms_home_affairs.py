"""Forms 0601.N to 0605.N of Circular 02/2023/TT-BNV: their columns, lines and codes.

Each function takes counts by key and returns a :class:`~.forms.Form`. The wording is
the circular's own, in Vietnamese.
"""

from .forms import Form, Head, Line

ISSUED = "Ban hành theo Thông tư số 02/2023/TT-BNV ngày 23/3/2023"
DUE = "Ngày nhận báo cáo: ngày 15 tháng 12 năm báo cáo"

#: Form 0601.N: the levels that launch, the columns in their order
LAUNCHED = ("central", "province", "base")
SCOPES = (
    ("national", "Toàn quốc", "02"),
    ("local", "Bộ, ban, ngành, đoàn thể, địa phương", "03"),
    ("cluster", "Cụm, khối thi đua do Hội đồng Thi đua - Khen thưởng các cấp tổ chức",
     "04"),
    ("base", "Cơ quan, tổ chức, đơn vị", "05"),
)  # fmt: skip
BANDS = (
    ("under_1", "Dưới 1 năm", "06"),
    ("one", "1 năm", "07"),
    ("1_to_3", "Từ 1 năm đến dưới 3 năm", "08"),
    ("3_to_5", "Từ 3 năm đến dưới 5 năm", "09"),
    ("from_5", "Từ 5 năm trở lên", "10"),
)
WAYS = (
    ("thematic", "Thi đua theo chuyên đề", "11"),
    ("regular", "Thi đua thường xuyên hằng năm", "12"),
)
MOVEMENT_HEADS = (
    Head(0, 0, "", 2),
    Head(0, 1, "Mã số", 2),
    Head(0, 2, "Tổng số", 2),
    Head(0, 3, "Số phong trào thi đua chia theo cấp chủ trì phát động thi đua",
         1, 3),
    Head(1, 3, "Cấp Trung ương (Hội đồng Thi đua - Khen thưởng Trung ương)"),
    Head(1, 4, "Cấp bộ, ban, ngành, đoàn thể Trung ương, tỉnh, thành phố trực "
         "thuộc Trung ương"),
    Head(1, 5, "Cơ quan, tổ chức, đơn vị"),
)  # fmt: skip
#: Forms 0602.N and 0603.N: how somebody was commended
METHODS = (
    ("regular", "Thường xuyên"),
    ("thematic", "Chuyên đề"),
    ("sudden", "Đột xuất"),
    ("foreign", "Đối ngoại"),
    ("contribution", "Cống hiến"),
    ("service", "Niên hạn"),
    ("resistance", "Kháng chiến"),
)
RANKS = (
    "Lãnh đạo cấp bộ, cấp tỉnh và tương đương trở lên",
    "Lãnh đạo cấp vụ, sở, ngành và tương đương",
    "Doanh nhân",
    "Các cấp lãnh đạo khác từ phó phòng trở lên",
    "Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu "
    "(công nhân, nông dân,...)",
)
#: Columns of form 0603.N, by the number the circular gives them
PROVINCE = (
    ("0603.2", "Bằng khen"),
    ("0603.3", "Chiến sĩ thi đua cấp bộ, cấp tỉnh"),
    ("0603.4", "Cờ thi đua của bộ, ban, ngành, đoàn thể Trung ương, tỉnh, thành phố "
     "trực thuộc Trung ương"),
    ("0603.5", "Huy hiệu (kỷ niệm chương) của bộ, ban, ngành, đoàn thể Trung ương, "
     "tỉnh, thành phố trực thuộc Trung ương"),
)  # fmt: skip
COLLECTIVE, PERSON = ("collective", "Tập thể"), ("person", "Cá nhân")
#: Columns of form 0602.N; True where each award has columns of its own
STATE = (
    ("0602.2", "Các loại huân chương, huy chương", (COLLECTIVE, PERSON), True),
    ("0602.3", "Giải thưởng Hồ Chí Minh", (PERSON,), False),
    ("0602.4", "Giải thưởng Nhà nước", (PERSON,), False),
    ("0602.5", "Danh hiệu vinh dự nhà nước", (COLLECTIVE, PERSON), True),
    ("0602.6", "Cờ thi đua của Chính phủ", (COLLECTIVE,), False),
    ("0602.7", "Bằng khen của Thủ tướng Chính phủ", (COLLECTIVE, PERSON), False),
    ("0602.8", "Danh hiệu “Chiến sĩ thi đua toàn quốc”", (PERSON,), False),
    ("0602.9", "Các hình thức khen thưởng khác", (COLLECTIVE, PERSON), True),
)
#: Forms 0604.N and 0605.N: the bodies that do the work
BODIES = (
    ("ministry", "Cấp Vụ thuộc bộ, ban, ngành, đoàn thể Trung ương", "02", "Vụ"),
    ("ministry_office", "Cấp phòng, ban hoặc bộ phận thuộc Vụ", "03", "Phòng"),
    ("board", "Cấp ban thuộc Sở Nội vụ", "04", "Ban"),
    ("office", "Cấp phòng thuộc Sở Nội vụ", "05", "Phòng"),
)
ROLES = (
    ("head", "Cấp trưởng"),
    ("deputy", "Cấp phó"),
    ("officer", "Công chức khác"),
)


def movements(counts):
    """Return form 0601.N.

    :param counts: (division, key, level) → number; division "total" has the key ""
    """

    def cells(division, key=""):
        return tuple(counts.get((division, key, level), 0) for level in LAUNCHED)

    lines = [Line("Tổng số", "01", cells=cells("total"))]
    divisions = {}
    for number, (division, label, rows) in enumerate(
        (
            ("scope", "Chia theo phạm vi tổ chức thi đua", SCOPES),
            ("band", "Chia theo thời hạn thi đua", BANDS),
            ("way", "Chia theo phương thức tổ chức phong trào thi đua", WAYS),
        ),
        start=1,
    ):
        divisions[number] = label
        lines.append(Line(f"{number}. {label}"))
        lines += [
            Line(f"- {name}", code, "", cells(division, key), number)
            for key, name, code in rows
        ]
    return Form(
        "0601.N/BNV-TĐKT", "SỐ PHONG TRÀO THI ĐUA", MOVEMENT_HEADS,
        ("A", "B", "1=(2+3+4)", "2", "3", "4"), tuple(lines),
        measure="Phong trào", divisions=divisions,
    )  # fmt: skip


def _awarded(cells, codes, places, proposers=()):
    """Return lines and divisions that forms 0602.N and 0603.N have in common.

    :param cells: function (test of a key) → cells of a line
    :param codes: iterator over the codes of the lines
    :param places: numbers of the two divisions, as the form prints them
    :param proposers: lines between the total and the first of the two divisions
    """
    recipients, methods = places
    blank = (None,) * len(cells(lambda *_key: True))
    lines = [Line("Tổng số", next(codes), "", cells(lambda *_key: True)), *proposers]
    lines.append(Line(f"{recipients}. Chia theo đối tượng khen thưởng"))

    def counted(label, measure, kinds, division=recipients):
        found = cells(lambda kind, _method: kind in kinds)
        lines.append(Line(label, next(codes), measure, found, division))

    counted("- Tập thể", "Tập thể", ("collective", "enterprise"))
    counted("  Trong đó: Doanh nghiệp", "Doanh nghiệp", ("enterprise",), None)
    counted("- Hộ gia đình", "Hộ", ("household",))
    counted("- Cá nhân", "Người", ("person",))
    lines += [Line(f"  + {rank}", next(codes), "Người", blank) for rank in RANKS]
    lines.append(Line(f"{methods}. Chia theo phương thức khen thưởng"))
    for key, label in METHODS:
        found = cells(lambda _kind, method, key=key: method == key)
        lines.append(Line(f"- {label}", next(codes), "", found, methods))
    divisions = {
        recipients: "Chia theo đối tượng khen thưởng",
        methods: "Chia theo phương thức khen thưởng",
    }
    return tuple(lines), divisions


def _state_columns(awards):
    """Return the columns of form 0602.N, their headings and their letters.

    :param awards: column → names of the awards that have a column of their own
    :return: (columns as (column, award, side), heads, letters)
    """
    columns, heads = [], [
        Head(0, 0, "", 4), Head(0, 1, "Mã số", 4), Head(0, 2, "Đơn vị tính", 4),
        Head(0, 3, "Tổng số", 4),
    ]  # fmt: skip
    letters = ["A", "B", "C", "1"]
    for column, label, sides, each in STATE:
        start = 4 + len(columns)
        names = (awards.get(column) or [""]) if each else [None]
        for name in names:
            if each:
                heads.append(Head(2, 4 + len(columns), name, 1, len(sides)))
            for side, text in sides:
                heads.append(Head(3, 4 + len(columns), text))
                columns.append((column, name, side))
        wide = 4 + len(columns) - start
        heads.append(Head(1, start, label, 1 if each else 2, wide))
        letters += [column[-1], *[""] * (wide - 1)]
    heads.append(Head(0, 4, "Chia ra", 1, len(columns)))
    return columns, tuple(heads), tuple(letters)


def state_awards(counts, awards):
    """Return form 0602.N, awards at the level of the State.

    :param counts: (column, award, recipient, method) → number; the recipient is
        "person", "collective", "enterprise", "household" or ""
    :param awards: column → names of the awards that have a column of their own
    """
    columns, heads, letters = _state_columns(awards)

    def cells(test):
        found = dict.fromkeys(range(len(columns)), 0)
        for (column, name, kind, method), number in counts.items():
            if test(kind, method):
                found[_state_place(columns, column, name, kind)] += number
        return tuple(found.values())

    blank = (None,) * len(columns)
    codes = iter(["1", *(str(number) for number in range(6, 22))])
    proposers = (
        Line(
            "1. Chia theo đơn vị ban hành tờ trình Thủ tướng Chính phủ về khen thưởng"
        ),
        Line("- Bộ, ban, ngành, đoàn thể Trung ương", "2", "Bộ, ngành", blank),
        Line("- Tỉnh, thành phố trực thuộc Trung ương", "3", "Tỉnh, TP", blank),
    )
    lines, divisions = _awarded(cells, codes, (2, 3), proposers)
    return Form(
        "0602.N/BNV-TĐKT", "SỐ LƯỢNG KHEN THƯỞNG CẤP NHÀ NƯỚC", heads,
        letters, lines, has_measures=True, divisions=divisions,
    )  # fmt: skip


def _state_place(columns, column, name, kind):
    """Return the place of a count: the side of its recipient, or the only one."""
    places = [
        place
        for place, (one, named, _side) in enumerate(columns)
        if one == column and named in (None, name)
    ]
    side = "person" if kind == "person" else "collective"
    return next((one for one in places if columns[one][2] == side), places[0])


def province_awards(counts):
    """Return form 0603.N, awards of ministries, central organisations and provinces.

    :param counts: as for :func:`state_awards`
    """

    def cells(test):
        return tuple(
            sum(
                number
                for (one, _name, kind, method), number in counts.items()
                if one == column and test(kind, method)
            )
            for column, _label in PROVINCE
        )

    heads = (
        Head(0, 0, "", 2), Head(0, 1, "Mã số", 2), Head(0, 2, "Đơn vị tính", 2),
        Head(0, 3, "Tổng số", 2), Head(0, 4, "Chia ra", 1, len(PROVINCE)),
        *(Head(1, place, label) for place, (_c, label) in enumerate(PROVINCE, 4)),
    )  # fmt: skip
    codes = (f"{number:02d}" for number in range(1, 18))
    lines, divisions = _awarded(cells, codes, (1, 2))
    return Form(
        "0603.N/BNV-TĐKT",
        "SỐ LƯỢNG KHEN THƯỞNG CẤP BỘ, BAN, NGÀNH, ĐOÀN THỂ TRUNG ƯƠNG VÀ TỈNH, "
        "THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG",
        heads, ("A", "B", "C", "1", "2", "3", "4", "5"), lines,
        has_measures=True, divisions=divisions,
    )  # fmt: skip


def _one_column(number, title, lines, divisions):
    heads = tuple(
        Head(0, column, text)
        for column, text in enumerate(("", "Mã số", "Đơn vị tính", "Số lượng"))
    )
    return Form(
        number, title, heads, ("A", "B", "C", "1"), tuple(lines), has_measures=True,
        has_total=False, divisions=divisions,
    )  # fmt: skip


def bodies(counts):
    """Return form 0604.N, the bodies that do the work of emulation.

    :param counts: kind of body → number
    """
    label = "Chia theo cơ cấu tổ chức bộ máy"
    lines = [
        Line("Tổng số", "01", "Tổ chức", (sum(counts.values()),)),
        Line(label),
        *(
            Line(f"- {name}", code, measure, (counts.get(key, 0),), 1)
            for key, name, code, measure in BODIES
        ),
    ]
    return _one_column(
        "0604.N/BNV-TĐKT",
        "SỐ LƯỢNG TỔ CHỨC LÀM CÔNG TÁC THI ĐUA, KHEN THƯỞNG CỦA BỘ, BAN, NGÀNH, "
        "ĐOÀN THỂ TRUNG ƯƠNG, TỈNH, THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG",
        lines,
        {1: label},
    )


def officials(counts):
    """Return form 0605.N, the officials who do the work of emulation.

    Its lines below the total have no codes: the program counts by what it holds.

    :param counts: ("total", ""), ("body", kind) and ("role", role) → number
    """
    lines = [Line("Tổng số", "01", "Người", (counts.get(("total", ""), 0),))]
    divisions = {}
    for number, (division, label, rows) in enumerate(
        (
            ("body", "Chia theo cơ cấu tổ chức bộ máy", [one[:2] for one in BODIES]),
            ("role", "Chia theo vị trí", ROLES),
        ),
        start=1,
    ):
        divisions[number] = label
        lines.append(Line(f"{number}. {label}"))
        lines += [
            Line(f"- {name}", "", "Người", (counts.get((division, key), 0),), number)
            for key, name in rows
        ]
    return _one_column(
        "0605.N/BNV-TĐKT",
        "SỐ LƯỢNG CÔNG CHỨC LÀM CÔNG TÁC THI ĐUA, KHEN THƯỞNG",
        lines,
        divisions,
    )
