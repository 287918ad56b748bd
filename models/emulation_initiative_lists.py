from odoo import api, models
from odoo.tools import SQL

# Below that, asking which are empty costs as much as reading them
FEW = 3


class EmulationInitiative(models.Model):
    """A form with a dozen lists, of which a dossier fills one or two.

    Each list is a search with rules of its own, and most find nothing. Which tables
    have no line at all for a dossier is told by one question; that is what everybody
    who may read the table would find in it. Only the others are read. The numbers
    that a form shows of further tables are answered by the same question.
    """

    _inherit = "emulation.initiative"

    def _fetch_query(self, query, fields):
        lists = [field for field in fields if self._is_plain_list(field)]
        if len(lists) < FEW:
            return super()._fetch_query(query, fields)
        fetched = super()._fetch_query(
            query, [one for one in fields if one not in lists]
        )
        if fetched:
            fetched._read_lists(lists)
        return fetched

    def _read_lists(self, lists):
        """Fill the cache with the fields ``lists``, and with the numbers that are 0."""
        counted = self._get_counted_tables()
        links = [*map(self._get_link, lists), *counted]
        full = self._find_full(links)
        for field, some in zip(lists, full, strict=False):
            if some:
                field.read(self)
            else:
                field._insert_cache(self, [()] * len(self))
        for link, some in zip(counted, full[len(lists) :], strict=True):
            for name in () if some else counted[link]:
                self._fields[name]._insert_cache(self, [0] * len(self))

    @api.model
    def _get_counted_tables(self):
        """Return what is 0 of a dossier of which another table has no row.

        :return: names of computed fields by the table and its column that links to
            dossiers
        """
        return {}

    def _is_plain_list(self, field):
        """Return whether ``field`` lists what the user may read of another table."""
        if not field.store or field.type not in ("one2many", "many2many"):
            return False
        others = self.env[field.comodel_name]
        if field.type == "one2many":
            inverse = others._fields[field.inverse_name]
            if not (inverse.type == "many2one" and inverse.store and others._auto):
                return False
        return others.has_access("read")

    def _find_full(self, links):
        """Return of each table and column ``links`` whether it names one of these."""
        asked = [
            SQL(
                "EXISTS (SELECT FROM %s WHERE %s = ANY(%s))",
                *map(SQL.identifier, link),
                self.ids,
            )
            for link in links
        ]
        (found,) = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(asked)))
        return found

    def _get_link(self, field):
        """Return the table that links to dossiers by ``field``, and its column."""
        if field.type == "many2many":
            self.flush_model([field.name])
            return field.relation, field.column1
        lines = self.env[field.comodel_name]
        lines.flush_model([field.inverse_name])
        return lines._table, field.inverse_name
