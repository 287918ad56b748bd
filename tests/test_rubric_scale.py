from decimal import Decimal

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import BaseCase, Form, tagged
from odoo.tools import mute_logger

from ..tools import scoring
from ..tools.bands import read_bands, show_range
from ..tools.scoring import Sheet
from .common_appraisal import AppraisalCommon
from .law_common import LawCommon


@tagged("post_install", "-at_install")
class TestBandsText(BaseCase):
    """A scale pasted as text is read line by line."""

    def test_lines_become_bands(self):
        lines = ["Xem xét:", "- 27–30: hoàn toàn mới", "7,5 - 10.25: khá: tốt"]
        text = "\n".join([*lines, "0: trùng", "5–1: x"])
        self.assertEqual(
            read_bands(text),
            [
                {"from": 27, "to": 30, "text": "hoàn toàn mới"},
                {"from": 7.5, "to": 10.25, "text": "khá: tốt"},
                {"from": 0, "to": 0, "text": "trùng"},
            ],
        )
        self.assertEqual(read_bands(None), [])

    def test_ranges_print_as_on_paper(self):
        self.assertEqual(show_range(27, 30), "27–30")
        self.assertEqual(show_range(7.5, 10), "7,5–10")
        self.assertEqual(show_range(0, 0), "0")


