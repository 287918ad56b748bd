from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import text

# What somebody is honoured for
ABOUT = ("nomination_id", "verdict_id")
# What is entered while the ceremony is held, and stays open to be mended after it
NOTED = {"attendance", "received_by"}


class EmulationCeremonyLine(models.Model):
    """Somebody called up at a ceremony: for an award, or with an initiative (R90).

    Only what is decided and published is read out: a conferred award, or a recognised
    initiative that is introduced for the ceremony.
    """

    _name = "emulation.ceremony.line"
    _inherit = ["emulation.locked.mixin"]
    _description = "Honoured at a Ceremony"
    _order = "ceremony_id, sequence, id"

    ceremony_id = fields.Many2one(
        "emulation.ceremony", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="ceremony_id.company_id")
    is_living = fields.Boolean(
        compute="_compute_is_living",
        store=True,
        precompute=True,
        export_string_translation=False,
        help="Of a ceremony that is not cancelled",
    )
    sequence = fields.Integer(string="Order", default=10)
    nomination_id = fields.Many2one(
        "emulation.nomination",
        string="Award conferred",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('state', '=', 'conferred')]",
    )
    verdict_id = fields.Many2one(
        "emulation.verdict",
        string="Introduced initiative",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('is_published', '=', True), ('is_pass', '=', True)]",
        help="A recognised initiative that is presented without an award",
    )
    initiative_id = fields.Many2one(
        "emulation.initiative",
        compute="_compute_initiative_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        compute_sudo=True,
    )
    name = fields.Char(
        string="Who is called up",
        required=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        compute_sudo=True,
        help="As read out and printed",
    )
    honour = fields.Char(compute="_compute_honour", compute_sudo=True)
    unit_name = fields.Char(
        string="From the unit", compute="_compute_honour", compute_sudo=True
    )
    decision_reference = fields.Char(
        string="Decision no.", compute="_compute_honour", compute_sudo=True
    )
    handed_by = fields.Char(
        string="Handed over by", help="Name and position of who hands it over"
    )
    attendance = fields.Selection(
        [("unknown", "Not known yet"), ("present", "Present"), ("absent", "Absent")],
        required=True,
        default="unknown",
        copy=False,
    )
    received_by = fields.Char(
        string="Received by",
        copy=False,
        help="Who received it in the place of whoever is honoured",
    )

    _once_per_award = models.UniqueIndex(
        "(nomination_id) WHERE nomination_id IS NOT NULL AND is_living",
        "This award is on the list of a ceremony already. Take it off that one first.",
    )
    _once_per_initiative = models.UniqueIndex(
        "(ceremony_id, verdict_id) WHERE verdict_id IS NOT NULL",
        "This initiative is on the list of the ceremony already.",
    )
    _about_something = models.Constraint(
        "CHECK ((nomination_id IS NULL) <> (verdict_id IS NULL))",
        "Choose the award that is handed over, or the initiative that is introduced: "
        "one of the two.",
    )

    @api.depends("ceremony_id.state")
    def _compute_is_living(self):
        for line in self:
            line.is_living = line.ceremony_id.state != "cancelled"

    @api.depends("nomination_id.initiative_id", "verdict_id.initiative_id")
    def _compute_initiative_id(self):
        for line in self:
            source = line.nomination_id or line.verdict_id
            line.initiative_id = source.initiative_id

    @api.depends("nomination_id", "verdict_id")
    def _compute_name(self):
        for line in self:
            authors = line.verdict_id.initiative_id.author_names
            line.name = line.nomination_id.recipient_name or authors or line.name

    @api.depends("nomination_id", "verdict_id")
    def _compute_honour(self):
        for line in self:
            award, verdict = line.nomination_id, line.verdict_id
            if award:
                line.honour = award._printed_award()
                line.unit_name = award._printed_unit()
                line.decision_reference = award.decision_reference
            else:
                title = verdict.initiative_id.name
                line.honour = title and f"Giới thiệu sáng kiến “{title}”"
                line.unit_name = verdict.unit_id.name
                paper = verdict.evaluation_id.decision_reference
                line.decision_reference = paper

    @api.constrains("nomination_id", "verdict_id")
    def _check_decided(self):
        """Nobody is announced before the decision is signed and published."""
        for line in self.sudo():
            award, verdict = line.nomination_id, line.verdict_id
            told = verdict.active and verdict.is_published and verdict.is_pass
            if (award and award.state != "conferred") or (verdict and not told):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot be honoured yet: the award is not "
                        "conferred, or the recognition is not published.",
                        name=line.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # a context gives values too
        offered = self.default_get([*ABOUT])
        for vals in vals_list:
            self._tidy(vals)
            self._check_readable({**offered, **vals})
        lines = super().create(vals_list)
        if not self.env.su:
            lines.ceremony_id._check_planned()
        return lines

    def write(self, vals):
        self._tidy(vals)
        self._check_readable(vals)
        if not self.env.su:
            if vals.keys() - NOTED:
                self.ceremony_id._check_planned()
            else:
                self._check_not_cancelled()
        result = super().write(vals)
        if "ceremony_id" in vals and not self.env.su:
            # rules judge a line as it was
            self.check_access("write")
            self.ceremony_id._check_planned()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        if not self.env.su:
            self.ceremony_id._check_planned()

    @api.model
    def _tidy(self, vals):
        for name in ("name", "handed_by", "received_by"):
            if vals.get(name):
                vals[name] = text.clean(vals[name])

    @api.model
    def _check_readable(self, vals):
        """Nobody learns by a list of an award or a result they may not read.

        Before anything else is said of it: the other refusals name people.
        """
        for name in ABOUT if not self.env.su else ():
            about = self.env[self._fields[name].comodel_name].browse(vals.get(name))
            about.check_access("read")

    def _check_not_cancelled(self):
        for line in self:
            if not line.is_living:
                line.ceremony_id._check_planned()

    def _check_standing(self):
        """Refuse a list with an award that was taken back in the meantime."""
        lines = self.sudo()
        gone = lines.filtered(
            lambda line: (
                (line.nomination_id and line.nomination_id.state != "conferred")
                or (line.verdict_id and not line.verdict_id.is_published)
            )
        )
        if gone:
            raise UserError(
                self.env._(
                    "What these people are honoured for does not stand any more: "
                    "%(names)s. Take them off the list.",
                    names=", ".join(gone.mapped("name")),
                )
            )
