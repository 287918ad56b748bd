from odoo.fields import Date
from odoo.tests import tagged

from .succession_common import DAY
from .test_succession_reform import ReformFiles

TOWN = Date.to_date("2024-12-31")
RENAMED = {
    "350": ("Huyện Kim Bảng", "Thị xã Kim Bảng"),
    "13435": ("Xã Thi Sơn", "Phường Thi Sơn"),
}
RENAMINGS = "\n".join(
    [
        "Ngày hiệu lực,Loại thay đổi,Đơn vị liên quan,Văn bản,Tên đơn vị mới",
        *(
            f"01/01/2025,Đổi tên,{code},Nghị quyết số 1288/NQ-UBTVQH15,{new}"
            for code, (_old, new) in RENAMED.items()
        ),
    ]
)


@tagged("post_install", "-at_install")
class TestReformJourney(ReformFiles):
    """An office that has worked for years: its units are called as they were then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Unit = cls.env["emulation.unit"]
        cls.province = cls._enter("35", "Tỉnh Hà Nam", "province")
        cls.district = cls._enter("350", "Huyện Kim Bảng", "district", cls.province)
        cls.commune = cls._enter("13435", "Xã Thi Sơn", "commune", cls.district)
        cls.closed = cls._add_initiative("Đã xong", cls.commune)
        cls._set_state(cls.closed, "recognised", "2020-12-20")
        cls.still_open = cls._add_initiative("Còn mở", cls.commune)

    @classmethod
    def _enter(cls, code, name, level, parent=None):
        """Return the unit as it was before 2025, entered or of the demo."""
        unit = cls.Unit.search([("code", "=", code)])
        unit.former_name_ids.unlink()
        if unit:
            unit.name = name
            return unit
        return cls._create_unit(code, name, "territory", level, parent)

    def test_old_names_are_reformed_before_the_reform(self):
        count = self.Unit.search_count([])
        refused = self._import(
            "emulation.unit", "ha_nam_2025.csv", self.movement_user, refused=True
        )
        texts = sorted(message["message"] for message in refused["messages"])
        self.assertEqual(len(texts), 2, texts)
        for text, (old, new) in zip(texts, sorted(RENAMED.values()), strict=True):
            self.assertRegex(text, f"“{old}” is in use.+“{new}” instead of “{old}”")
            self.assertIn("many at once come in from one file", text)
        self.assertEqual(self.Unit.search_count([]), count)
        # what the message says: the renamings in one file, applied together
        found = self._import(
            "emulation.unit.succession",
            "doi-ten.csv",
            self.manager_user,
            content=RENAMINGS.encode(),
        )
        events = self.env["emulation.unit.succession"].browse(found["ids"])
        events.with_user(self.manager_user).action_apply()
        self.assertEqual(self.commune.name, "Phường Thi Sơn")
        self.assertEqual(self.commune._name_at(TOWN), "Xã Thi Sơn")
        # then the same file of units, and the reform
        self._import("emulation.unit", "ha_nam_2025.csv", self.movement_user)
        found = self._import(
            "emulation.unit.succession", "reform_2025-07-01.csv", self.manager_user
        )
        reform = self.env["emulation.unit.succession"].browse(found["ids"])
        self.assertEqual(len(reform), 45)
        reform.with_user(self.manager_user).action_apply()
        self.assertEqual(set(reform.mapped("state")), {"applied"})
        self.assertEqual(self.commune.date_end, Date.subtract(DAY, days=1))
        self.assertEqual(self.closed.unit_id, self.commune)
        self.assertEqual(self.closed.unit_name_then, "Xã Thi Sơn")
        self.assertEqual(self.still_open.unit_id.name, "Phường Lý Thường Kiệt")
        self._assert_sound()
