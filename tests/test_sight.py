from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon


class SightCommon(AppraisalCommon):
    """Rounds under regulations that show more, or less, than the default."""

    @classmethod
    def _sit(cls, code, **vals):
        """Return a session of a round under a regulation with ``vals``, closed."""
        regulation = cls.env.ref("emulation.regulation_default").copy(
            {"code": code, **vals}
        )
        regulation.action_put_in_force()
        cls.round = cls._create_round(code, regulation_id=regulation.id)
        session = cls._open_session((f"Sáng kiến {code}",))
        for number, user in enumerate(cls._scoring_users()):
            cls._score(session, user, (20 + number, 20, 20, 10))
        kept = session.with_user(cls.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        return session

    def _table(self, session, user):
        self.env.invalidate_all()
        sheets = session.evaluation_ids.sudo().sheet_ids
        own = sheets.filtered(lambda one: one.user_id == user)
        return own.with_user(user).peer_table


@tagged("post_install", "-at_install")
class TestPeerSheets(SightCommon):
    """Whether members see what the others gave."""

    def test_never_by_default(self):
        session = self._sit("S-NEVER")
        self.assertFalse(self._table(session, self.member1_user))
        self._decide(session)
        self.assertFalse(self._table(session, self.member1_user))

    def test_once_the_scores_are_final(self):
        session = self._sit("S-CLOSED", peer_sheets="closed")
        table = str(self._table(session, self.member1_user))
        # four sheets: 70, 71, 72, 73; the own one is not among the others
        own = session.evaluation_ids.sudo().sheet_ids.filtered(
            lambda one: one.user_id == self.member1_user
        )
        shown = [total for total in (70, 71, 72, 73) if f">{total}" in table]
        self.assertEqual(len(shown), 3)
        self.assertNotIn(own.total, shown)
        for user in self._scoring_users():
            self.assertNotIn(user.name, table)

    def test_once_the_results_are_published(self):
        session = self._sit("S-PUBLISHED", peer_sheets="published")
        self.assertFalse(self._table(session, self.member1_user))
        self._decide(session)
        self.assertTrue(self._table(session, self.member1_user))

    def test_too_few_others_are_not_shown(self):
        session = self._sit("S-FEW", peer_sheets="closed", peer_min_sheets=4)
        self.assertFalse(self._table(session, self.member1_user))

    def test_before_the_close_and_for_others_nothing(self):
        regulation = self.env.ref("emulation.regulation_default").copy(
            {"code": "S-OPEN", "peer_sheets": "closed"}
        )
        regulation.action_put_in_force()
        self.round = self._create_round("S-OPEN", regulation_id=regulation.id)
        session = self._open_session()
        self._score_by_all(session, (20, 20, 20, 10))
        self.assertFalse(self._table(session, self.member1_user))
        sheet = session.evaluation_ids.sudo().sheet_ids[0]
        with mute_logger("odoo.addons.base.models.ir_rule"):
            for user in self._scoring_users() - sheet.user_id:
                with self.assertRaises(AccessError):
                    sheet.with_user(user).read(["peer_table"])


@tagged("post_install", "-at_install")
class TestAuthorSight(HttpCase, SightCommon):
    """What the author reads of the published result."""

    def _publish(self, code, **vals):
        session = self._sit(code, **vals)
        self._decide(session)
        dossier = session.evaluation_ids.sudo().initiative_id
        author = self.env["res.users"].create(
            {
                "name": "Lê Văn Thử",
                "login": f"author_{code}",
                "password": f"author_{code}",
                "partner_id": dossier.author_ids[0].partner_id.id,
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        return dossier.with_user(author)._get_author_results()[0], dossier, author

    def test_score_by_default(self):
        result, *_rest = self._publish("A-SCORE")
        self.assertEqual((result["score"], result["criteria"]), (71.5, []))

    def test_grade_alone(self):
        result, dossier, author = self._publish("A-GRADE", author_sight="grade")
        self.assertEqual((result["score"], result["criteria"]), (False, []))
        self.assertTrue(result["grade"])
        page = self._open(dossier, author)
        self.assertIn(result["grade"], page)
        self.assertNotRegex(page, "71[.,]50")

    def test_means_of_the_criteria(self):
        result, dossier, author = self._publish("A-TC", author_sight="criteria")
        self.assertEqual(
            result["criteria"][0], {"name": "Tính mới", "mean": 21.5, "most": 30}
        )
        page = self._open(dossier, author)
        self.assertRegex(page, "71[.,]50")
        self.assertRegex(page, "21[.,]50")

    def test_few_sheets_tell_no_means(self):
        result, *_rest = self._publish(
            "A-FEW", author_sight="criteria", peer_min_sheets=5
        )
        self.assertEqual((result["score"], result["criteria"]), (71.5, []))

    def _open(self, dossier, author):
        self.authenticate(author.login, author.login)
        return self.url_open(f"/my/initiatives/{dossier.id}").text
