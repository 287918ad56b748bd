from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_appraisal import DEMO_SCORES, AppraisalCommon


@tagged("post_install", "-at_install")
class TestRoundRubric(AppraisalCommon):
    """Dossiers are scored by the rubric of their kind and field."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mechanics = cls.env.ref("emulation.field_mechanics")
        cls.dies = cls.env["emulation.field"].create(
            {"name": "Khuôn dập", "code": "T-KD", "parent_id": cls.mechanics.id}
        )
        cls.other_field = cls.env["emulation.field"].create(
            {"name": "Khác", "code": "T-KH"}
        )
        cls.idea = cls.env.ref("emulation.initiative_kind_idea")
        cls.rubrics = {}
        for code in ("kind", "field", "subfield", "both"):
            cls.rubrics[code] = cls._create_rubric(code)

    @classmethod
    def _create_rubric(cls, code):
        """Return a rubric in force with one criterion of 100 points."""
        rubric = cls.env["emulation.rubric"].create(
            {
                "name": f"Tiêu chí {code}",
                "code": f"T-{code}",
                "date_start": "2020-01-01",
                "criterion_ids": [
                    Command.create({"code": "X", "name": "Một", "max_points": 60}),
                    Command.create({"code": "Y", "name": "Hai", "max_points": 40}),
                ],
                "grade_ids": [
                    Command.create(
                        {
                            "code": f"D-{code}",
                            "name": f"Đạt theo {code}",
                            "score_from": 50,
                            "score_to": 100,
                            "is_pass": True,
                        }
                    ),
                    Command.create(
                        {
                            "code": f"K-{code}",
                            "name": "Không đạt",
                            "score_from": 0,
                            "score_to": 50,
                        }
                    ),
                ],
            }
        )
        rubric.action_put_in_force()
        return rubric

    def _add_lines(self, *lines):
        self.round.rubric_line_ids = [
            Command.create(
                {
                    "kind_id": kind and kind.id,
                    "field_id": field and field.id,
                    "rubric_id": self.rubrics[code].id,
                }
            )
            for kind, field, code in lines
        ]

    def test_the_most_exact_line_counts(self):
        self._add_lines(
            (self.idea, False, "kind"),
            (False, self.mechanics, "field"),
            (False, self.dies, "subfield"),
            (self.idea, self.mechanics, "both"),
        )
        usual = self.env.ref("emulation.initiative_kind_initiative")
        default = self.round.rubric_id
        for kind, field, rubric in (
            (usual, self.other_field, default),
            (usual, self.mechanics, self.rubrics["field"]),
            (usual, self.dies, self.rubrics["subfield"]),
            (self.idea, self.other_field, self.rubrics["kind"]),
            (self.idea, self.mechanics, self.rubrics["both"]),
            (self.idea, self.dies, self.rubrics["both"]),
        ):
            with self.subTest(kind=kind.code, field=field.code):
                dossier = self._create_initiative(kind_id=kind.id, field_id=field.id)
                self.assertEqual(self.round._get_rubric(dossier), rubric)

    def test_one_line_for_a_kind_and_field(self):
        self._add_lines((self.idea, False, "kind"))
        for line in ((self.idea, False, "both"), (False, False, "both")):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self._add_lines(line)

    def test_rubric_is_fixed_when_the_dossier_is_received(self):
        self._add_lines((self.idea, False, "kind"))
        dossier = self._create_initiative(kind_id=self.idea.id, date_applied=False)
        evaluation = self._endorse(dossier)
        self.assertEqual(evaluation.rubric_id, self.rubrics["kind"])
        self.round.rubric_line_ids.rubric_id = self.rubrics["both"]
        self.round.rubric_id = self.rubrics["field"]
        self.assertEqual(evaluation.rubric_id, self.rubrics["kind"])
        with self.assertRaises(AccessError):
            evaluation.rubric_id = self.rubrics["both"]
        # what comes back is received anew
        dossier.with_user(self.movement_user)._return_to_complete("Sửa lại loại")
        dossier.write(
            {
                "kind_id": self.env.ref("emulation.initiative_kind_model").id,
                "date_applied": "2026-01-05",
            }
        )
        self._endorse(dossier)
        self.assertEqual(evaluation.rubric_id, self.rubrics["field"])

    def test_sheets_results_and_words_follow_the_rubric(self):
        self._add_lines((self.idea, False, "kind"))
        usual = self._create_initiative("Theo thang chung")
        idea = self._create_initiative(
            "Ý tưởng", kind_id=self.idea.id, date_applied=False
        )
        evaluations = self._make_eligible(usual | idea)
        session = self._plan_session(evaluations)
        session.action_open()
        for sheet in session.sudo().evaluation_ids.sheet_ids:
            of_idea = sheet.initiative_id == idea
            self.assertEqual(len(sheet.line_ids), 2 if of_idea else 4)
            points = (50, 40) if of_idea else DEMO_SCORES["D6"]
            own = sheet.with_user(sheet.user_id)
            for line, given in zip(own.line_ids, points, strict=True):
                line.points = given
            own.action_submit()
        kept = session.with_user(self.secretary_user)
        kept.action_mark_all_present()
        kept.action_close()
        verdicts = {
            one.initiative_id: one for one in session.evaluation_ids.sudo().verdict_ids
        }
        self.assertEqual(verdicts[idea].score, 90)
        self.assertEqual(verdicts[idea].grade_id.name, "Đạt theo kind")
        self.assertIn("Đạt theo kind", verdicts[idea].calculation_text)
        self.assertEqual(verdicts[usual].score, 48)
        self.assertNotIn("theo kind", verdicts[usual].calculation_text)
        self.assertEqual((verdicts[idea].rank, verdicts[usual].rank), (1, 2))
        printed = session._printed_rubrics()
        self.assertIn("Tiêu chí kind", printed)
        self.assertIn(self.round.rubric_id.name, printed)

    def test_lines_are_fixed_once_members_score(self):
        self._add_lines((self.idea, False, "kind"))
        self._open_session()
        rnd = self.round.with_user(self.movement_user)
        line = rnd.rubric_line_ids
        with self._refused(UserError, "has begun"):
            line.rubric_id = self.rubrics["both"]
        with self._refused(UserError, "has begun"):
            line.unlink()
        with self._refused(UserError, "has begun"):
            line.copy({"kind_id": False, "field_id": self.mechanics.id})

    def test_a_rubric_for_units_scores_no_dossier(self):
        for_units = self.rubrics["kind"].copy({"code": "T-DV2", "purpose": "unit"})
        rnd = self.round.copy({"code": "T-COPY"}).with_user(self.movement_user)
        with self._refused(UserError, "scores units, not initiatives"):
            rnd.rubric_id = for_units
        line = {"kind_id": self.idea.id, "rubric_id": for_units.id}
        with self._refused(UserError, "scores units, not initiatives"):
            rnd.rubric_line_ids = [Command.create(line)]
        for_units.purpose = "initiative"
        rnd.rubric_id = for_units
        rnd.rubric_line_ids = [Command.create(line)]

    def test_lines_are_judged_when_the_round_opens(self):
        rnd = self.round.copy({"code": "T-COPY"})
        rnd.rubric_line_ids = [
            Command.create(
                {
                    "kind_id": self.idea.id,
                    "rubric_id": self.env.ref("emulation.rubric_initiative_abc").id,
                }
            )
        ]
        with self._refused(UserError, "is not in force"):
            rnd.action_open()
        rnd.rubric_line_ids.rubric_id = self.rubrics["kind"]
        rnd.kind_ids -= self.idea
        with self._refused(UserError, "does not accept the kind"):
            rnd.action_open()
        rnd.kind_ids |= self.idea
        rnd.action_open()