@tagged("post_install", "-at_install")
class TestRubricScale(LawCommon):
    """Groups, weights, bands and knock-outs of a rubric."""

    def _weigh(self, rubric, *weights):
        rubric.scale = "weights"
        for criterion, weight in zip(rubric.criterion_ids, weights, strict=True):
            criterion.weight = weight

    def _rules(self, rubric, **vals):
        number = self.env["emulation.regulation"].search_count([])
        return rubric._as_rules(self._create_regulation(f"Q{number}", **vals))

    def test_weights_change_the_score(self):
        """A 60 of 60 and a 0 of 40: 60 points, but only 30 where novelty weighs 30."""
        rubric = self._create_rubric()
        sheets = [Sheet(n, {"A": Decimal(60), "B": Decimal(0)}) for n in range(3)]
        self.assertEqual(scoring.evaluate(sheets, self._rules(rubric)).score, 60)
        self._weigh(rubric, 30, 70)
        result = scoring.evaluate(sheets, self._rules(rubric))
        self.assertEqual((result.score, result.passed), (30, False))
        self.assertEqual(scoring.replay(result.steps), result)

    def test_weights_of_a_third_stay_exact(self):
        rubric = self._create_rubric()
        rubric.criterion_ids.max_points = 9
        self._weigh(rubric, 50, 50)
        sheets = [Sheet(n, {"A": Decimal(6), "B": Decimal(3)}) for n in range(3)]
        result = scoring.evaluate(sheets, self._rules(rubric))
        self.assertEqual(result.score, 50)
        self.assertEqual(scoring.replay(result.steps), result)

    def test_weights_total_100(self):
        rubric = self._create_rubric()
        self._weigh(rubric, 30, 60)
        self.assertEqual(rubric.total_points, 90)
        with self.assertRefused(UserError, r"total 90[.,]00 instead of 100"):
            rubric.action_put_in_force()
        rubric.criterion_ids[1].weight = 0
        self.assertRegex(rubric.fault_text, "“Effect” has no weight")
        self._weigh(rubric, 30, 70)
        rubric.criterion_ids.max_points = 10
        rubric.action_put_in_force()
        self.assertEqual(rubric.state, "in_force")

    def test_knock_out_by_mean_or_by_majority(self):
        """Two of three below, though their mean reaches the minimum."""
        rubric = self._create_rubric()
        novelty = rubric.criterion_ids[0]
        novelty.min_points = 20
        points = (10, 19, 60)
        sheets = [Sheet(n, {"A": Decimal(p), "B": Decimal(40)}) for n, p in
                  enumerate(points)]  # fmt: skip
        result = scoring.evaluate(sheets, self._rules(rubric))
        self.assertEqual((result.knocked_out, result.passed), ((), True))
        novelty.min_rule = "majority"
        result = scoring.evaluate(sheets, self._rules(rubric))
        self.assertEqual((result.knocked_out, result.passed), (("A",), False))
        self.assertEqual(scoring.replay(result.steps), result)
        novelty.min_points = 0
        result = scoring.evaluate(sheets, self._rules(rubric))
        self.assertEqual(result.knocked_out, ())

    def test_half_of_the_sheets_is_no_majority(self):
        rubric = self._create_rubric()
        rubric.criterion_ids[0].write({"min_points": 20, "min_rule": "majority"})
        for points, out in (((10, 10, 30, 30), ()), ((10, 10, 10, 60), ("A",))):
            sheets = [Sheet(n, {"A": Decimal(p), "B": Decimal(40)}) for n, p in
                      enumerate(points)]  # fmt: skip
            result = scoring.evaluate(sheets, self._rules(rubric))
            self.assertEqual(result.knocked_out, out)

    def test_groups_share_out_the_points(self):
        rubric = self._create_rubric()
        rubric.group_ids = [
            Command.create({"code": "I", "name": "Content", "points": 60}),
            Command.create({"code": "II", "name": "Value", "points": 30}),
        ]
        self.assertRegex(rubric.fault_text, "“Novelty” belongs to no group")
        first, second = rubric.group_ids
        rubric.criterion_ids[0].group_id = first
        rubric.criterion_ids[1].group_id = second
        message = r"group “Value” total 40[.,]00 instead of 30[.,]00"
        with self.assertRefused(UserError, message):
            rubric.action_put_in_force()
        second.points = 40
        self.assertFalse(rubric.fault_text)
        rubric.action_put_in_force()

    def test_group_of_another_rubric_is_refused(self):
        rubric, other = self._create_rubric(), self._create_rubric("O")
        group = {"code": "I", "name": "Content", "points": 60, "rubric_id": other.id}
        group = self.env["emulation.rubric.group"].create(group)
        with self.assertRefused(ValidationError, "Novelty.*another rubric"):
            rubric.criterion_ids[0].group_id = group

    def test_faults_of_bands_are_named(self):
        rubric = self._create_rubric()
        novelty = rubric.criterion_ids[0]
        novelty.band_ids = [
            Command.create({"score_from": 50, "score_to": 61, "text": "New"}),
            Command.create({"score_from": 1, "score_to": 50, "text": "Fair"}),
        ]
        self.assertRegex(rubric.fault_text, "“Novelty”: the band 50–61 goes beyond")
        self.assertRegex(rubric.fault_text, "the bands 1–50 and 50–61 overlap")
        novelty.band_ids[0].score_to = 60
        novelty.band_ids[1].score_to = 49.5
        self.assertFalse(rubric.fault_text)
        self.assertRegex(novelty._get_bands_text(), r"^50–60: New\n1–49[.,]5: Fair$")

    def test_guidance_is_the_scale_of_a_criterion_without_bands(self):
        criterion = self._create_rubric().criterion_ids[0]
        criterion.descriptor = "Look at it\n0–9: little\n10–60: much"
        self.assertEqual(criterion._get_bands_text(), "10–60: much\n0–9: little")
        criterion.band_ids = [
            Command.create({"score_from": 5, "score_to": 6, "text": "Own"})
        ]
        self.assertEqual(criterion.bands_text, "5–6: Own")

    @mute_logger("odoo.sql_db")
    def test_impossible_lines_are_refused(self):
        rubric = self._create_rubric()
        rubric.group_ids = [Command.create({"code": "I", "name": "G", "points": 1})]
        criterion = rubric.criterion_ids[0]
        criterion.band_ids = [
            Command.create({"score_from": 5, "score_to": 6, "text": "Own"})
        ]
        for line, vals in (
            (rubric.group_ids, {"points": 0}),
            (rubric.group_ids, {"points": 101}),
            (criterion.band_ids, {"score_from": 7}),
            (criterion.band_ids, {"score_from": -1}),
            (criterion, {"weight": -1}),
            (criterion, {"weight": 101}),
        ):
            with self.subTest(vals), self.assertRaises(CheckViolation):
                line.write(vals)
        with self.assertRaises(UniqueViolation):
            rubric.group_ids.copy({"rubric_id": rubric.id})

    def _create_whole(self):
        rubric = self._create_rubric()
        rubric.group_ids = [
            Command.create({"code": "I", "name": "Content", "points": 60}),
            Command.create({"code": "II", "name": "Value", "points": 40}),
        ]
        for criterion, group in zip(
            rubric.criterion_ids, rubric.group_ids, strict=True
        ):
            band = {"score_from": 1, "score_to": 9, "text": "Some"}
            criterion.write({"group_id": group.id, "band_ids": [Command.create(band)]})
        rubric.action_put_in_force()
        return rubric.with_user(self.manager_user)

    def test_new_version_copies_everything(self):
        rubric = self._create_whole()
        action = rubric.action_new_version()
        version = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(version.group_ids.mapped("code"), ["I", "II"])
        self.assertFalse(version.group_ids & rubric.group_ids)
        for criterion, group in zip(
            version.criterion_ids, version.group_ids, strict=True
        ):
            self.assertEqual(criterion.group_id, group)
            self.assertEqual(criterion.band_ids.mapped("text"), ["Some"])
        self.assertFalse(version.fault_text)
        version.with_user(self.manager_user).group_ids.name = "Free"

    def test_in_force_not_even_bands_and_groups_change(self):
        rubric = self._create_whole()
        group, band = rubric.group_ids[0], rubric.criterion_ids.band_ids[0]
        changes = {
            "group": lambda: group.write({"name": "X"}),
            "group removed": lambda: group.unlink(),
            "band": lambda: band.write({"text": "X"}),
            "band removed": lambda: band.unlink(),
            "band added": lambda: band.copy({"score_from": 10, "score_to": 11}),
            "through the criterion": lambda: band.criterion_id.write(
                {"band_ids": [Command.update(band.id, {"text": "X"})]}
            ),
            "through the rubric": lambda: rubric.write(
                {"group_ids": [Command.update(group.id, {"name": "X"})]}
            ),
            "scale": lambda: rubric.write({"scale": "weights"}),
        }
        for name, change in changes.items():
            with self.subTest(name):
                with self.assertRefused(UserError, "Rubric R.*[Mm]ake a new version"):
                    change()

    def test_form_writes_groups_weights_and_bands(self):
        with Form(self.env["emulation.rubric"].with_user(self.manager_user)) as form:
            form.name, form.code, form.scale = "Scale", "SC", "weights"
            with form.group_ids.new() as group:
                group.code, group.name, group.points = "I", "All", 100
            for code, low in (("KD", 0), ("D", 50)):
                with form.grade_ids.new() as line:
                    line.code = line.name = code
                    line.score_from, line.score_to = low, low + 50
                    line.is_pass = low > 0
        rubric = form.record
        with Form(rubric) as form, form.criterion_ids.new() as line:
            line.code = line.name = "TM"
            line.max_points, line.weight = 10, 100
            line.group_id = rubric.group_ids
        band = {"score_from": 9, "score_to": 10, "text": "Wholly new"}
        rubric.criterion_ids.band_ids = [Command.create(band)]
        self.assertEqual(rubric.criterion_ids.bands_text, "9–10: Wholly new")
        self.assertFalse(rubric.fault_text)


