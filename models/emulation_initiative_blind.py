from odoo import models

# The parts of a dossier lie in models of their own: each is hidden with its dossier.


class EmulationInitiativeAuthor(models.Model):
    _name = "emulation.initiative.author"
    _inherit = ["emulation.initiative.author", "emulation.blind.mixin"]


class EmulationInitiativeBenefit(models.Model):
    _name = "emulation.initiative.benefit"
    _inherit = ["emulation.initiative.benefit", "emulation.blind.mixin"]


class EmulationInitiativeHelper(models.Model):
    _name = "emulation.initiative.helper"
    _inherit = ["emulation.initiative.helper", "emulation.blind.mixin"]


class EmulationInitiativeSecret(models.Model):
    _name = "emulation.initiative.secret"
    _inherit = ["emulation.initiative.secret", "emulation.blind.mixin"]


class EmulationPriorArt(models.Model):
    _name = "emulation.prior.art"
    _inherit = ["emulation.prior.art", "emulation.blind.mixin"]


class EmulationVerdict(models.Model):
    _name = "emulation.verdict"
    _inherit = ["emulation.verdict", "emulation.blind.mixin"]


class EmulationConflict(models.Model):
    """Who is in conflict may be the author: judges see only what they need."""

    _name = "emulation.conflict"
    _inherit = ["emulation.conflict", "emulation.blind.mixin"]
    _blind_field = "evaluation_id.initiative_id"
