from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .law_common import LawCommon


@tagged("post_install", "-at_install")
class TestRubricOpinion(LawCommon):
    """Criteria go to units for opinions and to approval before they hold (R73)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.movement = cls.env["emulation.movement"].create(
            {"name": "Phong trào thử", "code": "PTT", "asks_opinions": True}
        )
        cls.rubric = cls._create_rubric(movement_id=cls.movement.id)
        cls.mine = cls.rubric.with_user(cls.manager_user)
        cls.mine.write(
            {
                "date_opinions_due": Date.add(Date.today(), days=10),
                "opinion_ids": [
                    Command.create({"unit_id": unit.id})
                    for unit in cls.commune_a1 | cls.commune_b1
                ],
            }
        )
        cls.opinion = cls.rubric.opinion_ids[0]

    def _answer(self, user, opinion=None, stance="agree", text=False):
        opinion = (opinion or self.opinion).with_user(user)
        with Form(opinion) as form:
            form.stance = stance
            form.text = text
        opinion.action_answer()

    def test_from_draft_to_force(self):
        with self.assertRefused(UserError, "asks for opinions of units"):
            self.mine.action_put_in_force()
        self.mine.action_send_for_opinions()
        subject = [("subject", "ilike", "Your opinion is asked: “Rubric R”")]
        told = self.env["mail.message"].search(subject).notified_partner_ids
        self.assertIn(self.officer_a1.partner_id, told)
        self.assertNotIn(self.officer_a2.partner_id, told)
        self._answer(self.officer_a1, stance="changes", text="Thêm tiêu chí")
        self.assertRecordValues(
            self.opinion,
            [
                {
                    "stance": "changes",
                    "user_id": self.officer_a1.id,
                    "date": Date.today(),
                }
            ],
        )
        self.assertEqual(
            self.mine.opinion_text,
            "1 of 2 units answered: 0 agree, 1 agree with changes, 0 disagree",
        )
        with self.assertRefused(UserError, "still being collected"):
            self.mine.action_put_in_force()
        with self.assertRefused(UserError, "Write the summary"):
            self.mine.action_close_opinions()
        self.mine.opinion_summary = "Một đơn vị đề nghị thêm tiêu chí"
        self.mine.action_close_opinions()
        self.mine.criterion_ids[0].name = "Tính mới"
        with self.assertRefused(UserError, "asks for an approval"):
            self.mine.action_put_in_force()
        self.mine.write(
            {"approval_reference": "25/QĐ-MTTQ", "date_approved": Date.today()}
        )
        self.mine.action_put_in_force()
        self.assertEqual(self.rubric.state, "in_force")
        for vals in (
            {"approval_reference": "26/QĐ"},
            {"opinion_summary": "Khác"},
            {"opinion_ids": [Command.create({"unit_id": self.school.id})]},
        ):
            with self.subTest(vals), self.assertRefused(UserError, "[Mm]ake a new"):
                self.mine.write(vals)
        version = self.rubric.copy()
        self.assertRecordValues(
            version,
            [
                {
                    "opinion_state": False,
                    "approval_reference": False,
                    "movement_id": self.movement.id,
                }
            ],
        )
        self.assertFalse(version.opinion_ids)

    def test_an_approval_has_its_day(self):
        number = {"approval_reference": "25/QĐ-MTTQ"}
        silent = mute_logger("odoo.sql_db")
        with self.assertRaises(IntegrityError), self.cr.savepoint(), silent:
            self.mine.write(number)
            self.env.flush_all()
        self.mine.write({**number, "date_approved": Date.today()})
        self.env.flush_all()
        with self.assertRaises(IntegrityError), self.cr.savepoint(), silent:
            self.mine.date_approved = False
            self.env.flush_all()
        self.mine.write({"approval_reference": "", "date_approved": False})
        self.env.flush_all()
        self.assertFalse(self.mine.approval_reference)

    def test_without_the_option_nobody_is_asked(self):
        self.movement.asks_opinions = False
        self.mine.action_put_in_force()
        self.assertEqual(self.rubric.state, "in_force")

    def test_draft_stands_still_while_opinions_come(self):
        self.mine.action_send_for_opinions()
        changes = {
            "name": lambda: self.mine.write({"name": "X"}),
            "criterion": lambda: self.mine.criterion_ids[0].write({"name": "X"}),
            "approval": lambda: self.mine.write({"approval_reference": "1/QĐ"}),
            "deleted": lambda: self.mine.unlink(),
        }
        for name, change in changes.items():
            with self.subTest(name), self.assertRefused(UserError, "giving their"):
                change()
        self.mine.opinion_summary = "Đang tổng hợp"
        self.mine.opinion_ids = [Command.create({"unit_id": self.school.id})]
        self.assertEqual(len(self.rubric.opinion_ids), 3)

    def test_state_is_written_by_the_buttons_alone(self):
        with self.assertRaises(AccessError):
            self.mine.opinion_state = "closed"

    def test_what_is_missing_before_it_is_sent(self):
        self.mine.date_opinions_due = False
        with self.assertRefused(UserError, "which units are asked.*until when"):
            self.mine.action_send_for_opinions()
        self.mine.date_opinions_due = Date.subtract(Date.today(), days=1)
        with self.assertRefused(UserError, "that day is over"):
            self.mine.action_send_for_opinions()
        self.mine.date_opinions_due = Date.today()
        self.mine.criterion_ids[0].max_points = 1
        with self.assertRefused(UserError, "(?s)not ready to be sent.*total 41"):
            self.mine.action_send_for_opinions()
        with self.assertRefused(UserError, "cannot be done"):
            self.mine.action_close_opinions()

    def test_unit_answers_for_itself_alone(self):
        self.mine.action_send_for_opinions()
        others = self.officer_a2 | self.officer_b1 | self.officer_sector
        for user in others | self.leader_user:
            opinion = self.opinion.with_user(user)
            with (
                self.subTest(user.login),
                mute_logger(
                    "odoo.addons.base.models.ir_rule",
                    "odoo.addons.base.models.ir_model",
                ),
            ):
                with self.assertRaises(AccessError):
                    opinion.write({"stance": "agree"})
        with self.assertRaises(AccessError):
            self.opinion.with_user(self.officer_a1).user_id = self.manager_user
        with self.assertRaises(AccessError):
            self.mine.opinion_ids = [
                Command.create({"unit_id": self.school.id, "stance": "agree"})
            ]
        self.assertFalse(self.opinion.stance)
        mine = self.env["emulation.rubric.opinion"].with_user(self.officer_a1)
        self.assertEqual(
            mine.search([("rubric_id", "=", self.rubric.id)]), self.opinion
        )

    def test_answers_come_in_time_and_with_reasons(self):
        opinion = self.opinion.with_user(self.officer_a1)
        self.assertFalse(opinion.can_answer)
        with self.assertRefused(UserError, "not collected any more"):
            opinion.stance = "agree"
        self.mine.action_send_for_opinions()
        self.assertTrue(opinion.can_answer)
        with self.assertRefused(UserError, "whether “Xã An Một” agrees"):
            opinion.action_answer()
        opinion.stance = "disagree"
        with self.assertRefused(UserError, "what should change"):
            opinion.action_answer()
        with freeze_time(Date.add(Date.today(), days=11)):
            with self.assertRefused(UserError, "not collected any more"):
                opinion.text = "Muộn"
        with self.assertRefused(UserError, "stays with the draft"):
            self.opinion.with_user(self.manager_user).unlink()
