from odoo import api, models


class EmulationPortalMixin(models.AbstractModel):
    """What a visitor without an office account may see of a record: what is named.

    A field that nobody thought of is closed to the portal: reading, searching,
    grouping and sorting by it are refused alike. Rules say which records.
    """

    _name = "emulation.portal.mixin"
    _description = "Fields Open to the Portal"

    @api.model
    def _portal_fields(self, operation):
        """Return the names of the fields open to the portal.

        :param operation: ``read`` or ``write``
        """
        return set()

    def _has_field_access(self, field, operation):
        # asked for each field of each record of a list: cheap answers first
        if self.env.su:
            return True
        if field.groups and not super()._has_field_access(field, operation):
            return False
        return (
            field.name in self._portal_fields(operation)
            or self.env.user.emulation_is_internal
        )
