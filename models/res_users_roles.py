from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ..tools.text import fold

# The ladder of the offices, lowest first: a user stands on one rung
OFFICE_ROLES = ("officer", "movement", "manager")
# Duties beside the ladder
DUTIES = ("council", "award", "finance", "leader", "data")


class ResUsers(models.Model):
    """Roles of the movement, given by a manager who is no administrator (R68).

    A manager reaches the groups of this application and nothing else: never the
    rights of an administrator, never an account that has any, never the password,
    the e-mail or the other groups of an account that exists.
    """

    _inherit = "res.users"

    emulation_role_names = fields.Char(
        string="Roles",
        compute="_compute_emulation_role_names",
        compute_sudo=True,
        help="What the user may do in the emulation application",
    )
    emulation_warning = fields.Char(
        string="To settle",
        compute="_compute_emulation_warning",
        compute_sudo=True,
        help="A role that has no effect: no unit, or a unit that has ended",
    )
    emulation_can_change_roles = fields.Boolean(
        string="Roles can be changed",
        compute="_compute_emulation_can_change_roles",
        help="Whether you may change this user's roles",
    )
    emulation_is_involved = fields.Boolean(
        string="Uses the emulation application",
        compute="_compute_emulation_is_involved",
        search="_search_emulation_is_involved",
        compute_sudo=True,
    )

    @api.depends("group_ids")
    def _compute_emulation_role_names(self):
        groups = self._emulation_groups()
        for user in self:
            held = user.all_group_ids
            office = [groups[name] for name in OFFICE_ROLES if groups[name] in held]
            duties = [groups[name] for name in DUTIES if groups[name] in held]
            names = [group.name for group in office[-1:] + duties]
            user.emulation_role_names = ", ".join(names)

    @api.depends("group_ids", "emulation_officer_ids.unit_id.date_end")
    def _compute_emulation_warning(self):
        groups = self._emulation_groups()
        for user in self:
            user.emulation_warning = False
            units = user.emulation_unit_ids
            ended = units.filtered("is_ended")
            if ended:
                user.emulation_warning = self.env._(
                    "Acts for “%(unit)s”, which has ended", unit=ended[:1].name
                )
            elif not units and user._emulation_is_unit_officer(groups):
                user.emulation_warning = self.env._("Acts for no unit")

    @api.depends("group_ids")
    def _compute_emulation_is_involved(self):
        member = self.env.ref("emulation.group_emulation_user")
        for user in self:
            user.emulation_is_involved = member in user.all_group_ids

    @api.depends("group_ids", "company_ids", "share")
    @api.depends_context("uid")
    def _compute_emulation_can_change_roles(self):
        """Ask the guard itself: no button where it would always refuse."""
        for user in self:
            try:
                user._emulation_check_reach()
            except (AccessError, UserError):
                user.emulation_can_change_roles = False
            else:
                user.emulation_can_change_roles = True

    def _search_emulation_is_involved(self, operator, value):
        if operator != "in":
            return NotImplemented
        member = self.env.ref("emulation.group_emulation_user")
        involved = Domain("all_group_ids", "in", member.ids)
        users = self.sudo().with_context(active_test=False).search(involved)
        domain = Domain("id", "in", users.ids)
        return domain if True in value else ~domain

    def action_emulation_roles(self):
        """Open the dialog that gives this user other roles or another unit.

        :raises AccessError: for anybody but a movement manager
        :raises UserError: when the account is out of a manager's reach
        """
        self.ensure_one()
        self._emulation_check_reach()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Roles of %(user)s", user=self.name),
            "res_model": "emulation.user.invite",
            "view_mode": "form",
            "target": "new",
            "context": {"default_user_id": self.id},
        }

    def _emulation_is_unit_officer(self, groups):
        """Return whether the user sees nothing of the offices without a unit."""
        held = self.all_group_ids
        return groups["officer"] in held and groups["movement"] not in held

    @api.model
    def _emulation_groups(self):
        """Return the groups a manager may give: name of the role → group."""
        return {
            name: self.env.ref(f"emulation.group_emulation_{name}").sudo()
            for name in (*OFFICE_ROLES, *DUTIES)
        }

    def _emulation_check_reach(self):
        """Refuse accounts whose roles a movement manager may not change.

        :raises AccessError: for anybody but a movement manager
        :raises UserError: for one's own account, an administrator's, one outside
            the manager's companies, or one that is not an employee's
        """
        if self.env.su:
            return
        self._emulation_check_manager()
        for user in self.sudo():
            if reason := user._emulation_out_of_reach(self.env.user):
                raise UserError(reason)

    @api.model
    def _emulation_check_manager(self):
        """Leave the roles to movement managers.

        :raises AccessError: for anybody else
        """
        overall = "emulation.group_emulation_manager"
        if not self.env.su and not self.env.user.has_group(overall):
            raise AccessError(
                self.env._("Only a movement manager gives roles. Ask one to do it.")
            )

    def _emulation_out_of_reach(self, manager):
        """Return why ``manager`` may not change the roles of this account, or None."""
        self.ensure_one()
        system = self.env.ref("base.group_erp_manager")
        values = {"user": self.name}
        if self == manager:
            return self.env._(
                "You cannot change your own roles. Ask another movement manager."
            )
        if system in self.all_group_ids or self._is_superuser():
            return self.env._(
                "“%(user)s” administers the whole system: an administrator "
                "changes these roles.",
                **values,
            )
        if self.share or not self.active:
            return self.env._(
                "“%(user)s” has no active account of an employee. An administrator "
                "opens one first.",
                **values,
            )
        if self.company_ids - manager.company_ids:
            return self.env._(
                "“%(user)s” also works for a company that is not yours. An "
                "administrator changes these roles.",
                **values,
            )
        return None

    def _emulation_set_roles(self, roles):
        """Give exactly ``roles`` of the application, touching no other group.

        :param roles: names out of OFFICE_ROLES and DUTIES
        """
        self._emulation_check_reach()
        self._emulation_check_apart(roles)
        groups = self._emulation_groups()
        commands = [
            Command.link(group.id) if name in roles else Command.unlink(group.id)
            for name, group in groups.items()
        ]
        if not roles:
            # The technical group may have come by itself, e.g. from an import
            member = self.env.ref("emulation.group_emulation_user")
            commands.append(Command.unlink(member.id))
        self.sudo().write({"group_ids": commands})
        if not roles:
            # whoever has no role acts for nobody: a head would go on being one
            self._emulation_end_assignments()
        self._emulation_log_roles()

    @api.model
    def _emulation_check_apart(self, roles):
        """Refuse roles that must not meet in one person: who runs it never scores.

        :raises UserError: for an office of the movement together with a council
        """
        if "council" in roles and {"movement", "manager"} & set(roles):
            raise UserError(
                self.env._(
                    "A movement officer or manager never scores: one person cannot "
                    "also be council member. Give the two roles to two people."
                )
            )

    def _emulation_end_assignments(self):
        """End what these users do for units, also what is still to begin."""
        today = fields.Date.context_today(self)
        lines = self.sudo().emulation_officer_ids.filtered(
            lambda line: not line.date_end or line.date_end >= today
        )
        begun = lines.filtered(lambda line: line.date_start < today)
        begun.date_end = fields.Date.subtract(today, days=1)
        (lines - begun).unlink()

    def _emulation_log_roles(self):
        """Note on the contact of each user who gave which roles."""
        for user in self.sudo():
            body = self.env._(
                "Roles in the emulation application: %(roles)s (given by %(manager)s)",
                roles=user.emulation_role_names or self.env._("none"),
                manager=self.env.user.name,
            )
            user.partner_id._message_log(body=body)

    @api.model
    def _emulation_create_user(self, name, login, roles):
        """Create the account of an employee with ``roles`` and no other right.

        :param name: full name
        :param login: login, also the e-mail that the invitation goes to
        :return: the user, without superuser rights
        :raises UserError: when the login is taken
        """
        self._emulation_check_manager()
        taken = self._emulation_find_employee(name, login)
        if taken:
            # an employee without a role stands in no list of ours
            taken._emulation_set_roles(roles)
            return taken
        self._emulation_check_apart(roles)
        vals = self._emulation_prepare_user(name, login, roles)
        # who invites does not keep the invitation from being sent
        users = self.sudo().with_context(no_reset_password=False)
        user = users.create(vals).with_env(self.env)
        user._emulation_log_roles()
        return user

    @api.model
    def _emulation_find_employee(self, name, login):
        """Return the account that has ``login``, if any: an employee without a role.

        :raises UserError: when it has roles, or is somebody else's
        """
        Users = self.sudo().with_context(active_test=False)
        taken = Users.search([("login", "=ilike", login)], limit=1).with_env(self.env)
        if taken and taken.sudo().emulation_is_involved:
            raise UserError(
                self.env._(
                    "The login %(login)s belongs to “%(user)s” already. Choose that "
                    "user in the list and change the roles there.",
                    login=login,
                    user=taken.sudo().name,
                )
            )
        if taken and fold(taken.sudo().name) != fold(name):
            raise UserError(
                self.env._(
                    "The login %(login)s belongs to “%(user)s”, not to “%(name)s”. "
                    "Correct the e-mail or the name.",
                    login=login,
                    user=taken.sudo().name,
                    name=name,
                )
            )
        return taken

    @api.model
    def _emulation_prepare_user(self, name, login, roles):
        """Return the values of a new employee with ``roles`` and no other right."""
        manager, company = self.env.user, self.env.company
        groups = self._emulation_groups()
        employee = self.env.ref("base.group_user")
        return {
            "name": name,
            "login": login,
            "email": login,
            "lang": manager.lang,
            "tz": manager.tz,
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [
                Command.set([employee.id, *(groups[role].id for role in roles)])
            ],
        }
