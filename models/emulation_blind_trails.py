from odoo import models

# What lies in other rooms and tells whose dossier it is: who judges the dossier blind
# does not read it, whatever other role opens it.


class EmulationInitiativeFollowup(models.Model):
    _name = "emulation.initiative.followup"
    _inherit = ["emulation.initiative.followup", "emulation.blind.mixin"]


class EmulationInitiativeDevelopment(models.Model):
    _name = "emulation.initiative.development"
    _inherit = ["emulation.initiative.development", "emulation.blind.mixin"]


class EmulationInitiativeReturnLog(models.Model):
    _name = "emulation.initiative.return.log"
    _inherit = ["emulation.initiative.return.log", "emulation.blind.mixin"]


class EmulationInitiativeTransfer(models.Model):
    _name = "emulation.initiative.transfer"
    _inherit = ["emulation.initiative.transfer", "emulation.blind.mixin"]


class EmulationInitiativeAdoption(models.Model):
    _name = "emulation.initiative.adoption"
    _inherit = ["emulation.initiative.adoption", "emulation.blind.mixin"]


class EmulationNeedMatch(models.Model):
    _name = "emulation.need.match"
    _inherit = ["emulation.need.match", "emulation.blind.mixin"]


class EmulationPublicationEntry(models.Model):
    _name = "emulation.publication.entry"
    _inherit = ["emulation.publication.entry", "emulation.blind.mixin"]


class EmulationRoundException(models.Model):
    _name = "emulation.round.exception"
    _inherit = ["emulation.round.exception", "emulation.blind.mixin"]


class EmulationShareLog(models.Model):
    _name = "emulation.share.log"
    _inherit = ["emulation.share.log", "emulation.blind.mixin"]


class EmulationTransmittalLine(models.Model):
    _name = "emulation.transmittal.line"
    _inherit = ["emulation.transmittal.line", "emulation.blind.mixin"]


class EmulationCertificate(models.Model):
    _name = "emulation.certificate"
    _inherit = ["emulation.certificate", "emulation.blind.mixin"]


class EmulationLetter(models.Model):
    _name = "emulation.letter"
    _inherit = ["emulation.letter", "emulation.blind.mixin"]


class EmulationComplaint(models.Model):
    _name = "emulation.complaint"
    _inherit = ["emulation.complaint", "emulation.blind.mixin"]


class EmulationInitiativeEntry(models.Model):
    """The library shows recognised dossiers, which may stand before a council too."""

    _name = "emulation.initiative.entry"
    _inherit = ["emulation.initiative.entry", "emulation.blind.mixin"]
    _blind_field = "id"

    def _blind_depends(self):
        return []


class EmulationEvaluationCheck(models.Model):
    _name = "emulation.evaluation.check"
    _inherit = ["emulation.evaluation.check", "emulation.blind.mixin"]
    _blind_field = "evaluation_id.initiative_id"


class EmulationDeclarationLine(models.Model):
    """What a member declares, and leaves the room for, tells who the author may be."""

    _name = "emulation.declaration.line"
    _inherit = ["emulation.declaration.line", "emulation.blind.mixin"]
    _blind_field = "evaluation_id.initiative_id"


class EmulationSessionAbsence(models.Model):
    _name = "emulation.session.absence"
    _inherit = ["emulation.session.absence", "emulation.blind.mixin"]
    _blind_field = "evaluation_id.initiative_id"


class EmulationBallotRoll(models.Model):
    _name = "emulation.ballot.roll"
    _inherit = ["emulation.ballot.roll", "emulation.blind.mixin"]
    _blind_field = "evaluation_id.initiative_id"


class EmulationNomination(models.Model):
    _name = "emulation.nomination"
    _inherit = ["emulation.nomination", "emulation.blind.mixin"]


class EmulationCeremonyLine(models.Model):
    _name = "emulation.ceremony.line"
    _inherit = ["emulation.ceremony.line", "emulation.blind.mixin"]