@tagged("post_install", "-at_install")
class TestScaleOnSheets(AppraisalCommon):
    """The scale reaches the member's sheet and the result."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rubric = cls.env.ref("emulation.rubric_initiative").copy(
            {"code": "W", "scale": "weights", "date_start": "2020-01-01"}
        )
        for criterion, weight in zip(
            rubric.criterion_ids, (10, 40, 30, 20), strict=True
        ):
            criterion.write({"max_points": 10, "weight": weight, "descriptor": False})
        rubric.criterion_ids[0].band_ids = [
            Command.create({"score_from": 9, "score_to": 10, "text": "Hoàn toàn mới"})
        ]
        rubric.action_put_in_force()
        cls.round = cls._create_round("W-2026", rubric_id=rubric.id)

    def test_sheet_totals_by_weight_and_shows_bands(self):
        session = self._open_session()
        self._score(session, self.member1_user, (10, 5, 5, 0), hand_in=False)
        sheet = self._sheet(session, self.member1_user)
        self.assertEqual(sheet.total, 45)
        self.assertEqual(sheet.line_ids[1].factor, 4)
        self.assertEqual(
            sheet.line_ids[0].bands,
            [{"from": 9, "to": 10, "label": "9–10", "text": "Hoàn toàn mới"}],
        )
        self.assertFalse(sheet.line_ids[1].bands)

    def test_result_is_weighed_and_explained(self):
        session = self._close(self._open_session(), (10, 5, 5, 0))
        verdict = session.evaluation_ids.sudo().verdict_ids
        self.assertEqual((verdict.score, verdict.is_pass), (45, False))
        self.assertRegex(
            verdict.with_context(lang="en_US").calculation_text, "Weights:.*HQ: 40"
        )
        invariants = self.env["emulation.invariant"]
        invariants.action_check()
        total = [("code", "in", ("06_sheet_total", "05_points_total_100"))]
        self.assertEqual(invariants.search(total).mapped("is_broken"), [False] * 2)


@tagged("post_install", "-at_install")
class TestLawMidRound(AppraisalCommon):
    """What dossiers are judged by does not change in the middle of a round."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.other = cls.env.ref("emulation.regulation_default").copy({"code": "QC-2"})
        cls.kept = cls.round.with_user(cls.movement_user)

    def test_regulation_is_fixed_by_the_first_dossier(self):
        self.other.action_put_in_force()
        self.kept.regulation_id = self.other
        self._endorse(self._create_initiative())
        with self.assertRaisesRegex(UserError, "has received dossiers.*next round"):
            self.kept.regulation_id = self.env.ref("emulation.regulation_default")
        # the same one once more is no change
        self.kept.regulation_id = self.other

    def test_open_round_takes_no_draft(self):
        with self.assertRaisesRegex(UserError, "still a draft and may change"):
            with self.cr.savepoint():
                self.kept.regulation_id = self.other
        draft = self.env.ref("emulation.rubric_initiative").copy({"code": "SK-2"})
        with self.assertRaisesRegex(UserError, "still a draft and may change"):
            with self.cr.savepoint():
                self.kept.rubric_id = draft
        self.assertNotEqual(self.round.rubric_id, draft)

    def test_draft_that_is_used_is_fixed(self):
        """However it came there, e.g. by an import of the house."""
        evaluation = self._endorse(self._create_initiative())
        self.env.cr.execute(
            "UPDATE emulation_round SET regulation_id = %s WHERE id = %s",
            [self.other.id, self.round.id],
        )
        draft = self.env.ref("emulation.rubric_initiative").copy({"code": "SK-2"})
        evaluation.sudo().rubric_id = draft
        self.env.invalidate_all()
        for law, change in (
            (self.other, {"pass_score": 1}),
            (draft, {"name": "X"}),
        ):
            mine = law.with_user(self.manager_user)
            with self.subTest(law._name):
                with self.assertRaisesRegex(UserError, "already judged by"):
                    mine.write(change)
                with self.assertRaisesRegex(UserError, "already judged by"):
                    mine.unlink()
        with self.assertRaisesRegex(UserError, "already judged by"):
            draft.criterion_ids[0].max_points = 1


