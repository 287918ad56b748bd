from odoo import api, fields, models
from odoo.exceptions import ValidationError

REGISTERED = ("filed", "granted", "expired")


class EmulationInitiative(models.Model):
    """Industrial property: what is protected already cannot be an initiative.

    Decree 13/2012, Article 3: a solution under the protection of a title at the time
    of consideration is not recognised as a sáng kiến; one that is only filed may be,
    and the examiner is warned.
    """

    _inherit = "emulation.initiative"

    ip_status = fields.Selection(
        [
            ("none", "Nothing applied for"),
            ("filed", "Applied for"),
            ("granted", "Granted"),
            ("expired", "Expired or lapsed"),
        ],
        string="Industrial property",
        help="Whether a title of protection was applied for or granted",
    )
    ip_kind = fields.Selection(
        [
            ("patent", "Patent of invention"),
            ("utility", "Utility solution"),
            ("design", "Industrial design"),
            ("layout", "Layout design of circuits"),
            ("variety", "Plant variety"),
            ("copyright", "Copyright or software"),
        ],
        string="Kind of title",
    )
    ip_number = fields.Char(
        string="Number", help="Of the title, or of the application while it is pending"
    )
    ip_date_filed = fields.Date(string="Applied for on")
    ip_date_granted = fields.Date(string="Granted on")
    ip_owner = fields.Char(string="Owner of the title")
    ip_warning = fields.Char(compute="_compute_ip_warning")

    @api.depends("ip_status", "kind_id")
    @api.depends_context("lang")
    def _compute_ip_warning(self):
        for initiative in self:
            initiative.ip_warning = initiative._get_ip_warning()

    def _get_ip_warning(self):
        """Return what an examiner should know about the protection, or nothing."""
        if self._is_excluded_by_title():
            return self.env._(
                "The solution is protected by a title: it cannot be recognised as "
                "“%(kind)s” (Decree 13/2012, Article 3).",
                kind=self.kind_id.name,
            )
        if self.ip_status == "filed" and self.kind_id.excludes_protected:
            return self.env._(
                "A title of protection was applied for. Once it is granted, the "
                "solution cannot be recognised as “%(kind)s” any more.",
                kind=self.kind_id.name,
            )
        if self.ip_status == "expired":
            return self.env._(
                "The protection has expired: the solution has been public, examine "
                "whether it is still new."
            )
        return False

    def _is_excluded_by_title(self):
        """Return whether a granted title keeps the dossier from being of its kind."""
        return self.ip_status == "granted" and self.kind_id.excludes_protected

    @api.constrains("ip_date_filed", "ip_date_granted")
    def _check_ip_dates(self):
        """A title is applied for, then granted, and neither in the future."""
        today = fields.Date.context_today(self)
        for initiative in self:
            filed, granted = initiative.ip_date_filed, initiative.ip_date_granted
            late = max(filter(None, (filed, granted)), default=today) > today
            if late or (filed and granted and granted < filed):
                raise ValidationError(
                    self.env._(
                        "“%(initiative)s”: a title of protection is applied for, then "
                        "granted, and neither in the future. Correct the two dates.",
                        initiative=initiative.display_name,
                    )
                )

    @api.model
    def _contents(self):
        return super()._contents() | {
            "ip_status", "ip_kind", "ip_number", "ip_date_filed", "ip_date_granted",
            "ip_owner",
        }  # fmt: skip

    @api.model
    def _missing_depends(self):
        names = ("ip_kind", "ip_number", "ip_date_filed", "ip_date_granted")
        return [*super()._missing_depends(), *names]

    def _get_missing_contents(self):
        """Add what a title of protection must be described by."""
        status = self.ip_status
        checks = [
            (self._is_excluded_by_title(), "ip_granted", "kind_id", False,
             self.env._("a kind that a protected solution may be of"),
             self.env._("a protected solution cannot be recognised as an initiative")),
            (status in REGISTERED and not self.ip_kind, "ip_kind", "ip_kind", "legal",
             self.env._("the kind of title"),
             self.env._("the examiner looks it up")),
            (status in REGISTERED and not self.ip_number, "ip_number", "ip_number",
             "legal", self.env._("the number of the title or application"),
             self.env._("the examiner looks it up")),
            (status == "filed" and not self.ip_date_filed, "ip_date_filed",
             "ip_date_filed", "legal", self.env._("the day it was applied for"),
             self.env._("novelty is judged by that day")),
            (status == "granted" and not self.ip_date_granted, "ip_date_granted",
             "ip_date_granted", "legal", self.env._("the day the title was granted"),
             self.env._("protection runs from that day")),
        ]  # fmt: skip
        return super()._get_missing_contents() + [
            self._prepare_item(code, label, why, page, field)
            for lacking, code, field, page, label, why in checks
            if lacking
        ]
