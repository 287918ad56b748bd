import io
import json
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from unittest.mock import patch

import openpyxl
from lxml import html
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Date, Datetime
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.emulation_session_results import RESULT_TABLES
from ..tools import scoring
from .common_appraisal import AppraisalCommon

TITLES = tuple(f"Sáng kiến {number}" for number in range(1, 7))


class ResultsCommon(AppraisalCommon):
    """A closed session whose members are not equally harsh."""

    @classmethod
    def _close_unlike(cls, names=TITLES, harsh=2):
        """Close a session in which the chair gives less for the same dossiers."""
        session = cls._open_session(names)
        for user in cls._scoring_users():
            less = harsh if user == cls.chair_user else 0
            sheets = cls.env["emulation.scoresheet"].with_user(user)
            found = sheets.search([("session_id", "=", session.id)])
            for index, sheet in enumerate(found.sorted("evaluation_id")):
                for line in sheet.line_ids:
                    line.points = max(line.max_points / 2 + index - less, 0)
                sheet.action_submit()
        kept = session.with_user(cls.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        return kept

    def _table(self, session, part):
        with session._write_results(part) as file:
            return openpyxl.load_workbook(io.BytesIO(file.read()))


@tagged("post_install", "-at_install")
class TestResults(ResultsCommon):
    """What a closed session shows beside its scores, and to whom."""

    def _rows(self, sheet):
        return [list(row) for row in sheet.iter_rows(values_only=True)]

    def test_standard_score_stands_beside_and_decides_nothing(self):
        session = self._close_unlike()
        verdicts = session._get_results()
        self.assertEqual(set(verdicts.mapped("normal_sheets")), {4})
        ranked = verdicts.sorted("rank")
        self.assertEqual(ranked.ids, verdicts.sorted("z_score", reverse=True).ids)
        self.assertAlmostEqual(sum(verdicts.mapped("z_score")), 0, 1)
        # what decides knows nothing of it
        for verdict in verdicts:
            steps = json.dumps(verdict._get_steps())
            self.assertNotIn("normal", steps)

    def test_regulation_says_from_how_many_sheets_on(self):
        self._use_regulation(zscore_min_sheets=7)
        session = self._close_unlike()
        self.assertEqual(set(session._get_results().mapped("normal_sheets")), {0})
        regulation = self.round.regulation_id
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            regulation.copy({"zscore_min_sheets": 2, "code": "X"})

    def _use_regulation(self, **vals):
        """Let the round follow a regulation of its own with ``vals``."""
        regulation = self.round.regulation_id.copy({"code": "QC-T", **vals})
        regulation.action_put_in_force()
        self.round.sudo().regulation_id = regulation

    def test_summary_holds_every_dossier_by_rank(self):
        session = self._close_unlike()
        rows = self._rows(self._table(session, "results.xlsx").active)
        head, lines = rows[0], rows[1:]
        self.assertEqual(len(lines), len(TITLES))
        self.assertEqual([line[0] for line in lines], sorted(line[0] for line in lines))
        verdict = session._get_results()[0]
        first = dict(zip(head, lines[0], strict=True))
        self.assertEqual(first["Title"], verdict.initiative_id.name)
        self.assertEqual(first["Score"], verdict.score)
        self.assertEqual(first["Sheets"], 4)

    def test_justification_names_sheets_by_number_alone(self):
        session = self._close_unlike(TITLES[:1])
        book = self._table(session, "justification.xlsx")
        self.assertEqual(len(book.sheetnames), 4)
        rows = [row for sheet in book for row in self._rows(sheet)]
        text = json.dumps(rows, ensure_ascii=False, default=str)
        for user in self._scoring_users():
            self.assertNotIn(user.name, text)
        points = self._rows(book.worksheets[1])[1:]
        criteria = session.sudo().evaluation_ids.rubric_id.criterion_ids
        self.assertEqual(len(points), 4 * len(criteria))
        by_sheet = {}
        for row in points:
            by_sheet.setdefault(row[1], []).append(row[5])
        totals = session.sudo().evaluation_ids.sheet_ids.mapped("total")
        self.assertEqual(sorted(map(sum, by_sheet.values())), sorted(totals))

    def test_what_is_left_out_is_named_with_its_reason(self):
        self._use_regulation(aggregation="trimmed", trim_min_sheets=4)
        session = self._close_unlike(TITLES[:1])
        verdict = session._get_results()
        self.assertEqual(
            sorted(verdict._get_left_out().values()), ["the highest", "the lowest"]
        )
        points = self._rows(self._table(session, "justification.xlsx").worksheets[1])
        reasons = {row[7] for row in points[1:]}
        self.assertEqual(reasons, {None, "the highest", "the lowest"})

    def test_calculations_compute_again_to_what_is_stored(self):
        session = self._close_unlike()
        with session._write_results("calculation.json") as file:
            stored = json.load(file)
        scores = {one.initiative_id.code: one.score for one in session._get_results()}
        self.assertEqual(
            {one["code"]: float(scoring.replay(one["steps"]).score) for one in stored},
            scores,
        )
        notice = session._get_results()[0].action_recompute()
        self.assertIn(stored[0]["check_code"], notice["params"]["message"])

    def test_a_record_changed_from_outside_is_found(self):
        verdict = self._close_unlike(TITLES[:1])._get_results()
        code = verdict._get_check_code()
        self.env.cr.execute(
            "UPDATE emulation_verdict SET score = score + 1 WHERE id = %s", verdict.ids
        )
        verdict.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "changed from outside"):
            verdict.action_recompute()
        self.assertEqual(verdict._get_check_code(), code)

    def test_only_who_may_read_results_gets_a_table(self):
        session = self._close_unlike(TITLES[:1])
        for user in (
            self.member1_user,
            self.movement_user,
            self.manager_user,
            self.leader_user,
            self.officer_a1,
        ):
            mine = session.with_user(user)
            with self.subTest(user.login), self.assertRaises(UserError):
                mine._write_results("results.xlsx")
            if mine.has_access("read"):
                self.assertFalse(mine.has_results)
        self.assertTrue(session.has_results)
        self._decide(session)
        mine = session.with_user(self.movement_user)
        self.assertTrue(mine.has_results)
        self.assertTrue(mine._write_results("results.xlsx").read())

    def test_printed_sheet_is_computed_again_by_hand(self):
        """From what the paper shows alone: add up, leave out, divide, round."""
        self._use_regulation(aggregation="trimmed", trim_min_sheets=4)
        verdict = self._close_unlike(TITLES[:1])._get_results()
        reports = self.env["ir.actions.report"].with_user(self.secretary_user)
        page, _kind = reports._render_qweb_html(
            "emulation.report_calculation", verdict.ids
        )
        page = html.fromstring(page.decode())
        counted = []
        for row in page.xpath("//table[contains(@class, 'lines')]/tbody/tr"):
            *points, total = (
                Decimal(cell.text_content().strip().replace(",", "."))
                for cell in row.xpath("td[contains(@class, 'number')]")
            )
            self.assertEqual(sum(points), total)
            if row.get("class") != "out":
                counted.append(total)
        self.assertEqual(len(counted), 2)
        mean = sum(counted) / len(counted)
        score = mean.quantize(Decimal("0.01"), ROUND_HALF_UP)
        facts = {
            row.xpath("td")[0].text_content(): row.xpath("td")[1].text_content()
            for row in page.xpath("//table[contains(@class, 'facts')]//tr")
        }
        self.assertEqual(Decimal(facts["Điểm:"].replace(",", ".")), score)

    def test_papers_print_what_the_reader_may_read(self):
        session = self._close_unlike(TITLES[:2])
        reports = self.env["ir.actions.report"]
        for report, record in (
            ("emulation.report_summary", session),
            ("emulation.report_calculation", session._get_results()),
        ):
            page, _kind = reports.with_user(self.secretary_user)._render_qweb_html(
                report, record.ids
            )
            self.assertIn(TITLES[0], page.decode())
            with self.subTest(report), self.assertRaises(UserError):
                reports.with_user(self.movement_user)._render_qweb_pdf(
                    report, record.ids
                )


