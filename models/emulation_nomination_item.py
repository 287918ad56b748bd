from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .emulation_round_files import _get_content_fault


class EmulationNominationItem(models.Model):
    """A paper of the dossier: asked by the award, ticked or attached by the unit."""

    _name = "emulation.nomination.item"
    _inherit = ["emulation.scan.mixin"]
    _description = "Paper of a Nomination"
    _order = "nomination_id, sequence, id"
    _scan_fields = {"file": "file_name"}

    nomination_id = fields.Many2one(
        "emulation.nomination", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="nomination_id.company_id")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    hint = fields.Char(readonly=True, help="What it has to contain, by its form")
    is_mandatory = fields.Boolean(string="Required", readonly=True)
    is_done = fields.Boolean(
        string="On paper", help="The paper lies in the dossier that goes by hand"
    )
    file = fields.Binary(attachment=True)
    file_name = fields.Char()
    is_missing = fields.Boolean(compute="_compute_is_missing")

    @api.depends("is_mandatory", "is_done", "file")
    def _compute_is_missing(self):
        for item in self:
            # what is stored is not loaded; what a form has chosen is not stored yet
            stored = item.with_context(bin_size=True) if item.ids else item
            given = item.is_done or stored.file
            item.is_missing = item.is_mandatory and not given

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # said to be false: a context or a personal default sets what is not
            vals_list = [{**vals, "is_mandatory": False} for vals in vals_list]
        items = super().create(vals_list)
        items._check_open()
        return items

    def write(self, vals):
        self._check_open()
        if not self.env.su and {"nomination_id", "is_mandatory"} & vals.keys():
            raise UserError(
                self.env._(
                    "A paper stays with its nomination, and the award says whether it "
                    "is required. Add another paper instead."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_required(self):
        self._check_open()
        for item in self:
            if item.is_mandatory and not self.env.su:
                raise UserError(
                    self.env._(
                        "“%(paper)s” is required by the award and stays on the list.",
                        paper=item.name,
                    )
                )

    def _check_open(self):
        if not self.env.su:
            self.nomination_id._check_state("draft")

    def _check_scan(self, name, file_name):
        """A paper of a dossier is of a type that new rounds take, by its content."""
        content = self._read_scan(name)
        fault = _get_content_fault(
            self.env,
            self.env["emulation.file.type"].search([("is_default", "=", True)]),
            file_name or self.name,
            self.env["ir.attachment"]._detect_content(content),
            len(content),
        )
        if fault:
            raise ValidationError(
                self.env._(
                    "“%(paper)s” of “%(nomination)s” needs %(fault)s.",
                    paper=self.name,
                    nomination=self.nomination_id.display_name,
                    fault=fault,
                )
            )


class EmulationNomination(models.Model):
    _inherit = "emulation.nomination"

    item_ids = fields.One2many(
        "emulation.nomination.item", "nomination_id", string="Dossier", copy=False
    )
    missing_count = fields.Integer(
        string="Papers missing", compute="_compute_missing_count"
    )

    @api.depends("item_ids.is_missing")
    def _compute_missing_count(self):
        for one in self:
            one.missing_count = len(one.item_ids.filtered("is_missing"))

    @api.model_create_multi
    def create(self, vals_list):
        nominations = super().create(vals_list)
        nominations._fill_items()
        return nominations

    def write(self, vals):
        result = super().write(vals)
        if "award_id" in vals:
            self._fill_items()
        return result

    def action_papers_in_hand(self):
        """Note that the required papers lie in the dossiers that go by hand.

        :raises UserError: once a nomination is handed in
        """
        self.check_access("write")
        self._check_state("draft")
        self.item_ids.filtered("is_missing").write({"is_done": True})

    def _fill_items(self):
        """List the papers that the award asks for; those given before stay."""
        for one in self:
            wanted = one.award_id.item_ids
            names = set(wanted.mapped("name"))
            idle = one.item_ids.filtered(
                lambda item, names=names: item.name not in names and not item.file
            )
            idle.sudo().unlink()
            known = set(one.item_ids.mapped("name"))
            self.env["emulation.nomination.item"].sudo().create(
                [
                    {
                        "nomination_id": one.id,
                        "sequence": item.sequence,
                        "name": item.name,
                        "is_mandatory": item.is_required,
                        "hint": " – ".join(filter(None, (item.form_code, item.help))),
                    }
                    for item in wanted
                    if item.name not in known
                ]
            )
