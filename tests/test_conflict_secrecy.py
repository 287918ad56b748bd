from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon

SECRET = "Bí mật của máy gặt"


@tagged("post_install", "-at_install")
class TestConflictSecrecy(AppraisalCommon):
    """Whoever is kept from a dossier asks for it in every way, and learns nothing.

    One member is in conflict by a ruling, one waits for the chair's decision, and the
    chair is in conflict as well.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        law = cls.env.ref("emulation.regulation_default").copy(
            {"code": "QC-KIN", "conflict_unit_level": "chair", "min_valid_sheets": 1}
        )
        law.action_put_in_force()
        cls.round.regulation_id = law
        closed = cls._create_initiative("Máy gặt", problem=SECRET)
        cls.session = cls._plan_session(
            cls._make_eligible(closed | cls._create_initiative("Máy cấy"))
        )
        cls.evaluation = cls.session.evaluation_ids.filtered(
            lambda one: one.initiative_id == closed
        )
        cls.other = cls.session.evaluation_ids - cls.evaluation
        conflicts = cls.env["emulation.conflict"].sudo()
        for user, level in (
            (cls.member1_user, "excluded"),
            (cls.member2_user, "chair"),
            (cls.chair_user, "excluded"),
        ):
            seat = cls.council.member_ids.filtered(lambda m, u=user: m.user_id == u)
            conflicts.create(
                {
                    "evaluation_id": cls.evaluation.id,
                    "member_id": seat.id,
                    "kind": "pinned",
                    "level": level,
                    "ruling": "conflict" if level == "excluded" else False,
                    "reason": "Họ hàng",
                }
            )
        cls.initiative = closed
        closed.sudo().message_post(body=SECRET, subject=SECRET)
        cls.session.action_open()

    @property
    def kept_out(self):
        return self.member1_user | self.member2_user | self.chair_user

    def _close_it(self):
        for user in self._scoring_users():
            self._score(self.session, user, (20, 20, 20, 10))
        kept = self.session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()

    def _records(self):
        """Return all records that tell something of the dossier."""
        evaluation, initiative = self.evaluation.sudo(), self.initiative.sudo()
        return {
            "emulation.initiative": initiative,
            "emulation.initiative.author": initiative.author_ids,
            "emulation.evaluation": evaluation,
            "emulation.scoresheet": evaluation.sheet_ids,
            "emulation.scoresheet.line": evaluation.sheet_ids.line_ids,
            "emulation.verdict": evaluation.verdict_ids,
            "mail.message": initiative.message_ids,
            "ir.attachment": initiative.attachment_ids,
        }

    def _assert_blind(self, user):
        for name, records in self._records().items():
            Model = self.env[name].with_user(user)
            domain = [("id", "in", records.ids)]
            with self.subTest(name, user=user.login):
                if not Model.has_access("read"):
                    continue
                found = Model.search(domain)
                self.assertFalse(found & records, "search")
                self.assertFalse(Model.search_count(domain), "count")
                self.assertFalse(Model._read_group(domain, [], ["__count"])[0][0])
                hidden = Model.search(domain, order="create_date desc")
                self.assertFalse(hidden, "order")
                self.assertFalse(Model.name_search("", domain), "name_search")
                for record in records:
                    with self.assertRaises(AccessError):
                        record.with_user(user).read()

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_nothing_is_found_while_scoring(self):
        for user in self.kept_out:
            self._assert_blind(user)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_nothing_is_found_after_the_close(self):
        self._close_it()
        self.assertTrue(self.evaluation.sudo().verdict_ids)
        for user in self.kept_out:
            self._assert_blind(user)
            self.assertFalse(self.env["emulation.verdict"].with_user(user).search([]))

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models")
    def test_no_text_is_guessed_by_a_search(self):
        for user in self.kept_out:
            for model, path in (
                ("emulation.session", "evaluation_ids.problem"),
                ("emulation.initiative", "problem"),
                ("emulation.evaluation", "initiative_id.problem"),
                ("emulation.scoresheet", "initiative_id.problem"),
            ):
                with self.subTest(model, user=user.login):
                    Model = self.env[model].with_user(user)
                    found = Model.search([(path, "ilike", "Bí mật")])
                    self.assertFalse(found)

    def test_no_figure_includes_it(self):
        """Counts, ranks and averages of the session leave the dossier out."""
        for user in self.kept_out:
            session = self.session.with_user(user)
            rows = session.board["rows"]
            self.assertEqual([row["id"] for row in rows], self.other.ids)
            self.assertEqual(session.evaluation_count, 1)
            self.env.invalidate_all()
            self.assertEqual(session.evaluation_ids.ids, self.other.ids)
        self.assertEqual(self.session.evaluation_count, 2)
        self._close_it()
        for user in self.kept_out:
            board = self.session.with_user(user).board
            self.assertFalse(board["shows_results"])
            self.assertFalse([row for row in board["rows"] if row["score"]])

    def test_what_was_read_before_opens_nothing(self):
        """One answer that carries the agenda and, after it, what follows from it."""
        self._close_it()
        for user in self.kept_out:
            self.env.invalidate_all()
            session = self.session.with_user(user)
            nested = {"evaluation_ids": {"fields": {"conflict_ids": {}}}, "board": {}}
            answer = session.web_read(nested)[0]
            self.assertFalse(answer["board"]["shows_results"])
            self.assertFalse(session.is_kept_by_me)
            hidden = self._records()["emulation.verdict"].with_user(user)
            self.assertFalse(hidden.is_kept_by_me)
            others = self.other.sudo().verdict_ids.with_user(user)
            with self.assertRaises(AccessError):
                others.read(["score"])
            self.assertFalse(self.evaluation.with_user(user).is_mine)

    def test_no_sheet_and_no_vote(self):
        sheets = self.evaluation.sudo().sheet_ids
        self.assertEqual(sheets.user_id, self.member3_user)
        self.assertEqual(
            self.evaluation._get_scoring_members().user_id, self.member3_user
        )
        self._close_it()
        steps = self.evaluation.sudo().verdict_ids.calculation["steps"]
        valid = [step for step in steps if step.get("step") == "valid"]
        self.assertTrue(all(step["count"] == 1 for step in valid))

    def test_papers_are_drafted_and_signed_without_them(self):
        self._close_it()
        for user in self.kept_out:
            with self.assertRaises(UserError):
                self.session.with_user(user).action_draft_minutes()
        action = self.session.with_user(self.secretary_user).action_draft_minutes()
        minutes = self.env["emulation.document"].browse(action["res_id"]).sudo()
        readers = minutes.reader_user_ids | minutes.issuer_ids.signer_user_id
        self.assertFalse(readers & self.kept_out)

    def test_an_error_names_nothing(self):
        with self.assertRaises(AccessError) as refusal:
            self.evaluation.with_user(self.member1_user).read(["problem"])
        self.assertNotIn(SECRET, str(refusal.exception))
        self.assertNotIn("Máy gặt", str(refusal.exception))

    def test_the_conflicts_of_others_stay_closed(self):
        """The chair, in conflict, does not learn who else is, or why."""
        conflicts = self.env["emulation.conflict"].with_user(self.chair_user)
        self.assertEqual(conflicts.search([]).user_id, self.chair_user)
        conflicts = self.env["emulation.conflict"].with_user(self.member3_user)
        self.assertFalse(conflicts.search([]))
        conflicts = self.env["emulation.conflict"].with_user(self.secretary_user)
        self.assertEqual(len(conflicts.search([])), 3)

    def test_what_is_noted_is_told_after_the_close(self):
        """Who shares a unit with the authors would name them in a blind round."""
        noted = (
            self.env["emulation.conflict"]
            .sudo()
            .create(
                {
                    "evaluation_id": self.other.id,
                    "member_id": self.council.member_ids[-1].id,
                    "kind": "coauthor",
                    "level": "noted",
                }
            )
        )
        read = self.env["emulation.conflict"].with_user(self.secretary_user)
        self.assertNotIn(noted.id, read.search([]).ids)
        self._close_it()
        self.assertIn(noted.id, read.search([]).ids)
        own = self.env["emulation.conflict"].with_user(self.member3_user)
        self.assertNotIn(noted.id, own.search([]).ids)
