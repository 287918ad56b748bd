import hashlib
import json
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.ledger import plain, seal

# Said by the log itself; an object, so that no client can say it.
APPENDING = object()
EVENTS = [
    ("closed", "Scores final"),
    ("reopened", "Opened again"),
    ("carried", "Carried over"),
    ("signed", "Signed"),
    ("revoked", "Revoked"),
    ("replaced", "Replaced"),
    ("filed", "Signed copy filed"),
    ("seat", "Seat on a council"),
    ("pinned", "Conflict of interest decided"),
    ("complaint", "Complaint"),
    ("verified", "Verified"),
    ("withdrawn", "Verification withdrawn"),
]
# the values that the hash seals, in the order in which the invariant reads them
SEALED = (
    "chain", "number", "event", "date", "actor", "res_model", "res_id",
    "record_name", "text", "digest",
)  # fmt: skip


class EmulationLog(models.Model):
    """What was decided, signed, revoked or opened again: a ledger (invariant 16).

    Append-only, for everybody and for every code path: an entry is never written
    again nor deleted, and each one seals all entries of its company before it. The
    hash of the last one is printed in the minutes, so that a signed paper vouches
    for everything before. A manager reads the entries of what they may read; what
    was computed is sealed by its digest and never shown here.
    """

    _name = "emulation.log"
    _inherit = ["emulation.append.only.mixin"]
    _description = "Log of Decisions"
    _order = "chain, number desc"
    _rec_name = "record_name"

    chain = fields.Integer(required=True, readonly=True, aggregator=None)
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict")
    event = fields.Selection(EVENTS, required=True, readonly=True)
    date = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    actor = fields.Char(string="By whom", required=True, readonly=True)
    res_model = fields.Char(string="Kind of record", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record number", model_field="res_model", readonly=True
    )
    record_name = fields.Char(string="About", readonly=True)
    text = fields.Text(string="What happened", readonly=True)
    values_text = fields.Text(
        readonly=True,
        groups=fields.NO_ACCESS,
        help="What was computed, with a random word so that its digest tells nothing",
    )
    digest = fields.Char(string="Digest of the values", readonly=True)
    previous_hash = fields.Char(readonly=True)
    hash = fields.Char(string="Seal", required=True, readonly=True)
    is_in_sight = fields.Boolean(
        compute="_compute_is_in_sight",
        search="_search_is_in_sight",
        help="The reader may read the record that the entry is about",
    )

    _chain_number = models.UniqueIndex("(chain, number)")
    _record = models.Index("(res_model, res_id)")

    @api.depends_context("uid")
    def _compute_is_in_sight(self):
        visible = self.sudo().search(
            Domain("id", "in", self.ids) & self._get_sight_domain()
        )
        for entry in self:
            entry.is_in_sight = entry in visible

    def _search_is_in_sight(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_sight_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_sight_domain(self):
        """Return the domain of the entries about records the user may read."""
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT res_model FROM emulation_log ORDER BY res_model")
        )
        sight = Domain.FALSE
        for (name,) in rows:
            model = self.env.get(name)
            if model is not None and model.has_access("read"):
                found = model.sudo(False).with_context(active_test=False)
                readable = found._search(Domain.TRUE)
                sight |= Domain("res_model", "=", name) & Domain(
                    "res_id", "in", readable
                )
        return sight

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse entries that do not come from what happens to a record."""
        if self.env.context.get("emulation_log") is not APPENDING:
            raise AccessError(
                self.env._(
                    "The log is written by what happens to the records alone. Act on "
                    "the record itself."
                )
            )
        return super().create(vals_list)

    # ACTIONS

    def action_open_record(self):
        """Open the record that the entry is about.

        :raises AccessError: when the reader may not read it
        """
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # BUSINESS

    @api.model
    def _unchangeable(self):
        return self.env._(
            "Entries in the log are neither changed nor deleted. What was wrong is "
            "corrected on the record: that makes an entry of its own."
        )

    @api.model
    def _append(self, record, event, text, values=None):
        """Add an entry about ``record`` to the chain of its company.

        :param event: one of ``EVENTS``
        :param text: what happened, for managers to read; never a score or an outcome
            that is not published
        :param values: what was computed (JSON-able); sealed, and shown to nobody
        :return: the new entry, as superuser
        """
        record.ensure_one()
        company = "company_id" in record._fields and record.sudo().company_id
        chain = self.env["emulation.log.chain"].sudo()
        chain = chain._lock(company or self.env.company)
        entry = self._prepare_entry(chain, record, event, text, values)
        log = self.sudo().with_context(emulation_log=APPENDING).create(entry)
        chain.write({"count": entry["number"], "hash": entry["hash"]})
        return log

    @api.model
    def _prepare_entry(self, chain, record, event, text, values):
        user = self.env.user
        written = ""
        if values is not None:
            sealed = {"salt": secrets.token_hex(16), **values}
            written = json.dumps(sealed, ensure_ascii=False, default=str)
        entry = {
            "chain": chain.company_id.id,
            "company_id": chain.company_id.id,
            "number": chain.count + 1,
            "event": event,
            "date": fields.Datetime.now(),
            "user_id": user.id,
            "actor": plain(f"{user.name} ({user.login})"),
            "res_model": record._name,
            "res_id": record.id,
            "record_name": plain(record.sudo().display_name),
            "text": plain(text),
            "values_text": written,
            "digest": written and hashlib.sha256(written.encode()).hexdigest(),
            "previous_hash": chain.hash or "",
        }
        return {
            **entry,
            "hash": seal(entry["previous_hash"], self._sealed_texts(entry)),
        }

    @api.model
    def _sealed_texts(self, entry):
        """Return the values that the hash of an entry seals, as texts."""
        written = {**entry, "date": fields.Datetime.to_string(entry["date"])}
        return [str(written[name] or "") for name in SEALED]

    @api.model
    def _get_last(self, record, event):
        """Return the last entry about ``record`` with ``event``, as superuser."""
        return self.sudo().search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("event", "=", event),
            ],
            order="number desc",
            limit=1,
        )


class EmulationLogChain(models.Model):
    """Where the log of a company ends: what is cut off at the end is missed here."""

    _name = "emulation.log.chain"
    _description = "End of a Log"
    _rec_name = "company_id"
    _order = "id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    count = fields.Integer(readonly=True, aggregator=None)
    hash = fields.Char(string="Seal", readonly=True)

    _company_unique = models.UniqueIndex("(company_id)")

    @api.model
    def _lock(self, company):
        """Return the end of the log of ``company``, held until the transaction ends.

        Whoever comes at the same time waits, and is tried again with the new end.
        """
        self.env.cr.execute(
            SQL(
                "INSERT INTO emulation_log_chain (company_id, count) VALUES (%s, 0)"
                " ON CONFLICT DO NOTHING",
                company.id,
            )
        )
        chain = self.search([("company_id", "=", company.id)])
        chain.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM emulation_log_chain WHERE id = %s FOR NO KEY UPDATE",
                chain.id,
            )
        )
        return chain
