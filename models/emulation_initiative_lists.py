from odoo import models
from odoo.tools import SQL

# Below that, asking which are empty costs as much as reading them
FEW = 3


class EmulationInitiative(models.Model):
    """A form with a dozen lists, of which a dossier fills one or two.

    Each list is a search with rules of its own, and most find nothing. Which tables
    have no line at all for a dossier is told by one question; that is what everybody
    who may read the table would find in it. Only the others are read.
    """

    _inherit = "emulation.initiative"

    def _fetch_query(self, query, fields):
        lists = [field for field in fields if self._is_plain_list(field)]
        if len(lists) < FEW:
            return super()._fetch_query(query, fields)
        fetched = super()._fetch_query(
            query, [one for one in fields if one not in lists]
        )
        empty = fetched._find_empty(lists) if fetched else lists
        for field in lists:
            if field in empty:
                field._insert_cache(fetched, [()] * len(fetched))
            else:
                field.read(fetched)
        return fetched

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

    def _find_empty(self, lists):
        """Return those of the fields ``lists`` whose tables say nothing of these."""
        asked = [
            SQL("EXISTS (SELECT FROM %s WHERE %s = ANY(%s))", table, column, self.ids)
            for table, column in map(self._get_link, lists)
        ]
        (found,) = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(asked)))
        return [field for field, some in zip(lists, found, strict=True) if not some]

    def _get_link(self, field):
        """Return the table that links to dossiers by ``field``, and its column."""
        if field.type == "many2many":
            self.flush_model([field.name])
            return SQL.identifier(field.relation), SQL.identifier(field.column1)
        lines = self.env[field.comodel_name]
        lines.flush_model([field.inverse_name])
        return SQL.identifier(lines._table), SQL.identifier(field.inverse_name)
