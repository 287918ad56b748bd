from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common_appraisal import AppraisalCommon

AUTHOR = "Lê Văn Thử"


class BlindCommon(AppraisalCommon):
    """A session of a blind round that is being scored."""

    is_blind = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        regulation = cls.env.ref("emulation.regulation_default").copy(
            {"code": "QC-KIN", "is_blind": cls.is_blind}
        )
        regulation.action_put_in_force()
        cls.round = cls._create_round("KIN-2026", regulation_id=regulation.id)
        cls.initiative = cls._create_initiative(
            f"Đồ gá của {AUTHOR}",
            benefit_ids=[Command.create({"name": "Công lao động", "price": 1000})],
            helper_ids=[Command.create({"name": "Lê Thị Giúp", "task": "Đo đạc"})],
            confidential_info="Công thức phối trộn",
        )
        cls.initiative.sudo().code = "SK-KIN-7"
        cls.initiative.sudo().solution = f"{AUTHOR} kẹp bốn phôi, gọi 0912345678"
        cls.other = cls._create_initiative("Tưới nhỏ giọt")
        initiatives = cls.initiative | cls.other
        cls.sitting = cls._plan_session(cls._make_eligible(initiatives))
        cls.env["emulation.prior.art"].sudo().create(
            {
                "initiative_id": cls.initiative.id,
                "other_id": cls.other.id,
                "relation": "new",
                "user_id": cls.movement_user.id,
            }
        )
        cls.evaluation = cls.initiative.sudo().evaluation_ids
        cls.file = cls.initiative.attachment_ids
        cls.judges = cls.chair_user | cls.member1_user | cls.member2_user

    def _start(self):
        self.sitting.action_open()
        self.env.flush_all()
        self.env.invalidate_all()

    def _anonymise(self, files, user=None, uploads=()):
        wizard = self.env["emulation.evaluation.anonymise"]
        wizard = wizard.with_user(user or self.secretary_user)
        wizard = wizard.create({"evaluation_id": self.evaluation.id})
        wizard.attachment_ids = files
        wizard.upload_ids = [Command.link(one.id) for one in uploads]
        wizard.action_confirm()

    def _own_sheet(self, user):
        sheets = self.evaluation.sudo().sheet_ids
        return sheets.filtered(lambda one: one.user_id == user).with_user(user)

    def _ask(self, question, *args, **kwargs):
        """Return the answer, or None when it is refused; refusals tell nothing."""
        self.env.invalidate_all()
        try:
            with mute_logger("odoo.addons.base.models.ir_rule"):
                return question(*args, **kwargs)
        except (AccessError, UserError, ValueError) as refusal:
            self._assert_tells_nothing(refusal)
            return None

    def _assert_tells_nothing(self, answer):
        text = str(answer)
        for secret in (AUTHOR, "Vũ Thị Thử", self.commune_a1.name, "SK-KIN-7"):
            self.assertNotIn(secret, text)
