from odoo.fields import Command, Date, Datetime

from .common_appraisal import AppraisalCommon
from .common_files import SCAN


class AwardRecords(AppraisalCommon):
    """Nominations of each relation on their way, for the permission matrix."""

    @classmethod
    def _add_recognition(cls):
        cls.front_award = cls._create_front_award()
        drafts = {of: cls._add_nomination(of) for of in cls.units}
        submitted = {of: cls._submit(cls._add_nomination(of)) for of in cls.units}
        conferred = {of: cls._add_conferred(of) for of in cls.units}
        for state, made in (
            *(("", drafts), ("/submitted", submitted), ("/conferred", conferred)),
        ):
            cls._add_each(f"emulation.nomination{state}", made.get)
            cls._add_each(
                f"emulation.nomination.item{state}", lambda of, m=made: m[of].item_ids
            )
        proposals = cls.env["emulation.proposal"]
        cls._add_each(
            proposals._name,
            lambda of: proposals.create(
                {
                    "award_id": cls.front_award.id,
                    "unit_id": cls.units[of].id,
                    "addressee": "Ban Thường trực",
                }
            ),
        )
        cls._add("emulation.award.payment", conferred["own"].payment_ids)
        cls._add_own_level()
        cls._add_ceremonies(conferred)
        records = cls.env["emulation.award.record"]
        cls._add_each(
            records._name,
            lambda of: records.create(
                {
                    "unit_id": cls.units[of].id,
                    "award_id": cls.front_award.id,
                    "partner_id": cls._add_winner().id,
                    "year": 2019,
                    "decision_reference": "5/QĐ-UBND",
                    "decision_date": "2019-12-20",
                    "decided_by": "Chủ tịch",
                    "evidence": SCAN,
                    "evidence_name": "qd.pdf",
                }
            ),
        )

    @classmethod
    def _add_own_level(cls):
        """What each unit decides itself: handed in, listed, given and to be paid."""
        # of the Front, whose office decides where a unit of this world has no head
        cls.own_award = cls.front_award.copy({"code": "GK-QUYEN"})
        cls.own_award.write(
            {
                "level_id": False,
                "decider": "unit",
                "date_start": "2018-01-01",
                "appraised_by": "decider",
            }
        )
        cls.own_award.action_put_in_force()

        def vals(of):
            unit = cls.units[of].id
            return {"award_id": cls.own_award.id, "decider_unit_id": unit}

        submitted = {of: cls._add_nomination(of, **vals(of)) for of in cls.units}
        for one in submitted.values():
            cls._submit(one)
        cls._add_each("emulation.nomination/own", submitted.get)
        cls._add_each(
            "emulation.nomination.item/own", lambda of: submitted[of].item_ids
        )
        cls._add_each(
            "emulation.proposal/own",
            lambda of: cls.env["emulation.proposal"].create(
                {"unit_id": cls.units[of].id, **vals(of)}
            ),
        )
        conferred = {of: cls._add_conferred(of, **vals(of)) for of in cls.units}
        cls._add_each(
            "emulation.award.payment/own", lambda of: conferred[of].payment_ids
        )

    @classmethod
    def _add_ceremonies(cls, conferred):
        ceremonies = {
            of: cls.env["emulation.ceremony"].create(
                {
                    "name": "Lễ tôn vinh",
                    "unit_id": cls.units[of].id,
                    "date": Datetime.add(Datetime.now(), days=7),
                    "place": "Hội trường",
                    "cancel_reason": "Bão",
                    "line_ids": [Command.create({"nomination_id": conferred[of].id})],
                }
            )
            for of in cls.units
        }
        cls._add_each("emulation.ceremony", ceremonies.get)
        cls._add_each("emulation.ceremony.line", lambda of: ceremonies[of].line_ids)

    @classmethod
    def _create_front_award(cls):
        person = cls.env.ref("emulation.recipient_kind_individual")
        award = cls.env["emulation.award"].create(
            {
                "code": "BK-QUYEN",
                "name": "Merit (rights)",
                "printed_name": "Bằng khen thử quyền",
                "track": "front",
                "level_id": cls.env.ref("emulation.unit_level_district").id,
                "decided_by": "Ban Thường trực",
                "appraised_by": "board",
                "recipient_kind_ids": [Command.set(person.ids)],
                "date_start": "2018-01-01",
                "rounding": 10000,
                "rate_ids": [
                    Command.create({"recipient_kind_id": person.id, "multiple": 1})
                ],
                "item_ids": [
                    Command.create({"name": "Báo cáo thành tích", "is_required": False})
                ],
            }
        )
        award.action_put_in_force()
        return award

    @classmethod
    def _add_winner(cls):
        return cls.env["res.partner"].create({"name": "Người được đề nghị"})

    @classmethod
    def _add_nomination(cls, relation, **vals):
        nomination = cls.env["emulation.nomination"].create(
            {
                "award_id": cls.front_award.id,
                "unit_id": cls.units[relation].id,
                "recipient_kind_id": cls.front_award.recipient_kind_ids.id,
                "partner_id": cls._add_winner().id,
                "citation": "Đã có thành tích",
                "reason": "Làm tốt",
                "opinion": "Xứng đáng",
                "refuse_reason": "Chưa đủ",
                **vals,
            }
        )
        nomination.item_ids.is_done = True
        return nomination

    @classmethod
    def _submit(cls, nomination):
        nomination.action_submit()
        return nomination

    @classmethod
    def _add_conferred(cls, relation, **vals):
        """Conferred as from afar: no paper of the world is needed for it."""
        nomination = cls._submit(cls._add_nomination(relation, **vals))
        nomination.write({"state": "appraised"})
        nomination.write(
            {
                "date_sent": Date.today(),
                "central_reference": "1/QĐ",
                "central_date": Date.today(),
            }
        )
        nomination.write({"state": "sent"})
        nomination.write({"state": "conferred"})
        nomination.amount_fixed = 1000000
        cls.env["emulation.award.payment"]._owe(nomination)
        nomination.payment_ids.reference = "PC 1"
        return nomination