@tagged("post_install", "-at_install")
class TestEmbargo(ResultsCommon):
    """A signed decision is told on its day, not before."""

    def _session_until(self, days):
        session = self._open_session(TITLES[:1])
        session.with_user(self.movement_user).date_embargo = Date.add(
            Date.today(), days=days
        )
        return self._close(session)

    def _assert_secret(self, session):
        dossier = session.evaluation_ids.initiative_id
        for user in (self.movement_user, self.officer_a1, self.leader_user):
            verdicts = self.env["emulation.verdict"].with_user(user)
            self.assertFalse(verdicts.search([("session_id", "=", session.id)]))
        self.assertEqual(session.state, "closed")
        self.assertEqual(dossier.state, "in_appraisal")
        self.assertFalse(dossier.sudo().certificate_ids)

    def _pass_days(self, days):
        """Run the nightly job as it will run in some ``days``."""
        later = Datetime.now() + timedelta(days=days)
        job = self.env.ref("emulation.cron_publish_results")
        with (
            self.enter_registry_test_mode(),
            patch.object(Datetime, "now", return_value=later),
        ):
            job.method_direct_trigger()
        self.env.invalidate_all()

    def test_results_wait_for_the_day_of_the_session(self):
        session = self._session_until(5)
        decision = self._decide(session)
        self.assertEqual(decision.state, "signed")
        self._assert_secret(session)
        self.assertTrue(session.is_under_embargo)
        self.assertFalse(decision.with_user(self.movement_user).has_access("read"))
        self._pass_days(3)
        self._assert_secret(session)
        self._pass_days(6)
        self.assertEqual(session.state, "published")
        dossier = session.evaluation_ids.initiative_id
        self.assertEqual(dossier.state, "recognised")
        self.assertEqual(len(dossier.sudo().certificate_ids), 2)
        self.assertTrue(decision.with_user(self.movement_user).has_access("read"))

    def test_regulation_sets_the_embargo_of_every_session(self):
        regulation = self.round.regulation_id.copy({"code": "QC-E", "embargo_days": 9})
        regulation.action_put_in_force()
        self.round.sudo().regulation_id = regulation
        session = self._session_until(1)
        self._decide(session)
        self._assert_secret(session)
        self.assertEqual(session.date_public, Date.add(session._get_today(), days=9))

    def test_day_stays_once_signed_and_another_decision_is_refused(self):
        session = self._session_until(5)
        decision = self._decide(session)
        with self.assertRaisesRegex(UserError, "are told on"):
            session.with_user(self.movement_user).date_embargo = False
        with self.assertRaisesRegex(UserError, "already has a signed decision"):
            session._check_unpublished()
        decision.with_user(self.manager_user).sudo().action_revoke("Ghi sai căn cứ")
        self.assertFalse(session.date_public)
        self._pass_days(6)
        self._assert_secret(session)
        session.with_user(self.movement_user).date_embargo = False

    def test_without_embargo_results_are_told_at_once(self):
        session = self._close(self._open_session(TITLES[:1]))
        self._decide(session)
        self.assertEqual(session.state, "published")


@tagged("post_install", "-at_install")
class TestResultFiles(ResultsCommon, HttpCase):
    """The tables as files."""

    def test_files_go_to_who_may_read_the_results(self):
        session = self._close_unlike(TITLES[:1])
        for login, status in (
            ("secretary_user", 200),
            ("member1_user", 404),
            ("movement_user", 404),
        ):
            user = getattr(self, login)
            self.authenticate(user.login, user.login)
            for part in RESULT_TABLES:
                url = f"/emulation/session/{session.id}/{part}"
                with self.subTest(login=login, part=part):
                    self.assertEqual(self.url_open(url).status_code, status)
        self.assertEqual(
            self.url_open(f"/emulation/session/0/{RESULT_TABLES[0]}").status_code, 404
        )
        self.authenticate(None, None)
        answer = self.url_open(f"/emulation/session/{session.id}/{RESULT_TABLES[0]}")
        self.assertIn("/web/login", answer.url)
