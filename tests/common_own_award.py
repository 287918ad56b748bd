from .common_award import AwardCommon


class OwnAwardCommon(AwardCommon):
    """A commune that gives its own giấy khen, to people of its school as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a1.write({"document_symbol": "UBND", "place_name": "An Một"})
        line = cls.commune_a1.officer_ids.filtered(lambda one: one.role == "head")
        line.position = "Chủ tịch"
        cls.deputy_a1 = cls._create_user(
            "deputy_a1", "officer", cls.commune_a1, "deputy"
        )
        cls.officer_school = cls._create_user("officer_school", "officer", cls.school)
        cls.own = cls._create_award(
            "GK-T", "Commendation of the head (test)", "Giấy khen", level_id=False
        )

    @classmethod
    def _give(cls, name="Người Lao Động", user=None, **vals):
        """Create a complete draft of the commune's own award."""
        partner = cls.env["res.partner"].create({"name": name})
        nominations = cls.env["emulation.nomination"].with_user(user or cls.officer_a1)
        nomination = nominations.create(
            {
                "award_id": cls.own.id,
                "unit_id": cls.commune_a1.id,
                "recipient_kind_id": cls.person.id,
                "partner_id": partner.id,
                "citation": "Đã có thành tích",
                "reason": "Làm tốt",
                **vals,
            }
        )
        nomination.item_ids.filtered("is_mandatory").is_done = True
        return nomination

    @classmethod
    def _approved(cls, *args, **vals):
        nomination = cls._give(*args, **vals)
        nomination.action_submit()
        return cls._appraise(nomination, cls.head_a1)

    @classmethod
    def _list(cls, nominations, user=None):
        action = nominations.with_user(user or cls.officer_a1).action_open_proposal()
        proposal = cls.env["emulation.proposal"].browse(action["res_id"])
        return proposal.with_user(user or cls.officer_a1)
