from odoo import api, models

# Items about the authors that are entered where the shares are
SHARE_ITEMS = ("authors", "shares", "confirmations")
# State of a dossier that ended before the council → what the log calls it
ENDS = {"ineligible": "refused", "lapsed": "lapsed"}


class EmulationInitiative(models.Model):
    """What an author is told: where to go on, what is near, why it ended."""

    _inherit = "emulation.initiative"

    @api.model
    def _get_anchor(self, item):
        """Return the place on the page of its step where a missing item is entered.

        :param item: an entry of :meth:`_get_missing_items`
        """
        if item["field"] == "author_ids" and item["code"] not in SHARE_ITEMS:
            return "author_details"
        return f"field_{item['field']}"

    def _get_author_similar(self):
        """Return a line for each entry near to this dossier, nearest first.

        Of one that is not open to the author it says only that there is one.
        """
        self.ensure_one()
        found = self.search_similar(self.name, self.id)
        lines = [
            " · ".join(
                [entry["title"], entry["unit"], str(entry["year"]), entry["state"]]
            )
            for entry in found["entries"]
        ]
        return lines + [
            self.env._(
                "There is an entry of %(year)s that is not open to you. Ask: %(ask)s.",
                year=entry["year"],
                ask=entry["ask"],
            )
            for entry in found["hidden"]
        ]

    def _get_author_end(self):
        """Return why the dossier ended before the council, empty if it did not."""
        self.ensure_one()
        self.check_access("read")
        log = self.sudo().return_log_ids
        entries = log.filtered(lambda entry: entry.event == ENDS.get(self.state))
        return entries[:1].reason or ""
