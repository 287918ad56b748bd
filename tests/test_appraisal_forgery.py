from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestAppraisalForgery(AppraisalCommon):
    """What no screen offers in the appraisal and an RPC may still send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session = cls._open_session()
        cls.evaluation = cls.session.evaluation_ids
        cls.outsider = cls._create_user("outsider", "council")

    def _seat(self, user, council=None):
        seats = (council or self.council).member_ids
        return seats.filtered(lambda one: one.user_id == user)

    # EVALUATION

    def test_an_evaluation_is_opened_by_its_dossier_alone(self):
        values = {
            "initiative_id": self._create_initiative().id,
            "round_id": self.round.id,
        }
        for user in (self.movement_user, self.manager_user, self.officer_a1):
            Evaluation = self.env["emulation.evaluation"].with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                Evaluation.create(values)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.evaluation.with_user(user).unlink()

    def test_what_appraisal_fixed_stays(self):
        evaluation = self.evaluation.with_user(self.movement_user)
        for vals in (
            {"session_id": False},
            {"initiative_id": self._create_initiative().id},
            {"unit_id": self.commune_b1.id},
            {"company_id": self.env["res.company"].create({"name": "Khác"}).id},
            {"examined_user_id": self.manager_user.id},
            {"refusal_reason": "x"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                evaluation.write(vals)
        for state in ("eligible", "scored", "decided", "withdrawn"):
            with self.subTest(state), self.assertRaises(UserError):
                evaluation.state = state

    def test_secret_lines_are_not_written_through_their_parents(self):
        sheet = self._sheet(self.session, self.member1_user)
        commands = {
            "sheet_ids": [
                Command.create({"member_id": sheet.member_id.id}),
                Command.update(sheet.id, {"remark": "x"}),
                Command.delete(sheet.id),
            ],
            "conflict_ids": [
                Command.create({"member_id": sheet.member_id.id, "reason": "x"})
            ],
            "verdict_ids": [Command.create({"score": 100})],
            "check_ids": [
                Command.create({"check_id": self.round.check_ids[0].id}),
                Command.delete(self.evaluation.check_ids[0].id),
            ],
        }
        evaluation = self.evaluation.with_user(self.movement_user)
        initiative = evaluation.initiative_id
        for name, lines in commands.items():
            for line in lines:
                with self.subTest(name, line=line):
                    with self.assertRaises(AccessError):
                        evaluation.write({name: [line]})
                    nested = Command.update(evaluation.id, {name: [line]})
                    with self.assertRaises(AccessError):
                        initiative.write({"evaluation_ids": [nested]})
                    with self.assertRaises(AccessError):
                        self.session.write({"evaluation_ids": [nested]})

    def test_a_point_of_the_checklist_stays_with_its_dossier(self):
        waiting = self._endorse(self._create_initiative("Chờ"))
        other = self._endorse(self._create_initiative("Khác"))
        mandatory = waiting.check_ids.filtered("is_mandatory")
        optional = self.round.check_ids.filtered(lambda one: not one.is_mandatory)
        for vals in ({"evaluation_id": other.id}, {"check_id": optional.id}):
            with self.subTest(vals), self.assertRaisesRegex(AccessError, "stays with"):
                mandatory.write(vals)

    # SESSION

    def test_agenda_is_changed_by_its_dialog_alone(self):
        late = self._make_eligible(self._create_initiative("Lén thêm"))
        with self.assertRaises(AccessError):
            self.session.evaluation_ids = [Command.link(late.id)]
        with self.assertRaises(AccessError):
            self.session.with_user(self.secretary_user).evaluation_ids = [
                Command.link(late.id)
            ]
        for user in (self.secretary_user, self.officer_a1):
            wizard = self.env["emulation.session.agenda"].with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                wizard.create({"session_id": self.session.id})

    def test_session_state_and_law(self):
        for user in (self.movement_user, self.secretary_user):
            session = self.session.with_user(user)
            for vals in (
                {"closed_user_id": user.id},
                {"date_closed": "2020-01-01 00:00:00"},
            ):
                with self.subTest(vals, user=user.login):
                    with self.assertRaises(AccessError):
                        session.write(vals)
            for state in ("planned", "published"):
                with self.subTest(state), self.assertRaises(UserError):
                    session.state = state
        with self.assertRaises(AccessError):
            self.session.with_user(self.member1_user).location = "x"
        values = {"council_id": self.council.id, "round_id": self.round.id, "name": "x"}
        Session = self.env["emulation.session"].with_user(self.movement_user)
        with self.assertRaisesRegex(UserError, "first state"):
            Session.with_context(default_state="published").create(values)
        with self.assertRaises(AccessError):
            Session.with_user(self.secretary_user).create(values)

    # COUNCIL

    def test_nobody_seats_themselves(self):
        both = self._create_user("both", "movement council", self.province)
        member = {"user_id": both.id, "is_scoring": False}
        with self.assertRaises(AccessError):
            self.council.with_user(both).member_ids = [Command.create(member)]
        self.council.with_user(self.movement_user).member_ids = [Command.create(member)]
        with self.assertRaisesRegex(AccessError, "by somebody else"):
            self._seat(both).with_user(both).role = "secretary"

    def test_who_prepares_does_not_score(self):
        both = self._create_user("both", "movement council", self.province)
        with self.assertRaisesRegex(ValidationError, "does not score"):
            self.council.member_ids = [Command.create({"user_id": both.id})]
        # the role given later is found when the next session opens
        self.member1_user.group_ids |= self.env.ref(
            "emulation.group_emulation_movement"
        )
        late = self._make_eligible(self._create_initiative("Sau"))
        with self.assertRaisesRegex(ValidationError, "does not score"):
            self._plan_session(late, name="Phiên 2").action_open()

    def test_a_seat_that_sat_is_not_handed_on(self):
        """Or the sheet, with its points, would go to the new holder of the seat."""
        seat = self._seat(self.member1_user).with_user(self.movement_user)
        for vals in (
            {"user_id": self.outsider.id},
            {"role": "secretary"},
            {"is_scoring": False},
            {"council_id": self.council.copy({"name": "Khác"}).id},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "has sat in"):
                seat.write(vals)
        seat.date_end = "2030-12-31"

    def test_a_new_member_is_checked_against_the_dossiers_under_way(self):
        partner = self.evaluation.sudo().initiative_id.author_ids[0].partner_id
        partner.email = self.outsider.email
        self.council.with_user(self.movement_user).member_ids = [
            Command.create(
                {"user_id": self.outsider.id, "role": "secretary", "is_scoring": False}
            )
        ]
        self.assertEqual(self.evaluation.conflict_ids.user_id, self.outsider)
        with self.assertRaises(UserError):
            self.session.with_user(self.outsider).action_close()

    def test_one_person_has_one_seat(self):
        """A seat that ends some day and another one would make two sheets."""
        seat = self._seat(self.member2_user)
        council = self.council.with_user(self.movement_user)
        # without a vote: nobody begins to score in the middle of a session
        again = {"user_id": self.member2_user.id, "role": "vice", "is_scoring": False}
        with self.assertRaises(ValidationError):
            council.member_ids = [
                Command.update(seat.id, {"date_end": "2030-12-31"}),
                Command.create(again),
            ]
        council.member_ids = [
            Command.update(seat.id, {"date_end": "2025-12-31"}),
            Command.create({**again, "date_start": "2026-01-01"}),
        ]

    # PAPERS

    def test_no_paper_is_composed_from_a_session_by_the_back_door(self):
        """A forged source would print all scores into one's own draft."""
        self._close(self.session)
        kind = self.env["emulation.document.kind"].search([("code", "=", "BB")])
        source = {"res_model": "emulation.session", "res_id": self.session.id}
        users = self.movement_user | self.manager_user | self.officer_a1
        for user in users | self.member1_user | self.outsider:
            values = {
                "kind_id": kind.id,
                "unit_id": self.commune_a1.id,
                "subject": "x",
                "drafter_user_id": user.id,
            }
            Document = self.env["emulation.document"].with_user(user)
            context = {f"default_{name}": value for name, value in source.items()}
            with self.subTest(user.login):
                with self.assertRaises(UserError):
                    Document.create({**values, **source})
                with self.assertRaises(UserError):
                    Document.with_context(**context).create(values)
                with self.assertRaises(UserError):
                    Document.create(values).write(source)

    def test_nobody_makes_themselves_a_signer_of_secret_minutes(self):
        self._close(self.session)
        kept = self.session.with_user(self.secretary_user)
        minutes = self.env["emulation.document"].browse(
            kept.action_draft_minutes()["res_id"]
        )
        user = self.movement_user
        kind = self.env["emulation.document.kind"].search([("code", "=", "CV")])
        own = (
            self.env["emulation.document"]
            .with_user(user)
            .create({"kind_id": kind.id, "unit_id": self.province.id, "subject": "x"})
        )
        own.issuer_ids.signer_user_id = user
        attempts = (
            lambda: own.issuer_ids.write({"document_id": minutes.id}),
            lambda: (
                self.env["emulation.document.issuer"]
                .with_user(user)
                .create(
                    {
                        "document_id": minutes.id,
                        "unit_id": self.province.id,
                        "signer_user_id": user.id,
                    }
                )
            ),
            lambda: minutes.with_user(user).write(
                {"reader_user_ids": [Command.link(user.id)]}
            ),
            lambda: minutes.with_user(user).write({"is_restricted": False}),
            lambda: minutes.with_user(user).copy(),
        )
        for number, attempt in enumerate(attempts):
            with self.subTest(number), self.assertRaises(UserError):
                attempt()
        minutes.with_user(user).message_subscribe(user.partner_id.ids)
        self.assertNotIn(user.partner_id, minutes.message_partner_ids)
        self.assertFalse(minutes.with_user(user).has_access("read"))
