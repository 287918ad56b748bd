from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .emulation_initiative_succession import CLOSED

# Relations that last: the registry shows them beside the recognised initiative
LASTING = ("improves", "repeats")


class EmulationPriorArt(models.Model):
    """What a person found an earlier entry to mean for a dossier (R74).

    Entered through the dialog alone and never changed: another look is another
    line, and the latest on a pair of entries is the one in force. Of an entry that
    the reader may not open the line tells only its year.
    """

    _name = "emulation.prior.art"
    _inherit = ["emulation.append.only.mixin"]
    _description = "Verdict on an Earlier Entry"
    _order = "date desc, id desc"
    _rec_name = "relation"

    initiative_id = fields.Many2one(
        "emulation.initiative",
        string="Dossier",
        required=True,
        index=True,
        ondelete="cascade",
    )
    # its title would be read with the line, whoever may read the entry itself
    other_id = fields.Many2one(
        "emulation.initiative",
        string="Entry compared with",
        required=True,
        index=True,
        ondelete="restrict",
        groups=fields.NO_ACCESS,
    )
    other_title = fields.Char(string="Earlier entry", compute="_compute_other")
    other_year = fields.Integer(
        string="Year", compute="_compute_other", aggregator=None
    )
    can_open = fields.Boolean(compute="_compute_other")
    relation = fields.Selection(
        [
            ("new", "New against it"),
            ("improves", "Improves it"),
            ("repeats", "Repeats it"),
        ],
        string="Verdict",
        required=True,
    )
    note = fields.Text(
        string="Reasons",
        help="Read by everybody who may read the dossier: do not quote from an entry "
        "that is not open to them",
    )
    user_id = fields.Many2one("res.users", string="Recorded by", required=True)
    date = fields.Datetime(
        string="On", required=True, default=lambda self: fields.Datetime.now()
    )
    is_current = fields.Boolean(
        string="In force",
        compute="_compute_is_current",
        help="The latest verdict on this pair of entries",
    )
    company_id = fields.Many2one(related="initiative_id.company_id")

    _not_itself = models.Constraint(
        "CHECK (initiative_id <> other_id)", "A dossier is not compared with itself."
    )

    @api.depends("other_id")
    @api.depends_context("uid")
    def _compute_other(self):
        others = self.sudo().other_id
        readable = others.with_env(self.env)._filtered_access("read")
        for line in self:
            other = line.sudo().other_id
            line.can_open = other.id in readable.ids
            line.other_year = other.year or other.date.year
            line.other_title = (
                other.display_name
                if line.can_open
                else self.env._("An entry that is not open to you")
            )

    @api.depends("initiative_id.prior_art_ids", "other_id")
    def _compute_is_current(self):
        latest = self.sudo()._read_group(
            [("initiative_id", "in", self.initiative_id.ids)],
            ["initiative_id", "other_id"],
            ["id:max"],
        )
        ids = {newest for _initiative, _other, newest in latest}
        for line in self:
            line.is_current = line.id in ids

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self._unchangeable())
        return super().create(vals_list)

    @api.model
    def _unchangeable(self):
        return self.env._(
            "A verdict on an earlier entry stays as it was recorded. Record another "
            "one from the dossier: the latest is in force."
        )

    def action_open_other(self):
        """Open the earlier entry.

        :raises AccessError: when it is not open to the user
        """
        self.ensure_one()
        self.check_access("read")
        other = self.sudo().other_id.with_env(self.env)
        if not other.has_access("read"):
            raise AccessError(
                self.env._(
                    "This entry is not open to you. Ask the organiser of its round."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": other._name,
            "res_id": other.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }


class EmulationInitiative(models.Model):
    """The verdicts that people gave on entries near to a dossier."""

    _inherit = "emulation.initiative"

    prior_art_ids = fields.One2many(
        "emulation.prior.art",
        "initiative_id",
        string="Verdicts on earlier entries",
        readonly=True,
    )
    can_judge_prior_art = fields.Boolean(
        compute="_compute_can_judge_prior_art", export_string_translation=False
    )

    @api.depends("state", "author_ids", "unit_id", "submitted_user_id")
    @api.depends_context("uid")
    def _compute_can_judge_prior_art(self):
        for initiative in self:
            initiative.can_judge_prior_art = initiative._may_judge_prior_art()

    def _may_judge_prior_art(self):
        """Return whether the user may say what an earlier entry means for this.

        The examiner of the organiser, and the head who is to endorse; never an
        author, and not before the dossier is handed in or after it is decided.
        """
        self.ensure_one()
        if self.state == "draft" or self.state in CLOSED:
            return False
        return self._may_examine() or self.env.user in self._get_endorsers()

    def _record_prior_art(self, other, relation, note):
        """Record what ``other`` (an entry handed in) means for this dossier.

        :param relation: ``new``, ``improves`` or ``repeats``
        :param note: the reasons; required when it repeats
        :raises UserError: when the user may not judge, or the other is no entry yet
        """
        self.ensure_one()
        if not self._may_judge_prior_art():
            raise UserError(
                self.env._(
                    "You cannot give a verdict on “%(initiative)s”: that is for the "
                    "examiner of the organiser or the head of the unit, while the "
                    "dossier is handed in and not decided, and never for an author.",
                    initiative=self.display_name,
                )
            )
        other._check_judgeable()
        if relation == "repeats" and not (note or "").strip():
            raise UserError(
                self.env._(
                    "Say in the reasons what “%(initiative)s” repeats: its authors may "
                    "ask.",
                    initiative=self.display_name,
                )
            )
        return (
            self.env["emulation.prior.art"]
            .sudo()
            .create(
                {
                    "initiative_id": self.id,
                    "other_id": other.id,
                    "relation": relation,
                    "note": note,
                    "user_id": self.env.user.id,
                }
            )
            .with_env(self.env)
        )

    def _check_judgeable(self):
        """Refuse a verdict on what the user cannot read, or what nobody handed in."""
        self.check_access("read")
        if self.state == "draft" and not self.date_submitted:
            raise UserError(
                self.env._(
                    "“%(entry)s” is a draft that nobody has handed in: it cannot stand "
                    "against another dossier.",
                    entry=self.display_name,
                )
            )

    def _get_prior_art(self):
        """Return the verdicts in force that last: what this improves or repeats."""
        return self.sudo().prior_art_ids.filtered(
            lambda line: line.is_current and line.relation in LASTING
        )
