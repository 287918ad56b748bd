from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_secrecy import POINTS, SCORE, SCORE_PRINTED, SecrecyCommon, each_outsider

SECRET_MODELS = (
    "emulation.verdict",
    "emulation.scoresheet",
    "emulation.scoresheet.line",
)


@tagged("post_install", "-at_install")
class TestAppraisalSecrecy(SecrecyCommon):
    """Nobody learns a score before publication, by whatever question."""

    def setUp(self):
        super().setUp()
        self.assertEqual(self.verdict.score, float(SCORE))
        self.assertIn(SCORE_PRINTED, self.minutes.body)
        self.env.flush_all()
        # each question meets the database, as in a request of its own
        self.env.invalidate_all()

    def _own(self, user, model):
        """Return the ids that are the user's own: a member's sheets and points."""
        records = self.env[model].sudo()
        if model == "emulation.verdict":
            return set()
        return set(records.search([("user_id", "=", user.id)]).ids)

    def _get_sitting_ids(self, model):
        """Return the ids of what the tested session has given rise to."""
        evaluations = self.sitting.evaluation_ids.sudo()
        sheets = evaluations.sheet_ids
        made = {
            "emulation.verdict": evaluations.verdict_ids,
            "emulation.scoresheet": sheets,
            "emulation.scoresheet.line": sheets.line_ids,
        }
        self.assertTrue(made[model])
        return set(made[model].ids)

    # THE SECRET MODELS THEMSELVES

    @each_outsider
    def test_search_count_read_and_group(self, user):
        for model in SECRET_MODELS:
            Model = self.env[model].with_user(user)
            secret = set(Model.sudo().search([]).ids) - self._own(user, model)
            self.assertTrue(secret)
            seen = self._ask(Model.search, [])
            self.assertFalse(secret & set(seen.ids if seen else ()), model)
            count = self._ask(Model.search_count, [("id", "in", list(secret))])
            self.assertFalse(count, model)
            # those of the demo are hidden by the same rules, and are many
            for record in Model.browse(secret & self._get_sitting_ids(model)):
                self.assertFalse(self._ask(record.read), model)
                self.assertFalse(self._ask(record.web_read, {"display_name": {}}))
                self.assertFalse(self._ask(record.export_data, ["id"]), model)
            domain = [("id", "in", list(secret))]
            groups = self._ask(Model.formatted_read_group, domain, [], ["__count"])
            self.assertFalse(groups and groups[0]["__count"], model)

    @each_outsider
    def test_sums_and_averages(self, user):
        for model, field in (
            ("emulation.verdict", "score:avg"),
            ("emulation.scoresheet", "total:sum"),
        ):
            Model = self.env[model].with_user(user)
            others = [("id", "not in", list(self._own(user, model)))]
            groups = self._ask(Model.formatted_read_group, others, [], [field])
            self.assertFalse(groups and groups[0][field], model)

    # QUESTIONS THROUGH OTHER MODELS

    @each_outsider
    def test_filters_through_related_records(self, user):
        """A hit is an answer: "which dossiers have more than 50?"."""
        paths = {
            "emulation.evaluation": "",
            "emulation.initiative": "evaluation_ids.",
            "emulation.session": "evaluation_ids.",
            "emulation.round": "initiative_ids.evaluation_ids.",
            "emulation.conflict": "evaluation_id.",
            "emulation.evaluation.check": "evaluation_id.",
        }
        leaves = (
            ("verdict_ids.score", ">", 0),
            ("verdict_ids.rank", "=", 1),
            ("verdict_ids.is_pass", "=", True),
            ("verdict_ids.grade_id.code", "!=", False),
            ("sheet_ids.total", ">", 50),
            ("sheet_ids.line_ids.points", ">", 20),
            ("sheet_ids.state", "=", "submitted"),
        )
        for model, path in paths.items():
            Model = self.env[model].with_user(user)
            for name, operator, value in leaves:
                leaf = (f"{path}{name}", operator, value)
                if name.startswith("sheet_ids") and user in self._scoring_users():
                    # their own sheet answers: ask about the others'
                    other = f"{path}sheet_ids.user_id"
                    leaf = (other, "=", self.chair_user.id)
                hits = self._ask(Model.search, [leaf])
                self.assertFalse(hits, f"{model} {leaf}")
                self.assertFalse(self._ask(Model.search_count, [leaf]))

    @each_outsider
    def test_the_opposite_question_tells_nothing_either(self, user):
        """Those not below a score must be all, or none."""
        Evaluation = self.env["emulation.evaluation"].with_user(user)
        everything = self._ask(Evaluation.search_count, [])
        for limit in (10, 90):
            domain = ["!", ("verdict_ids.score", ">", limit)]
            count = self._ask(Evaluation.search_count, domain)
            self.assertIn(count, (None, everything))

    @each_outsider
    def test_order_and_groups_by_a_path(self, user):
        for model, path in (
            ("emulation.evaluation", "verdict_ids.rank"),
            ("emulation.evaluation", "verdict_id.rank"),
            ("emulation.initiative", "evaluation_ids.verdict_ids.score"),
        ):
            Model = self.env[model].with_user(user)
            self.assertFalse(self._ask(Model.search, [], order=f"{path} desc"))
            groups = self._ask(Model.formatted_read_group, [], [path], ["__count"])
            self.assertFalse(groups)

    @each_outsider
    def test_nested_reading(self, user):
        nested = {
            "verdict_id": {"fields": {"score": {}, "rank": {}}},
            "verdict_ids": {"fields": {"score": {}, "calculation_text": {}}},
            "sheet_ids": {"fields": {"total": {}, "user_id": {}}},
        }
        evaluation = self.evaluation.with_user(user)
        own = self._own(user, "emulation.scoresheet")
        for name, specification in nested.items():
            found = self._ask(evaluation.web_read, {name: specification})
            value = found and found[0][name] or []
            if isinstance(value, list):
                value = [line for line in value if line["id"] not in own]
            self.assertFalse(value, name)
            for path in (f"{name}/score", f"{name}/total"):
                answer = self._ask(
                    self.initiative.with_user(user).export_data,
                    [f"evaluation_ids/{path}"],
                )
                self.assertNotIn(SCORE, str(answer), path)

    @each_outsider
    def test_name_search_knows_no_score(self, user):
        for model in (*SECRET_MODELS, "emulation.evaluation", "emulation.session"):
            Model = self.env[model].with_user(user)
            self.assertFalse(self._ask(Model.name_search, SCORE), model)

    # SCREENS, PAPERS, MESSAGES

    @each_outsider
    def test_board_shows_progress_only(self, user):
        session = self.sitting.with_user(user)
        answer = self._ask(session.web_read, {"board": {}, "quorum_text": {}})
        for row in answer[0]["board"]["rows"] if answer else ():
            self.assertFalse(row["score"] or row["rank"] or row["verdict_id"])
            self.assertFalse(row["is_pass"] or row["grade"] or row["is_doubtful"])
            self.assertFalse(any(cell["total"] for cell in row["cells"]))

    def test_board_hides_the_dossier_in_conflict(self):
        rows = self.sitting.with_user(self.conflicted).board["rows"]
        self.assertEqual(len(rows), 1)
        self.assertNotIn(self.evaluation.id, [row["id"] for row in rows])

    @each_outsider
    def test_what_the_board_computes_does_not_spill_over(self, user):
        """The board reads all sheets; one answer carries board and evaluations."""
        results = {"verdict_id": {"fields": {"score": {}}}, "verdict_ids": {}}
        nested = {"fields": {**results, "sheet_ids": {"fields": {"total": {}}}}}
        session = self.sitting.with_user(user)
        specification = {"board": {}, "evaluation_ids": nested}
        answer = self._ask(session.web_read, specification)
        if user != self.member1_user:
            self.assertNotIn(SCORE, str(answer))

    @each_outsider
    def test_minutes_stay_in_their_circle(self, user):
        if self.minutes.state == "draft":
            self._sign_minutes(self.sitting)
        Document = self.env["emulation.document"].with_user(user)
        minutes = Document.browse(self.minutes.id)
        for domain in (
            [("id", "=", minutes.id)],
            [("body", "ilike", SCORE_PRINTED)],
            [("certificate_ids", "=", False), ("kind_id.code", "=", "BB")],
        ):
            self.assertFalse(self._ask(Document.search, domain))
        for model, path in (
            ("emulation.session", "document_ids.body"),
            ("emulation.evaluation", "session_id.document_ids.body"),
        ):
            leaf = (path, "ilike", SCORE_PRINTED)
            self.assertFalse(self._ask(self.env[model].with_user(user).search, [leaf]))
        self.assertFalse(self._ask(minutes.read, ["body"]))
        self.assertFalse(self._ask(minutes.action_refresh_body))
        report = self.env["ir.actions.report"].with_user(user)
        name = "emulation.report_document"
        self.assertFalse(self._ask(report._render_qweb_html, name, minutes.ids))
        files = self.env["ir.attachment"].with_user(user)
        papers = [("res_model", "=", "emulation.document")]
        self.assertFalse(self._ask(files.search, papers))
        pdf = self.minutes.pdf_attachment_id.with_user(user)
        self.assertFalse(self._ask(pdf.read, ["raw"]))

    @each_outsider
    def test_a_draft_of_minutes_stays_in_its_circle(self, user):
        minutes = self.minutes.with_user(user)
        self.assertFalse(self._ask(minutes.read, ["body"]))
        body = [("body", "ilike", SCORE_PRINTED)]
        self.assertFalse(self._ask(minutes.search, body))

    def test_no_message_tells(self):
        messages = self.env["mail.message"].sudo().search([])
        for record in (self.initiative, self.minutes, self.round):
            related = messages.filtered(
                lambda one, r=record: one.model == r._name and one.res_id == r.id
            )
            text = str(related.mapped("body"))
            text += str(related.tracking_value_ids.mapped("new_value_char"))
            self.assertNotIn(SCORE, text)
            self.assertNotIn(SCORE_PRINTED, text)
        with self.assertRaisesRegex(UserError, "is restricted"):
            self.minutes.with_user(self.secretary_user).message_post(body="92")
        for model in (*SECRET_MODELS, "emulation.evaluation", "emulation.session"):
            self.assertNotIn("message_ids", self.env[model]._fields)

    def test_state_of_the_dossier_says_nothing_before_the_decision(self):
        states = self.sitting.evaluation_ids.initiative_id.mapped("state")
        self.assertEqual(set(states), {"in_appraisal"})

    def test_refused_close_tells_no_points(self):
        session = self._open_session(("Thêm",))
        self._score(session, self.member1_user, POINTS)
        kept = session.with_user(self.secretary_user)
        self.assertIsNone(self._ask(kept.action_close))
        kept.action_mark_all_present()
        self.assertIsNone(self._ask(kept.action_close))

    def test_before_the_close_not_even_the_secretariat_knows(self):
        session = self._open_session(("Thêm",))
        for user in self._scoring_users():
            self._score(session, user, POINTS)
        sheets = session.evaluation_ids.sudo().sheet_ids
        for user in self.secretary_user | self.chair_user:
            others = sheets.filtered(lambda one, u=user: one.user_id != u)
            Sheet = self.env["emulation.scoresheet"].with_user(user)
            domain = [("id", "in", others.ids)]
            self.assertFalse(self._ask(Sheet.search, domain))
            self.assertFalse(self._ask(others.with_user(user).read))
            board = session.with_user(user).board
            cells = [cell for row in board["rows"] for cell in row["cells"]]
            self.assertFalse(any(cell["total"] for cell in cells))

    # THE GRANTS

    def test_secretariat_reads_after_the_close(self):
        for user in self.secretary_user | self.chair_user:
            with self.subTest(user.login):
                verdict = self.verdict.with_user(user)
                self.assertEqual(verdict.score, float(SCORE))
                self.assertRegex(verdict.calculation_text, "73[.,]50")
                sheets = self.evaluation.with_user(user).sheet_ids
                self.assertIn(self.member1_user, sheets.user_id)
                board = self.sitting.with_user(user).board
                self.assertTrue(board["shows_results"])
                self.assertIn(
                    self.minutes.id, self.minutes.with_user(user).search([]).ids
                )

    def test_member_reads_the_own_sheet_only(self):
        sheets = self.env["emulation.scoresheet"].with_user(self.member1_user)
        self.assertEqual(sheets.search([]).user_id, self.member1_user)

    def test_publication_opens_the_result_to_whom_it_concerns(self):
        self._publish()
        self.env.invalidate_all()
        readers = self.officer_a1 | self.head_a1 | self.officer_a | self.movement_user
        for user in readers | self.leader_user | self.member1_user:
            with self.subTest(user.login):
                verdict = self.verdict.with_user(user)
                self.assertEqual(verdict.score, float(SCORE))
                self.assertEqual(verdict.search([("id", "=", verdict.id)]), verdict)
        others = self.officer_a2 | self.officer_b1 | self.outsider | self.award_user
        for user in others | self.finance_user | self.conflicted | self.portal_user:
            with self.subTest(user.login):
                self.assertFalse(self._ask(self.verdict.with_user(user).read))

    def test_who_gave_what_stays_secret_for_good(self):
        self._publish()
        for user in self.movement_user | self.leader_user | self.member1_user:
            with self.subTest(user.login):
                self.env.invalidate_all()
                board = self.sitting.with_user(user).board
                self.assertTrue(board["shows_results"])
                self.assertTrue(any(row["score"] for row in board["rows"]))
                cells = [cell for row in board["rows"] for cell in row["cells"]]
                self.assertFalse(any(cell["total"] for cell in cells))
                others = self.evaluation.sudo().sheet_ids.filtered(
                    lambda one, u=user: one.user_id != u
                )
                self.assertFalse(self._ask(others.with_user(user).read))
