from odoo.tests import TransactionCase, tagged

from . import test_assignment as assignment
from . import test_ballot as ballot
from . import test_blind as blind
from . import test_calibration as calibration
from . import test_complaint as complaint
from . import test_conflict as conflict
from . import test_declaration as declaration
from . import test_regulation as regulation
from . import test_results as results
from . import test_round_rubric as round_rubric
from . import test_rubric as rubric
from . import test_rubric_opinion as opinion
from . import test_rubric_scale as rubric_scale
from . import test_sight as sight
from . import test_verdict_sight as verdict_sight

# Where each option of a law is proved to change what a council does
LAW = regulation.TestRegulation
SCALE = rubric_scale.TestRubricScale
ROUND = round_rubric.TestRoundRubric
OPINION = opinion.TestRubricOpinion
GROUNDS = conflict.TestConflict.test_every_ground_has_its_own_level
OPTIONS = {
    "emulation.regulation": {
        "aggregation": LAW.test_aggregation,
        "trim_min_sheets": LAW.test_trim_min_sheets,
        "outlier_points": LAW.test_outlier_points,
        "min_valid_sheets": LAW.test_min_valid_sheets,
        "pass_score": LAW.test_pass_score,
        "rounding_digits": LAW.test_rounding_digits,
        "doubt_margin": LAW.test_doubt_margin,
        "tie_key_ids": LAW.test_tie_keys_in_their_order,
        "quorum_num": LAW.test_quorum,
        "quorum_den": LAW.test_quorum,
        "quorum_base": LAW.test_quorum,
        "ballot_mode": ballot.TestBallot.test_without_a_ballot_the_score_decides,
        "ballot_num": ballot.TestBallot.test_other_ratio,
        "ballot_den": ballot.TestBallot.test_other_ratio,
        "ballot_base": ballot.TestBallot.test_base_present,
        "ballot_told_from": (
            verdict_sight.TestSecretCountTold.test_count_is_told_from_so_many_votes
        ),
        "is_blind": blind.TestNotBlind.test_members_see_the_whole_dossier,
        "peer_sheets": sight.TestPeerSheets.test_once_the_scores_are_final,
        "peer_min_sheets": sight.TestPeerSheets.test_too_few_others_are_not_shown,
        "author_sight": sight.TestAuthorSight.test_grade_alone,
        "reviewers_per_dossier": (
            assignment.TestAssignments.test_everyone_scores_where_the_regulation_names_nobody
        ),
        "review_days": assignment.TestAssignments.test_sheets_are_due_by_the_regulation,
        "reminder_days": (
            assignment.TestAssignments.test_no_reminder_where_the_regulation_wants_none
        ),
        "calibration_min_sheets": (
            calibration.TestCalibration.test_the_regulation_says_from_how_many_sheets
        ),
        "conflict_unit_level": GROUNDS,
        "conflict_line_level": GROUNDS,
        "conflict_coauthor_level": GROUNDS,
        "conflict_handling_level": GROUNDS,
        "conflict_kinship_level": (
            declaration.TestDeclaration.test_the_regulation_weighs_a_declared_interest
        ),
        "conflict_interest_level": (
            declaration.TestDeclaration.test_the_regulation_weighs_a_declared_interest
        ),
        "conflict_years": (
            conflict.TestConflict.test_a_common_dossier_of_the_last_years
        ),
        "complaint_days": complaint.TestComplaint.test_regulation_says_how_long,
        "complaint_answer_days": complaint.TestComplaint.test_regulation_says_how_long,
        "embargo_days": (
            results.TestEmbargo.test_regulation_sets_the_embargo_of_every_session
        ),
        "zscore_min_sheets": (
            results.TestResults.test_regulation_says_from_how_many_sheets_on
        ),
    },
    "emulation.regulation.tie.key": {
        "kind": LAW.test_tie_key_forgets_a_criterion_it_does_not_use,
        "criterion_code": LAW.test_tie_keys_in_their_order,
        "sequence": LAW.test_tie_keys_in_their_order,
    },
    "emulation.rubric": {
        "scale": SCALE.test_weights_change_the_score,
        "purpose": ROUND.test_a_rubric_for_units_scores_no_dossier,
        "movement_id": OPINION.test_from_draft_to_force,
        "date_opinions_due": OPINION.test_answers_come_in_time_and_with_reasons,
        "opinion_summary": OPINION.test_from_draft_to_force,
        "approval_reference": OPINION.test_from_draft_to_force,
        "date_approved": OPINION.test_an_approval_has_its_day,
    },
    "emulation.rubric.group": {"points": SCALE.test_groups_share_out_the_points},
    "emulation.rubric.criterion": {
        "max_points": rubric.TestRubricDraft.test_missing_parts_are_named,
        "weight": SCALE.test_weights_change_the_score,
        "min_points": SCALE.test_knock_out_by_mean_or_by_majority,
        "min_rule": SCALE.test_half_of_the_sheets_is_no_majority,
    },
    "emulation.rubric.criterion.band": {
        "score_from": SCALE.test_faults_of_bands_are_named,
        "score_to": SCALE.test_faults_of_bands_are_named,
        "text": rubric_scale.TestScaleOnSheets.test_result_is_weighed_and_explained,
    },
    "emulation.rubric.grade": {
        "score_from": rubric.TestRubricDraft.test_a_border_between_grades_can_move,
        "score_to": rubric.TestRubricDraft.test_a_border_between_grades_can_move,
        "is_pass": rubric.TestRubricDraft.test_missing_parts_are_named,
    },
}
# What tells a law or a line from another, and decides nothing
NAMES = {"name", "code", "note", "sequence", "descriptor", "date_start", "date_end"}


@tagged("post_install", "-at_install")
class TestLawOptions(TransactionCase):
    """No option of a law is without a test that it changes something."""

    def test_each_option_is_proved(self):
        for model, proofs in OPTIONS.items():
            with self.subTest(model):
                fields = self.env[model]._fields.values()
                options = {
                    field.name
                    for field in fields
                    if field.store and not field.compute and not field.related
                    and not field.readonly and field._module == "emulation"
                    and field.type != "one2many"
                }  # fmt: skip
                parents = {
                    field.name
                    for field in fields
                    if field.type == "many2one" and field.comodel_name in OPTIONS
                }
                self.assertLessEqual(options - NAMES - parents, proofs.keys())
                self.assertLessEqual(proofs.keys(), set(self.env[model]._fields))
                for proof in proofs.values():
                    self.assertTrue(callable(proof))
                    self.assertRegex(proof.__name__, "^test_")
