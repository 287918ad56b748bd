from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestRound(AppraisalCommon):
    """Every setting of a round changes what it takes and from when to when."""

    def _hand_in(self, **vals):
        initiative = self._create_initiative(**vals)
        initiative.action_submit()
        return initiative

    def test_movement_officer_prepares_and_opens_a_round(self):
        Round = self.env["emulation.round"].with_user(self.movement_user)
        with Form(Round) as form:
            form.name = "Đợt xét năm sau"
            form.code = "T-NEXT"
            self.assertEqual(form.unit_id, self.province)
            form.movement_id = self.movement
            form.date_close = Date.add(Date.today(), days=5)
            form.rubric_id = self.env.ref("emulation.rubric_initiative")
            form.regulation_id = self.env.ref("emulation.regulation_default")
            form.kind_ids.add(self.env.ref("emulation.initiative_kind_initiative"))
            with form.check_ids.new() as check:
                check.name = "Có xác nhận"
        rnd = form.record
        self.assertFalse(rnd.days_left, "not open yet")
        officers = rnd.with_user(self.officer_a1)
        self.assertFalse(officers.search([("id", "=", rnd.id)]), "not announced")
        rnd.action_open()
        self.assertEqual(rnd.days_left, 5)
        self.assertTrue(officers.search([("id", "=", rnd.id)]))

    def test_units_change_no_round(self):
        rnd = self.round.with_user(self.officer_a1)
        self.assertFalse(rnd.can_close)
        with self.assertRaises(AccessError):
            rnd.date_close = "2030-01-01"
        with self.assertRaises(UserError):
            rnd.action_close()
        with self.assertRaises(AccessError):
            rnd.unlink()

    def test_kinds_accepted(self):
        idea = self.env.ref("emulation.initiative_kind_idea")
        self.round.kind_ids = self.env.ref("emulation.initiative_kind_initiative")
        self._hand_in()
        with self.assertRaisesRegex(UserError, "a kind that the round accepts"):
            self._hand_in(kind_id=idea.id)
        self.round.kind_ids |= idea
        self._hand_in(kind_id=idea.id)

    def test_fields_accepted_include_their_sub_fields(self):
        mechanics = self.env.ref("emulation.field_mechanics")
        sub_field = self.env["emulation.field"].create(
            {"name": "Khuôn dập", "code": "T-KD", "parent_id": mechanics.id}
        )
        other = self.env["emulation.field"].create({"name": "Khác", "code": "T-KH"})
        self._hand_in(field_id=other.id)
        self.round.field_ids = mechanics
        self._hand_in(field_id=mechanics.id)
        self._hand_in(field_id=sub_field.id)
        with self.assertRaisesRegex(UserError, "a field that the round accepts"):
            self._hand_in(field_id=other.id)
        self.round.field_ids = sub_field
        with self.assertRaisesRegex(UserError, "a field that the round accepts"):
            self._hand_in(field_id=mechanics.id)

    def test_an_idea_need_not_be_applied(self):
        idea = self.env.ref("emulation.initiative_kind_idea")
        self.assertFalse(idea.requires_application)
        self._hand_in(kind_id=idea.id, date_applied=False)
        idea.requires_application = True
        with self.assertRaisesRegex(UserError, "day of the first application"):
            self._hand_in(kind_id=idea.id, date_applied=False)

    def test_optional_point_of_the_checklist(self):
        evaluation = self._endorse(self._create_initiative())
        optional = evaluation.check_ids.filtered(lambda one: not one.is_mandatory)
        (evaluation.check_ids - optional).result = "ok"
        self.round.check_ids.is_mandatory = True
        with self.assertRaisesRegex(UserError, "Có ảnh minh họa"):
            evaluation.action_mark_eligible()
        optional.check_id.sudo().is_mandatory = False
        evaluation.action_mark_eligible()

    def test_last_day_still_counts_and_the_night_closes(self):
        self.round.date_close = Date.today()
        self.env["emulation.round"]._cron_close_rounds()
        self.assertEqual(self.round.state, "open")
        self._hand_in()
        yesterday = Date.subtract(Date.today(), days=1)
        self.round.write({"date_close": yesterday})
        with self.assertRaisesRegex(UserError, "does not take"):
            self._hand_in()
        self.env["emulation.round"]._cron_close_rounds()
        self.assertEqual(self.round.state, "closed")

    def test_round_in_preparation_takes_nothing(self):
        rnd = self.round.copy({"code": "T-DRAFT", "name": "Đang soạn"})
        self.assertEqual(rnd.state, "draft")
        self.assertEqual(len(rnd.check_ids), 2, "the checklist is copied")
        initiative = self._create_initiative()
        with self.assertRaises(UserError):
            initiative.round_id = rnd
            initiative.action_submit()

    def test_deadline_already_past_cannot_be_opened(self):
        rnd = self.round.copy({"code": "T-LATE", "name": "Muộn"})
        rnd.write({"date_open": "2020-01-01", "date_close": "2020-02-01"})
        with self.assertRaisesRegex(UserError, "deadline .* has passed"):
            rnd.with_user(self.movement_user).action_open()

    def test_law_must_be_in_force_to_open(self):
        draft = self.env.ref("emulation.rubric_initiative_abc")
        rnd = self.round.copy({"code": "T-LAW", "rubric_id": draft.id})
        with self.assertRaisesRegex(UserError, "is not in force"):
            rnd.with_user(self.movement_user).action_open()

    def test_law_of_a_round_is_fixed_once_members_score(self):
        session = self._open_session()
        other = self.env.ref("emulation.regulation_default").copy({"code": "QC-2"})
        other.action_put_in_force()
        rnd = self.round.with_user(self.movement_user)
        with self.assertRaisesRegex(UserError, "has begun"):
            rnd.regulation_id = other
        with self.assertRaisesRegex(UserError, "has begun"):
            rnd.rubric_id = self.env.ref("emulation.rubric_initiative_abc")
        with self.assertRaisesRegex(AccessError, "set by the workflow"):
            session.regulation_id = other

    def test_reopening_is_for_managers(self):
        self.round.action_close()
        with self.assertRaisesRegex(UserError, "you cannot move it"):
            self.round.with_user(self.movement_user).action_open()
        self.round.with_user(self.manager_user).action_open()

    def test_a_round_with_dossiers_stays(self):
        self._create_initiative()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            self.round.with_user(self.manager_user).unlink()

    def test_values_that_cannot_be(self):
        for vals in (
            {"date_close": "2019-01-01"},
            {"max_file_mb": 0},
            {"code": self._create_round("T-TWIN").code},
        ):
            with (
                self.subTest(vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self.round.write(vals)
                self.round.flush_recordset()
        with self.assertRaisesRegex(ValidationError, "cannot be right"):
            self.round.year = 26
