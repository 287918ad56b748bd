from odoo.fields import Command, Date, Datetime

from .common_appraisal import AppraisalCommon
from .permission_table import RELATIONS


class PermissionRecords(AppraisalCommon):
    """Records of the rooms that the appraisal rests on, for the permission matrix."""

    @classmethod
    def _add(cls, key, record):
        """Keep the first of ``record`` as the record of a model without a unit."""
        cls.records[key] = {"own": record.sudo()[:1]}

    @classmethod
    def _add_each(cls, key, function):
        """Keep what ``function`` returns for each relation."""
        cls.records[key] = {
            relation: function(relation).sudo()[:1] for relation in RELATIONS
        }

    @classmethod
    def _add_catalogues(cls):
        for name in (
            *("unit.level", "unit.kind", "theme", "field", "author.category"),
            *("initiative.kind", "initiative.kind.item", "return.cause"),
            *("document.kind", "legal.text", "checklist.item", "file.type"),
            *("base.salary", "remuneration.rule", "followup.rule"),
            *("template.text", "similarity.level", "council.seat.template"),
            *("recipient.kind", "holiday"),
        ):
            model = cls.env[f"emulation.{name}"]
            cls._add(model._name, model.search([], limit=1))
        cls.env["emulation.invariant"].action_check()
        cls._add("emulation.invariant", cls.env["emulation.invariant"].search([]))
        for name, lines in (
            ("rubric", {"criterion": "criterion_ids", "grade": "grade_ids"}),
            ("regulation", {"tie.key": "tie_key_ids"}),
        ):
            law = cls.round[f"{name}_id"]
            cls._add(f"emulation.{name}", law)
            for line, lines_field in lines.items():
                cls._add(f"emulation.{name}.{line}", law[lines_field])
        cls._add_awards()
        scale = cls.env.ref("emulation.rubric_initiative_abc").copy({"code": "NHOM"})
        group = {"code": "I", "name": "Nhóm", "points": 100, "rubric_id": scale.id}
        group = cls.env["emulation.rubric.group"].create(group)
        cls._add(group._name, group)
        scale.criterion_ids[0].band_ids = [
            Command.create({"score_from": 27, "score_to": 30, "text": "Hoàn toàn mới"})
        ]
        cls._add("emulation.rubric.criterion.band", scale.criterion_ids.band_ids)

    @classmethod
    def _add_awards(cls):
        award = cls.env.ref("emulation.award_cstd_tinh").copy({"code": "THU"})
        award.category = "prize"
        award.prize_ids = [Command.create({"name": "Giải thử", "amount": 1000000})]
        award.action_put_in_force()
        cls._add("emulation.award", award)
        for line in ("item", "prerequisite", "prize", "rate"):
            cls._add(f"emulation.award.{line}", award[f"{line}_ids"])
        place = {"field": "code", "x": 10, "y": 10, "width": 50}
        award.print_line_ids = [Command.create(place)]
        cls._add("emulation.award.print.line", award.print_line_ids)

    @classmethod
    def _add_opinions(cls):
        """A draft of criteria on which a unit of each relation is asked."""
        draft = cls.env.ref("emulation.rubric_initiative_abc").copy({"code": "GOPY"})
        draft.date_opinions_due = Date.add(Date.today(), days=9)
        draft.opinion_ids = [
            Command.create({"unit_id": unit.id}) for unit in cls.units.values()
        ]
        draft.action_send_for_opinions()
        cls._add_each(
            "emulation.rubric.opinion",
            lambda relation: draft.opinion_ids.filtered(
                lambda one: one.unit_id == cls.units[relation]
            ),
        )

    @classmethod
    def _add_organisation(cls):
        cls._add_each("emulation.unit", cls.units.get)
        officers = cls.env["emulation.unit.officer"]
        someone = cls._create_user("p_someone")
        cls._add_each(
            "emulation.unit.officer",
            lambda relation: officers.create(
                {"user_id": someone.id, "unit_id": cls.units[relation].id}
            ),
        )
        cls._add(
            "emulation.recipient.group",
            cls.env["emulation.recipient.group"].create(
                {"name": "Các xã", "below_unit_id": cls.province.id}
            ),
        )

    @classmethod
    def _add_reforms(cls):
        """A reform that is planned, and one that has happened."""
        villages = cls.env["emulation.unit"]
        for number in range(5):
            villages |= cls._create_unit(
                *(f"T35BX{number}", f"Xã Cũ {number}", "territory", "commune"),
                cls.district_b,
            )
        cls._create_initiative("Ở xã cũ", villages[0], user=cls.movement_user)
        draft = cls._create_merger(villages[:2], "T35BY0", "Xã Mới Không")
        draft.action_preview()
        applied = cls._create_merger(villages[2:4], "T35BY1", "Xã Mới Một")
        applied.action_apply()
        renaming = cls._create_reform("rename", villages[4], new_name="Xã Đổi Tên")
        renaming.action_apply()
        for state, event in (("", draft), ("/applied", applied)):
            cls._add(f"emulation.unit.succession{state}", event)
            cls._add(f"emulation.unit.succession.line{state}", event.line_ids)
        cls._add("emulation.unit.succession.move", draft.move_ids)
        cls._add("emulation.unit.name", villages[4].former_name_ids)
        cls._add(
            "emulation.unit.cluster",
            cls.env["emulation.unit.cluster"].create({"name": "Cụm thử"}),
        )

    @classmethod
    def _create_merger(cls, units, code, name):
        line = {
            "code": code,
            "name": name,
            "kind_id": units[0].kind_id.id,
            "level_id": units[0].level_id.id,
            "parent_id": units[0].parent_id.id,
        }
        return cls._create_reform("merge", units, line_ids=[Command.create(line)])

    @classmethod
    def _create_reform(cls, kind, units, **vals):
        return cls.env["emulation.unit.succession"].create(
            {
                "kind": kind,
                "date": "2025-07-01",
                "legal_text": "Nghị quyết số 1/NQ",
                "predecessor_ids": [Command.set(units.ids)],
                **vals,
            }
        )

    @classmethod
    def _add_movement(cls):
        cls.movement.date_start = "2020-01-01"
        cls.movement.action_start()
        cls._add("emulation.movement", cls.movement)
        cls._add(
            "emulation.movement.phase",
            cls.env["emulation.movement.phase"].create(
                {"movement_id": cls.movement.id, "name": "Giai đoạn thử"}
            ),
        )
        rounds = {
            relation: cls._create_round(f"P-{unit.code}", unit_id=unit.id)
            for relation, unit in cls.units.items()
        }
        cls._add_each("emulation.round", rounds.get)
        cls._add_each("emulation.round.check", lambda of: rounds[of].check_ids)
        cls._add_round_lines(rounds)
        cls._add_each(
            "emulation.round/draft",
            lambda of: rounds[of].copy({"code": f"D-{cls.units[of].code}"}),
        )
        councils = {
            of: cls.council.copy({"name": f"Hội đồng {unit.name}", "unit_id": unit.id})
            for of, unit in cls.units.items()
        }
        cls._add_each("emulation.council", councils.get)
        cls._add_each("emulation.council.member", lambda of: councils[of].member_ids)
        cls._add_each("emulation.council.seat", lambda of: councils[of].seat_ids)
        newcomer = cls._create_user("p_newcomer", "council")
        change = cls.env["emulation.council.change"].create(
            {
                "council_id": cls.council.id,
                "reason": "Bổ sung chuyên gia",
                "decision_reference": "15/QĐ-MTTQ-BTT ngày 02/6/2020",
                "line_ids": [
                    Command.create({"user_id": newcomer.id, "is_scoring": False})
                ],
            }
        )
        cls._add("emulation.council.change", change)
        cls._add("emulation.council.change.line", change.line_ids)

    @classmethod
    def _add_round_lines(cls, rounds):
        """Categories, rubrics, an extension and an exception of each round."""
        for rnd in rounds.values():
            rnd.category_ids = [Command.create({"code": "A", "name": "Bảng A"})]
            rubric = {"kind_id": rnd.kind_ids[0].id, "rubric_id": rnd.rubric_id.id}
            rnd.rubric_line_ids = [Command.create(rubric)]
            rnd._extend(Date.add(rnd.date_close, days=1), 24, "Mưa lũ")
        exceptions = cls.env["emulation.round.exception"]
        for of, rnd in rounds.items():
            exceptions.create(
                {
                    "round_id": rnd.id,
                    "unit_id": cls.units[of].id,
                    "datetime_until": Datetime.add(Datetime.now(), days=90),
                    "reason": "Mưa lũ",
                }
            )
        for name, lines in (
            *(("category", "category_ids"), ("rubric", "rubric_line_ids")),
            *(("extension", "extension_ids"), ("exception", "exception_ids")),
        ):
            cls._add_each(
                f"emulation.round.{name}", lambda of, lines=lines: rounds[of][lines]
            )

    @classmethod
    def _add_batches(cls):
        """Batches being prepared and sent, and dossiers offered to another unit."""
        batches = cls.env["emulation.transmittal"].with_user(cls.movement_user)

        def create(relation):
            dossier = cls._submitted(relation)
            return batches.create(
                {
                    "unit_id": cls.units[relation].id,
                    "round_id": cls.round.id,
                    "line_ids": [Command.create({"initiative_id": dossier.id})],
                }
            )

        drafts = {relation: create(relation) for relation in RELATIONS}
        sent = {relation: create(relation) for relation in RELATIONS}
        for batch in sent.values():
            batch.sudo().line_ids.initiative_id.write({"state": "endorsed"})
            batch.sudo().write({"state": "sent"})
        for state, made in (("", drafts), ("/sent", sent)):
            cls._add_each(f"emulation.transmittal{state}", made.get)
            cls._add_each(
                f"emulation.transmittal.line{state}",
                lambda of, made=made: made[of].line_ids,
            )
        transfers = cls.env["emulation.initiative.transfer"]
        cls._add_each(
            transfers._name,
            lambda of: transfers.with_user(cls.movement_user).create(
                {
                    "initiative_id": cls._submitted(of).id,
                    "target_unit_id": (
                        cls.commune_b1 if of == "sibling" else cls.district_b
                    ).id,
                    "reason": "Tác giả đã chuyển công tác",
                }
            ),
        )

    @classmethod
    def _add_contacts(cls):
        contacts = cls.env["res.partner"]
        cls._add_each(
            "res.partner",
            lambda of: contacts.create(
                {
                    "name": "Nguyễn Văn Trùng",
                    "email": f"{of}@example.com",
                    "emulation_birth_date": "1980-02-03",
                    "emulation_unit_id": cls.units[of].id,
                }
            ),
        )
        account = cls._create_user("p_account")
        cls._add("res.partner/account", account.partner_id)
        cls._add("res.users", account)
        own = cls.records["res.partner"]["own"]
        duplicates = cls.env["emulation.person.duplicate"]
        cls._add(duplicates._name, duplicates.search([("partner_id", "=", own.id)]))
