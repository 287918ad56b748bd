from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class EmulationRecipientGroup(models.Model):
    """Recipients named in one line, e.g. "Các sở, ban, ngành tỉnh" (R97).

    Which units that line means depends on the day: a group is described by kinds,
    levels and a higher unit, or lists its units, and is expanded as of a date.
    """

    _name = "emulation.recipient.group"
    _inherit = ["emulation.succession.mixin"]
    _description = "Recipient Group"
    _order = "sequence, name, id"
    _check_company_auto = True

    _succession_fields = ("below_unit_id", "unit_ids")

    name = fields.Char(required=True, help="As printed, e.g. Các sở, ban, ngành tỉnh")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind_ids = fields.Many2many(
        "emulation.unit.kind", string="Kinds", help="Empty: every kind"
    )
    level_ids = fields.Many2many(
        "emulation.unit.level", string="Levels", help="Empty: every level"
    )
    below_unit_id = fields.Many2one(
        "emulation.unit",
        string="Below",
        ondelete="restrict",
        check_company=True,
        help="Only units below this one in the territory, at any depth",
    )
    unit_ids = fields.Many2many(
        "emulation.unit",
        string="And these units",
        check_company=True,
        help="Units of the group whatever their kind and level",
    )
    unit_count = fields.Integer(string="Units today", compute="_compute_unit_count")

    _name_unique = models.UniqueIndex(
        "(name, company_id)", "Another recipient group already has this name."
    )

    @api.depends("kind_ids", "level_ids", "below_unit_id", "unit_ids")
    def _compute_unit_count(self):
        today = fields.Date.context_today(self)
        for group in self:
            group.unit_count = len(group._expand(today))

    @api.constrains("name", "kind_ids", "level_ids", "below_unit_id", "unit_ids")
    def _check_means_something(self):
        for group in self:
            if not group._describes() and not group.unit_ids:
                raise ValidationError(
                    self.env._(
                        "“%(group)s” would mean every unit there is. Choose kinds, "
                        "levels or a higher unit, or list the units.",
                        group=group.name,
                    )
                )

    # REFORM OF A UNIT

    @api.model
    def _succession_open_domain(self, day):
        return Domain("active", "=", True)

    def _succession_effect(self, succession):
        return "move" if succession.line_ids else "end"

    @api.model
    def _succession_apply(self, moves):
        """A listed unit stays for the days on which it existed; its successor joins.

        A group of what was below a unit without successor means nobody: archived.
        """
        for move in moves:
            group, unit = self.browse(move.res_id), move.to_unit_id
            move.former_values = {
                "had": unit in group.unit_ids,
                "active": group.active,
            }
            if move.field_name == "below_unit_id":
                ended = move.effect == "end"
                group.write({"active": False} if ended else {"below_unit_id": unit.id})
            elif move.effect != "end":
                group.unit_ids |= unit

    @api.model
    def _succession_undo(self, moves):
        for move in moves:
            group, former = self.browse(move.res_id), move.former_values or {}
            if move.field_name == "below_unit_id":
                group.write(
                    {
                        "below_unit_id": move.from_unit_id.id,
                        "active": former.get("active", True),
                    }
                )
            elif move.to_unit_id and not former.get("had"):
                group.unit_ids -= move.to_unit_id

    def action_open_units(self):
        """Open the units the group means today."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "emulation.emulation_unit_action"
        )
        units = self._expand(fields.Date.context_today(self))
        return {
            **action,
            "name": self.name,
            "domain": [("id", "in", units.ids)],
            "context": {},
            "path": False,
        }

    def _describes(self):
        return bool(self.kind_ids or self.level_ids or self.below_unit_id)

    def _expand(self, day):
        """Return the units that the groups mean on ``day`` (a date).

        Only units in existence on that day, in the order of the catalogue of units.
        """
        alive = (Domain("date_start", "=", False) | Domain("date_start", "<=", day)) & (
            Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        )
        meant = Domain.FALSE
        for group in self:
            meant |= Domain("id", "in", group.unit_ids._origin.ids)
            if not group._describes():
                continue
            described = Domain("company_id", "=", group.company_id.id)
            if group.kind_ids:
                described &= Domain("kind_id", "in", group.kind_ids._origin.ids)
            if group.level_ids:
                described &= Domain("level_id", "in", group.level_ids._origin.ids)
            below = group.below_unit_id._origin
            if below:
                described &= Domain("id", "child_of", below.ids)
                described &= Domain("id", "!=", below.id)
            meant |= described
        units = self.env["emulation.unit"].sudo().search(meant & alive)
        return units.with_env(self.env)
