from odoo import api, fields, models
from odoo.fields import Domain

OF_KIND = {"unit": "investor_unit_id", "other": "investor_name"}


class EmulationInitiative(models.Model):
    """Who paid for an initiative (chủ đầu tư tạo ra sáng kiến), and its campaigns.

    Circular 18/2013, Annex I: the investor decides on the use and owes the
    remuneration. “Nobody else” is an answer too, and no gap in the form.
    """

    _inherit = "emulation.initiative"

    investor_kind = fields.Selection(
        [
            ("authors", "The authors themselves"),
            ("unit", "A unit"),
            ("other", "Somebody else"),
        ],
        string="Investor",
        compute="_compute_investor_kind",
        store=True,
        readonly=False,
        help="Who paid for making and trying it",
    )

    @api.depends("investor_unit_id", "investor_name")
    def _compute_investor_kind(self):
        for initiative in self:
            named = [kind for kind, name in OF_KIND.items() if initiative[name]]
            initiative.investor_kind = initiative.investor_kind or (named or [False])[0]

    @api.onchange("investor_kind")
    def _onchange_investor_kind(self):
        self._propose_investor()

    # CONTENT

    def _propose_investor(self):
        """Most often the unit that paid is the one where the authors work."""
        if self.investor_kind == "unit" and not self.investor_unit_id:
            self.investor_unit_id = self.unit_id

    def _has_item(self, code):
        if code != "investor":
            return super()._has_item(code)
        kind = self.investor_kind
        return kind == "authors" or bool(kind and self[OF_KIND[kind]])

    @api.model
    def _contents(self):
        return super()._contents() | {"investor_kind"}

    # PORTAL

    @api.model
    def _get_choices(self, name):
        """Return what an author chooses among, in words that fit their dossier."""
        choices = self._fields[name]._description_selection(self.env)
        if name != "investor_kind":
            return choices
        unit = (self.investor_unit_id or self.unit_id).name
        words = {
            "authors": self.env._("I myself, or we authors together"),
            "unit": self.env._("The unit: %(unit)s", unit=unit),
            "other": self.env._("Another body or person"),
        }
        return [(value, words[value]) for value, _label in choices]

    def _get_told_as(self, name):
        """Return the field that tells the answer to ``name`` to a reader, or none."""
        asked_after, answers = self._get_needs(name)
        if asked_after and self[asked_after] not in answers:
            return ""
        if name == "investor_kind" and self.investor_kind == "unit":
            return "investor_unit_id"
        return "" if name == "investor_kind" and self.investor_kind == "other" else name

    def _follow_unit(self, before):
        """The author's unit paid for it: another unit of theirs is so named."""
        if before and self.investor_unit_id == before:
            self.investor_unit_id = self.unit_id

    def _get_campaigns(self):
        """Return the movements and campaigns under way beside the one of the round."""
        campaigns = Domain("state", "=", "running")
        companies = [False, *self.env.companies.ids]
        campaigns &= Domain("company_id", "in", companies)
        # the one of the round, and those that it carries out, are clear anyway
        clear = line = self.round_id.movement_id
        while line := line.parent_id:
            clear |= line
        campaigns &= Domain("id", "not in", clear.ids)
        return self.env["emulation.movement"].sudo().search(campaigns)
