from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_appraisal import AppraisalCommon


@tagged("post_install", "-at_install")
class TestFrameworkDoors(AppraisalCommon):
    """What the framework lets every employee do changes nothing for others here."""

    TAKEN = "emulation.mail_template_share"

    def _create_named(self, user, xml_id, module="__import__"):
        """Create a filter that is to have an external identifier, as an import may."""
        filters = self.env["ir.filters"].with_user(user)
        return filters.with_context(_import_current_module=module).create(
            {
                "id": xml_id,
                "name": f"Bộ lọc {xml_id}",
                "model_id": "emulation.initiative",
                "user_ids": user.ids,
            }
        )

    # LINKS OF DIALOGS

    def _get_hidden_links(self):
        """Yield who opens which dialog on what they may not read."""
        session = self._close(self._open_session(["Tên còn giấu kín"])).sudo()
        evaluation = session.evaluation_ids
        verdict, sheet = evaluation.verdict_ids, evaluation.sheet_ids[0]
        outsider = self._create_user("outsider", "council")
        yield outsider, "emulation.conflict.rule", {"evaluation_id": evaluation.id}
        yield outsider, "emulation.assignment.change", {"evaluation_id": evaluation.id}
        yield outsider, "emulation.scoresheet.upload.line", {"sheet_id": sheet.id}
        dialog = self.env["emulation.nomination.propose"].with_user(self.movement_user)
        award = self.env["emulation.award"].search([], limit=1)
        dialog = dialog.create({"award_id": award.id, "session_id": session.id})
        vals = {"wizard_id": dialog.id, "verdict_id": verdict.id}
        yield self.movement_user, "emulation.nomination.propose.line", vals

    def test_no_dialog_names_what_is_hidden(self):
        for user, model, vals in self._get_hidden_links():
            dialogs = self.env[model].with_user(user)
            given = {f"default_{name}": value for name, value in vals.items()}
            with self.subTest(model):
                with self._refused(AccessError, "You may not choose"):
                    dialogs.create(vals)
                with self._refused(AccessError, "You may not choose"):
                    dialogs.with_context(**given).create({})

    def test_no_number_written_as_a_word_leads_to_what_is_hidden(self):
        """The database takes “5” for 5; whoever checks numbers would not."""
        *_others, (user, model, vals) = self._get_hidden_links()
        dialogs = self.env[model].with_user(user)
        for disguised in (str(vals["verdict_id"]), float(vals["verdict_id"])):
            with self._refused(UserError, "is no record to choose for “"):
                dialogs.create({**vals, "verdict_id": disguised})
        hidden = self._create_initiative("Tên cũng giấu kín")
        adoptions = self.env["emulation.initiative.adoption"].with_user(self.officer_b1)
        adoption = {"initiative_id": str(hidden.id), "unit_id": self.commune_b1.id}
        with self._refused(UserError, "is no record to choose for “"):
            adoptions.create({**adoption, "date_start": "2026-03-01"})

    # EXTERNAL IDENTIFIERS

    def test_identifier_of_the_application_names_what_it_named(self):
        template = self.env.ref(self.TAKEN)
        for xml_id in (self.TAKEN, "emulation.not_there_yet", "base.group_user"):
            for user in (self.internal_user, self.officer_a1, self.movement_user):
                with self._refused(AccessError, f"“{xml_id}” is taken"):
                    self._create_named(user, xml_id)
        with self._refused(AccessError, "is taken"):
            self._create_named(self.officer_a1, "not_there_yet", module="emulation")
        self.assertEqual(self.env.ref(self.TAKEN), template)

    def test_imports_name_their_own_records(self):
        made = self._create_named(self.officer_a1, "bo_loc_1")
        self.assertEqual(self.env.ref("__import__.bo_loc_1"), made)
        with self._refused(AccessError, "is taken"):
            self._create_named(self.officer_a1, "bo_loc_1")
        rows = [["so_cu.mot", "Bộ lọc nhập", "emulation.initiative"]]
        filters = self.env["ir.filters"].with_user(self.officer_a1)
        filters = filters.with_context(default_user_ids=self.officer_a1.ids)
        for _again in range(2):
            answer = filters.load(["id", "name", "model_id"], rows)
            self.assertTrue(answer["ids"], answer["messages"])
        self.assertEqual(self.env.ref("so_cu.mot").name, "Bộ lọc nhập")

    # FILTERS OF EVERYBODY

    def _keep_filter(self, user, **vals):
        return (
            self.env["ir.filters"]
            .with_user(user)
            .create(
                {
                    "name": "Chỉ của tôi",
                    "model_id": "emulation.initiative",
                    "domain": "[('id', '=', 0)]",
                    "is_default": True,
                    **vals,
                }
            )
        )

    def test_lists_of_everybody_begin_as_the_administrator_says(self):
        for user in (self.internal_user, self.officer_a1, self.movement_user):
            with self._refused(
                AccessError, "“Chỉ của tôi” would be kept for everybody"
            ):
                self._keep_filter(user, user_ids=[])
            own = self._keep_filter(user, user_ids=user.ids)
            with self._refused(AccessError, "would be kept for everybody"):
                own.user_ids = False
        shared = self._keep_filter(self.manager_user, user_ids=[])
        self.assertFalse(shared.user_ids)
        for attempt in (
            lambda one: one.unlink(),
            lambda one: one.write({"sort": "[]"}),
        ):
            with self._refused(AccessError, "would be kept for everybody"):
                attempt(shared.with_user(self.officer_a1))
        other = self._keep_filter(self.officer_a1, user_ids=[], model_id="res.partner")
        self.assertTrue(other, "other applications are as ever")
