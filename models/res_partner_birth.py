from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

# Said by whoever looks people up by their birth date for the application itself; an
# object, so that no client can say it.
BY_APPLICATION = object()


class GuardedDate(fields.Date):
    """A date that no domain of a client asks for, by whatever path it comes.

    A path over an account (``partner_id`` of ``res.users``) is followed without the
    rights of the user: ``groups`` alone would not keep it.
    """

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        env = model.env
        trusted = env.context.get("emulation_births") is BY_APPLICATION
        if not trusted and env.uid != SUPERUSER_ID:
            raise AccessError(
                env._(
                    "A date of birth is personal data and no condition of a search. "
                    "Search by “Date of birth”: it finds the people whose date you "
                    "may read."
                )
            )
        return super().condition_to_sql(
            field_expr, operator, value, model, alias, query
        )


class ResPartner(models.Model):
    """The date of birth, and who may read it: whoever answers for the person.

    It is kept in a field that nobody reaches. What people and screens use is worked
    out for the user at hand, also where the rest is done without rights (``sudo``),
    so that neither a related field nor a form in the making gives it away.
    """

    _inherit = "res.partner"

    emulation_born_on = GuardedDate(
        string="Date of birth as kept",
        groups=fields.NO_ACCESS,
        copy=False,
        help="For the application itself: duplicates, ages, conflicts of interest",
    )
    emulation_birth_date = fields.Date(
        string="Date of birth",
        compute="_compute_emulation_birth_date",
        inverse="_inverse_emulation_birth_date",
        search="_search_emulation_birth_date",
        compute_sudo=True,
        groups="emulation.group_emulation_officer,base.group_portal",
        help="Printed in the list of authors of an application. Personal data: only "
        "officers of the person's unit and of the person's dossiers see it.",
    )

    # Not of the unit: who it is readable to must not undo what is being typed
    @api.depends("emulation_born_on")
    @api.depends_context("uid")
    def _compute_emulation_birth_date(self):
        readable = self._origin._emulation_with_birth()
        for partner in self:
            born = partner._origin in readable and partner.emulation_born_on
            partner.emulation_birth_date = born

    def _inverse_emulation_birth_date(self):
        for day, partners in self.grouped("emulation_birth_date").items():
            partners.sudo().write({"emulation_born_on": day})

    def _search_emulation_birth_date(self, operator, value):
        """Find people by a date only among those it may be read of."""
        # the ORM asks for no right to a field that a method searches
        self._check_field_access(self._fields["emulation_birth_date"], "read")
        asked = Domain("emulation_born_on", operator, value)
        people = self._emulation_by_birth().with_context(active_test=False)
        return Domain("id", "in", people._search(asked & self._emulation_births()))

    @api.constrains("emulation_born_on")
    def _check_emulation_born_on(self):
        today = fields.Date.context_today(self)
        for partner in self:
            born = partner.sudo().emulation_born_on
            if born and born > today:
                raise ValidationError(
                    self.env._(
                        "%(partner)s: the date of birth lies in the future. Correct "
                        "it, or leave it empty.",
                        partner=partner.name,
                    )
                )

    @api.model
    def _emulation_births(self):
        """Return the domain of the people whose date of birth the user may read."""
        user = self.env.user
        overall = "emulation.group_emulation_movement"
        if self.env.uid == SUPERUSER_ID or user.has_group(overall):
            return Domain.TRUE
        oneself = Domain("id", "=", user.partner_id.id)
        if user.has_group("emulation.group_emulation_officer"):
            return oneself | self._emulation_births_of_officer()
        return oneself

    @api.model
    def _emulation_births_of_officer(self):
        """Return the domain of the people an officer answers for."""
        entered = Domain("create_uid", "=", self.env.uid)
        return Domain("emulation_unit_id.in_sight", "=", True) | (
            self._emulation_of_nobody() & entered
        )

    @api.model
    def _emulation_of_nobody(self):
        """Return the domain of the contacts of no unit, without an account."""
        unit, account = "emulation_unit_id", "user_ids"
        return Domain(unit, "=", False) & Domain(account, "=", False)

    def _emulation_with_birth(self):
        """Return (sudo) those of these people whose date of birth the user may read."""
        people = self.sudo().with_context(active_test=False)
        if not self.ids:
            return people.browse()
        return people.search(Domain("id", "in", self.ids) & self._emulation_births())

    @api.model
    def _emulation_by_birth(self):
        """Return the model (sudo) by which the application looks up birth dates."""
        return self.sudo().with_context(emulation_births=BY_APPLICATION)
