from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..models import emulation_invariant
from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestInvariants(AppraisalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._close(cls._open_session(), DEMO_SCORES["D4"])
        cls.Invariant = cls.env["emulation.invariant"]

    def _assert_found(self, code, statement, *args):
        """Break the data behind the ORM's back and expect ``code`` to notice."""
        self.assertNotIn(code, self.Invariant._find_broken())
        self.env.cr.execute(SQL(statement, *args))
        self.env.invalidate_all()
        self.assertIn(code, self.Invariant._find_broken())

    def test_shares(self):
        self._assert_found(
            "05_shares_total_100",
            "UPDATE emulation_initiative_author SET share = 3 WHERE initiative_id = %s",
            self.session.evaluation_ids.initiative_id.id,
        )

    def test_withdrawn_on_agenda(self):
        self._assert_found(
            "01_withdrawn_on_agenda",
            "UPDATE emulation_initiative SET state = 'withdrawn' WHERE id = %s",
            self.session.evaluation_ids.initiative_id.id,
        )

    def test_one_live_appraisal(self):
        other = self._create_round("T-HAI")
        self._assert_found(
            "01_one_live_appraisal",
            "INSERT INTO emulation_evaluation (initiative_id, round_id, unit_id,"
            " unit_path, company_id, state) SELECT initiative_id, %s, unit_id,"
            " unit_path, company_id, 'received' FROM emulation_evaluation"
            " WHERE id = %s",
            other.id,
            self.session.evaluation_ids.id,
        )

    def test_score_recomputes(self):
        self._assert_found(
            "06_verdict_recomputed",
            "UPDATE emulation_verdict SET score = score + 1 WHERE session_id = %s",
            self.session.id,
        )

    def test_sheet_total(self):
        self._assert_found(
            "06_sheet_total",
            "UPDATE emulation_scoresheet SET total = 1 WHERE session_id = %s",
            self.session.id,
        )

    def test_sheet_before_declaration(self):
        self._assert_found(
            "03_sheet_before_declaration",
            "UPDATE emulation_scoresheet SET is_sealed = TRUE WHERE session_id = %s",
            self.session.id,
        )

    def test_session_without_chair(self):
        self._assert_found(
            "09_chair_on_the_day",
            "UPDATE emulation_council_member SET date_end = '2020-06-30'"
            " WHERE council_id = %s AND role = 'chair'",
            self.council.id,
        )

    def test_session_outside_the_term(self):
        self._assert_found(
            "09_chair_on_the_day",
            "UPDATE emulation_council SET date_end = '2020-06-30' WHERE id = %s",
            self.council.id,
        )

    def test_sheet_in_conflict(self):
        sheet = self.session.sudo().evaluation_ids.sheet_ids[0]
        self._assert_found(
            "03_sheet_of_excluded_member",
            "INSERT INTO emulation_conflict (evaluation_id, member_id, kind, level,"
            " date) VALUES (%s, %s, 'unit', 'chair', '2026-01-01')",
            sheet.evaluation_id.id,
            sheet.member_id.id,
        )

    def test_path_of_records(self):
        self._assert_found(
            "14_record_path",
            "UPDATE emulation_initiative SET unit_path = '1/' WHERE id = %s",
            self.session.evaluation_ids.initiative_id.id,
        )

    def test_one_paper_a_number_and_symbol(self):
        self.env.cr.execute("DROP INDEX emulation_document_reference_unique")
        unit = self.province
        papers = self.env["emulation.document"]
        for kind in ("QĐ", "KH"):
            values = {"unit_id": unit.id, "signer_name": "A", "position": "B"}
            papers += papers.create(
                {
                    "kind_id": self.env["emulation.document.kind"]
                    .search([("code", "=", kind)])
                    .id,
                    "unit_id": unit.id,
                    "subject": kind,
                    "body": "<p>a</p>",
                    "issuer_ids": [(0, 0, values)],
                }
            )
        papers.action_sign()
        self._assert_found(
            "18_reference_unique",
            "UPDATE emulation_document SET reference = '01/X' WHERE id IN %s",
            tuple(papers.ids),
        )

    def test_manager_sees_what_is_broken(self):
        self.env.cr.execute(
            SQL("UPDATE emulation_scoresheet SET total = 1 WHERE total > 0")
        )
        self.env.invalidate_all()
        self.Invariant.with_user(self.manager_user).action_check()
        line = self.Invariant.with_user(self.manager_user).search(
            [("is_broken", "=", True)]
        )
        self.assertEqual(line.code, "06_sheet_total")
        self.assertGreaterEqual(line.broken_count, 4)
        self.assertEqual(line.action_view_records()["res_model"], line.model)

    def test_every_check_says_what_it_checks(self):
        self.Invariant._check_and_store()
        lines = self.Invariant.search([])
        self.assertEqual(set(lines.mapped("code")), set(self.Invariant._labels()))
        self.assertTrue(all(line.name != line.code for line in lines))

    def test_others_do_not_run_it(self):
        for user in (self.movement_user, self.chair_user, self.officer_a1):
            with self.assertRaises(AccessError):
                self.Invariant.with_user(user).action_check()

    def test_nightly_job_tells_the_log(self):
        with (
            patch.object(emulation_invariant, "_logger") as logger,
            mute_logger("odoo.addons.emulation.models.emulation_invariant"),
        ):
            self.Invariant._cron_check()
            logger.error.assert_not_called()
            self.env.cr.execute(
                SQL("UPDATE emulation_scoresheet SET total = 1 WHERE total > 0")
            )
            self.env.invalidate_all()
            self.Invariant._cron_check()
            logger.error.assert_called_once()
