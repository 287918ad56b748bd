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
        """Return whether ``field`` lists lines of a table that the user may read."""
        if field.type != "one2many" or not field.store:
            return False
        lines = self.env[field.comodel_name]
        inverse = lines._fields[field.inverse_name]
        return (
            inverse.type == "many2one"
            and inverse.store
            and lines._auto
            and lines.has_access("read")
        )

    def _find_empty(self, lists):
        """Return those of the fields ``lists`` whose tables say nothing of these."""
        asked = []
        for field in lists:
            lines = self.env[field.comodel_name]
            lines.flush_model([field.inverse_name])
            table = SQL.identifier(lines._table)
            column = SQL.identifier(field.inverse_name)
            asked.append(
                SQL(
                    "EXISTS (SELECT FROM %s WHERE %s = ANY(%s))",
                    table,
                    column,
                    self.ids,
                )
            )
        (found,) = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(asked)))
        return [field for field, some in zip(lists, found, strict=True) if not some]
