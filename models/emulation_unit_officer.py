from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..tools.text import fold


class EmulationUnitOfficer(models.Model):
    """A user acting for a unit, in a role and between two dates.

    The rights of a person come from here and nowhere else; who acted for which
    unit on a given day stays provable.
    """

    _name = "emulation.unit.officer"
    _inherit = ["emulation.succession.mixin"]
    _description = "Officer of a Unit"
    _order = "unit_id, role, date_start, id"
    _rec_name = "user_id"

    unit_id = fields.Many2one(
        "emulation.unit", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="cascade"
    )
    role = fields.Selection(
        [("head", "Head"), ("deputy", "Deputy head"), ("officer", "Officer")],
        required=True,
        default="officer",
        help="The head endorses for the unit; a deputy does so in the head's place",
    )
    user_name = fields.Char(
        string="Name of the user",
        compute="_compute_user_name",
        inverse="_inverse_user_name",
        compute_sudo=True,
        help="In a file it proves that the login is the right person's",
    )
    position = fields.Char(help="Position as printed above the signature")
    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_end = fields.Date(string="Until")
    company_id = fields.Many2one(related="unit_id.company_id", store=True)
    is_void = fields.Boolean(
        string="Never begun",
        readonly=True,
        copy=False,
        help="A reform in force before this assignment began ended the unit first",
    )
    is_current = fields.Boolean(
        string="Today", compute="_compute_is_current", search="_search_is_current"
    )

    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "An assignment cannot end before it begins. Correct one of the two dates.",
    )

    @api.depends("date_start", "date_end", "is_void")
    def _compute_is_current(self):
        today = fields.Date.context_today(self)
        for officer in self:
            officer.is_current = officer.date_start and officer._is_current(today)

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = self._get_current_domain()
        return current if True in value else ~current

    @api.depends("user_id.name")
    def _compute_user_name(self):
        for officer in self:
            officer.user_name = officer.user_id.name

    def _inverse_user_name(self):
        """Compare only: the name of a person is changed on the contact."""
        for officer in self:
            user = officer.sudo().user_id
            if officer.user_name and fold(officer.user_name) != fold(user.name):
                raise ValidationError(
                    self.env._(
                        "The login %(login)s belongs to %(user)s, not to %(name)s. "
                        "Correct the login or the name.",
                        login=user.login,
                        user=user.name,
                        name=officer.user_name,
                    )
                )

    @api.constrains("unit_id", "date_start")
    def _check_unit_exists(self):
        """Nobody begins to act for a unit that has ended."""
        for officer in self:
            unit = officer.unit_id
            if unit.date_end and officer.date_start > unit.date_end:
                raise ValidationError(
                    self.env._(
                        "“%(unit)s” ended on %(day)s: %(user)s cannot begin to act for "
                        "it after that. Choose the unit that followed it.",
                        unit=unit.name,
                        day=format_date(self.env, unit.date_end),
                        user=officer.user_id.name,
                    )
                )

    @api.constrains("unit_id", "user_id", "role", "date_start", "date_end")
    def _check_overlap(self):
        """One head at a time, and nobody twice in the same role on the same day."""
        # asked of the database: of a file that was refused, ghosts are remembered
        lines = self.search(Domain("unit_id", "in", self.unit_id.ids))
        by_unit = lines.grouped("unit_id")
        for officer in self:
            others = by_unit[officer.unit_id] - officer
            for other in others.filtered(lambda o, me=officer: o._overlaps(me)):
                if other.user_id == officer.user_id and other.role == officer.role:
                    message = self.env._(
                        "%(user)s already acts for “%(unit)s” in this role at that "
                        "time. Change the dates of that assignment instead.",
                        user=officer.user_id.name,
                        unit=officer.unit_id.name,
                    )
                elif other.role == officer.role == "head":
                    message = self.env._(
                        "“%(unit)s” has a head at that time: %(user)s. End that "
                        "assignment before the new one begins.",
                        unit=officer.unit_id.name,
                        user=other.user_id.name,
                    )
                else:
                    continue
                raise ValidationError(message)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_complete(vals)
            self._check_days(vals)
        officers = super().create(vals_list)
        officers._check_not_oneself()
        self._forget_scopes()
        return officers

    def write(self, vals):
        self._check_days(vals)
        result = super().write(vals)
        if vals.keys() & {"user_id", "role", "unit_id", "date_start", "date_end"}:
            self._check_not_oneself()
        self._forget_scopes()
        return result

    def unlink(self):
        result = super().unlink()
        self._forget_scopes()
        return result

    @api.model
    def _forget_scopes(self):
        """Drop what is remembered of who may see what, in every worker."""
        self.env.registry.clear_cache()
        self.env["res.users"].invalidate_model(["emulation_unit_ids"])
        self.env["emulation.unit"].invalidate_model(["head_user_id"])
        self.env["res.partner"].invalidate_model(["emulation_birth_date"])
        for model_name, model in self.env.registry.items():
            if not model._abstract and "in_scope" in model._fields:
                self.env[model_name].invalidate_model(["in_scope", "in_sight"])

    @api.model
    def _check_complete(self, vals):
        """Refuse an officer of no unit, and a unit of nobody, in words.

        :raises ValidationError: naming whom or what it is about
        """
        names = ["unit_id", "user_id"]
        values = {**self.default_get(names), **vals}
        unit_id, user_id = (values.get(name) for name in names)
        if user_id and not unit_id:
            raise ValidationError(
                self.env._(
                    "%(user)s needs a unit: choose the one this user is to act for.",
                    user=self.env["res.users"].browse(user_id).name,
                )
            )
        if unit_id and not user_id:
            raise ValidationError(
                self.env._(
                    "Choose who is to act for “%(unit)s”.",
                    unit=self.env["emulation.unit"].browse(unit_id).name,
                )
            )

    def _check_days(self, vals):
        """Refuse an end before the start; the CHECK of the table names nobody."""
        if not {"date_start", "date_end"} & vals.keys():
            return
        today = fields.Date.context_today(self)
        for officer in self or [self]:
            start, end = (
                fields.Date.to_date(vals.get(name, officer[name]) or None)
                for name in ("date_start", "date_end")
            )
            if end and end < (start or today):
                user = self.env["res.users"].browse(vals.get("user_id"))
                unit = self.env["emulation.unit"].browse(vals.get("unit_id"))
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot stop acting for “%(unit)s” on %(end)s, before "
                        "beginning on %(start)s. Correct one of the two dates.",
                        user=(user or officer.user_id).name,
                        unit=(unit or officer.unit_id).name,
                        end=format_date(self.env, end),
                        start=format_date(self.env, start or today),
                    )
                )

    def _check_not_oneself(self):
        """Nobody makes themselves the head who endorses, whatever rights they have.

        Nor reopens or lengthens such an assignment; to end it is everybody's right.
        """
        today = fields.Date.context_today(self)
        for officer in self:
            lasts = not officer.date_end or officer.date_end >= today
            heads = officer.role in ("head", "deputy")
            if lasts and heads and officer.user_id == self.env.user and not self.env.su:
                raise ValidationError(
                    self.env._(
                        "You cannot make yourself head or deputy of “%(unit)s”. Ask "
                        "another movement manager.",
                        unit=officer.unit_id.name,
                    )
                )

    # REFORM OF THE UNIT

    @api.model
    def _succession_open_domain(self, day):
        return Domain("date_end", "=", False) | Domain("date_end", ">=", day)

    def _succession_effect(self, succession):
        # Nobody rises to the body above because their own was dissolved
        if succession.kind == "dissolve":
            return "end"
        return "officer" if self.role == "head" else "continue"

    def _succession_name(self):
        role = dict(self._fields["role"]._description_selection(self.env))[self.role]
        return f"{self.user_id.name} ({role})"

    def _succession_mark(self, move):
        following = self.browse(move.new_res_id)
        return {
            **super()._succession_mark(move),
            "date_end": str(self.date_end or ""),
            "role": following.role,
            "until": str(following.date_end or ""),
        }

    @api.model
    def _succession_apply(self, moves):
        """End the assignments and begin them anew at the successor.

        Heads go on as officers: who heads the successor is for people to decide.
        """
        vals_list, bearers, taken = [], [], set()
        for move in moves:
            officer = self.browse(move.res_id)
            day = move.succession_id.date
            move.former_values = {"date_end": str(officer.date_end or "")}
            if move.effect != "end":
                vals = officer._succession_vals(move.to_unit_id, day)
                key = (vals["unit_id"], vals["user_id"], vals["role"])
                if key not in taken and not officer._is_taken(vals):
                    taken.add(key)
                    vals_list.append(vals)
                    bearers.append(move)
        for day, group in moves.grouped(lambda move: move.succession_id.date).items():
            officers = self.browse(group.mapped("res_id"))
            eve = fields.Date.subtract(day, days=1)
            begun = officers.filtered(lambda line, eve=eve: line.date_start > eve)
            (officers - begun).date_end = eve
            for officer in begun:
                officer.write({"date_end": officer.date_start, "is_void": True})
        for move, officer in zip(bearers, self.create(vals_list), strict=True):
            move.new_res_id = officer.id

    def _succession_vals(self, unit, day):
        return {
            "unit_id": unit.id,
            "user_id": self.user_id.id,
            "role": "officer" if self.role == "head" else self.role,
            "position": False if self.role == "head" else self.position,
            "date_start": max(day, self.date_start),
            "date_end": self.date_end,
        }

    def _is_taken(self, vals):
        """Return whether the user acts for the successor in that role already."""
        return bool(
            self.search_count(
                [
                    ("unit_id", "=", vals["unit_id"]),
                    ("user_id", "=", vals["user_id"]),
                    ("role", "=", vals["role"]),
                    "|",
                    ("date_end", "=", False),
                    ("date_end", ">=", vals["date_start"]),
                ],
                limit=1,
            )
        )

    @api.model
    def _succession_undo(self, moves):
        self.browse(filter(None, moves.mapped("new_res_id"))).unlink()
        for move in moves:
            former = (move.former_values or {}).get("date_end")
            self.browse(move.res_id).write(
                {"date_end": former or False, "is_void": False}
            )

    def _overlaps(self, other):
        """Return whether the two assignments share a day."""
        self.ensure_one()
        return (not self.date_end or self.date_end >= other.date_start) and (
            not other.date_end or other.date_end >= self.date_start
        )

    def _is_current(self, day):
        """Return whether the assignment holds on ``day`` (a date).

        Nobody acts for a unit that had ended when the assignment was to begin.
        """
        self.ensure_one()
        begun = self.date_start <= day and not self.is_void
        return begun and (not self.date_end or self.date_end >= day)

    @api.model
    def _get_current_domain(self):
        """Return the domain of the assignments that hold today."""
        today = fields.Date.context_today(self)
        return (
            Domain("date_start", "<=", today)
            & (Domain("date_end", "=", False) | Domain("date_end", ">=", today))
            & Domain("is_void", "=", False)
        )

    @api.model
    def _get_headed_domain(self, user):
        """Return the domain of the assignments by which ``user`` endorses today."""
        heads = Domain("role", "in", ("head", "deputy"))
        return heads & Domain("user_id", "=", user.id) & self._get_current_domain()
