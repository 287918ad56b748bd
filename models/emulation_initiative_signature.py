import hashlib

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from ..tools import similarity

# Candidates that are compared exactly, and rows an index may lead to for them
BEST = 50
VISITED = 4000
# Dossiers signed in one statement, and in one step of the nightly job
BATCH = 500
STEP = 2000


class EmulationInitiativeSignature(models.Model):
    """What the search for similar entries knows of a dossier, beside the big table.

    Arrays of numbers made of title and texts (``tools/similarity.py``), under GIN
    indexes: from them comes which dossiers are worth comparing. Nobody reads them;
    they follow the dossier, whoever changes it, and go with it.
    """

    _name = "emulation.initiative.signature"
    _description = "Signature of an Initiative"
    _log_access = False
    _rec_name = "initiative_id"

    initiative_id = fields.Many2one(
        "emulation.initiative", required=True, ondelete="cascade"
    )
    method = fields.Integer(required=True, export_string_translation=False)
    text_hash = fields.Char(required=True, export_string_translation=False)

    _initiative_unique = models.UniqueIndex("(initiative_id)")

    def init(self):
        """Add what the ORM has no type for: arrays of integers under GIN indexes."""
        table = SQL.identifier(self._table)
        for column in ("title_bands", "text_prints", "near_ids"):
            if not column_exists(self.env.cr, self._table, column):
                self.env.cr.execute(
                    SQL(
                        "ALTER TABLE %s ADD COLUMN %s int[] NOT NULL DEFAULT '{}'",
                        table,
                        SQL.identifier(column),
                    )
                )
        for column in ("title_bands", "text_prints"):
            # each search reads the list of pending entries: short, it costs nothing,
            # and 100 new dossiers are signed in 7 ms instead of 40
            self.env.cr.execute(
                SQL(
                    "CREATE INDEX IF NOT EXISTS %s ON %s USING gin (%s)"
                    " WITH (fastupdate = on, gin_pending_list_limit = 256)",
                    SQL.identifier(f"{self._table}_{column}_gin"),
                    table,
                    SQL.identifier(column),
                )
            )

    # SIGNING

    @api.model
    def _sign(self, initiatives):
        """Write the signatures of ``initiatives``; unchanged words cost no write."""
        for start in range(0, len(initiatives), BATCH):
            self._write_rows(self._get_rows(initiatives[start : start + BATCH]))

    @api.model
    def _get_rows(self, initiatives):
        """Return ``(id, method, hash, bands, prints)`` of each dossier."""
        texts = initiatives._get_compared_fields()[1:]
        initiatives.fetch(["name", *texts])
        titles = [similarity.words(one.name) for one in initiatives]
        rows = []
        for initiative, title, bands in zip(
            initiatives, titles, similarity.title_bands(titles), strict=True
        ):
            words = [similarity.words(initiative[name]) for name in texts]
            prints = set().union(*map(similarity.text_prints, words))
            line = "\n".join(" ".join(part) for part in [title, *words])
            digest = hashlib.blake2b(line.encode(), digest_size=16).hexdigest()
            rows.append(
                (initiative.id, similarity.METHOD, digest, bands, sorted(prints))
            )
        return rows

    @api.model
    def _write_rows(self, rows):
        if not rows:
            return
        values = (SQL("(%s, %s, %s, %s::int[], %s::int[])", *row) for row in rows)
        self.env["emulation.initiative"].flush_model(["name"])
        self.env.cr.execute(
            SQL(
                "INSERT INTO emulation_initiative_signature AS signature"
                " (initiative_id, method, text_hash, title_bands, text_prints)"
                " VALUES %s ON CONFLICT (initiative_id) DO UPDATE SET"
                " method = EXCLUDED.method, text_hash = EXCLUDED.text_hash,"
                " title_bands = EXCLUDED.title_bands,"
                " text_prints = EXCLUDED.text_prints"
                " WHERE (signature.method, signature.text_hash)"
                " IS DISTINCT FROM (EXCLUDED.method, EXCLUDED.text_hash)",
                SQL(", ").join(values),
            )
        )

    @api.model
    def _cron_sign_missing(self):
        """Sign dossiers that came past the ORM, or were signed by an older method."""
        self.env["emulation.initiative"].flush_model(["name"])
        missing = SQL(
            "FROM emulation_initiative AS initiative"
            " LEFT JOIN emulation_initiative_signature AS signature"
            " ON signature.initiative_id = initiative.id"
            " WHERE signature.method IS DISTINCT FROM %s",
            similarity.METHOD,
        )
        Cron, last = self.env["ir.cron"], 0
        ((remaining,),) = self.env.execute_query(SQL("SELECT COUNT(*) %s", missing))
        while remaining > 0:
            rows = self.env.execute_query(
                SQL(
                    "SELECT initiative.id %s AND initiative.id > %s"
                    " ORDER BY initiative.id LIMIT %s",
                    missing,
                    last,
                    STEP,
                )
            )
            if not rows:
                break
            ids = [one for (one,) in rows]
            self._sign(self.env["emulation.initiative"].browse(ids))
            last, remaining = ids[-1], max(remaining - len(ids), 0)
            self.env.invalidate_all()
            if not Cron._commit_progress(len(ids), remaining=remaining):
                break

    # CANDIDATES

    @api.model
    def _get_candidates(self, bands, prints, exclude_ids=()):
        """Return ``(id, shared bands, shared prints)`` of the dossiers worth a look.

        :param bands: the band hashes of a title
        :param prints: the fingerprints of a text
        :param exclude_ids: dossiers to leave out
        """
        conditions = [
            SQL("%s && %s::int[]", SQL.identifier(column), self._rare(column, values))
            for column, values in (("title_bands", bands), ("text_prints", prints))
            if values
        ]
        if not conditions:
            return []
        # the planner takes a comparison of arrays for cheap and reads small tables
        # whole: 40 ms for 20,000 rows, where the index takes one
        self.env.cr.execute(SQL("SET LOCAL enable_seqscan TO off"))
        rows = self.env.execute_query(
            SQL(
                "SELECT initiative_id, shared_bands, shared_prints FROM ("
                " SELECT initiative_id, %(bands)s AS shared_bands,"
                " %(prints)s AS shared_prints"
                " FROM emulation_initiative_signature"
                " WHERE (%(conditions)s) AND initiative_id <> ALL (%(exclude)s::int[])"
                ") AS candidate"
                " ORDER BY GREATEST(shared_bands * %(print_count)s,"
                " shared_prints * %(band_count)s) DESC, initiative_id DESC"
                " LIMIT %(best)s",
                bands=self._shared("title_bands", bands),
                prints=self._shared("text_prints", prints),
                conditions=SQL(" OR ").join(conditions),
                exclude=list(exclude_ids),
                band_count=max(len(bands), 1),
                print_count=max(len(prints), 1),
                best=BEST,
            )
        )
        self.env.cr.execute(SQL("SET LOCAL enable_seqscan TO on"))
        return rows

    @api.model
    def _shared(self, column, values):
        """Return the SQL that counts what a row has in common with ``values``."""
        if not values:
            return SQL("0")
        return SQL(
            "(SELECT COUNT(*) FROM UNNEST(%s) AS one WHERE one = ANY (%s::int[]))",
            SQL.identifier(column),
            list(values),
        )

    @api.model
    def _rare(self, column, values):
        """Return those of ``values`` that few rows have, by the table's statistics."""
        rows = self.env.execute_query(
            SQL(
                "SELECT pg_class.reltuples, most_common_elems::text::int[],"
                " most_common_elem_freqs"
                " FROM pg_class JOIN pg_namespace"
                " ON pg_namespace.oid = pg_class.relnamespace"
                " JOIN pg_stats ON pg_stats.schemaname = pg_namespace.nspname"
                " AND pg_stats.tablename = pg_class.relname"
                " WHERE pg_namespace.nspname = CURRENT_SCHEMA()"
                " AND relname = %s AND attname = %s",
                self._table,
                column,
            )
        )
        if not rows or not rows[0][1]:
            return list(values)
        count, common, shares = rows[0]
        frequencies = dict(zip(common, shares, strict=False))
        return similarity.rarest(values, frequencies, max(count, 0), VISITED)

    # WHAT WAS NEAR WHEN A DOSSIER WAS HANDED IN

    @api.model
    def _keep_near(self, initiative, near_ids):
        """Keep the ids of the entries near to ``initiative``."""
        self.env.cr.execute(
            SQL(
                "UPDATE emulation_initiative_signature SET near_ids = %s::int[]"
                " WHERE initiative_id = %s",
                list(near_ids),
                initiative.id,
            )
        )

    @api.model
    def _get_near(self, initiatives):
        """Return ``{id: [ids of entries that are near and still there]}``."""
        rows = self.env.execute_query(
            SQL(
                "SELECT signature.initiative_id, ARRAY_AGG(near.id)"
                " FROM emulation_initiative_signature AS signature"
                " JOIN emulation_initiative AS near"
                " ON near.id = ANY (signature.near_ids)"
                " WHERE signature.initiative_id = ANY (%s::int[])"
                " GROUP BY signature.initiative_id",
                list(initiatives.ids),
            )
        )
        return dict(rows)