@tagged("post_install", "-at_install")
class TestReadySheets(LawCommon):
    """The score sheets that come with the addon are complete drafts."""

    NAMES = ("groups", "son_la", "ham_yen", "knock_out", "weights", "seven", "ha_nam")

    def test_each_can_be_put_in_force_and_says_where_it_comes_from(self):
        for name in self.NAMES:
            rubric = self.env.ref(f"emulation.rubric_sheet_{name}")
            # a demo may be asking its units about one of them
            rubric = rubric.copy({"movement_id": False})
            with self.subTest(rubric.code):
                self.assertEqual((rubric.state, rubric.fault_text), ("draft", ""))
                self.assertEqual(rubric.total_points, 100)
                self.assertTrue(rubric.note)
                rubric.with_user(self.manager_user).action_put_in_force()

    def test_ready_knock_out_fails_a_high_total(self):
        rubric = self.env.ref("emulation.rubric_sheet_knock_out")
        best = {one.code: Decimal(str(one.max_points)) for one in rubric.criterion_ids}
        rules = rubric._as_rules(self._create_regulation())
        for points, passed in ((10, True), (9, False)):
            sheet = {**best, "A2": Decimal(points)}
            result = scoring.evaluate([Sheet(n, sheet) for n in range(3)], rules)
            self.assertEqual(result.passed, passed, result.score)

    def test_ready_bands_of_novelty(self):
        bands = self.env.ref("emulation.rubric_sheet_son_la_tm")._get_bands()
        self.assertEqual(
            [one["label"] for one in bands], ["27–30", "21–26", "16–20", "1–15", "0"]
        )
