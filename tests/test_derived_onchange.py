from odoo.fields import Command, Date
from odoo.tests import Form, tagged

from .common_appraisal import AppraisalCommon
from .law_common import LawCommon


@tagged("post_install", "-at_install")
class TestDerivedOnchange(LawCommon):
    """What a form derives follows each change, forth and back."""

    def test_a_sentence_follows_back_to_what_is_saved(self):
        law = self._create_regulation(
            ballot_mode="secret", ballot_num=2, ballot_den=3, ballot_base="appointed"
        )
        form = Form(law.with_user(self.manager_user))
        saved = form.ballot_hint
        form.ballot_num = 1
        self.assertNotEqual(form.ballot_hint, saved)
        form.ballot_num = 2
        self.assertEqual(form.ballot_hint, saved)


@tagged("post_install", "-at_install")
class TestDerivedLines(AppraisalCommon):
    """Lists and cells of lines that a form derives follow each change."""

    def test_a_list_follows_forth_and_back(self):
        self.council.sudo().member_ids.filtered(
            lambda one: one.user_id == self.member1_user
        ).date_end = Date.today()
        question = self.env["emulation.council.day"].with_user(self.leader_user)
        form = Form(question.with_context(default_council_id=self.council.id))
        counts = []
        for day in (0, 1, 0, 1):
            form.date = Date.add(Date.today(), days=day)
            counts.append(len(form.member_ids[:]))
            self.assertEqual(form.count_text.split()[0], str(counts[-1]))
        self.assertEqual(counts, [counts[0], counts[0] - 1] * 2)

    def test_a_cell_of_a_line_follows_its_parent(self):
        first = self.council
        second = first.sudo().copy({"name": "Hội đồng thứ hai"})
        second.action_put_in_force()
        change = self.env["emulation.council.change"].with_user(self.movement_user)
        change = change.create(
            {
                "council_id": first.id,
                "reason": "Nghỉ hưu",
                "line_ids": [Command.create({"user_id": self.internal_user.id})],
            }
        )
        form = Form(change)
        with form.line_ids.edit(0) as line:
            line.role = "vice"
            self.assertEqual(line.council_id, first)
        for council in (second, first):
            form.council_id = council
            with form.line_ids.edit(0) as line:
                self.assertEqual(line.council_id, council)
