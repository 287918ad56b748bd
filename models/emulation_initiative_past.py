from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError

# How an entry of a list can have ended
PAST_STATES = ("recognised", "not_recognised")
# What the import of a list writes, and nobody else
PAST_FIELDS = {"is_past", "past_grade", "past_decision_number", "past_decision_date"}
# What a list can say about an entry
PAST_CONTENTS = {
    "name", "unit_id", "round_id", "kind_id", "field_id", "theme_id", "author_ids",
    "keywords", "solution", "benefit_amount", "state", "past_grade",
    "past_decision_number", "past_decision_date",
}  # fmt: skip


class EmulationInitiative(models.Model):
    """Entries of past years' lists: known, searched and counted, never judged again.

    A list gives the end of a dossier without its course: neither examination nor
    score nor certificate is made up for it. Its result stands in fields of its own,
    shown as what the list says, and it takes no part in any later step.
    """

    _inherit = "emulation.initiative"

    is_past = fields.Boolean(
        string="From an imported list",
        readonly=True,
        copy=False,
        help="Entered from the list of a past year: the result is what the list says",
    )
    past_grade = fields.Char(string="Grade (as listed)", copy=False)
    past_decision_number = fields.Char(string="Decision number (as listed)", copy=False)
    past_decision_date = fields.Date(string="Decision date (as listed)", copy=False)
    past_year = fields.Integer(
        string="Year of the list",
        compute="_compute_past_year",
        inverse="_inverse_list_columns",
        aggregator=None,
    )
    past_result = fields.Selection(
        [("recognised", "Recognised"), ("not_recognised", "Not recognised")],
        string="Result of the list",
        compute="_compute_past_result",
        inverse="_inverse_list_columns",
    )

    @api.depends("year")
    def _compute_past_year(self):
        for initiative in self:
            initiative.past_year = initiative.year

    @api.depends("state")
    def _compute_past_result(self):
        for initiative in self:
            ended = initiative.state in PAST_STATES
            initiative.past_result = initiative.state if ended else False

    def _inverse_list_columns(self):
        """Refuse: these are columns of a file, whole lists come in by the import."""
        raise UserError(
            self.env._(
                "Year, result and authors in one cell are columns of a list. Load the "
                "list with “Import records”, with the template offered there."
            )
        )

    @api.constrains("unit_id")
    def _check_unit_living(self):
        """What a list tells of happened while its unit existed."""
        return super(
            EmulationInitiative, self.filtered(lambda one: not one.is_past)
        )._check_unit_living()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        """An entry of a list may be taken out again: a wrong file must be undone."""
        past = self.filtered("is_past")
        return super(EmulationInitiative, self - past)._unlink_except_handed_in()

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | PAST_FIELDS

    def _can_move(self, target):
        """No step follows on the result of a list, whoever asks."""
        return not self.is_past and super()._can_move(target)

    # ENTRIES OF LISTS

    @api.model
    def _create_past(self, vals_list):
        """Enter what a list says as dossiers that have ended: the only way to do so.

        Movement officers enter any past or present year of the whole jurisdiction,
        unit officers past years of their own units. The entries lie in rounds that
        are over; the authors' signatures are those of the old paper.

        :param vals_list: values of ``PAST_CONTENTS`` alone; ``state`` is one of
            ``PAST_STATES``
        :return: the entries, in the user's environment
        :raises AccessError, UserError: naming the entry that may not be entered
        """
        for vals in vals_list:
            unknown = vals.keys() - PAST_CONTENTS
            if unknown or vals.get("state") not in PAST_STATES:
                raise ValueError(f"not told by a list: {sorted(unknown) or 'state'}")
        self.browse().check_access("create")
        quietly = self.sudo().with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        entries = quietly.create(
            [
                {
                    **vals,
                    "is_past": True,
                    # the agreement on the old paper holds for these shares
                    "share_version": 1,
                    "code": code,
                    "date": self._get_past_day(vals),
                    "date_recognised": vals.get("past_decision_date"),
                }
                for vals, code in zip(
                    vals_list, self._take_past_codes(vals_list), strict=True
                )
            ]
        ).with_env(self.env)
        entries._check_past_rights()
        return entries

    @api.model
    def _get_past_day(self, vals):
        """Return the day under which an entry stands: old ones do not come first.

        That of its decision, else the last of its year.
        """
        if vals.get("past_decision_date"):
            return vals["past_decision_date"]
        rnd = self.env["emulation.round"].sudo().browse(vals["round_id"])
        return min(fields.Date.context_today(self), date(rnd.year, 12, 31))

    def _check_past_rights(self):
        """Raise unless the user may have entered each of these from a list."""
        self.check_access("create")
        today = fields.Date.context_today(self)
        office = self.env.user.has_group("emulation.group_emulation_movement")
        for entry in self:
            last = today.year if office else today.year - 1
            if entry.year > last:
                raise UserError(
                    self.env._(
                        "“%(initiative)s” is of the year %(year)s: a list takes years "
                        "up to %(last)s. Enter it as a dossier of an open round.",
                        initiative=entry.name,
                        year=entry.year,
                        last=last,
                    )
                )
            if entry.round_id.state not in ("closed", "done"):
                raise UserError(
                    self.env._(
                        "“%(initiative)s”: the round “%(round)s” is not over, its "
                        "results come from its own sessions. Name another round.",
                        initiative=entry.name,
                        round=entry.round_id.name,
                    )
                )

    @api.model
    def _take_past_codes(self, vals_list):
        """Return a code for each entry: of its year, in one question per year."""
        rounds = (
            self.env["emulation.round"]
            .sudo()
            .browse({vals["round_id"] for vals in vals_list})
        )
        years = {rnd.id: rnd.year for rnd in rounds}
        of_year = [years[vals["round_id"]] for vals in vals_list]
        codes = {}
        for year in set(of_year):
            codes[year] = iter(self._take_codes(year, of_year.count(year)))
        return [next(codes[year]) for year in of_year]

    def _correct_past(self, vals):
        """Write what a list says now of an entry it brought, only what differs.

        :param vals: values of ``PAST_CONTENTS`` without state and authors
        :return: whether anything differed
        """
        self.ensure_one()
        self.check_access("write")
        if not self.is_past:
            raise UserError(
                self.env._(
                    "“%(initiative)s” was not entered from a list and is not "
                    "corrected by one.",
                    initiative=self.name,
                )
            )
        changes = {
            name: value
            for name, value in vals.items()
            if value and not self._import_is_same(name, value)
        }
        if changes:
            self._check_past_rights()
            self.sudo().with_context(tracking_disable=True).write(changes)
        return bool(changes)
