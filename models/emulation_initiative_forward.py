from odoo import api, fields, models
from odoo.exceptions import UserError

from .emulation_evaluation_level import LIVE_STATES


class EmulationInitiative(models.Model):
    """One record through several levels: put forward to a higher round (R44, R90).

    Earlier appraisals and results stay as they are; the dossier itself moves on to
    the new round, where its unit completes it if that round asks for more.
    """

    _inherit = "emulation.initiative"

    recognition_level_id = fields.Many2one(
        "emulation.unit.level",
        string="Recognised at level",
        compute="_compute_recognition_level_id",
        store=True,
        index="btree_not_null",
        help="The highest level that recognised it: by a published result, or by a "
        "decision of its own unit, which counts as the base",
    )
    can_put_forward = fields.Boolean(compute="_compute_can_put_forward")

    @api.depends(
        "unit_decision_unit_id", "verdict_ids.is_published", "verdict_ids.is_pass"
    )
    def _compute_recognition_level_id(self):
        levels = self.env["emulation.unit.level"]
        base = levels
        judged = self.filtered(lambda one: one.verdict_ids or one.unit_decision_unit_id)
        (self - judged).recognition_level_id = False
        if any(initiative.unit_decision_unit_id for initiative in judged):
            base = levels.search([], order="sequence desc, id", limit=1)
        for initiative in judged:
            passed = initiative.verdict_ids.filtered(
                lambda one: one.is_published and one.is_pass
            )
            reached = passed.round_id.unit_id.level_id
            if initiative.unit_decision_unit_id:
                reached |= base
            initiative.recognition_level_id = reached.sorted("sequence")[:1]

    @api.depends("state", "unit_id", "unit_decision_number", "author_ids")
    @api.depends_context("uid")
    def _compute_can_put_forward(self):
        for initiative in self:
            initiative.can_put_forward = initiative._may_put_forward()

    # ACTIONS

    def action_open_put_forward(self):
        """Ask to which round of a higher organiser the dossiers are put forward.

        :raises UserError: naming the first dossier that cannot be
        """
        for initiative in self:
            initiative._check_may_put_forward()
        return self._open_dialog(
            "emulation.initiative.forward", self.env._("Put forward")
        )

    # WORKFLOW

    def _check_ready(self, target):
        if target == "endorsed":
            self._check_no_other_appraisal()
        return super()._check_ready(target)

    def _check_no_other_appraisal(self):
        """One dossier is appraised in one round at a time."""
        live = self.sudo().evaluation_ids.filtered(
            lambda one: one.state in LIVE_STATES and one.round_id != self.round_id
        )
        if live:
            raise UserError(
                self.env._(
                    "“%(initiative)s” is still being appraised in “%(round)s”. Wait "
                    "for the result of that round, or withdraw it from there.",
                    initiative=self.display_name,
                    round=live[0].round_id.name,
                )
            )

    # BUSINESS

    def _is_forwardable(self):
        """Return whether a level recognised it and no appraisal has begun since."""
        recognised = self.state == "recognised" and self.recognition_level_id
        by_unit = self.state == "endorsed" and self.unit_decision_number
        return bool(recognised or by_unit)

    def _may_put_forward(self):
        """Return whether the user may: the unit's head, or the movement office."""
        self.ensure_one()
        if not self._is_forwardable():
            return False
        return self._may_examine() or self.env.user in self._get_endorsers()

    def _check_may_put_forward(self):
        self.check_access("read")
        if not self._may_put_forward():
            raise UserError(
                self.env._(
                    "“%(initiative)s” cannot be put forward by you as it stands "
                    "(%(state)s). The head of its unit or a movement officer does so "
                    "once it is recognised and no appraisal of it has begun.",
                    initiative=self.display_name,
                    state=self._state_label(self.state),
                )
            )

    def _put_forward(self, rnd):
        """Move the dossiers on to ``rnd``, a round of a higher organiser.

        What the new round still misses goes back to the unit to be completed there;
        the rest is received by the organiser at once.

        :return: the dossiers that have to be completed first
        :raises UserError: naming the dossier that ``rnd`` cannot take
        """
        for initiative in self:
            initiative._check_may_put_forward()
            initiative._check_higher_round(rnd)
        incomplete = self.browse()
        for initiative in self:
            before = initiative.round_id
            if not initiative._move_on(rnd):
                incomplete |= initiative
            initiative._log_acts(
                lambda one, before=before: one.env._(
                    "Put forward from “%(before)s” to “%(round)s”.",
                    before=before.name,
                    round=rnd.name,
                )
            )
        return incomplete

    def _check_higher_round(self, rnd):
        rnd._check_takes(self)
        reached, level = self.recognition_level_id, rnd.unit_id.sudo().level_id
        if level.sequence >= reached.sequence:
            raise UserError(
                self.env._(
                    "“%(initiative)s” is recognised at the level “%(reached)s” "
                    "already. “%(round)s” is of the level “%(level)s”: choose a round "
                    "of a higher organiser.",
                    initiative=self.display_name,
                    reached=reached.name,
                    round=rnd.name,
                    level=level.name,
                )
            )
        if rnd in self.sudo().evaluation_ids.round_id:
            raise UserError(
                self.env._(
                    "“%(initiative)s” was in “%(round)s” before. Choose another round.",
                    initiative=self.display_name,
                    round=rnd.name,
                )
            )

    def _move_on(self, rnd):
        """Move one dossier to ``rnd``; return whether nothing is missing there."""
        dossier = self.sudo()
        if dossier.state == "endorsed":
            waiting = dossier.evaluation_ids.filtered(
                lambda one: one.round_id == dossier.round_id
            )
            waiting.write({"state": "withdrawn"})
        dossier.write({"round_id": rnd.id})
        missing = dossier._get_missing_items()
        if missing:
            dossier.write(
                {
                    "return_reason": "\n".join(
                        f"- {item['label']}: {item['why']}" for item in missing
                    ),
                    "date_return_due": rnd.date_close,
                }
            )
            dossier.write({"state": "returned"})
        elif dossier.state == "endorsed":
            self.env["emulation.evaluation"].sudo()._receive(dossier)
        else:
            dossier.write({"state": "endorsed"})
        return not missing
