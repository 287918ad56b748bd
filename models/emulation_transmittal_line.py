from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .emulation_evaluation_level import RESULTS

# What the organiser's officer answers, while the batch is received
ANSWERS = {"receipt", "remark"}


class EmulationTransmittalLine(models.Model):
    """One dossier of a batch: what keeps it back, how it was received, what came of it.

    The outcome is read from the appraisal in the round of the batch, and only from
    what is published.
    """

    _name = "emulation.transmittal.line"
    _description = "Dossier of a Transmittal"
    _order = "transmittal_id, sequence, id"
    _rec_name = "initiative_id"

    transmittal_id = fields.Many2one(
        "emulation.transmittal", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    initiative_id = fields.Many2one(
        "emulation.initiative",
        string="Dossier",
        required=True,
        index=True,
        ondelete="restrict",
    )
    round_id = fields.Many2one(
        related="transmittal_id.round_id", store=True, precompute=True
    )
    company_id = fields.Many2one(related="transmittal_id.company_id")
    author_names = fields.Char(related="initiative_id.author_names")
    unit_id = fields.Many2one(related="initiative_id.unit_id")
    dossier_state = fields.Selection(related="initiative_id.state", string="Status")
    problem = fields.Text(
        string="Keeps it back",
        compute="_compute_problem",
        help="Why the dossier cannot be sent as it stands",
    )
    receipt = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("accepted", "Accepted"),
            ("returned", "Returned"),
        ],
        required=True,
        default="waiting",
        copy=False,
    )
    remark = fields.Char(
        copy=False, help="What the unit has to complete, when a dossier is returned"
    )
    stage = fields.Selection(
        "_selection_stage",
        string="Appraisal",
        compute="_compute_outcome",
        compute_sudo=True,
    )
    result = fields.Selection(
        RESULTS,
        string="Published result",
        compute="_compute_outcome",
        compute_sudo=True,
    )
    grade_id = fields.Many2one(
        "emulation.rubric.grade",
        compute="_compute_outcome",
        compute_sudo=True,
    )
    decision_reference = fields.Char(
        string="Decision no.", compute="_compute_outcome", compute_sudo=True
    )
    recognition_level_id = fields.Many2one(related="initiative_id.recognition_level_id")
    can_answer = fields.Boolean(compute="_compute_can_answer")

    _dossier_once = models.UniqueIndex(
        "(initiative_id, round_id) WHERE receipt != 'returned'",
        "A dossier is on the list of another transmittal to this round already. Take "
        "it off one of the two lists.",
    )

    @api.depends(
        "transmittal_id.state", "transmittal_id.unit_id", "transmittal_id.round_id",
        "transmittal_id.decision_number", "initiative_id.state",
    )  # fmt: skip
    @api.depends_context("uid", "lang")
    def _compute_problem(self):
        """Say what is wrong with each line while the batch is prepared."""
        for batch, lines in self.grouped("transmittal_id").items():
            heads = batch._get_heads() if batch else batch.env["res.users"]
            mine = heads & self.env.user
            for line in lines:
                dossier = line.initiative_id
                sending = batch.state == "draft" and dossier
                line.problem = sending and line._find_problem(mine or heads)

    @api.depends(
        "round_id",
        "initiative_id.evaluation_ids.state",
        "initiative_id.evaluation_ids.result",
    )
    def _compute_outcome(self):
        """Read the appraisal in the round of the batch; it tells what is published."""
        for line in self:
            evaluation = line.initiative_id.evaluation_ids.filtered(
                lambda one, line=line: one.round_id == line.round_id
            )[:1]
            line.stage = evaluation.state
            line.result = evaluation.result
            line.grade_id = evaluation.grade_id
            line.decision_reference = evaluation.decision_reference

    @api.model
    def _selection_stage(self):
        state = self.env["emulation.evaluation"]._fields["state"]
        return state._description_selection(self.env)

    @api.depends("transmittal_id.state")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for line in self:
            line.can_answer = line.transmittal_id._can_move("received")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            lines._check_unanswered()
            lines.transmittal_id._check_draft()
            lines._check_dossiers()
        return lines

    def write(self, vals):
        if not self.env.su:
            self._check_written(vals)
        result = super().write(vals)
        if "initiative_id" in vals and not self.env.su:
            self._check_dossiers()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        self.transmittal_id._check_draft()

    # BUSINESS

    def _check_written(self, vals):
        """The unit writes the list until it is sent, the organiser the receipt."""
        if "transmittal_id" in vals or set(vals) - ANSWERS:
            self.transmittal_id._check_draft()
        if "transmittal_id" in vals:
            raise UserError(
                self.env._("A line stays on its list. Add the dossier there instead.")
            )
        if ANSWERS & set(vals) and not all(line.can_answer for line in self):
            self._raise_not_answering()

    def _check_unanswered(self):
        """Refuse new lines that the unit has answered itself, by whatever way.

        A context or a personal default gives values as well as the call itself.
        """
        if any(line.receipt != "waiting" or line.remark for line in self):
            self._raise_not_answering()

    def _raise_not_answering(self):
        raise AccessError(
            self.env._(
                "The receipt and its remarks are entered by the organiser's movement "
                "officer, while the batch waits to be received."
            )
        )

    def _check_dossiers(self):
        """Only what belongs to the unit or below, and what the user may read."""
        self.initiative_id.check_access("read")
        for line in self:
            batch, dossier = line.transmittal_id, line.initiative_id
            path = batch.unit_id.sudo().parent_path
            outside = not (dossier.sudo().unit_path or "").startswith(path)
            if outside or dossier.round_id != batch.round_id:
                raise UserError(
                    self.env._(
                        "“%(initiative)s” cannot be on the list of “%(batch)s”: it is "
                        "not a dossier of that unit, or of one below it, in "
                        "“%(round)s”.",
                        initiative=dossier.display_name,
                        batch=batch.name,
                        round=batch.round_id.name,
                    )
                )

    def _find_problem(self, heads):
        """Return why the dossier cannot be sent by ``heads`` as it stands, or False."""
        dossier, batch = self.initiative_id, self.transmittal_id
        if dossier.state == "endorsed":
            return False
        if dossier.state != "submitted":
            missing = dossier._get_missing_items()
            names = ", ".join(item["label"] for item in missing)
            state = dossier._state_label(dossier.state)
            return f"{state}: {names}" if names else state
        missing = dossier._get_missing_items()
        if missing:
            names = ", ".join(item["label"] for item in missing)
            return self.env._("Lacks %(items)s", items=names)
        endorsers = dossier._get_endorsers()
        if not endorsers & heads:
            return self.env._(
                "Waits for the endorsement of %(names)s",
                names=", ".join(endorsers.mapped("name")) or self.env._("nobody"),
            )
        must = dossier.unit_act == "recognise" and not dossier.unit_decision_number
        if must and not batch.decision_number:
            return self.env._("Must be recognised by a decision of the unit")
        return False

    def _check_remarks(self):
        for line in self:
            if not (line.remark or "").strip():
                raise UserError(
                    self.env._(
                        "“%(initiative)s” is marked as returned: say in the remark "
                        "what the unit has to complete.",
                        initiative=line.initiative_id.display_name,
                    )
                )

    def _return_dossiers(self):
        """Send the dossiers back with the remark of their line, to be completed."""
        for line in self:
            # as the examiner does, with the day that the dialog proposes
            self.env["emulation.initiative.return"].create(
                {
                    "initiative_ids": [Command.set(line.initiative_id.ids)],
                    "reason": line.remark,
                }
            ).action_confirm()

    def _printed_decision(self):
        """Return the unit's decision as the list prints it, also before sending."""
        dossier, batch = self.initiative_id, self.transmittal_id
        if dossier.unit_decision_number:
            return dossier.unit_decision_number
        recognises = dossier.state == "submitted" and dossier.unit_act != "endorse"
        return recognises and batch.decision_number or ""
