from odoo import api, models


class EmulationDossierReferenceMixin(models.AbstractModel):
    """A record that a client links to a dossier: only to one the client knows.

    A link shows the title of what it leads to, whoever may read that; so do related
    fields, also before anything is saved. The check is outside the constraints, which
    run as superuser.
    """

    _name = "emulation.dossier.reference.mixin"
    _description = "Refers to a Dossier"

    # many2one fields whose ids are those of dossiers
    _dossier_links = ("initiative_id",)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_links(*vals_list)
        return super().create(vals_list)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        # a client also sends defaults, in the context
        self._check_links(values)
        return values

    def write(self, vals):
        self._check_links(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_links(values)
        return super().onchange(values, field_names, fields_spec)

    def _check_links(self, *each):
        """Refuse dossiers that the user neither reads nor finds in the library."""
        linked = self._get_linked(each)
        if linked:  # asked for the defaults of each line, which seldom have a link
            old = (self.sudo()[name].ids for name in self._dossier_links)
            self.env["emulation.initiative"]._check_known(linked.difference(*old))

    def _get_linked(self, each):
        """Return the ids of the dossiers that the values link to, as a set.

        An onchange of a line names its dossier by a dict of the dossier's own values.
        """
        given = [vals.get(name) for vals in each for name in self._dossier_links]
        given = [one.get("id") if isinstance(one, dict) else one for one in given]
        return {number for number in given if number and isinstance(number, int)}
