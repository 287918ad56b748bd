import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..tools.invariants import INVARIANTS
from ..tools.scoring import replay

_logger = logging.getLogger(__name__)


class EmulationInvariant(models.Model):
    """Something that must always be true, checked every night and after every test.

    The statements are in ``tools/invariants.py``; this model keeps when each was
    last checked and which records broke it, for the administrator to act on.
    """

    _name = "emulation.invariant"
    _description = "Integrity Check"
    _order = "is_broken desc, code, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(string="What must be true", compute="_compute_name")
    model = fields.Char(readonly=True)
    date_checked = fields.Datetime(string="Last checked", readonly=True)
    is_broken = fields.Boolean(string="Broken", readonly=True)
    broken_count = fields.Integer(readonly=True)
    broken_ids = fields.Char(
        string="Records", readonly=True, help="Ids of the first records that break it"
    )

    _code_unique = models.UniqueIndex("(code)", "This check already exists.")

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        labels = self._labels()
        for line in self:
            line.name = labels.get(line.code, line.code)

    # ACTIONS

    @api.model
    def action_check(self):
        """Run every check now and show the list.

        :raises AccessError: for anybody but a movement manager
        """
        if not self.env.user.has_group("emulation.group_emulation_manager"):
            raise AccessError(
                self.env._("Only a movement manager runs the integrity checks.")
            )
        self.sudo()._check_and_store()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_invariant_action"
        )

    def action_view_records(self):
        """Open the records that break this check."""
        self.ensure_one()
        ids = [int(number) for number in (self.broken_ids or "").split(",") if number]
        return {
            "type": "ir.actions.act_window",
            "name": self.code,
            "res_model": self.model,
            "view_mode": "list,form",
            "domain": [("id", "in", ids)],
        }

    # BUSINESS

    @api.model
    def _labels(self):
        """Return ``{code: what it says}`` in the reader's language."""
        return {
            "01_withdrawn_on_agenda": self.env._(
                "No withdrawn dossier is on an agenda"
            ),
            "01_one_live_appraisal": self.env._(
                "A dossier is appraised in one round at a time"
            ),
            "01_deferred_one_line": self.env._(
                "A deferred dossier waits with its published deferral alone"
            ),
            "02_verdict_complete": self.env._(
                "A result has its session, date and regulation"
            ),
            "03_sheet_of_excluded_member": self.env._(
                "No sheet of a member in conflict counts"
            ),
            "04_sheet_after_close": self.env._("No sheet is handed in after the close"),
            "04_paper_entered_twice": self.env._(
                "A paper sheet counts when two clerks agree on it"
            ),
            "05_shares_total_100": self.env._("Shares of the authors make 100 %"),
            "05_points_total_100": self.env._("Points of a rubric make 100"),
            "05_bands_without_gap": self.env._(
                "Grades follow each other without gap or overlap"
            ),
            "06_sheet_total": self.env._(
                "The total of a sheet is the sum of its points"
            ),
            "06_verdict_recomputed": self.env._("A score equals its recomputation"),
            "07_ballots_are_marks": self.env._(
                "There are as many ballots as members who voted"
            ),
            "07_secret_ballot_names_nobody": self.env._(
                "No secret ballot names a person"
            ),
            "07_vote_of_excluded_member": self.env._("No member in conflict has voted"),
            "08_quorum_held": self.env._("A result was decided with its quorum"),
            "09_one_chair": self.env._("A council has one chair at a time"),
            "03_sheet_before_declaration": self.env._(
                "Nobody scores before declaring interests"
            ),
            "09_chair_on_the_day": self.env._(
                "A session is held under a chair, in the term of the council"
            ),
            "10_certificate_of_signed_decision": self.env._(
                "A valid certificate rests on a signed decision"
            ),
            "11_published_is_decided": self.env._("What is published is decided"),
            "14_ended_unit_has_successor": self.env._(
                "A unit that ended has a successor or was dissolved"
            ),
            "14_successor_of_living_unit": self.env._(
                "A unit in existence has no successor"
            ),
            "14_unit_path": self.env._("The path of a unit is true"),
            "14_record_path": self.env._("The path of a dossier is its unit's"),
            "16_share_log_chain": self.env._("The ledger of shares is unbroken"),
            "16_share_log_end": self.env._("The ledger of shares is complete"),
            "16_agreed_is_logged": self.env._(
                "Every agreement to a share is in the ledger"
            ),
            "16_log_chain": self.env._("The log of decisions is unbroken"),
            "16_log_end": self.env._("The log of decisions is complete"),
            "16_verdict_as_logged": self.env._("A result is the one that was logged"),
            "17_author_scores_own": self.env._("Nobody scores their own dossier"),
            "17_clerk_scores": self.env._("Who enters paper sheets does not score"),
            "18_numbers_without_gap": self.env._(
                "Document numbers run without gap, in order"
            ),
            "18_golden_numbers": self.env._("Numbers of a golden book run without gap"),
            "11_story_consented": self.env._(
                "A story in a book has the consent of whom it tells of"
            ),
            "18_reference_unique": self.env._(
                "Number and symbol of a document are its own"
            ),
            "19_unit_names_clean": self.env._("Names of units are clean text"),
            "19_titles_clean": self.env._("Titles of initiatives are clean text"),
            "10_award_by_signed_decision": self.env._(
                "An award is conferred by a signed decision"
            ),
            "10_revoked_award_leaves_nothing": self.env._(
                "A revoked award leaves no valid certificate and nothing to pay"
            ),
            "15_payments_are_amount": self.env._(
                "The money of an award is what its decision fixed"
            ),
            "20_judge_follows_blind_dossier": self.env._(
                "Nobody follows a dossier that they judge blind"
            ),
        }

    @api.model
    def _find_broken(self):
        """Return ``{code: (model name, ids that break it)}`` for all that is broken."""
        self.env.flush_all()
        broken = {}
        for code, (model_name, statement) in INVARIANTS.items():
            rows = self.env.execute_query(SQL(statement))
            if rows:
                broken[code] = (model_name, [row[0] for row in rows])
        wrong = self._find_wrong_verdicts()
        if wrong:
            broken["06_verdict_recomputed"] = ("emulation.verdict", wrong.ids)
        return broken

    @api.model
    def _find_wrong_verdicts(self):
        """Return the results that differ from a recomputation of their own steps."""
        verdicts = self.env["emulation.verdict"].sudo()
        return verdicts.search([("is_disposed", "=", False)]).filtered(
            lambda verdict: (
                round(float(replay(verdict.calculation["steps"]).score), 2)
                != round(verdict.score, 2)
            )
        )

    @api.model
    def _check_and_store(self):
        """Run every check and keep the outcome, one record a check."""
        broken = self._find_broken()
        known = {line.code: line for line in self.search([], limit=len(INVARIANTS) + 9)}
        models_by_code = {code: model for code, (model, _sql) in INVARIANTS.items()}
        models_by_code["06_verdict_recomputed"] = "emulation.verdict"
        for code, model_name in models_by_code.items():
            ids = broken.get(code, (model_name, []))[1]
            values = {
                "code": code,
                "model": model_name,
                "date_checked": fields.Datetime.now(),
                "is_broken": bool(ids),
                "broken_count": len(ids),
                "broken_ids": ",".join(str(number) for number in ids[:80]),
            }
            if code in known:
                known[code].write(values)
            else:
                self.create(values)
        return broken

    # CRON

    @api.model
    def _cron_check(self):
        """Check every night; what is broken is logged and shown to the managers."""
        broken = self.sudo()._check_and_store()
        for code, (model_name, ids) in broken.items():
            _logger.error("Invariant %s broken by %s %s", code, model_name, ids[:20])
