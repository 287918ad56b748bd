from odoo import fields, models


class EmulationInitiativeHelper(models.Model):
    """Somebody who helped in the first application, and is no author.

    The form of request lists them with what they did (Circular 18/2013, Annex I):
    by law they take part in the remuneration.
    """

    _name = "emulation.initiative.helper"
    _inherit = ["emulation.dossier.line.mixin"]
    _description = "Helper in the First Application"
    _order = "initiative_id, sequence, id"
    _dossier_field = "helper_ids"

    sequence = fields.Integer(default=10)
    name = fields.Char(string="Name and surname", required=True)
    birth_date = fields.Date(
        string="Date of birth", groups="emulation.group_emulation_officer"
    )
    workplace = fields.Char(string="Work place or residence")
    job_title = fields.Char(string="Job title")
    qualification = fields.Char(string="Professional qualification")
    task = fields.Char(string="What they did", required=True)
