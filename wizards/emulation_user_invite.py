from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ..models.res_users_roles import DUTIES, OFFICE_ROLES
from ..tools.text import clean


class EmulationUserInvite(models.TransientModel):
    """An officer in one screen: account, roles, unit (R68).

    Also changes the roles of somebody who has an account. Whatever is asked, only
    groups of this application are given or taken: see ``res.users``.
    """

    _name = "emulation.user.invite"
    _description = "Invite a User or Change Roles"

    user_id = fields.Many2one("res.users", readonly=True)
    name = fields.Char(string="Full name")
    login = fields.Char(
        string="E-mail", help="Also the login. The invitation is sent there."
    )
    office_role = fields.Selection(
        [
            ("none", "None"),
            ("officer", "Unit officer"),
            ("movement", "Movement officer"),
            ("manager", "Movement manager"),
        ],
        string="Role in the offices",
        required=True,
        compute="_compute_roles",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_council = fields.Boolean(
        string="Council member",
        compute="_compute_roles",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_award = fields.Boolean(
        string="Award board officer",
        compute="_compute_roles",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_finance = fields.Boolean(
        string="Finance officer",
        compute="_compute_roles",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_leader = fields.Boolean(
        string="Leader (read only)",
        compute="_compute_roles",
        store=True,
        readonly=False,
        precompute=True,
    )
    is_data = fields.Boolean(
        string="Data lead",
        compute="_compute_roles",
        store=True,
        readonly=False,
        precompute=True,
    )
    unit_id = fields.Many2one("emulation.unit", help="The unit this person acts for")
    unit_role = fields.Selection(
        [("head", "Head"), ("deputy", "Deputy head"), ("officer", "Officer")],
        string="Role in the unit",
        default="officer",
        help="The head endorses for the unit; a deputy does so in the head's place",
    )
    position = fields.Char(help="Position as printed above the signature")
    date_start = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    role_notes = fields.Html(
        string="What each role may do", compute="_compute_role_notes"
    )
    current_units = fields.Char(
        string="Acts for", compute="_compute_current_units", compute_sudo=True
    )

    @api.depends("user_id")
    def _compute_roles(self):
        groups = self.env["res.users"]._emulation_groups()
        for wizard in self:
            held = wizard.user_id.sudo().all_group_ids
            office = [name for name in OFFICE_ROLES if groups[name] in held]
            # Whoever is invited usually works for a unit
            wizard.office_role = (
                office[-1] if office else ("none" if wizard.user_id else "officer")
            )
            for name in DUTIES:
                wizard[f"is_{name}"] = groups[name] in held

    @api.depends("user_id")
    def _compute_role_notes(self):
        """Tell each role in the sentence that its group carries."""
        groups = self.env["res.users"]._emulation_groups().values()
        self.role_notes = Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
            Markup("<li><b>%s</b>: %s</li>") % (group.name, group.comment)
            for group in groups
        )

    @api.depends("user_id")
    def _compute_current_units(self):
        for wizard in self:
            units = wizard.user_id.emulation_unit_ids
            wizard.current_units = ", ".join(units.mapped("name"))

    def action_confirm(self):
        """Create the account or change its roles, and begin the assignment.

        :raises UserError: naming what is missing; nothing is half done
        :raises AccessError: for anybody but a movement manager
        """
        self.ensure_one()
        roles = self._get_roles()
        self._check_unit(roles)
        if self.user_id:
            user = self.user_id
            user._emulation_set_roles(roles)
        else:
            name, login = self._get_account()
            user = self.env["res.users"]._emulation_create_user(name, login, roles)
        if self.unit_id:
            self.env["emulation.unit.officer"].create(
                {
                    "user_id": user.id,
                    "unit_id": self.unit_id.id,
                    "role": self.unit_role or "officer",
                    "position": self.position,
                    "date_start": self.date_start,
                }
            )
        return {"type": "ir.actions.act_window_close"}

    def _get_roles(self):
        roles = [name for name in DUTIES if self[f"is_{name}"]]
        if self.office_role != "none":
            roles.append(self.office_role)
        return roles

    def _get_account(self):
        """Return name and login of the new account.

        :raises UserError: when one is missing or the e-mail is none
        """
        name, login = clean(self.name), email_normalize(self.login or "")
        if not name or not login:
            raise UserError(
                self.env._(
                    "Enter the full name and a complete e-mail address, e.g. "
                    "canbo.xa@example.com. The invitation is sent there."
                )
            )
        return name, login

    def _check_unit(self, roles):
        """Refuse an officer without a unit, and a unit that has ended."""
        person = self.user_id.name or clean(self.name) or self.login
        acts = self.unit_id or self.user_id.emulation_unit_ids.filtered(
            lambda unit: not unit.is_ended
        )
        if "officer" in roles and not acts:
            raise UserError(
                self.env._(
                    "“%(person)s” would be a unit officer without a unit and see "
                    "nothing. Choose the unit this person acts for.",
                    person=person,
                )
            )
        if not roles and self.user_id and self.unit_id:
            raise UserError(
                self.env._(
                    "“%(person)s” has no role left and cannot act for “%(unit)s”. "
                    "Choose a role, or leave the unit empty.",
                    person=person,
                    unit=self.unit_id.name,
                )
            )
        if not roles and not self.user_id:
            raise UserError(
                self.env._("Choose at least one role for “%(person)s”.", person=person)
            )
