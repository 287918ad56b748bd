from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestInitiativeForgery(AppraisalCommon):
    """What no form offers and an RPC may still send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.initiative = cls._create_initiative()

    def _values(self, **vals):
        return {
            "name": "Giả",
            "unit_id": self.commune_a1.id,
            "round_id": self.round.id,
            "kind_id": self.env.ref("emulation.initiative_kind_initiative").id,
            "field_id": self.env.ref("emulation.field_mechanics").id,
            "theme_id": self.env.ref("emulation.theme_nd2").id,
            **vals,
        }

    def test_state_is_moved_by_the_table_alone(self):
        for state in ("endorsed", "eligible", "in_appraisal", "recognised"):
            with (
                self.subTest(state),
                self.assertRaisesRegex(UserError, "you cannot move it"),
            ):
                self.initiative.write({"state": state})

    def test_nothing_slips_in_beside_the_state(self):
        """What is written along with the state is judged with it."""
        other = self._create_round("T-OTHER")
        other.action_close()
        for vals in (
            {"problem": False},
            {"attachment_ids": [Command.clear()]},
            {"round_id": other.id},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                self.initiative.write({"state": "submitted", **vals})

    def test_creation_begins_as_a_draft(self):
        Initiative = self.env["emulation.initiative"].with_user(self.officer_a1)
        values = self._values()
        with self.assertRaisesRegex(UserError, "first state"):
            Initiative.create({**values, "state": "recognised"})
        with self.assertRaisesRegex(UserError, "first state"):
            Initiative.with_context(default_state="recognised").create(values)
        self.env["ir.default"].with_user(self.officer_a1).set(
            "emulation.initiative", "state", "recognised", user_id=True
        )
        with self.assertRaisesRegex(UserError, "first state"):
            Initiative.create(values)

    def test_workflow_fields_are_written_by_the_workflow(self):
        forged = {
            "code": "SK-1",
            "submitted_user_id": self.officer_b1.id,
            "date_submitted": "2020-01-01",
            "endorsed_user_id": self.head_a1.id,
            "date_endorsed": "2020-01-01",
            "return_reason": "x",
            "date_return_due": "2030-01-01",
            "date_recognised": "2020-01-01",
            "unit_path": "1/",
            "search_text": "x",
        }
        Initiative = self.env["emulation.initiative"].with_user(self.officer_a1)
        for name, value in forged.items():
            with self.subTest(name):
                with self.assertRaisesRegex(AccessError, "set by the workflow"):
                    self.initiative.write({name: value})
                with self.assertRaisesRegex(AccessError, "set by the workflow"):
                    Initiative.create(self._values(**{name: value}))
                context = {f"default_{name}": value}
                with self.assertRaisesRegex(AccessError, "set by the workflow"):
                    Initiative.with_context(**context).create(self._values())

    def test_a_dossier_stays_within_the_officers_units(self):
        with self.assertRaises(AccessError):
            self.initiative.unit_id = self.commune_b1
        with self.assertRaises(AccessError):
            self._create_initiative(unit=self.commune_b1)

    def test_an_author_line_stays_with_its_dossier(self):
        other = self._create_initiative("Khác", self.commune_b1, user=self.officer_b1)
        author = self.initiative.author_ids[0]
        with self.assertRaisesRegex(UserError, "cannot be moved"):
            author.initiative_id = other
        with self.assertRaises(AccessError):
            other.author_ids[0].with_user(self.officer_a1).share = 1
        with self.assertRaises(AccessError):
            self.initiative.author_ids = [
                Command.update(other.author_ids[0].id, {"share": 1})
            ]

    def test_files_of_others_cannot_be_linked(self):
        """A link would re-home the file, and with it the right to read it."""
        theirs = self._create_initiative("Khác", self.commune_b1, user=self.officer_b1)
        stray = (
            self.env["ir.attachment"]
            .with_user(self.officer_b1)
            .create({"name": "rieng.pdf", "raw": b"bi mat"})
        )
        company_file = self.env["ir.attachment"].create(
            {
                "name": "x.pdf",
                "raw": b"bi mat",
                "res_model": "res.company",
                "res_id": self.env.company.id,
            }
        )
        for file in (theirs.attachment_ids, stray, company_file):
            home = (file.sudo().res_model, file.sudo().res_id)
            with self.subTest(home), self.assertRaises(AccessError):
                self.initiative.attachment_ids = [Command.link(file.id)]
            self.assertEqual((file.sudo().res_model, file.sudo().res_id), home)

    def test_own_upload_follows_the_dossier(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.officer_a1)
            .create({"name": "anh.png", "raw": b"\x89PNG\r\n\x1a\n"})
        )
        self.initiative.attachment_ids = [Command.link(file.id)]
        self.assertEqual(file.res_id, self.initiative.id)
        self.assertTrue(file.with_user(self.head_a1).has_access("read"))
        self.assertFalse(file.with_user(self.officer_b1).has_access("read"))

    def test_the_dialog_returns_nothing_out_of_reach(self):
        theirs = self._create_initiative("Khác", self.commune_b1, user=self.officer_b1)
        theirs.sudo().write({"state": "submitted"})
        wizard = self.env["emulation.initiative.return"].with_user(self.head_a1)
        values = {"initiative_ids": [Command.set(theirs.ids)], "reason": "x"}
        with self.assertRaises(AccessError):
            wizard.create(values).action_confirm()
        with self.assertRaises(AccessError):
            wizard.create({**values, "outcome": "refuse"}).action_confirm()
        self.assertFalse(theirs.return_reason)

    def test_refusal_is_for_examiners(self):
        self._endorse(self.initiative)
        wizard = (
            self.env["emulation.initiative.return"]
            .with_user(self.head_a1)
            .create(
                {
                    "initiative_ids": [Command.set(self.initiative.ids)],
                    "reason": "x",
                    "outcome": "refuse",
                    "date_due": Date.today(),
                }
            )
        )
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertEqual(self.initiative.state, "endorsed")
