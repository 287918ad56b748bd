from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.text import clean, clean_lines

# what still fits on a line of a list or a printed form
LINE_LENGTH = 500
# no application is older than the state that asks for it
FIRST_DAY = fields.Date.to_date("1945-09-02")


class EmulationInitiative(models.Model):
    """The content of the legal form (Circular 18/2013, Annex I; R12, R35).

    What a kind does not ask for is only hidden: changing the kind loses nothing.
    """

    _inherit = "emulation.initiative"

    asked_items = fields.Char(
        compute="_compute_asked_items",
        compute_sudo=True,
        export_string_translation=False,
    )
    problem = fields.Text(
        help="What was done before, and what was wrong with it, in figures",
    )
    date_applied = fields.Date(
        string="First applied or tried on",
        help="Day of the first application or of the first trial, whichever was "
        "earlier",
    )
    first_use = fields.Selection(
        [("applied", "Application"), ("trial", "Trial")],
        string="That was an",
        help="Whether it was in regular use from that day, or on trial",
    )
    conditions = fields.Text(
        prefetch="dossier",
        string="Conditions needed",
        help="People, equipment, money and season without which it does not work",
    )
    benefit = fields.Text(string="Benefits in the author's opinion")
    benefit_users = fields.Text(
        prefetch="dossier",
        string="Benefits in the opinion of those who applied it",
        help="What the units and people who applied or tried it say, by name",
    )
    benefit_social = fields.Text(
        prefetch="dossier",
        string="Social benefit",
        help="For health, safety, environment, work or order: what cannot be counted "
        "in money",
    )
    investor_unit_id = fields.Many2one(
        "emulation.unit",
        string="Investor (unit)",
        ondelete="restrict",
        index="btree_not_null",
        help="The unit that paid for it, if not the authors themselves",
    )
    investor_name = fields.Char(
        string="Investor (other)",
        help="A firm or person outside the list of units that paid for it",
    )
    helper_ids = fields.One2many(
        "emulation.initiative.helper",
        "initiative_id",
        string="Helpers in the first application",
        copy=True,
    )
    movement_ids = fields.Many2many(
        "emulation.movement",
        string="Campaigns it belongs to",
        check_company=True,
        help="Movements and campaigns beside the one of the round",
    )

    @api.depends("kind_id.item_ids.demand", "kind_id.item_ids.item")
    def _compute_asked_items(self):
        for initiative in self:
            demands = initiative.kind_id._get_demands()
            asked = (item for item, demand in demands.items() if demand != "omitted")
            initiative.asked_items = f",{','.join(asked)},"

    @api.constrains("date_applied")
    def _check_date_applied(self):
        """The first application has happened, and not before there was a state."""
        today = fields.Date.context_today(self)
        for initiative in self:
            day = initiative.date_applied
            if day and not FIRST_DAY <= day <= today:
                raise ValidationError(
                    self.env._(
                        "“%(initiative)s”: the day of the first application, "
                        "%(day)s, cannot be right. Enter a day up to today with a "
                        "year of four digits; leave it empty while it has not been "
                        "applied.",
                        initiative=initiative.display_name,
                        day=day.strftime("%d/%m/%Y"),
                    )
                )

    @api.constrains(lambda self: self._get_text_fields())
    def _check_text_length(self):
        """Keep each text readable for a council: pasted books are told in words."""
        for initiative in self:
            for name in self._get_text_fields():
                initiative._check_length(self._fields[name], initiative[name])

    def _check_length(self, field, text):
        """Refuse a ``text`` for ``field`` that is longer than the round allows."""
        most = LINE_LENGTH
        if field.type == "text":
            most = self.sudo().round_id.max_text_chars
        if len(text or "") <= most:
            return
        raise UserError(
            self.env._(
                "“%(initiative)s”: “%(field)s” takes %(most)s characters, yours has "
                "%(length)s. Keep to the essential and attach the rest as a file.",
                initiative=(self.name or "")[:80],
                field=field._description_string(self.env),
                most=most,
                length=len(text),
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_texts(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean_texts(vals))

    # CONTENT

    @api.model
    def _get_text_fields(self):
        """Return the names of the texts that somebody types into the form."""
        return [
            name
            for name in sorted(self._contents() - {"name"})
            if self._fields[name].type in ("char", "text") and self._fields[name].store
        ]

    @api.model
    def _clean_texts(self, vals):
        """Return ``vals`` with its texts as they should be stored (NFC, visible)."""
        texts = {
            name: (clean_lines if self._fields[name].type == "text" else clean)(value)
            for name in self._get_text_fields()
            if isinstance(value := vals.get(name), str)
        }
        return {**vals, **texts}

    @api.model
    def _contents(self):
        return super()._contents() | {
            "first_use", "conditions", "benefit_users", "benefit_social",
            "investor_unit_id", "investor_name", "helper_ids", "movement_ids",
        }  # fmt: skip


class EmulationRound(models.Model):
    """How long the texts of a dossier may be."""

    _inherit = "emulation.round"

    max_text_chars = fields.Integer(
        string="Longest text (characters)",
        default=20000,
        required=True,
        help="A longer text in a dossier is refused when it is saved: the council has "
        "to read it all",
    )

    _positive_text = models.Constraint(
        "CHECK (max_text_chars >= 500)",
        "The longest text must take at least 500 characters.",
    )
