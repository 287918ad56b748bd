from odoo import api, models


class EmulationInitiative(models.Model):
    """What the form of the portal says to each field, in words that need no manual."""

    _inherit = "emulation.initiative"

    @api.model
    def _get_hints(self):
        """Return field → (what is asked, an example), in words that need no manual."""
        return {
            "name": (
                self.env._("What it does, and for what. One line."),
                self.env._("e.g. Drip irrigation by SMS for a banana garden"),
            ),
            "keywords": (
                self.env._("Words people would search for, separated by commas."),
                self.env._("e.g. irrigation, SMS, banana"),
            ),
            "problem": (
                self.env._("How was it done before, and what was wrong with it?"),
                self.env._(
                    "e.g. Watering by hand took 12 working days a month and still "
                    "left dry patches"
                ),
            ),
            "solution": (
                self.env._(
                    "How does it work? Step by step, so that somebody else could do "
                    "the same."
                ),
                self.env._(
                    "e.g. 1. A pump fills the tank at night. 2. A message from the "
                    "telephone opens the valve…"
                ),
            ),
            "novelty": (
                self.env._("What is different from what was known or done before?"),
                self.env._("e.g. The valve is opened by a message instead of by hand"),
            ),
            "applicability": (
                self.env._("Where is it used, since when, and where else could it be?"),
                self.env._(
                    "e.g. 14 households since March; any garden with a pump can use it"
                ),
            ),
            "date_applied": (
                self.env._("The day it was used or tried for the first time."),
                "",
            ),
            "benefit": (
                self.env._("What became better? Before and after, in figures."),
                self.env._("e.g. 12 working days a month before, none now"),
            ),
            "conditions": (
                self.env._("What does it take: people, equipment, money, season?"),
                self.env._("e.g. A pump, a mobile network; 9.5 million once"),
            ),
            "benefit_calculation": (
                self.env._("How does the sum come about? Each figure with its source."),
                self.env._("e.g. 12 days × 12 months × 200.000 = 28.800.000"),
            ),
            "benefit_users": (
                self.env._("What do those who use it say? Name them."),
                self.env._("e.g. Mr. Vũ Văn Bình (Nhân Hậu): no dry patches any more"),
            ),
            "benefit_social": (
                self.env._(
                    "For health, safety, environment, order: what has no price."
                ),
                self.env._("e.g. Nobody carries water uphill any more"),
            ),
            "first_use": (
                self.env._("Was it in use from that day, or on trial?"),
                "",
            ),
            "ip_status": (
                self.env._("A patent or another title? Most have none."),
                "",
            ),
            "ip_number": (self.env._("As it stands on the paper."), ""),
            "investor_kind": (self.env._("Who paid for making and trying it?"), ""),
            "investor_name": (
                self.env._("Name of the firm, body or person who paid for it."),
                self.env._("e.g. Cooperative of Nhân Hậu"),
            ),
            "movement_ids": (
                self.env._(
                    "Which of these does it also serve? Leave it empty if none."
                ),
                "",
            ),
            "confidential_info": (
                self.env._(
                    "What must not become known: a recipe, drawings, personal data. "
                    "Only you, your unit, the examiners and the council read it. "
                    "Leave it empty if there is nothing; no state secrets."
                ),
                self.env._("e.g. The ratio of the mixture is 3 : 2"),
            ),
            "benefit_amount": (
                self.env._("Money saved or earned in one year, if it can be counted."),
                self.env._("e.g. 28.800.000"),
            ),
        }
