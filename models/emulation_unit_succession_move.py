from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class EmulationUnitSuccessionMove(models.Model):
    """What a reform does to one open record: planned before, history after."""

    _name = "emulation.unit.succession.move"
    _description = "Open Record in a Reform"
    _order = "succession_id, res_model, field_name, res_id, id"
    _rec_name = "record_name"

    succession_id = fields.Many2one(
        "emulation.unit.succession", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="succession_id.company_id", store=True)
    succession_state = fields.Selection(related="succession_id.state")
    res_model = fields.Char(
        string="Model", required=True, readonly=True, export_string_translation=False
    )
    model_name = fields.Char(string="Record type", compute="_compute_model_name")
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    record_name = fields.Char(string="Name", readonly=True)
    field_name = fields.Char(
        required=True, readonly=True, export_string_translation=False
    )
    effect = fields.Selection(
        [
            ("move", "Moves to"),
            ("continue", "Ends and goes on in"),
            ("officer", "Ends and goes on as officer in"),
            ("end", "Ends"),
        ],
        string="What happens",
        required=True,
        readonly=True,
    )
    from_unit_id = fields.Many2one(
        "emulation.unit",
        string="From",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    line_id = fields.Many2one(
        "emulation.unit.succession.line",
        string="Successor",
        domain="[('succession_id', '=', succession_id)]",
        index="btree_not_null",
        ondelete="set null",
    )
    to_unit_id = fields.Many2one(
        "emulation.unit",
        string="To",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    target_name = fields.Char(string="Where to", compute="_compute_target_name")
    former_values = fields.Json(readonly=True)
    mark = fields.Json(readonly=True)
    new_res_id = fields.Integer(readonly=True)

    @api.depends("res_model")
    def _compute_model_name(self):
        for move in self:
            model = self.env["ir.model"]._get(move.res_model)
            move.model_name = model.sudo().name

    @api.depends("line_id", "to_unit_id", "effect")
    def _compute_target_name(self):
        for move in self:
            target = move.to_unit_id.name or move.line_id.display_name
            move.target_name = target if move.effect != "end" else False

    def write(self, vals):
        if not self.env.su:
            self._check_decision(vals)
        return super().write(vals)

    @api.model
    def _check_decision(self, vals):
        """A person decides where a record goes, before it goes, and nothing else."""
        for move in self:
            lines = move.succession_id.line_ids
            if move.succession_state != "draft" or vals.keys() - {"line_id"}:
                raise UserError(
                    self.env._(
                        "“%(record)s”: only the successor can be chosen, and only "
                        "before the reform is applied.",
                        record=move.record_name,
                    )
                )
            if vals.get("line_id") not in lines.ids:
                raise UserError(
                    self.env._(
                        "“%(record)s”: choose one of the successors in “%(event)s”.",
                        record=move.record_name,
                        event=move.succession_id.display_name,
                    )
                )

    # BUSINESS

    def _render_summary(self):
        """Return the counts per type of record and effect, as HTML."""
        effects = dict(self._fields["effect"]._description_selection(self.env))
        groups = self.sudo().grouped(
            lambda move: (move.model_name, effects[move.effect], move.target_name)
        )
        items = Markup().join(
            Markup("<li>%s × %s: %s <b>%s</b></li>")
            % (len(moves), name, effect.lower(), target or "")
            for (name, effect, target), moves in groups.items()
        )
        return Markup("<ul class='mb-0'>%s</ul>") % items if items else False

    def _carry_out(self):
        """Let each model do what is planned for its records, in batch."""
        for line, moves in self.grouped("line_id").items():
            if line:
                moves.to_unit_id = line.unit_id
        for model, moves in self.grouped("res_model").items():
            self.env[model]._succession_apply(moves)
            for move in moves:
                record = self.env[model].browse(move.res_id)
                move.mark = record._succession_mark(move)

    def _check_unchanged(self):
        """Refuse to undo what somebody worked on since.

        :raises UserError: naming the record
        """
        for model, moves in self.grouped("res_model").items():
            ids = [*moves.mapped("res_id"), *filter(None, moves.mapped("new_res_id"))]
            alive = set(self.env[model].browse(ids).exists().ids)
            for move in moves:
                record = self.env[model].browse(move.res_id)
                kept = move.res_id in alive and (
                    not move.new_res_id or move.new_res_id in alive
                )
                if kept and record._succession_mark(move) == move.mark:
                    continue
                raise UserError(
                    self.env._(
                        "“%(event)s” cannot be undone: “%(record)s” (%(type)s) was "
                        "worked on since.",
                        event=move.succession_id.display_name,
                        record=move.record_name,
                        type=move.model_name,
                    )
                )

    def _take_back(self):
        """Put every record back where it was."""
        for model, moves in self.grouped("res_model").items():
            self.env[model]._succession_undo(moves)
