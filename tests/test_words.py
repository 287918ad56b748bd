from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_award import AwardCommon


@tagged("post_install", "-at_install")
class TestWords(AwardCommon):
    """A refusal in a Vietnamese session has no English word of ours in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("vi_VN")
        cls.module = cls.env.ref("base.module_emulation")
        cls.module._update_translations(["vi_VN"])

    def _workflows(self):
        for name, model in self.registry.items():
            if not model._abstract and hasattr(model, "_check_allowed"):
                yield self.env[name].with_context(lang="vi_VN")

    def test_every_label_of_a_workflow_is_translated(self):
        english = []
        for model in self._workflows():
            source = model.with_context(lang=None)
            state = model._fields["state"]
            told = dict(state._description_selection(model.env))
            for key, label in state._description_selection(source.env):
                if model._state_label(key) != told[key] or told[key] == label:
                    english.append((model._name, key, label))
            for name in model._locked_fields():
                field = model._fields.get(name)
                if field and model._field_label(name) == field.string:
                    english.append((model._name, name, field.string))
        self.assertFalse(english)

    def test_every_model_has_a_vietnamese_name(self):
        """What the access rules refuse is named by its model."""
        models = self.env["ir.model"].search([("model", "=like", "emulation.%")])
        english = [
            one.model
            for one in models
            if one.with_context(lang="vi_VN").name
            == one.with_context(lang="en_US").name
        ]
        self.assertFalse(english)

    def _assert_vietnamese(self, record, call, *words):
        """Refused in Vietnamese: with these words, and none of ours in English."""
        with self.assertRaises(UserError) as refusal, self.env.cr.savepoint():
            call(record.with_user(self.officer_a1).with_context(lang="vi_VN"))
        told = str(refusal.exception)
        for one in words:
            self.assertIn(one, told)
        source = record.with_context(lang=None)
        for _key, label in source._fields["state"]._description_selection(source.env):
            self.assertNotIn(label, told)
        self.assertNotIn(record._description, told)
        return told

    def test_refusals_of_several_models_speak_vietnamese(self):
        verdict = self._publish()
        nomination = self._nominate(verdict)
        proposal = self.env["emulation.proposal"].create(
            {
                "award_id": self.front_merit.id,
                "unit_id": self.commune_a1.id,
                "addressee": "Ban Thường trực",
            }
        )
        dossier = verdict.initiative_id
        book = self.env["emulation.publication"].create(
            {"name": "Sách", "unit_id": self.commune_a1.id}
        )
        records = (nomination, dossier, dossier.round_id, verdict.session_id, book)
        for record in (*records, proposal):
            states = record._fields["state"].get_values(self.env)
            target = next(
                one
                for one in reversed(states)
                if one not in record._transitions()[record.state]
                and one != record.state
            )
            label = record.with_context(lang="vi_VN")._state_label(target)
            with self.subTest(record._name):
                self._assert_vietnamese(
                    record, lambda one, to=target: one._check_allowed(to), label
                )
                self._assert_vietnamese(
                    record, lambda one: one._check_initial_state({"state": "x"})
                )
                name = sorted(record._locked_fields())[-1]
                self._assert_vietnamese(
                    record, lambda one, name=name: one._check_untouched({name: 1})
                )

    def test_what_no_screen_shows_is_not_named_in_english(self):
        nomination = self._nominate(self._publish())
        told = self._assert_vietnamese(
            nomination,
            lambda one: one.write({"unit_path": "1/", "award_code": "X"}),
            "Dữ liệu nội bộ",
        )
        self.assertNotIn("Unit Path", told)
        self.assertNotIn("Code", told)
