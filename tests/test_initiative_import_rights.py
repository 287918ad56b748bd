from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_import import LIST, InitiativeImportCommon, entry


@tagged("post_install", "-at_install")
class TestInitiativeListRights(InitiativeImportCommon):
    """Who enters which list, into which round, and what may follow on it."""

    def test_unit_officers_enter_past_years_of_their_units(self):
        year = str(self.env["emulation.initiative"]._fields["date"].today().year)
        self._assert_refused(
            LIST,
            [
                entry("Của người khác", unit="T35B1"),
                entry("Năm nay", year=year),
                entry("Năm chưa có đợt"),
            ],
            "do not act for “Xã Bình Một”",
            "Năm nay.+template for drafts",
            "2019 has no round yet.+movement office",
            user=self.officer_a1,
        )
        archive = self._archive(2019)
        entries = self._entries(
            self._import(LIST, entry("Năm trước"), user=self.officer_a1)
        )
        self.assertEqual(entries.round_id, archive)
        self.assertEqual(entries.create_uid, self.officer_a1)
        # a school is sector, not scope: the department only reads it
        self._assert_refused(
            LIST,
            [entry("Của ngành", unit="T35A1S")],
            "do not act",
            user=self.officer_sector,
        )

    def test_rounds_of_the_year(self):
        self.round.write({"year": 2019})
        self.round.action_close()
        entries = self._entries(
            self._import(LIST, entry("Vào đợt đã có"), user=self.movement_user)
        )
        self.assertEqual(entries.round_id, self.round)
        other = self._create_round("R2", year=2019)
        other.action_close()
        self._assert_refused(
            LIST,
            [entry("Đợt nào")],
            "several rounds were held in 2019.+Round",
            user=self.movement_user,
        )
        entries = self._entries(
            self._import(
                LIST,
                entry("Đợt nào", **{"Đợt xét": "R2"}),
                user=self.movement_user,
            )
        )
        self.assertEqual(entries.round_id, other)

    def test_past_entries_take_no_further_step(self):
        entries = self._entries(
            self._import(LIST, entry("Máy tẽ ngô"), user=self.movement_user)
        )
        dossier = entries.with_user(self.head_a1)
        for action in ("action_submit", "action_endorse", "action_withdraw"):
            with self._refused(UserError, "you cannot move it"):
                getattr(dossier, action)()
        with self._refused(UserError, "you cannot move it"):
            entries.sudo().write({"state": "in_appraisal"})
        with self._refused(UserError, "stays as it is"):
            dossier.write({"name": "Khác"})
        with self._refused(AccessError, "set by the workflow alone"):
            dossier.write({"past_grade": "A"})
        with self._refused(UserError, "cannot move it"):
            entries.round_id.with_user(self.manager_user).action_open()
        self.assertFalse(dossier.is_editable)
        self.assertFalse(dossier.can_transfer)
        self.assertFalse(dossier._may_put_forward())
        self.assertFalse(entries.with_user(self.movement_user)._may_put_forward())

    def test_a_wrong_list_can_be_taken_back(self):
        entries = self._entries(
            self._import(LIST, entry("Máy tẽ ngô"), user=self.movement_user)
        )
        with self._refused(AccessError, ""):
            entries.with_user(self.officer_b1).unlink()
        entries.with_user(self.officer_a1).unlink()
        self.assertFalse(entries.exists())

    def test_only_the_import_creates_ended_dossiers(self):
        values = {
            "name": "Giả mạo",
            "unit_id": self.commune_a1.id,
            "round_id": self._archive(2019).id,
            "kind_id": self.env.ref("emulation.initiative_kind_initiative").id,
            "field_id": self.env["emulation.field"].search([], limit=1).id,
            "theme_id": self.env["emulation.theme"].search([], limit=1).id,
        }
        Model = self.env[self._model].with_user(self.movement_user)
        for forged, error, pattern in (
            ({"state": "recognised"}, UserError, "first state"),
            ({"is_past": True}, AccessError, "workflow alone"),
            ({"past_grade": "A"}, AccessError, "workflow alone"),
            ({}, UserError, "not open|does not take|over"),
        ):
            with self._refused(error, pattern):
                Model.create({**values, **forged})
        for context in ({"emulation_import_resolved": [{"state": "recognised"}]},):
            result = Model.with_context(**context).load(["name"], [["Giả mạo"]])
            self.assertFalse(result["ids"])

    def test_create_past_judges_by_itself(self):
        kind = self.env.ref("emulation.initiative_kind_initiative")
        author = self.env["res.partner"].create({"name": "Lê Văn Mười"})
        values = {
            "name": "Thẳng",
            "unit_id": self.commune_a1.id,
            "round_id": self._archive(2019).id,
            "kind_id": kind.id,
            "field_id": self.env["emulation.field"].search([], limit=1).id,
            "theme_id": self.env["emulation.theme"].search([], limit=1).id,
            "state": "recognised",
            "author_ids": [(0, 0, {"partner_id": author.id, "share": 100})],
        }
        Model = self.env[self._model]
        entries = Model.with_user(self.officer_a1)._create_past([values])
        self.assertTrue(entries.is_past)
        for user in (self.officer_b1, self.officer_sector, self.leader_user):
            with self._refused(AccessError, ""):
                Model.with_user(user)._create_past([values])
        with self._refused(UserError, "is not over"):
            Model.with_user(self.movement_user)._create_past(
                [{**values, "round_id": self._create_round("R3", year=2018).id}]
            )
        for forged in ({"state": "in_appraisal"}, {"code": "SK-1"}, {"active": False}):
            with self.assertRaises(ValueError):
                Model.with_user(self.movement_user)._create_past([{**values, **forged}])
        with self._refused(UserError, "exactly 100"):
            wrong = [(0, 0, {"partner_id": author.id, "share": 60})]
            Model.with_user(self.movement_user)._create_past(
                [{**values, "author_ids": wrong}]
            )

    def test_nothing_is_half_written(self):
        people = self._people()
        self._assert_refused(
            LIST,
            [entry("Đúng", "Người Rất Mới"), entry("Sai", "Nguyễn Văn An 90%")],
            "Sai.+90 %",
            user=self.movement_user,
        )
        self.assertEqual(self._people(), people)
        self.assertFalse(self.env["emulation.round"].search([("kind", "=", "archive")]))

    def test_columns_of_a_list_are_not_typed(self):
        dossier = self._create_initiative("Máy tẽ ngô", user=self.officer_a1)
        with self._refused(UserError, "columns of a list"):
            dossier.with_user(self.officer_a1).write({"author_text": "Lê Văn Mười"})
