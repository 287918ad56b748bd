"""The words around names in an authors' cell: titles, roles, collectives."""

import re

_TITLES = (
    "ông bà anh chị cô thầy em cháu đ/c đc đồng\\s+chí "
    "gs pgs ts tsk tskh ths th\\.s bs bsnt bsck[i1]{1,2} bs\\.?ck[i1]{1,2} ck[i1]{1,2} "
    "ds dsck[i1]{1,2} đd đdt cn cnđd ks kts ktv nhs ytcc nv gv hs cb lm ngưt ngnd nsưt "
    "nsnd ttưt ttnd mr mrs ms dr "
    "giáo\\s+sư phó\\s+giáo\\s+sư tiến\\s+sĩ tiến\\s+sỹ thạc\\s+sĩ thạc\\s+sỹ "
    "bác\\s+sĩ bác\\s+sỹ dược\\s+sĩ dược\\s+sỹ kỹ\\s+sư kĩ\\s+sư cử\\s+nhân "
    "điều\\s+dưỡng nghệ\\s+nhân luật\\s+sư kiến\\s+trúc\\s+sư"
)
_TITLE = re.compile(
    "(?:" + "|".join(sorted(_TITLES.split(" "), key=len, reverse=True)) + r")"
    r"(?:\s*[.:,\-]+\s*|\s+)",
    re.I,
)
_ROLE = (
    r"(?:nhóm\s+)?(?:đồng\s+)?tác\s+giả(?:\s+chính)?|chủ\s+nhiệm(?:\s+đề\s+tài)?|"
    r"thành\s+viên|cộng\s+sự|chủ\s+trì|phối\s+hợp|trưởng\s+nhóm|nhóm\s+trưởng|"
    r"thư\s+ký|chủ\s+biên"
)
_ROLE_LABEL = re.compile(
    rf"(?:{_ROLE})\s*:\s*|(?:đồng\s+)?tác\s+giả(?:\s+chính)?\s+", re.I
)
#: What stands before the names and says nothing of its own
LABELS = re.compile(rf"(?:{_ROLE}|gồm(?:\s+có)?|nhóm|nhóm\s+thực\s+hiện)", re.I)
#: Authors that are no single person, by their first words
SURELY_COLLECTIVE = re.compile(r"(?:tập\s+thể|nhóm|ban\s+tập\s+thể)\s+\S", re.I)
COLLECTIVE = re.compile(
    r"(?:tập\s+thể|nhóm|tổ|đội|ban|khoa|phòng|trạm|trung\s+tâm|công\s+ty|cty|xí\s+nghiệp|"
    r"nhà\s+máy|hợp\s+tác\s+xã|htx|doanh\s+nghiệp|dntn|công\s+đoàn|chi\s+bộ|đảng\s+bộ|"
    r"chi\s+đoàn|đoàn\s+(?:thanh\s+niên|tncs|xã|phường|trường|cơ\s+sở)|chi\s+hội|hội|"
    r"liên\s+đoàn|câu\s+lạc\s+bộ|clb|ủy\s+ban|uỷ\s+ban|ubnd|ubmttq|mttq|mặt\s+trận|"
    r"công\s+an|bệnh\s+viện|trường\s+(?:thpt|thcs|tiểu|mầm|đại|cao|trung|phổ)|sở)\s+\S",
    re.I,
)
#: Words after which a number belongs to the name of a collective
NUMBERED = re.compile(
    r"(?:số|tổ|đội|khu|khối|thôn|xóm|ấp|lớp|phường|quận|khoa|phòng|trạm|phân\s+xưởng|"
    r"tổ\s+dân\s+phố|xưởng|ca|chi\s+bộ|đường)\s*$",
    re.I,
)
#: People who are meant without being named
OTHERS = re.compile(
    r"(?<!\w)(?:các\s+)?(?:cộng\s+sự|đồng\s+nghiệp|thành\s+viên\s+khác|người\s+khác|v\.\s*v|"
    r"vv|\.\.\.|…)",
    re.I,
)


def strip_titles(text):
    """Return the text without the titles and forms of address before the name."""
    text = text.strip()
    while found := _TITLE.match(text):
        rest = text[found.end() :].strip()
        # "Ông An": what remains must still be somebody's name
        if len(rest.split()) < 2:
            break
        text = rest
    return text


def strip_roles(text):
    """Return the text without a role before the name, such as "Chủ nhiệm:"."""
    text = text.strip()
    while found := _ROLE_LABEL.match(text):
        text = text[found.end() :].strip()
    return text
