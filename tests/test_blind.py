from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_appraisal import DEMO_SCORES
from .common_blind import AUTHOR, BlindCommon


@tagged("post_install", "-at_install")
class TestBlind(BlindCommon):
    """Who scores does not learn whose dossier it is, by whatever question."""

    MODELS = (
        "emulation.initiative",
        "emulation.evaluation",
        "emulation.initiative.author",
        "emulation.initiative.benefit",
        "emulation.initiative.helper",
        "emulation.initiative.secret",
        "emulation.prior.art",
    )

    def setUp(self):
        super().setUp()
        self._start()

    def _of_dossier(self, model):
        Model = self.env[model].sudo()
        field = "id" if model == "emulation.initiative" else "initiative_id"
        return Model.search([(field, "in", (self.initiative | self.other).ids)])

    def test_every_field_of_the_sheet(self):
        for user in self.judges:
            sheet = self._own_sheet(user)
            with self.subTest(user.login):
                self.assertTrue(sheet.is_blind)
                self._assert_tells_nothing(self._ask(sheet.read))
                self._assert_tells_nothing(self._ask(sheet.line_ids.read))
                names = {name: {} for name in sheet._fields if name != "line_ids"}
                self._assert_tells_nothing(self._ask(sheet.web_read, names))
                self.assertEqual(sheet.name, "Đồ gá của […]")
                self.assertEqual(sheet.solution, "[…] kẹp bốn phôi, gọi […]")
                self.assertEqual(sheet.display_name, "Đồ gá của […]")
                self.assertFalse(sheet.initiative_id or sheet.unit_id or sheet.code)
                self.assertFalse(sheet.attachment_ids or sheet.prior_art_ids)
                for path in ("evaluation_id", "initiative_id", "evaluation_id/unit_id"):
                    rows = self._ask(sheet.export_data, [path])
                    self._assert_tells_nothing(rows)
                nested = {"evaluation_id": {"fields": {"display_name": {}}}}
                self._assert_tells_nothing(self._ask(sheet.web_read, nested))
                for inner in ("unit_id", "author_names", "author_ids", "initiative_id"):
                    nested = {"evaluation_id": {"fields": {inner: {}}}}
                    answer = self._ask(sheet.web_read, nested)
                    self._assert_tells_nothing(answer)

    def test_records_of_the_dossier_are_out_of_sight(self):
        for user in self.judges:
            for model in self.MODELS:
                records = self._of_dossier(model).with_user(user)
                mine = [("id", "in", records.ids)]
                with self.subTest(model, user=user.login):
                    self.assertTrue(records, "there is something to hide")
                    self.assertFalse(self._ask(records.search, mine))
                    self.assertFalse(self._ask(records.search_count, mine))
                    for record in records:
                        self.assertFalse(self._ask(record.read))
                        self.assertFalse(self._ask(record.web_read, {"company_id": {}}))
                    groups = self._ask(
                        records.formatted_read_group, mine, [], ["__count"]
                    )
                    self.assertFalse(groups and groups[0]["__count"])
                    for word in ("Lê Văn", "Đồ gá", "SK-KIN"):
                        found = self._ask(records.name_search, word)
                        ids = {line[0] for line in found or ()}
                        self.assertFalse(ids & set(records.ids), word)

    def test_search_by_author_or_unit_finds_nothing(self):
        unit, partner = self.commune_a1, self.initiative.author_ids[0].partner_id
        leaves = (
            ("unit_id", "=", unit.id),
            ("unit_id", "child_of", unit.id),
            ("unit_id.name", "ilike", unit.name),
            ("initiative_id", "=", self.initiative.id),
            ("initiative_id.unit_id", "=", unit.id),
            ("initiative_id.code", "=", "SK-KIN-7"),
            ("initiative_id.author_names", "ilike", "Lê Văn"),
            ("initiative_id.author_ids.partner_id", "=", partner.id),
            ("initiative_id.search_text", "ilike", "le van"),
            ("name", "ilike", AUTHOR),
            ("code", "=", "SK-KIN-7"),
            ("display_name", "ilike", AUTHOR),
            ("evaluation_id", "ilike", AUTHOR),
            ("evaluation_id.unit_id", "=", unit.id),
            ("evaluation_id.author_names", "ilike", "Lê Văn"),
            ("evaluation_id.initiative_id.author_ids.partner_id", "=", partner.id),
            ("session_id.evaluation_ids.unit_id", "=", unit.id),
        )
        for user in self.judges:
            Sheet = self.env["emulation.scoresheet"].with_user(user)
            mine = [("session_id", "=", self.sitting.id)]
            everything = Sheet.search_count(mine)
            self.assertEqual(everything, 2)
            for leaf in leaves:
                with self.subTest(leaf, user=user.login):
                    self.assertFalse(self._ask(Sheet.search, [*mine, leaf]))
                    count = self._ask(Sheet.search_count, [*mine, "!", leaf])
                    # all or none: no answer tells them apart
                    self.assertIn(count, (None, 0, everything))
            for name in ("unit_id", "initiative_id", "code", "evaluation_id.unit_id"):
                groups = self._ask(Sheet.formatted_read_group, mine, [name])
                self._assert_tells_nothing(groups)
                self.assertFalse(self._ask(Sheet.search, mine, order=name))

    def test_search_from_elsewhere_finds_nothing(self):
        unit, partner = self.commune_a1, self.initiative.author_ids[0].partner_id
        for user in self.judges:
            for model, leaf in (
                ("emulation.session", ("evaluation_ids.unit_id", "=", unit.id)),
                (
                    "emulation.session",
                    ("evaluation_ids.initiative_id.author_ids", "!=", False),
                ),
                ("emulation.round", ("initiative_ids.unit_id", "=", unit.id)),
                (
                    "emulation.scoresheet.line",
                    ("sheet_id.evaluation_id.unit_id", "=", unit.id),
                ),
                (
                    "emulation.scoresheet.line",
                    ("sheet_id.initiative_id.author_ids.partner_id", "=", partner.id),
                ),
            ):
                Model = self.env[model].with_user(user)
                found = self._ask(Model.search, [leaf])
                own = {"emulation.session": self.sitting, "emulation.round": self.round}
                own = own.get(model, self.evaluation.sudo().sheet_ids.line_ids)
                self.assertFalse(found and found & own.with_user(user), leaf)

    def test_board_tells_nothing(self):
        for user in self.judges:
            session = self.sitting.with_user(user)
            self.assertFalse(
                self._ask(session.web_read, {"evaluation_ids": {}})[0].get(
                    "evaluation_ids"
                )
            )
            answer = self._ask(session.web_read, {"board": {}})
            self._assert_tells_nothing(answer)
            self.assertEqual(len(answer[0]["board"]["rows"]), 2)
            # as the form asks: the agenda before the board
            form = {"evaluation_ids": {"fields": {"unit_id": {}}}, "board": {}}
            answer = self._ask(session.web_read, form)
            self._assert_tells_nothing(answer)
            self.assertFalse(answer[0].get("evaluation_ids"))
            self.assertEqual(len(answer[0]["board"]["rows"]), 2)
            self.assertIn("Đồ gá của […]", str(answer))

    def test_room_and_ballot_tell_nothing(self):
        # a law in force does not change: the test is told another one
        self.env.cr.execute(
            "UPDATE emulation_regulation SET ballot_mode = 'secret' WHERE id = %s",
            self.sitting.regulation_id.ids,
        )
        self.env.invalidate_all()
        kept = self.sitting.with_user(self.secretary_user)
        kept.action_mark_all_present()
        # on the screen of the room everybody reads what the screen shows
        for user in self.judges | self.secretary_user:
            room = self._ask(self.sitting.with_user(user).get_room_board)
            self._assert_tells_nothing(room)
            self.assertEqual(len(room["rows"]), 2)
            self.assertIn("Đồ gá của […]", str(room))
            self.assertFalse(room["hindrances"])
        for user in self.judges:
            paper = self._ask(self.sitting.with_user(user).get_ballot_paper)
            self._assert_tells_nothing(paper)
            self.assertEqual(len(paper["rows"]), 2)

    def test_sheets_on_paper_and_in_files_tell_nothing(self):
        for user in self.judges:
            rows = self._ask(self._own_sheet(user)._get_book_rows)
            self._assert_tells_nothing(rows)
            self.assertIn("Đồ gá của […]", str(rows))
        self.env.cr.execute(
            "UPDATE emulation_session SET sheet_medium = 'paper' WHERE id = %s",
            self.sitting.ids,
        )
        self.env.invalidate_all()
        reports = self.env["ir.actions.report"].with_user(self.secretary_user)
        for report, records in (
            ("emulation.report_scoresheet_paper", self.sitting),
            ("emulation.report_scoresheet_list", self.sitting),
        ):
            html, _kind = reports._render_qweb_html(report, records.ids)
            self._assert_tells_nothing(html.decode())
            self.assertIn("Đồ gá của […]", html.decode())

    def test_other_roles_of_a_member_open_nothing(self):
        """E.g. a data lead reads every dossier, but not what they judge blind."""
        data = self.env.ref("emulation.group_emulation_data")
        self.member1_user.group_ids = [Command.link(data.id)]
        self.test_records_of_the_dossier_are_out_of_sight()
        self.test_every_field_of_the_sheet()
        mine = self.env["emulation.initiative"].with_user(self.member1_user)
        draft = self._create_initiative("Khác đợt")
        self.assertTrue(mine.search([("id", "=", draft.id)]))

    def test_messages_and_followers(self):
        partners = self.judges.partner_id
        message = self.initiative.sudo().message_post(body=f"Của {AUTHOR}")
        for user in self.judges:
            mine = message.with_user(user)
            self.assertFalse(self._ask(mine.search, [("id", "=", mine.id)]))
            self.assertFalse(self._ask(mine.read, ["body"]))
            followers = self.env["mail.followers"].with_user(user)
            domain = [("res_model", "=", "emulation.initiative"),
                      ("res_id", "=", self.initiative.id)]  # fmt: skip
            self.assertFalse(self._ask(followers.search, domain))
        dossier = self.initiative.sudo()
        dossier.message_subscribe((partners | self.secretary_user.partner_id).ids)
        self.assertFalse(dossier.message_partner_ids & partners)
        self.assertIn(self.secretary_user.partner_id, dossier.message_partner_ids)

    def test_invariant_bites(self):
        code = "20_judge_follows_blind_dossier"
        check = self.env["emulation.invariant"]
        check.action_check()
        self.assertFalse(check.search([("code", "=", code)]).is_broken)
        self.env["mail.followers"].create(
            {
                "res_model": "emulation.initiative",
                "res_id": self.initiative.id,
                "partner_id": self.member1_user.partner_id.id,
            }
        )
        check.action_check()
        self.assertTrue(check.search([("code", "=", code)]).is_broken)

    def test_conflicts_of_others_are_hidden(self):
        sheet = self.evaluation.sudo().sheet_ids.filtered(
            lambda one: one.user_id == self.member3_user
        )
        self._declare_conflict(sheet.with_user(self.member3_user))
        for user in self.judges:
            conflicts = self.env["emulation.conflict"].with_user(user)
            domain = [("evaluation_id", "=", self.evaluation.id)]
            self.assertFalse(self._ask(conflicts.search, domain))
            board = self.sitting.with_user(user).board
            self.assertNotIn("conflict", str(board["rows"]))
        own = self.env["emulation.conflict"].with_user(self.member3_user)
        self.assertEqual(len(own.search([("user_id", "=", self.member3_user.id)])), 1)
        kept = self.sitting.with_user(self.secretary_user).board
        self.assertIn("conflict", str(kept["rows"]))

    def test_scoring_goes_on_as_ever(self):
        self._score(self.sitting, self.member1_user, DEMO_SCORES["D2"], hand_in=False)
        sheet = self._own_sheet(self.member1_user)
        sheet.remark = "Nên nhân rộng"
        sheet.line_ids[0].is_scored = False
        with self.assertRaisesRegex(UserError, "Đồ gá của \\[…\\].*lacks points"):
            sheet.action_submit()
        sheet.line_ids[0].points = 20
        with self.assertRaisesRegex(UserError, "Đồ gá của \\[…\\]"):
            sheet.line_ids[0].points = 99
        sheet.action_submit()
        sheet.action_next()
        self.env["emulation.my.work"].with_user(self.member1_user).get_counters()

    def test_declaration_of_interests_tells_nothing(self):
        session = self._plan_more()
        for user in self.judges:
            asked = session.with_user(user)
            declare = self.env["emulation.interest.declare"].with_user(user)
            declare = declare.browse(asked.action_declare_interests()["res_id"])
            self.assertTrue(declare.is_blind)
            answer = declare.web_read({"line_ids": {"fields": {"name": {}}}})
            self._assert_tells_nothing(answer)
            self._assert_tells_nothing(declare.line_ids.read())
            self.assertEqual(declare.line_ids.name, "Của […]")

    def _plan_more(self):
        """Plan a session on which nobody has declared yet."""
        evaluation = self._make_eligible(self._create_initiative(f"Của {AUTHOR}"))
        session = self.env["emulation.session"].with_user(self.movement_user)
        session = session.create(
            {
                "name": "Phiên 2",
                "council_id": self.council.id,
                "round_id": self.round.id,
            }
        )
        agenda = self.env["emulation.session.agenda"].with_user(self.movement_user)
        agenda.create(
            {
                "session_id": session.id,
                "evaluation_ids": [Command.set(evaluation.ids)],
            }
        ).action_confirm()
        return session

    def test_secretary_and_office_see_the_dossier(self):
        for user in self.secretary_user | self.movement_user:
            dossier = self.initiative.with_user(user)
            self.assertIn(AUTHOR, dossier.author_names)
            self.assertIn("SK-KIN-7", dossier.display_name)
            board = self.sitting.with_user(user).board
            self.assertEqual(board["rows"][0]["unit"], self.commune_a1.name)

    def test_all_is_shown_once_the_scores_are_final(self):
        self._close(self.sitting)
        self.env.invalidate_all()
        for user in self.judges:
            sheet = self._own_sheet(user)
            self.assertFalse(sheet.is_blind)
            self.assertEqual(sheet.initiative_id, self.initiative.with_user(user))
            self.assertIn(AUTHOR, self.initiative.with_user(user).author_names)
            self.assertEqual(sheet.unit_id, self.commune_a1)
            self.assertEqual(sheet.attachment_ids, self.file)


