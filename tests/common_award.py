from odoo.fields import Command, Date
from odoo.tests import Form
from odoo.tools import SQL

from .common_appraisal import DEMO_SCORES, AppraisalCommon


class AwardCommon(AppraisalCommon):
    """A published session, a People's Committee with its chairman, and awards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.committee = cls._create_unit(
            "T35U",
            "Ủy ban nhân dân tỉnh Thử Nghiệm",
            "government",
            "province",
            cls.province,
            letterhead="ỦY BAN NHÂN DÂN\nTỈNH THỬ NGHIỆM",
            document_symbol="UBND",
            place_name="Thử Nghiệm",
        )
        cls.board_unit = cls._create_unit(
            "T35TD",
            "Ban Thi đua - Khen thưởng",
            "department",
            "province",
            cls.committee,
            document_symbol="BTĐKT",
            place_name="Thử Nghiệm",
        )
        cls.chairman = cls._create_head("chairman", cls.committee, "Chủ tịch")
        cls.board_head = cls._create_head("board_head", cls.board_unit, "Trưởng ban")
        cls.env["emulation.unit.officer"].create(
            {
                "user_id": cls.award_user.id,
                "unit_id": cls.board_unit.id,
                "date_start": "2018-01-01",
            }
        )
        cls.award2_user = cls._create_user("award2_user", "award")
        cls.movement2_user = cls._create_user("movement2", "movement", cls.province)
        cls.person = cls.env.ref("emulation.recipient_kind_individual")
        cls.collective = cls.env.ref("emulation.recipient_kind_collective")
        cls.basis_text = cls.env["emulation.legal.text"].create(
            {
                "kind": "decree",
                "number": "1/2018/NĐ-CP",
                "date": "2018-01-01",
                "date_start": "2018-01-01",
                "issuer": "Chính phủ",
                "subject": "thi đua, khen thưởng (thử nghiệm)",
            }
        )
        cls.merit = cls._create_award(
            "BK-T",
            "Certificate of Merit (test)",
            "Bằng khen thử nghiệm",
            needs_initiative=True,
        )
        cls.front_merit = cls._create_award(
            "BKF-T",
            "Merit of the Front (test)",
            "Bằng khen của Mặt trận",
            track="front",
        )
        cls.central = cls._create_award(
            "GT-T",
            "Central prize (test)",
            "Giải thưởng trung ương",
            track="central",
            level_id=cls.env.ref("emulation.unit_level_central").id,
            rate_ids=[],
        )

    @classmethod
    def _get_card(cls, user, key):
        """Return a card of the first screen of ``user``, empty if it is not there."""
        work = cls.env["emulation.my.work"].with_user(user).get_counters()
        cards = [card for section in work["sections"] for card in section["cards"]]
        return next((card for card in cards if card["key"] == key), {})

    @classmethod
    def _create_head(cls, login, unit, position):
        user = cls._create_user(login, "officer", unit, "head")
        unit.officer_ids.filtered(lambda one: one.user_id == user).position = position
        return user

    @classmethod
    def _create_award(cls, code, name, printed, **vals):
        """Create an award in force since 2018, of the province, for everybody."""
        kinds = cls.person | cls.collective
        award = cls.env["emulation.award"].create(
            {
                "code": code,
                "name": name,
                "printed_name": printed,
                "category": "form",
                "track": "state",
                "level_id": cls.env.ref("emulation.unit_level_province").id,
                "decided_by": "Chủ tịch Ủy ban nhân dân tỉnh",
                "recipient_kind_ids": [Command.set(kinds.ids)],
                "legal_text_id": cls.basis_text.id,
                "date_start": "2018-01-01",
                "appraisal_days": 25,
                "rounding": 10000,
                "rate_ids": [
                    Command.create(
                        {
                            "recipient_kind_id": kind.id,
                            "multiple": 1.5,
                            "factor": factor,
                        }
                    )
                    for kind, factor in ((cls.person, 1), (cls.collective, 2))
                ],
                "item_ids": [
                    Command.create({"name": "Báo cáo thành tích"}),
                    Command.create({"name": "Ảnh minh họa", "is_required": False}),
                ],
                **vals,
            }
        )
        award.action_put_in_force()
        return award

    @classmethod
    def _force(cls, award, **vals):
        """Give an award in force other rules, as if it had begun with them."""
        cls.env.flush_all()
        changes = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value) for name, value in vals.items()
        )
        cls.env.cr.execute(
            SQL("UPDATE emulation_award SET %s WHERE id = %s", changes, award.id)
        )
        cls.env.invalidate_all()

    @classmethod
    def _publish(cls, names=("Đồ gá kẹp đa vị trí",), scores=DEMO_SCORES["D2"]):
        """Return the published verdicts of a session with these dossiers."""
        session = cls._close(cls._open_session(names), scores)
        cls._decide(session)
        return session.sudo()._get_verdicts().with_env(cls.env)

    @classmethod
    def _nominate(cls, verdict, user=None, author=0, **vals):
        """Create a complete draft for an author of ``verdict``, for the office."""
        user = user or cls.movement_user
        partner = verdict.initiative_id.author_ids[author].partner_id
        nomination = (
            cls.env["emulation.nomination"]
            .with_user(user)
            .create(
                {
                    "award_id": cls.merit.id,
                    "year": Date.today().year,
                    "unit_id": cls.commune_a1.id,
                    "recipient_kind_id": cls.person.id,
                    "partner_id": partner.id,
                    "verdict_id": verdict.id,
                    "reason": "Tiết kiệm 30 % công",
                    **vals,
                }
            )
        )
        nomination.item_ids.filtered("is_mandatory").is_done = True
        return nomination

    @classmethod
    def _appraise(cls, nomination, user=None, **vals):
        board = nomination.with_user(user or cls.award_user)
        board.write({"opinion": "Thành tích xứng đáng", **vals})
        board.action_appraise()
        return board

    @classmethod
    def _propose(cls, nominations, user=None, **vals):
        """Put ``nominations`` on a proposal and have it signed."""
        user = user or cls.award_user
        proposal = (
            cls.env["emulation.proposal"]
            .with_user(user)
            .create(
                {
                    "award_id": nominations.award_id.id,
                    "year": nominations[:1].year,
                    "unit_id": cls.board_unit.id,
                    **vals,
                }
            )
        )
        proposal.action_fill()
        paper = cls._paper(proposal.action_draft_proposal())
        paper.with_user(cls.board_head).action_sign()
        return proposal

    @classmethod
    def _paper(cls, action):
        return cls.env["emulation.document"].browse(action["res_id"])

    @classmethod
    def _decide_award(cls, proposal, signer=None):
        paper = cls._paper(proposal.action_draft_decision())
        paper.with_user(signer or cls.chairman).action_sign()
        return paper

    @classmethod
    def _confer(cls, verdict, **vals):
        """Return a nomination taken all the way to the signed decision."""
        nomination = cls._nominate(verdict, **vals)
        nomination.action_submit()
        cls._appraise(nomination)
        proposal = cls._propose(nomination)
        cls._decide_award(proposal)
        return nomination

    def _dialog(self, action, user):
        """Open the dialog of ``action`` as ``user``."""
        model = self.env[action["res_model"]].with_user(user)
        return Form(model.with_context(**action.get("context", {})))
