from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.text import clean


class EmulationUnitSuccessionLine(models.Model):
    """A successor in a reform: a unit in existence, or one that it founds.

    Events of one day may name the same new unit by its code: it is founded once.
    """

    _name = "emulation.unit.succession.line"
    _description = "Successor in a Reform"
    _order = "succession_id, sequence, id"
    _check_company_auto = True

    succession_id = fields.Many2one(
        "emulation.unit.succession", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="succession_id.company_id", store=True)
    sequence = fields.Integer(
        default=10, help="The first successor gets what nobody decides otherwise"
    )
    unit_id = fields.Many2one(
        "emulation.unit",
        string="Existing unit",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('is_ended', '=', False)]",
        copy=False,
    )
    is_founded = fields.Boolean(string="Founded by this", readonly=True, copy=False)
    code = fields.Char(help="Official code; it may be that of a unit that ends")
    name = fields.Char()
    short_name = fields.Char(string="Short name")
    kind_id = fields.Many2one("emulation.unit.kind", ondelete="restrict")
    level_id = fields.Many2one("emulation.unit.level", ondelete="restrict")
    parent_id = fields.Many2one(
        "emulation.unit",
        string="Higher unit",
        ondelete="restrict",
        check_company=True,
        domain="[('is_ended', '=', False)]",
    )
    parent_code = fields.Char(
        string="Code of the higher unit",
        help="Instead of the higher unit, where the same reform founds it",
    )
    managing_unit_id = fields.Many2one(
        "emulation.unit",
        string="Managed by (sector)",
        ondelete="restrict",
        check_company=True,
        domain="[('is_ended', '=', False)]",
    )
    note = fields.Char(help="Which part of the territory or of the work it took over")

    @api.depends("unit_id", "name", "code")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.unit_id.name or line.name or line.code or ""

    @api.constrains("unit_id", "name", "code")
    def _check_named(self):
        for line in self:
            if not line.unit_id and not line.code:
                raise ValidationError(
                    self.env._(
                        "“%(line)s”: choose the successor among the units in "
                        "existence, or enter the code and name of the new one.",
                        line=line.name or line.succession_id.before or "",
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([self._clean_vals(vals) for vals in vals_list])
        lines._check_draft()
        return lines

    def write(self, vals):
        self._check_draft()
        result = super().write(self._clean_vals(vals))
        self._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        self._check_draft()

    def _check_draft(self):
        for succession in self.succession_id:
            if succession.state != "draft" and not self.env.su:
                raise UserError(
                    self.env._(
                        "“%(event)s” has been applied: its successors stay as they "
                        "are.",
                        event=succession.display_name,
                    )
                )

    @api.model
    def _clean_vals(self, vals):
        names = ("name", "code", "parent_code")
        return {**vals, **{key: clean(vals[key]) for key in names if vals.get(key)}}

    # BUSINESS

    def _link_or_found(self):
        """Give each line its unit: the one that has its code, or a new one.

        Units are founded from above downwards, all of one depth in one call.

        :raises UserError: for a code that another unit holds, a higher unit that is
            not known, a new unit without name, kind or level
        """
        waiting = self.filtered(lambda line: not line.unit_id)
        codes = set(waiting.mapped("code") + waiting.mapped("parent_code"))
        Unit = self.env["emulation.unit"]
        known = {
            unit.code: unit
            for unit in Unit.search(
                [
                    ("code", "in", list(filter(None, codes))),
                    ("date_end", "=", False),
                    ("company_id", "in", self.company_id.ids),
                ]
            )
        }
        while waiting:
            for line in waiting.filtered(lambda one: one.code in known):
                line._link(known[line.code])
            waiting = waiting.filtered(lambda line: not line.unit_id)
            leaders = waiting._get_foundable(known)
            if waiting and not leaders:
                waiting[0]._raise_cannot_found()
            units = Unit.create([line._get_unit_vals(known) for line in leaders])
            for line, unit in zip(leaders, units, strict=True):
                line.write({"unit_id": unit.id, "is_founded": True})
                known[unit.code] = unit
            waiting -= leaders

    def _find_units(self, leaving):
        """Return ``{line: unit in existence that it means}``, by choice or by code.

        :param leaving: ids of the units that end on the same day: their codes are
            free for new ones
        """
        coded = self.filtered(lambda line: not line.unit_id and line.code)
        units = self.env["emulation.unit"]
        if coded:
            units = units.search(
                [
                    ("code", "in", coded.mapped("code")),
                    ("date_end", "=", False),
                    ("id", "not in", list(leaving)),
                    ("company_id", "in", self.company_id.ids),
                ]
            )
        by_code = {unit.code: unit for unit in units}
        found = {line: line.unit_id or by_code.get(line.code) for line in self}
        return {line: unit for line, unit in found.items() if unit}

    def _link(self, unit):
        if self.name and self.name != unit.name:
            raise UserError(
                self.env._(
                    "“%(line)s” cannot have the code %(code)s: “%(unit)s” has it and "
                    "goes on. Apply this together with the event that ends "
                    "“%(unit)s”, or correct the code.",
                    line=self.name,
                    code=self.code,
                    unit=unit.name,
                )
            )
        self.unit_id = unit

    def _get_foundable(self, known):
        """Return one complete line per code whose higher unit exists already."""
        leaders = {}
        for line in self:
            complete = line.name and line.kind_id and line.level_id
            if complete and (not line.parent_code or line.parent_code in known):
                leaders.setdefault(line.code, line)
        return self.browse(line.id for line in leaders.values())

    def _get_unit_vals(self, known):
        parent = known[self.parent_code] if self.parent_code else self.parent_id
        parent._check_living()
        return {
            "code": self.code,
            "name": self.name,
            "short_name": self.short_name,
            "kind_id": self.kind_id.id,
            "level_id": self.level_id.id,
            "parent_id": parent.id,
            "managing_unit_id": self.managing_unit_id.id,
            "company_id": self.company_id.id,
            "date_start": self.succession_id.date,
        }

    def _raise_cannot_found(self):
        if self.name and self.kind_id and self.level_id:
            raise UserError(
                self.env._(
                    "“%(unit)s”: no unit in existence has the code %(code)s of its "
                    "higher unit. Correct the code, or add the event that founds it.",
                    unit=self.name,
                    code=self.parent_code,
                )
            )
        raise UserError(
            self.env._(
                "“%(unit)s” (%(event)s) is new: enter its name, kind and level, or "
                "choose the unit in existence.",
                unit=self.name or self.code,
                event=self.succession_id.display_name,
            )
        )
