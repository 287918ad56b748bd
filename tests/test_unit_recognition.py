import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import Form, tagged

from .common_appraisal import AppraisalCommon


class RecognitionCommon(AppraisalCommon):
    """Dossiers handed in, and the dialog in which a head recognises them."""

    @classmethod
    def _submit(cls, name="Đồ gá kẹp đa vị trí", **vals):
        initiative = cls._create_initiative(name, **vals)
        initiative.action_submit()
        return initiative

    def _decide_in_unit(self, initiatives, user=None, **vals):
        """Fill in the dialog as the head (of A1 by default) and confirm it."""
        user = user or self.head_a1
        action = initiatives.with_user(user).action_open_endorse()
        wizard = self.env[action["res_model"]].with_user(user)
        with Form(wizard.with_context(**action["context"])) as form:
            if form.act != "recognise":
                form.act = "recognise"
            form.number = vals.pop("number", "15/QĐ-UBND")
            form.date = vals.pop("date", Date.today())
            for name, value in vals.items():
                setattr(form, name, value)
        form.record.action_confirm()


@tagged("post_install", "-at_install")
class TestUnitRecognition(RecognitionCommon):
    """The unit recognises by its own decision, or endorses (Decree 13/2012)."""

    def test_head_recognises_by_a_decision_with_its_scan(self):
        initiative = self._submit()
        scan = base64.b64encode(b"%PDF-1.4 quyet dinh")
        self._decide_in_unit(initiative, scan=scan)
        self.assertEqual(initiative.state, "endorsed")
        self.assertEqual(initiative.unit_decision_number, "15/QĐ-UBND")
        self.assertEqual(initiative.unit_decision_date, Date.today())
        self.assertEqual(initiative.unit_decision_unit_id, self.commune_a1)
        self.assertEqual(initiative.endorsed_user_id, self.head_a1)
        file = initiative.unit_decision_attachment_id
        self.assertEqual(file.res_id, initiative.id)
        self.assertIn(str(file.id), initiative.action_view_unit_decision()["url"])
        with self.assertRaises(AccessError):
            file.with_user(self.officer_b1).read(["name"])
        note = initiative.message_ids[0]
        self.assertIn("15/QĐ-UBND", note.body)
        self.assertEqual(note.author_id, self.head_a1.partner_id)

    def test_endorsing_only_leaves_no_decision(self):
        initiative = self._submit()
        action = initiative.with_user(self.head_a1).action_open_endorse()
        wizard = self.env[action["res_model"]].with_user(self.head_a1)
        form = Form(wizard.with_context(**action["context"]))
        self.assertEqual(form.act, "endorse")
        form.save().action_confirm()
        self.assertEqual(initiative.state, "endorsed")
        self.assertFalse(initiative.unit_decision_number)
        self.assertIn("Endorsed by the unit", initiative.message_ids[0].body)
        with self.assertRaisesRegex(UserError, "no scan"):
            initiative.action_view_unit_decision()

    def test_kind_that_must_be_recognised_is_not_just_endorsed(self):
        initiative = self._submit()
        initiative.kind_id.sudo().unit_act = "recognise"
        with self._refused(UserError, "must be recognised by “Xã An Một”"):
            initiative.with_user(self.head_a1).action_endorse()
        self._decide_in_unit(initiative)
        self.assertEqual(initiative.state, "endorsed")

    def test_an_idea_is_endorsed_beside_the_recognised(self):
        idea_kind = self.env.ref("emulation.initiative_kind_idea")
        idea_kind.unit_act = "endorse"
        idea = self._submit("Ý tưởng", kind_id=idea_kind.id, date_applied=False)
        with self._refused(UserError, "which a unit endorses without recognising"):
            self._wizard(idea, number="1", date=Date.today()).action_confirm()
        other = self._submit("Đã áp dụng")
        self._decide_in_unit(idea | other)
        self.assertEqual((idea | other).mapped("state"), ["endorsed"] * 2)
        self.assertEqual(
            (idea | other).mapped("unit_decision_number"), [False, "15/QĐ-UBND"]
        )

    def _wizard(self, initiatives, user=None, **vals):
        wizard = self.env["emulation.initiative.endorse"]
        return wizard.with_user(user or self.head_a1).create(
            {
                "initiative_ids": [Command.set(initiatives.ids)],
                "act": "recognise",
                **vals,
            }
        )

    def test_a_decision_has_a_number_and_a_date_that_can_be(self):
        initiative = self._submit()
        tomorrow = Date.add(Date.today(), days=1)
        for vals, words in (
            ({"number": "  ", "date": Date.today()}, "Enter both"),
            ({"number": "7", "date": False}, "Enter both"),
            ({"number": "7", "date": tomorrow}, "yet to come"),
            ({"number": "7", "date": "2026-01-04"}, "first applied on"),
        ):
            with self.subTest(words), self._refused(UserError, words):
                self._wizard(initiative, **vals).action_confirm()
        self.assertEqual(initiative.state, "submitted")
        self._wizard(initiative, number="7", date="2026-01-05").action_confirm()

    def test_one_number_is_one_decision_of_a_unit_and_year(self):
        one, other, third = (self._submit(name) for name in ("Một", "Hai", "Ba"))
        self._decide_in_unit(one, number="15/QĐ-UBND", date="2026-03-05")
        with self._refused(UserError, "no. 15/qđ-ubnd of 05/03/2026"):
            self._decide_in_unit(other, number="15/qđ-ubnd", date="2026-03-06")
        self._decide_in_unit(other, number="15/QĐ-UBND", date="2026-03-05")
        head_a2 = self._create_user("head_a2", "officer", self.commune_a2, "head")
        elsewhere = self._submit("Xã khác", unit=self.commune_a2, user=self.officer_a2)
        self._decide_in_unit(elsewhere, head_a2, number="15/QĐ-UBND", date="2026-03-06")
        self._decide_in_unit(third, number="16/QĐ-UBND", date="2026-03-06")
        decided = (one | other | elsewhere | third).mapped("state")
        self.assertEqual(set(decided), {"endorsed"})

    def test_only_the_endorser_recognises(self):
        initiative = self._submit()
        for user in (self.officer_a1, self.officer_a, self.movement_user):
            with self.subTest(user.login):
                with self.assertRaisesRegex(UserError, "you cannot move it"):
                    initiative.with_user(user).action_open_endorse()
                with self._refused(UserError, "you cannot move it"):
                    self._wizard(
                        initiative, user, number="7", date=Date.today()
                    ).action_confirm()
        with self.assertRaises(AccessError):
            self._wizard(
                initiative, self.officer_b1, number="7", date=Date.today()
            ).action_confirm()
        with self.assertRaisesRegex(AccessError, "set by the workflow alone"):
            initiative.with_user(self.head_a1).unit_decision_number = "99"
        self.assertFalse(initiative.unit_decision_number)

    def test_many_are_endorsed_in_one_act_or_none(self):
        initiatives = self._submit("Một") | self._submit("Hai")
        draft = self._create_initiative("Nháp")
        with self._refused(UserError, "you cannot move it"):
            self._wizard(
                initiatives | draft, number="7", date=Date.today()
            ).action_confirm()
        self.assertEqual(set(initiatives.mapped("state")), {"submitted"})
        self._decide_in_unit(initiatives)
        self.assertEqual(set(initiatives.mapped("state")), {"endorsed"})
        self.assertEqual(initiatives.evaluation_ids.mapped("state"), ["received"] * 2)
        self.assertFalse(initiatives.activity_ids)

    # TIME LIMITS

    def test_limits_follow_the_kind_on_the_day_of_handing_in(self):
        initiative = self._submit()
        today = Date.today()
        self.assertEqual(initiative.date_examine_due, Date.add(today, months=1))
        self.assertEqual(
            initiative.date_decide_due,
            Date.add(Date.add(today, months=1), months=3),
        )
        initiative.kind_id.sudo().write({"examine_months": 2, "decide_months": 0})
        self.assertEqual(initiative.date_examine_due, Date.add(today, months=1))
        later = self._submit("Sau")
        self.assertEqual(later.date_examine_due, Date.add(today, months=2))
        self.assertFalse(later.date_decide_due)

    def test_a_unit_past_its_limit_is_shown(self):
        initiative = self._submit()
        Initiative = self.env["emulation.initiative"].with_user(self.officer_a1)
        late = [("is_unit_late", "=", True), ("id", "=", initiative.id)]
        self.assertFalse(Initiative.search(late))
        initiative.sudo().date_submitted = Date.subtract(Date.today(), months=2)
        self.assertEqual(Initiative.search(late), initiative)
        self.assertTrue(initiative.is_unit_late)
        cards = self.env["emulation.my.work"].with_user(self.officer_a1).get_counters()
        card = next(
            card
            for section in cards["sections"]
            for card in section["cards"]
            if card["key"] == "submitted"
        )
        self.assertEqual((card["count"], card["late"]), (1, 1))
        initiative.with_user(self.head_a1).action_endorse()
        self.assertFalse(Initiative.search(late))
        self.assertFalse(initiative.is_unit_late)
