import hashlib
import hmac
import ipaddress

from odoo import api, fields, models

# How long a wrong code counts, and how long it is kept at all
MINUTES, KEPT_HOURS = 10, 24


class EmulationCheckMiss(models.Model):
    """A wrong code on the public check page: who tries many has to wait.

    Kept is a keyed hash of the address, for a day; neither the address nor the code.
    Right codes leave no trace.
    """

    _name = "emulation.check.miss"
    _description = "Wrong Code on the Check Page"
    _log_access = False

    source = fields.Char(required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True)

    _source_date_index = models.Index("(source, date)")

    @api.model
    def _is_too_many(self, address):
        """Return whether the last minutes brought too many wrong codes from there."""
        parameters = self.env["ir.config_parameter"].sudo()
        most = int(parameters.get_param("emulation.check_misses") or 0)
        if not most:
            return False
        since = fields.Datetime.subtract(fields.Datetime.now(), minutes=MINUTES)
        recent = [("source", "=", self._get_source(address)), ("date", ">", since)]
        return self.sudo().search_count(recent, limit=most) >= most

    @api.model
    def _count(self, address):
        """Remember a wrong code from this address."""
        self.sudo().create(
            {"source": self._get_source(address), "date": fields.Datetime.now()}
        )

    @api.model
    def _get_source(self, address):
        """Return a keyed hash of an address; of IPv6, of the network behind it."""
        try:
            known = ipaddress.ip_address(address or "")
        except ValueError:
            known = None
        if known and known.version == 6:
            known = ipaddress.ip_network((known, 64), strict=False).network_address
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        text = f"emulation.check:{known or address}"
        return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()

    @api.autovacuum
    def _gc_old(self):
        before = fields.Datetime.subtract(fields.Datetime.now(), hours=KEPT_HOURS)
        self.sudo().search([("date", "<", before)]).unlink()