@tagged("post_install", "-at_install")
class TestNotBlind(BlindCommon):
    """The option alone makes the difference."""

    is_blind = False

    def test_members_see_the_whole_dossier(self):
        self._start()
        for user in self.judges:
            sheet = self._own_sheet(user)
            self.assertFalse(sheet.is_blind or sheet.anonymous_files)
            self.assertEqual(sheet.name, f"Đồ gá của {AUTHOR}")
            self.assertEqual(sheet.unit_id, self.commune_a1)
            self.assertEqual(sheet.attachment_ids, self.file)
            Sheet = self.env["emulation.scoresheet"].with_user(user)
            self.assertIn(sheet, Sheet.search([("unit_id", "=", self.commune_a1.id)]))
            self.assertIn(sheet, Sheet.search([("name", "ilike", AUTHOR)]))
            dossier = self.initiative.with_user(user)
            self.assertEqual(dossier.search([("id", "=", dossier.id)]), dossier)
        with self.assertRaisesRegex(AccessError, "blind council"):
            self.evaluation.with_user(self.secretary_user).action_anonymise()

    def test_members_may_follow(self):
        self._start()
        partner = self.member1_user.partner_id
        self.initiative.sudo().message_subscribe(partner.ids)
        self.assertIn(partner, self.initiative.sudo().message_partner_ids)
