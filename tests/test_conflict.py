from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import new_test_user, tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestConflict(AppraisalCommon):
    """What the system finds, and what each ground means under the regulation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member1 = cls._seat_of(cls.member1_user)

    @classmethod
    def _seat_of(cls, user):
        return cls.council.member_ids.filtered(lambda one: one.user_id == user)

    def _rule_by(self, **levels):
        """Let the round be judged by a regulation with these levels."""
        law = self.env.ref("emulation.regulation_default")
        law = law.copy({"code": f"QC-{len(levels)}-{id(levels)}", **levels})
        law.action_put_in_force()
        self.round.regulation_id = law
        return law

    def _open(self, initiative=None):
        session = self._plan_session(
            self._make_eligible(initiative or self._create_initiative())
        )
        session.action_open()
        return session

    def _found(self, session, user=None):
        """Return ``{kind: level}`` of what is known of a member's conflicts."""
        user = user or self.member1_user
        conflicts = session.sudo().evaluation_ids.conflict_ids
        return {one.kind: one.level for one in conflicts if one.user_id == user}

    def _has_sheet(self, session, user=None):
        return bool(self._sheet(session, user or self.member1_user))

    # GROUNDS

    def test_nothing_is_found_between_strangers(self):
        session = self._open()
        self.assertEqual(self._found(session), {})
        self.assertTrue(self._has_sheet(session))

    def test_an_author_is_found_under_a_second_account(self):
        initiative = self._create_initiative(authors=[("Hai Tài Khoản", 100)])
        self.member1_user.partner_id.email = "mot.nguoi@example.com"
        initiative.author_ids.partner_id.sudo().email = "Mot.Nguoi@example.com"
        self._rule_by(conflict_coauthor_level="chair")
        session = self._open(initiative)
        self.assertEqual(self._found(session), {"author": "excluded"})
        self.assertFalse(self._has_sheet(session))

    def test_nobody_becomes_another_while_a_session_is_under_way(self):
        """No juror to judge the own dossier, no author to pick the jury."""
        initiative = self._create_initiative(authors=[("Một", 50), ("Hai", 50)])
        person, contact = initiative.author_ids.partner_id
        author = new_test_user(
            *(self.env, "tac_gia", "base.group_portal"),
            partner_id=person.id,
            name=person.name,
            email="tac.gia@example.com",
        )
        juror, their = self.member1_user, "thu.ky.khac@example.com"
        session = self._open(initiative)
        for user in (juror, author):
            for vals in ({"email": their}, {"phone": "0912 345 678"}, {"name": "Ai"}):
                words = "takes part in “Phiên|author of a dossier that was handed in"
                with (
                    self.subTest(user.login, vals=vals),
                    self._refused(UserError, words),
                ):
                    user.with_user(user).write(vals)
            # what does not say who somebody is, or says the same
            user.with_user(user).write({"email": user.email, "lang": "en_US"})
        with self._refused(UserError, "takes part in"):
            contact.with_user(self.officer_a1).email = juror.email
        contact.with_user(self.movement_user).email = their
        person.with_user(self.env.ref("base.user_admin")).email = "khac@example.com"
        self._close(session)
        juror.with_user(juror).phone = "0912 345 678"
        self.assertEqual(juror.partner_id.phone, "0912 345 678")

    def test_a_second_account_takes_no_second_seat(self):
        """Two seats of one person would be two votes."""
        council = self.council.copy({"name": "Hội đồng khác"})
        council.member_ids[1:].unlink()
        first = council.member_ids.user_id
        second = self._create_user("tai_khoan_hai", "council")
        second.partner_id.email = first.partner_id.email
        seat = {"council_id": council.id, "user_id": second.id}
        with self._refused(ValidationError, "would hold two seats"):
            council.member_ids.create(seat)
        second.partner_id.email = "nguoi.khac@example.com"
        self.assertTrue(council.member_ids.create(seat))

    def test_same_unit_by_seat_assignment_and_workplace(self):
        for number, place in enumerate(
            (
                lambda: self.member1.write({"unit_id": self.commune_a1.id}),
                lambda: self._act_for(self.commune_a1),
                lambda: self.member1_user.partner_id.write(
                    {"emulation_unit_id": self.commune_a1.id}
                ),
            )
        ):
            with self.subTest(number), self.cr.savepoint() as savepoint:
                place()
                session = self._open()
                self.assertEqual(self._found(session), {"unit": "noted"})
                self.assertTrue(self._has_sheet(session), "noted takes nothing away")
                savepoint.close(rollback=True)
                self.env.invalidate_all()

    def _act_for(self, unit):
        return self.env["emulation.unit.officer"].create(
            {
                "unit_id": unit.id,
                "user_id": self.member1_user.id,
                "date_start": "2020-01-01",
            }
        )

    def test_the_unit_of_an_author_counts(self):
        initiative = self._create_initiative()
        author = initiative.author_ids.partner_id[0].sudo()
        author.emulation_unit_id = self.district_b
        self.member1.unit_id = self.district_b
        self.assertEqual(self._found(self._open(initiative)), {"unit": "noted"})

    def test_direct_line_but_not_the_organiser(self):
        self.member1.unit_id = self.district_a
        self._seat_of(self.member2_user).unit_id = self.province
        self._seat_of(self.member3_user).unit_id = self.district_b
        session = self._open()
        self.assertEqual(self._found(session), {"line": "noted"})
        self.assertEqual(self._found(session, self.member2_user), {})
        self.assertEqual(self._found(session, self.member3_user), {})

    def test_a_common_dossier_of_the_last_years(self):
        friend = self.env["res.partner"].create({"name": "Bạn Viết Chung"})
        past = self._create_initiative("Viết chung năm ngoái")
        past.sudo().author_ids = [
            Command.clear(),
            Command.create({"partner_id": friend.id, "share": 50}),
            Command.create(
                {"partner_id": self.member1_user.partner_id.id, "share": 50}
            ),
        ]
        past.author_ids._confirm("paper")
        past.with_user(self.officer_a1).action_submit()
        initiative = self._create_initiative()
        initiative.sudo().author_ids[0].partner_id = friend
        initiative.author_ids._confirm("paper")
        for years, days, found in ((3, 700, True), (3, 1200, False), (0, 10, False)):
            with self.subTest(years=years, days=days):
                with self.cr.savepoint() as savepoint:
                    day = Date.subtract(Date.today(), days=days)
                    past.sudo().date = day
                    self._rule_by(
                        conflict_years=years, conflict_coauthor_level="excluded"
                    )
                    session = self._open(initiative)
                    expected = {"coauthor": "excluded"} if found else {}
                    self.assertEqual(self._found(session), expected)
                    self.assertEqual(self._has_sheet(session), not found)
                    savepoint.close(rollback=True)
                    self.env.invalidate_all()

    def test_a_draft_together_does_not_count(self):
        initiative = self._create_initiative()
        draft = self._create_initiative("Chưa nộp")
        draft.sudo().author_ids[0].partner_id = self.member1_user.partner_id
        draft.sudo().author_ids[1].partner_id = initiative.author_ids[0].partner_id
        self.assertEqual(self._found(self._open(initiative)), {})

    def test_who_handled_the_dossier(self):
        self.member1_user.group_ids += self.env.ref("emulation.group_emulation_officer")
        self._act_for(self.commune_a1).role = "officer"
        initiative = self._create_initiative()
        initiative.with_user(self.member1_user).action_submit()
        initiative.with_user(self.head_a1).action_endorse()
        evaluation = initiative.sudo().evaluation_ids.with_user(self.movement_user)
        evaluation.action_check_all()
        evaluation.action_mark_eligible()
        session = self._plan_session(evaluation)
        self.assertEqual(self._found(session), {"handling": "noted", "unit": "noted"})
        self.assertEqual(session.evaluation_ids.examined_user_id, self.movement_user)

    def test_who_handled_it_takes_no_part_where_the_regulation_says_so(self):
        self.member1_user.group_ids += self.env.ref("emulation.group_emulation_officer")
        self._act_for(self.commune_a1).role = "officer"
        initiative = self._create_initiative()
        initiative.with_user(self.member1_user).action_submit()
        initiative.with_user(self.head_a1).action_endorse()
        evaluation = initiative.sudo().evaluation_ids.with_user(self.movement_user)
        evaluation.action_check_all()
        evaluation.action_mark_eligible()
        for level, sheet in (("excluded", False), ("chair", False), ("noted", True)):
            with self.subTest(level), self.cr.savepoint() as savepoint:
                self._rule_by(conflict_handling_level=level)
                session = self._plan_session(evaluation)
                session.action_open()
                found = self._found(session)
                self.assertEqual(found, {"handling": level, "unit": "noted"})
                self.assertEqual(self._has_sheet(session), sheet)
                savepoint.close(rollback=True)
                self.env.invalidate_all()

    # LEVELS

    def test_each_level_of_the_regulation_changes_the_outcome(self):
        self.member1.unit_id = self.commune_a1
        for level, sheet in (("excluded", False), ("chair", False), ("noted", True)):
            with self.subTest(level), self.cr.savepoint() as savepoint:
                self._rule_by(conflict_unit_level=level)
                session = self._open()
                self.assertEqual(self._found(session), {"unit": level})
                self.assertEqual(self._has_sheet(session), sheet)
                savepoint.close(rollback=True)
                self.env.invalidate_all()

    def test_every_ground_has_its_own_level(self):
        law = self.env.ref("emulation.regulation_default")
        fields = {
            "kinship": "conflict_kinship_level",
            "interest": "conflict_interest_level",
            "coauthor": "conflict_coauthor_level",
            "unit": "conflict_unit_level",
            "line": "conflict_line_level",
            "handling": "conflict_handling_level",
        }
        for kind, name in fields.items():
            usual = law._get_conflict_level(kind)
            other = law.copy({"code": f"X-{kind}", name: "chair"})
            self.assertNotEqual(usual, "chair")
            self.assertEqual(other._get_conflict_level(kind), "chair")
            for unchanged in fields.keys() - {kind}:
                self.assertEqual(
                    other._get_conflict_level(unchanged),
                    law._get_conflict_level(unchanged),
                )
        self.assertEqual(law._get_conflict_level("author"), "excluded")

    def test_by_default_only_authors_and_declarations_exclude(self):
        law = self.env["emulation.regulation"].new({})
        levels = {
            kind: law._get_conflict_level(kind)
            for kind in ("author", "kinship", "interest")
        }
        self.assertEqual(set(levels.values()), {"excluded"})
        for kind in ("coauthor", "unit", "line", "handling"):
            self.assertEqual(law._get_conflict_level(kind), "noted", kind)

    def test_the_hint_tells_who_takes_no_part(self):
        law = self.env.ref("emulation.regulation_default").copy(
            {"code": "Y", "conflict_unit_level": "chair"}
        )
        self.assertIn("The chair decides: same unit.", law.conflict_hint)
        self.assertNotIn("direct line", law.conflict_hint)

    # FOUND AGAIN

    def test_found_again_when_a_seat_changes_its_unit(self):
        self._rule_by(conflict_unit_level="excluded")
        session = self._open()
        self.assertTrue(self._has_sheet(session))
        self.member1.unit_id = self.commune_a1
        self.assertFalse(self._has_sheet(session))
        self.member1.unit_id = self.district_b
        self.assertEqual(self._found(session), {})
        self.assertTrue(self._has_sheet(session), "what is no longer true is undone")

    def test_found_again_when_an_assignment_begins_and_ends(self):
        self._rule_by(conflict_unit_level="excluded")
        session = self._open()
        assignment = self._act_for(self.commune_a1)
        self.assertFalse(self._has_sheet(session))
        assignment.date_end = Date.subtract(Date.today(), days=1)
        self.assertTrue(self._has_sheet(session))

    def test_found_again_when_units_move(self):
        self._rule_by(conflict_line_level="excluded")
        self.member1.unit_id = self.district_b
        session = self._open()
        self.assertTrue(self._has_sheet(session))
        self.commune_a1.parent_id = self.district_b
        self.assertEqual(self._found(session), {"line": "excluded"})
        self.assertFalse(self._has_sheet(session))

    def test_found_again_when_identity_comes_to_light(self):
        session = self._open()
        author = session.evaluation_ids.initiative_id.author_ids.partner_id[0]
        author.sudo().phone = "0912 000 111"
        self.member1_user.partner_id.phone = "0912000111"
        self.assertEqual(self._found(session), {"author": "excluded"})
        self.assertFalse(self._has_sheet(session))

    def test_found_again_when_the_authors_change(self):
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        author = session.evaluation_ids.initiative_id.sudo().author_ids[0]
        author.partner_id = self.member1_user.partner_id
        self.assertEqual(self._found(session), {"author": "excluded"})
        author.partner_id = self.env["res.partner"].create({"name": "Người khác"})
        self.assertEqual(self._found(session), {})

    def test_found_again_when_the_regulation_changes(self):
        self.member1.unit_id = self.commune_a1
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        self.assertEqual(self._found(session), {"unit": "noted"})
        self._rule_by(conflict_unit_level="excluded")
        self.assertEqual(self._found(session), {"unit": "excluded"})

    def test_a_sheet_comes_back_with_what_was_entered(self):
        self._rule_by(conflict_unit_level="excluded")
        session = self._open()
        sheet = self._sheet(session, self.member1_user)
        sheet.line_ids[0].points = 12
        self.member1.unit_id = self.commune_a1
        self.assertEqual(sheet.sudo().state, "voided")
        self.member1.unit_id = False
        self.assertEqual(sheet.sudo().state, "draft")
        self.assertEqual(sheet.line_ids[0].points, 12)

    def test_after_the_close_results_stand(self):
        self._rule_by(conflict_unit_level="excluded")
        session = self._close(self._open())
        verdict = session.sudo().evaluation_ids.verdict_ids
        before = (verdict.score, len(verdict.calculation["steps"]))
        self.member1.sudo().unit_id = self.commune_a1
        self.assertEqual(self._found(session), {})
        sheets = session.sudo().evaluation_ids.sheet_ids
        self.assertEqual(set(sheets.mapped("state")), {"submitted"})
        self.assertEqual((verdict.score, len(verdict.calculation["steps"])), before)

    def test_a_new_seat_stays_in_conflict(self):
        """Reseated in another role, a member is still the relative of an author."""
        session = self._plan_session(self._make_eligible(self._create_initiative()))
        evaluation = session.evaluation_ids.sudo()
        conflicts = self.env["emulation.conflict"].sudo()
        conflicts._declare(evaluation, self.member1, "kinship", "Anh trai")
        self.member1.date_end = Date.subtract(Date.today(), days=1)
        self.council.member_ids = [
            Command.create(
                {
                    "user_id": self.member1_user.id,
                    "role": "vice",
                    "date_start": Date.today(),
                }
            )
        ]
        vice = self.council.member_ids.filtered(lambda one: one.role == "vice")
        self.assertIn(vice, evaluation._get_excluded_members())
