from .common_appraisal import AppraisalCommon
from .test_people_import import PeopleImportCommon

LIST = [
    *("Tên sáng kiến", "Tác giả và tỷ lệ đóng góp", "Mã đơn vị", "Năm", "Loại hình"),
    *("Lĩnh vực", "Nội dung thi đua", "Xếp loại", "Kết quả", "Số quyết định"),
    *("Ngày quyết định", "Giá trị làm lợi (đồng)", "Tóm tắt", "Đợt xét"),
]
DRAFTS = [
    *(
        "Tên sáng kiến",
        "Tác giả và tỷ lệ đóng góp",
        "Mã đơn vị",
        "Đợt xét",
        "Loại hình",
    ),
    *("Lĩnh vực", "Nội dung thi đua", "Nội dung giải pháp", "Ngày áp dụng lần đầu"),
]


def entry(title, authors="Nguyễn Văn Mẫu", unit="T35A1", year="2019", **other):
    """A row of a list, complete."""
    row = dict(zip(LIST, [title, authors, unit, year, "initiative", "NN", "ND2"],
                   strict=False))  # fmt: skip
    row["Xếp loại"] = "B"
    row.update(other)
    return [row.get(column, "") for column in LIST]


class InitiativeImportCommon(AppraisalCommon, PeopleImportCommon):
    _model = "emulation.initiative"

    def _entries(self, result):
        self.assertFalse(result["messages"])
        return self.env[self._model].browse(result["ids"])

    def _people(self):
        return self.env["res.partner"].search_count([])

    def _archive(self, year):
        return self.env["emulation.round"]._create_archive(year, self.province)
