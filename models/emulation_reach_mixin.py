from odoo import api, fields, models


class EmulationReachMixin(models.AbstractModel):
    """Whether a record lies within the current user's reach: to work on, or to read.

    Both are searched at query time from the units the user acts for, so that a
    membership given or taken away takes effect at once: a rule that lists the
    user's units would be cached with the user and go stale.
    """

    _name = "emulation.reach.mixin"
    _description = "Within Reach of a User"

    # The column with the path in the tree of units, and what moves a record in it
    _reach_path = "unit_path"
    _reach_dependency = "unit_id"

    in_scope = fields.Boolean(
        string="In my units",
        compute="_compute_in_scope",
        search="_search_in_scope",
        compute_sudo=True,
        help="The current user acts for this unit or for a unit above it",
    )
    in_sight = fields.Boolean(
        string="Readable by my units",
        compute="_compute_in_sight",
        search="_search_in_sight",
        compute_sudo=True,
        help="In the current user's units or their predecessors, or in a unit they "
        "manage by sector",
    )

    def _get_reach_unit(self):
        """Return the unit whose place in the tree decides."""
        return self.unit_id

    def _get_reach_path(self):
        return self._get_reach_unit().parent_path or ""

    @api.depends(lambda self: [self._reach_dependency])
    @api.depends_context("uid")
    def _compute_in_scope(self):
        prefixes = tuple(self.env.user._emulation_scope_paths())
        mine = self.filtered(
            lambda record: record._get_reach_path().startswith(prefixes)
        )
        mine.in_scope = True
        (self - mine).in_scope = False

    @api.depends(lambda self: [self._reach_dependency])
    @api.depends_context("uid")
    def _compute_in_sight(self):
        user = self.env.user
        prefixes = user._emulation_scope_paths() + user._emulation_past_paths()
        sector_ids = user._emulation_sector_unit_ids()
        seen = self.filtered(
            lambda record: (
                record._get_reach_path().startswith(prefixes)
                or record._get_reach_unit().id in sector_ids
            )
        )
        seen.in_sight = True
        (self - seen).in_sight = False

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Fetch also what the rules judge a record by.

        Whoever reads what was found has it judged once more, record by record: for
        a column that is not there every column would be fetched for that.
        """
        if field_names and not self.env.su:
            field_names = [*field_names, *self._judged_by()]
        return super().search_fetch(domain, field_names, offset, limit, order)

    def _judged_by(self):
        """Return the names of the columns that rules ask, as far as one may read."""
        names = {"company_id", self._reach_dependency} & self._fields.keys()
        return [
            name
            for name in sorted(names)
            if self._fields[name].store
            and self._has_field_access(self._fields[name], "read")
        ]

    def _search_in_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self.env.user._emulation_scope_domain(self._reach_path)
        return domain if True in value else ~domain

    def _search_in_sight(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self.env.user._emulation_sight_domain(self._reach_path)
        return domain if True in value else ~domain
