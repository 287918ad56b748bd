from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class EmulationUnitCluster(models.Model):
    """Units that compete with one another (cụm, khối thi đua), between two dates.

    A cluster gathers territories, a block agencies of one sort; its units take
    turns in leading it (trưởng cụm, trưởng khối).
    """

    _name = "emulation.unit.cluster"
    _inherit = ["emulation.succession.mixin"]
    _description = "Emulation Cluster"
    _order = "date_start desc, kind, sequence, id"
    _check_company_auto = True

    _succession_fields = ("unit_ids", "lead_unit_id")

    name = fields.Char(required=True)
    kind = fields.Selection(
        [("cluster", "Cluster"), ("block", "Block")],
        required=True,
        default="cluster",
        help="A cluster (cụm) of territories or a block (khối) of agencies",
    )
    sequence = fields.Integer(default=10)
    date_start = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.start_of(
            fields.Date.context_today(self), "year"
        ),
    )
    date_end = fields.Date(string="Until")
    lead_unit_id = fields.Many2one(
        "emulation.unit",
        string="Lead unit",
        ondelete="restrict",
        check_company=True,
        domain="[('id', 'in', unit_ids)]",
        help="Convenes the cluster and sends in its assessment; one of its units",
    )
    unit_ids = fields.Many2many(
        "emulation.unit",
        "emulation_unit_cluster_rel",
        "cluster_id",
        "unit_id",
        string="Units",
        check_company=True,
        domain="[('is_ended', '=', False)]",
    )
    unit_count = fields.Integer(string="Number of units", compute="_compute_unit_count")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    note = fields.Text()

    _date_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date_start)",
        "A cluster cannot end before it begins. Correct one of the two dates.",
    )

    @api.depends("unit_ids")
    def _compute_unit_count(self):
        for cluster in self:
            cluster.unit_count = len(cluster.unit_ids)

    @api.constrains("unit_ids", "lead_unit_id")
    def _check_lead_unit(self):
        for cluster in self:
            if cluster.lead_unit_id - cluster.unit_ids:
                raise ValidationError(
                    self.env._(
                        "“%(unit)s” leads “%(cluster)s” and must be one of its units. "
                        "Add it, or choose another lead unit.",
                        unit=cluster.lead_unit_id.name,
                        cluster=cluster.name,
                    )
                )

    @api.constrains("unit_ids", "kind", "date_start", "date_end")
    def _check_one_cluster(self):
        """A unit competes in at most one cluster, and one block, at a time."""
        for cluster in self:
            others = cluster._get_rivals(cluster.unit_ids)
            if others:
                raise ValidationError(
                    self.env._(
                        "“%(unit)s” competes in “%(other)s” at that time already. "
                        "Take it out of there, or end that one first.",
                        unit=(others[0].unit_ids & cluster.unit_ids)[:1].name,
                        other=others[0].name,
                    )
                )

    def _get_rivals(self, units):
        """Return the clusters of the same kind and time in which ``units`` compete."""
        self.ensure_one()
        return self.search(
            Domain("unit_ids", "in", units.ids)
            & Domain("kind", "=", self.kind)
            & Domain("id", "!=", self.id)
            & Domain("date_start", "<=", self.date_end or "9999-12-31")
            & (
                Domain("date_end", "=", False)
                | Domain("date_end", ">=", self.date_start)
            )
        )

    # REFORM OF A UNIT

    @api.model
    def _succession_open_domain(self, day):
        return Domain("date_end", "=", False) | Domain("date_end", ">=", day)

    def _succession_effect(self, succession):
        """A successor competes in one cluster: where it is, else the first of them.

        Whoever takes over open files of a dissolved unit takes no place of it.
        """
        if succession.kind == "dissolve":
            return "end"
        ending = succession.predecessor_ids
        found = succession.line_ids._find_units(ending.ids)
        units = ending.browse().union(*found.values())
        others = self._get_rivals(ending | units)
        if others.filtered(lambda one: one.unit_ids & units or one.id < self.id):
            return "move" if self.unit_ids & units else "end"
        return "move"

    @api.model
    def _succession_apply(self, moves):
        """The lead is one of the units: it gives way first, and follows last."""
        clusters = self.browse(moves.mapped("res_id"))
        leads = moves.filtered(lambda move: move.field_name == "lead_unit_id")
        self.browse(leads.mapped("res_id")).lead_unit_id = False
        members = moves - leads
        # the successor leaves nobody a place in two clusters
        ended_first = members.sorted(lambda move: move.effect != "end")
        result = super()._succession_apply(ended_first)
        for lead in leads:
            cluster = clusters.browse(lead.res_id)
            member = members.filtered(
                lambda move, lead=lead: (
                    move.res_id == lead.res_id
                    and move.from_unit_id == lead.from_unit_id
                )
            )
            lead.to_unit_id = lead.effect != "end" and member.to_unit_id
            cluster.lead_unit_id = lead.to_unit_id
        return result

    @api.model
    def _succession_undo(self, moves):
        leads = moves.filtered(lambda move: move.field_name == "lead_unit_id")
        self.browse(leads.mapped("res_id")).lead_unit_id = False
        super()._succession_undo(moves - leads)
        return super()._succession_undo(leads)


class EmulationUnit(models.Model):
    _inherit = "emulation.unit"

    cluster_ids = fields.Many2many(
        "emulation.unit.cluster",
        "emulation_unit_cluster_rel",
        "unit_id",
        "cluster_id",
        string="Clusters and blocks",
    )
