from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools.ledger import plain, seal

# Said by the ledger itself; an object, so that no client can say it.
APPENDING = object()
EVENTS = [
    ("entered", "Entered"),
    ("changed", "Changed"),
    ("removed", "Taken off"),
    ("sent", "Asked to confirm"),
    ("confirmed", "Confirmed"),
    ("paper", "Confirmed on paper"),
    ("objected", "Objected"),
    ("voided", "Confirmation void"),
]
# the values that the hash seals, in the order in which the invariant reads them
SEALED = (
    "chain", "number", "event", "date", "actor", "author_line", "author_name",
    "share", "how", "note", "file_digest",
)  # fmt: skip


class EmulationShareLog(models.Model):
    """Who agreed to which share of an initiative, and when: a ledger (invariant 16).

    Append-only, for everybody and for every code path: an entry is never written
    again nor deleted, and each one seals the entries of its dossier before it. What
    happened is kept as text, so that a merged contact or a deleted draft leaves the
    history as it was.
    """

    _name = "emulation.share.log"
    _inherit = ["emulation.append.only.mixin"]
    _description = "Ledger of Shares"
    _order = "chain desc, number desc"
    _rec_name = "event"

    initiative_id = fields.Many2one(
        "emulation.initiative", readonly=True, index=True, ondelete="set null"
    )
    chain = fields.Integer(
        required=True, readonly=True, help="Number of the dossier, also once deleted"
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    event = fields.Selection(EVENTS, required=True, readonly=True)
    date = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    actor = fields.Char(
        string="By whom",
        readonly=True,
        help="The user who acted; a visitor who came by a link has no account",
    )
    author_line = fields.Integer(readonly=True, aggregator=None)
    author_name = fields.Char(string="Author", readonly=True)
    share = fields.Float(
        string="Share (%)", digits=(5, 2), readonly=True, aggregator=None
    )
    how = fields.Char(readonly=True)
    note = fields.Text(string="Remarks", readonly=True)
    file = fields.Binary(string="Signature or scan", attachment=True, readonly=True)
    file_name = fields.Char(readonly=True)
    file_digest = fields.Char(readonly=True)
    previous_hash = fields.Char(readonly=True)
    hash = fields.Char(required=True, readonly=True)

    _chain_number = models.UniqueIndex("(chain, number)")
    _letters = models.Index("(date) WHERE event = 'sent'")
    _of_author = models.Index("(author_line)")

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse entries that do not come from what happens to a dossier."""
        if self.env.context.get("emulation_ledger") is not APPENDING:
            raise AccessError(
                self.env._(
                    "The ledger of shares is written by what happens to the shares "
                    "alone. Enter, send or confirm the share itself."
                )
            )
        return super().create(vals_list)

    @api.model
    def default_get(self, fields):
        """Ask for none: nothing stands in an entry but what is appended."""
        return super().default_get([])

    @api.model
    def _unchangeable(self):
        return self.env._(
            "Entries in the ledger of shares are neither changed nor deleted. Correct "
            "the share on the dossier: that makes an entry of its own."
        )

    @api.model
    def _append(self, entries):
        """Add entries to the chains of their dossiers.

        :param entries: dicts with ``initiative_id`` (a record), ``event``, and what
            is known of ``author_line``, ``author_name``, ``share``, ``how``,
            ``note``, ``file``, ``file_name``, ``file_digest``
        :return: the new entries, as superuser
        """
        ledger = self.sudo().with_context(emulation_ledger=APPENDING)
        heads, values, actor = {}, [], self._get_actor()
        for entry in entries:
            dossier = entry["initiative_id"].sudo()
            number, previous = heads.get(dossier) or (
                dossier.share_log_count,
                dossier.share_log_hash or "",
            )
            line = self._prepare_entry({**entry, "actor": actor}, number + 1, previous)
            heads[dossier] = (line["number"], line["hash"])
            values.append(line)
        logs = ledger.create(values)
        self._keep_heads(heads)
        return logs

    @api.model
    def _keep_heads(self, heads):
        """Note on the dossiers where their chains end.

        :param heads: dossier → the number and the hash of its last entry
        """
        dossiers = self.env["emulation.initiative"].sudo().concat(*heads)
        numbers, hashes = zip(*heads.values(), strict=True) if heads else ((), ())
        dossiers._store_each("share_log_count", numbers)
        dossiers._store_each("share_log_hash", hashes)

    @api.model
    def _prepare_entry(self, entry, number, previous):
        dossier = entry["initiative_id"]
        texts = {
            name: plain(entry.get(name))
            for name in ("author_name", "how", "note", "file_digest")
        }
        values = {
            **entry,
            **texts,
            "initiative_id": dossier.id,
            "chain": dossier.id,
            "number": number,
            "date": fields.Datetime.now(),
            "user_id": self.env.uid,
            "author_line": entry.get("author_line") or 0,
            "share": entry.get("share") or 0.0,
            "previous_hash": previous,
        }
        return {**values, "hash": seal(previous, self._sealed_texts(values))}

    @api.model
    def _get_actor(self):
        """Return who acts, as the ledger names them."""
        user = self.env.user
        if user._is_public():
            return plain(self.env._("Visitor by link"))
        return plain(f"{user.name} ({user.login})")

    @api.model
    def _sealed_texts(self, values):
        """Return the values that the hash of an entry seals, as texts."""
        written = defaultdict(str, values)
        written["date"] = fields.Datetime.to_string(values["date"])
        written["share"] = f"{values['share']:.2f}"
        return [str(written[name] or "") for name in SEALED]
