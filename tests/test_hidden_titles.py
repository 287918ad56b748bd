from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_use import UseCommon


@tagged("post_install", "-at_install")
class TestHiddenTitles(UseCommon):
    """Links to dossiers, typed by a client, tell nothing of what it may not read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hidden = cls._create_initiative("Tên còn giấu kín")

    def _tell(self, attempt):
        """Return all that an attempt answers: its result, or its refusal."""
        try:
            with self.env.cr.savepoint():
                return str(attempt())
        except (AccessError, UserError) as refusal:
            return str(refusal)

    def _attempts(self, model, field, **more):
        """Yield what a client of another unit may try with a dossier's number."""
        records = self.env[model].with_user(self.officer_b1)
        vals = {field: self.hidden.id, **more}
        named = {"fields": {"display_name": {}}}
        spec = {field: named, "display_name": {}}
        yield lambda: records.create(vals).web_read(spec)
        yield lambda: records.web_save(vals, spec)
        for name in ("initiative_name", "author_names", "owner_unit_id"):
            if name in records._fields:
                spec[name] = {}
        yield lambda: records.onchange(vals, [field], spec)
        nested = {**vals, field: {"id": self.hidden.id}}
        yield lambda: records.onchange(nested, [field], spec)
        begun = records.with_context(**{f"default_{name}": vals[name] for name in vals})
        yield lambda: begun.onchange({}, [], spec)
        yield lambda: begun.create({}).web_read(spec)

    def test_no_link_tells_a_title(self):
        unit = {"unit_id": self.commune_b1.id}
        cases = (
            ("emulation.initiative.adoption", "initiative_id", unit),
            ("emulation.initiative.adoption", "entry_id", unit),
            ("emulation.remuneration", "initiative_id",
             {**unit, "date_start": "2020-01-01"}),
            ("emulation.initiative.transfer", "initiative_id",
             {"target_unit_id": self.commune_b1.id, "reason": "Thử"}),
            ("emulation.share.paper", "initiative_id", {"scan": "JVBERg=="}),
            ("emulation.initiative.author", "initiative_id",
             {"partner_id": self.officer_b1.partner_id.id, "share": 1}),
            ("emulation.initiative.development", "initiative_id", {"stage": "idea"}),
        )  # fmt: skip
        for model, field, more in cases:
            for number, attempt in enumerate(self._attempts(model, field, **more)):
                with self.subTest(model, field=field, attempt=number):
                    answer = self._tell(attempt)
                    self.assertNotIn(self.hidden.name, answer)
                    self.assertNotIn("Lê Văn Thử", answer)

    def test_candidate_is_not_turned_into_a_hidden_dossier(self):
        need = (
            self.env["emulation.need"]
            .with_user(self.officer_b1)
            .create(
                {
                    "name": "Kẹp nhiều phôi trên máy dập",
                    "unit_id": self.commune_b1.id,
                    "field_id": self.env.ref("emulation.field_mechanics").id,
                    "problem": "Kẹp từng phôi",
                }
            )
        )
        need.action_find()
        match = need.match_ids[0]
        for vals in ({"entry_id": self.hidden.id}, {"initiative_id": self.hidden.id}):
            answer = self._tell(lambda vals=vals: match.write(vals))
            self.assertNotIn(self.hidden.name, answer)
            self.assertNotEqual(match.sudo().initiative_id, self.hidden)

    def test_candidate_is_proposed_by_hand(self):
        need = (
            self.env["emulation.need"]
            .with_user(self.officer_b1)
            .create(
                {
                    "name": "Khác hẳn",
                    "unit_id": self.commune_b1.id,
                    "field_id": self.env.ref("emulation.field_health").id,
                    "problem": "Không có",
                    "match_ids": [(0, 0, {"entry_id": self.recognised.id})],
                }
            )
        )
        self.assertEqual(need.match_ids.origin, "person")
