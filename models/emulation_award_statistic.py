from odoo import api, fields, models

METHODS = [
    ("regular", "As a rule"),
    ("thematic", "By theme"),
    ("sudden", "For a sudden feat"),
    ("foreign", "Foreign relations"),
    ("contribution", "Lifelong contribution"),
    ("service", "Years of service"),
    ("resistance", "Resistance"),
]


class EmulationRecipientKind(models.Model):
    """In which line of the statistics a kind of recipient is counted."""

    _inherit = "emulation.recipient.kind"

    statistic_line = fields.Selection(
        [
            ("person", "Individuals"),
            ("collective", "Collectives"),
            ("enterprise", "Collectives: enterprises"),
            ("household", "Households"),
        ],
        string="Counted under",
        help="Line of forms 0602.N and 0603.N (Circular 02/2023/TT-BNV)",
    )

    @api.model
    def _classify_shipped(self, lines):
        """Say where the shipped kinds are counted; what an office said stays.

        :param lines: id of a kind → line
        """
        for kind in self.browse(lines).filtered(lambda one: not one.statistic_line):
            kind.statistic_line = lines[kind.id]


class EmulationAward(models.Model):
    """In which form and column the yearly statistics count an award."""

    _inherit = "emulation.award"

    statistic_column = fields.Selection(
        [
            ("0602.2", "0602.N: orders and medals"),
            ("0602.3", "0602.N: Ho Chi Minh Prize"),
            ("0602.4", "0602.N: State Prize"),
            ("0602.5", "0602.N: honorary titles of the State"),
            ("0602.6", "0602.N: emulation flag of the Government"),
            ("0602.7", "0602.N: certificate of merit of the Prime Minister"),
            ("0602.8", "0602.N: national emulation fighter"),
            ("0602.9", "0602.N: other forms of the State"),
            ("0603.2", "0603.N: certificates of merit"),
            ("0603.3", "0603.N: emulation fighter of ministry or province"),
            ("0603.4", "0603.N: emulation flag of ministry or province"),
            ("0603.5", "0603.N: badges and medals of ministry or province"),
            ("none", "In neither form"),
        ],
        string="Statistics",
        tracking=True,
        help="Column of forms 0602.N and 0603.N (Circular 02/2023/TT-BNV) in which it "
        "is counted",
    )
    commendation_method = fields.Selection(
        METHODS,
        string="Usually conferred",
        help="Proposed for nominations (phương thức khen thưởng)",
    )

    def _get_writable(self):
        # how it is counted is no part of the law
        return super()._get_writable() | {"statistic_column", "commendation_method"}

    @api.model
    def _classify_shipped(self, columns):
        """Say where the shipped awards are counted; what an office said stays.

        :param columns: id of an award → (column, usual method or False)
        """
        for award in self.browse(columns):
            column, method = columns[award.id]
            if not award.statistic_column:
                award.write(
                    {
                        "statistic_column": column,
                        "commendation_method": award.commendation_method or method,
                    }
                )


class EmulationNomination(models.Model):
    """How a recipient is commended, as the yearly statistics ask."""

    _inherit = "emulation.nomination"

    commendation_method = fields.Selection(
        METHODS,
        string="Commended",
        compute="_compute_commendation_method",
        store=True,
        readonly=False,
        help="Regularly, by theme, for a sudden feat … (phương thức khen thưởng)",
    )

    @api.depends("award_id.commendation_method")
    def _compute_commendation_method(self):
        for one in self:
            usual = one.sudo().award_id.commendation_method
            one.commendation_method = one.commendation_method or usual

    @api.model
    def _get_given(self):
        return super()._get_given() | {"commendation_method"}
