import base64

from .common_appraisal import AppraisalCommon


class UseCommon(AppraisalCommon):
    """A recognised initiative of commune A1, and a dossier that is not yet one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        session = cls._close(cls._open_session())
        cls._decide(session)
        cls.recognised = session.sudo().evaluation_ids.initiative_id
        cls.draft = cls._create_initiative("Bản nháp của xã")

    @classmethod
    def _adopt(cls, user=None, unit=None, **vals):
        """Record the use of the recognised initiative, as an officer of B1."""
        adoptions = cls.env["emulation.initiative.adoption"]
        return adoptions.with_user(user or cls.officer_b1).create(
            {
                "entry_id": cls.recognised.id,
                "unit_id": (unit or cls.commune_b1).id,
                "date_start": "2026-03-01",
                "claimed_amount": 5_000_000,
                **vals,
            }
        )

    @classmethod
    def _upload(cls, user, name="bien-ban.pdf"):
        return (
            cls.env["ir.attachment"]
            .with_user(user)
            .create({"name": name, "datas": base64.b64encode(b"%PDF-1.4 thu")})
        )

    @classmethod
    def _verify(cls, adoption, user, amount, evidence=True, **vals):
        files = cls._upload(user) if evidence else cls.env["ir.attachment"]
        cls.env["emulation.adoption.verify"].with_user(user).create(
            {
                "adoption_id": adoption.id,
                "amount": amount,
                "findings": "Đã xem tại vườn",
                "evidence_ids": [(6, 0, files.ids)],
                **vals,
            }
        ).action_confirm()
        return files
