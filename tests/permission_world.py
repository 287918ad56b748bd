from odoo.fields import Command
from odoo.tests import new_test_user

from .common_appraisal import DEMO_SCORES
from .permission_award import AwardRecords
from .permission_records import PermissionRecords
from .permission_sheets import SheetRecords
from .permission_table import RELATIONS
from .permission_use import UseRecords

# Session states: the one whose records stand for a model of the appraisal as such
FIRST_STATE = {
    "session": "planned",
    "session.attendance": "planned",
    "conflict": "scoring",
    "scoresheet": "scoring",
    "scoresheet.line": "scoring",
    "verdict": "published",
}


class PermissionWorld(PermissionRecords, SheetRecords, UseRecords, AwardRecords):
    """A user in every role and a record of every model in every relation to them.

    Whoever may act for a unit at all acts for district A, also those whose role
    gives them nothing there. ``records`` holds for every key of the table a record
    per relation of its unit to district A; only “own” where a model has no unit.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_relations()
        cls._create_people()
        cls.records = {}
        cls._add_catalogues()
        cls._add_organisation()
        cls._add_opinions()
        cls._add_reforms()
        cls._add_movement()
        cls._add_dossiers()
        cls._add_batches()
        cls._add_published()
        cls._add_sessions()
        cls._add_reviewers()
        cls._add_documents()
        cls._add_sheets()
        cls._add_contacts()
        cls._add_use()
        cls._add_recognition()
        cls._add_log()
        cls.env.flush_all()

    @classmethod
    def _create_relations(cls):
        cls.sector_school = cls._create_unit(
            "T35B1S",
            "Trường Bình Một",
            "school",
            "base",
            cls.commune_b1,
            managing_unit_id=cls.district_a.id,
        )
        cls.units = {
            "own": cls.district_a,
            "below": cls.commune_a1,
            "above": cls.province,
            "sibling": cls.district_b,
            "sector": cls.sector_school,
        }
        for unit in cls.units.values():
            unit.document_symbol = unit.document_symbol or f"UB-{unit.code}"

    @classmethod
    def _create_people(cls):
        """Fill ``people``: role of the table → user."""
        company = cls.env["res.company"].create({"name": "Tỉnh khác"})
        at_home = {"unit": cls.district_a}
        user = cls._create_user
        for colleague in (
            *(cls.chair_user, cls.secretary_user, cls.member1_user, cls.member2_user),
            *(cls.leader_user, cls.finance_user, cls.award_user, cls.internal_user),
            cls.data_user,
        ):
            cls._assign(colleague)
        cls.people = {
            "public": cls.env.ref("base.public_user"),
            "portal": new_test_user(cls.env, "p_portal", groups="base.group_portal"),
            "internal": cls.internal_user,
            "user": user("p_user", "user", **at_home),
            "officer": user("p_officer", "officer", **at_home),
            "head": user("p_head", "officer", role="head", **at_home),
            "movement": user("p_movement", "movement", **at_home),
            "manager": user("p_manager", "manager", **at_home),
            "member": cls.member1_user,
            "secretary": cls.secretary_user,
            "chair": cls.chair_user,
            "conflicted": cls.member2_user,
            "outsider": user("p_outsider", "council", **at_home),
            "leader": cls.leader_user,
            "award": cls.award_user,
            "finance": cls.finance_user,
            "data": cls.data_user,
            "foreign": user(
                "p_foreign",
                "manager council award finance leader data",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            ),
        }

    @classmethod
    def _assign(cls, user):
        cls.env["emulation.unit.officer"].create(
            {
                "user_id": user.id,
                "unit_id": cls.district_a.id,
                "date_start": "2018-01-01",
            }
        )

    # RECORDS, room by room

    @classmethod
    def _draft(cls, relation):
        return cls._create_initiative(
            f"Sáng kiến {relation}",
            cls.units[relation],
            user=cls.movement_user,
            authors=[("Lê Văn Thử", 100)],
            benefit_ids=[Command.create({"name": "Công lao động", "price": 1000})],
            helper_ids=[Command.create({"name": "Lê Thị Giúp", "task": "Đo đạc"})],
            confidential_info="Công thức phối trộn",
        )

    @classmethod
    def _create_authored(cls):
        """Return a draft of the role “portal”, for the unit “own”."""
        author = cls.people["portal"]
        typed = {
            "round_id": str(cls.round.id),
            "kind_id": str(cls.env.ref("emulation.initiative_kind_initiative").id),
            "unit_id": str(cls.units["own"].id),
            "field_id": str(cls.env.ref("emulation.field_mechanics").id),
        }
        initiatives = cls.env["emulation.initiative"].with_user(author)
        draft = initiatives._author_create({**typed, "name": "Của tác giả"})
        draft._author_attach("anh.pdf", b"%PDF-1.4")
        return draft

    @classmethod
    def _lines_of(cls, initiative, line):
        """Return the lines of a dossier that stand in a model of their own."""
        return cls.env[f"emulation.initiative.{line}"].search(
            [("initiative_id", "=", initiative.id)]
        )

    @classmethod
    def _returned(cls, relation):
        initiative = cls._submitted(relation)
        initiative.sudo()._return_to_complete("Thiếu xác nhận áp dụng")
        return initiative.sudo().return_log_ids

    @classmethod
    def _submitted(cls, relation):
        initiative = cls._draft(relation)
        initiative.action_submit()
        return initiative

    @classmethod
    def _received(cls, relation):
        initiative = cls._submitted(relation)
        initiative.sudo().write({"state": "endorsed"})
        return initiative.evaluation_ids

    @classmethod
    def _eligible(cls, relation):
        evaluation = cls._received(relation)
        evaluation.action_check_all()
        evaluation.action_mark_eligible()
        return evaluation

    @classmethod
    def _judged(cls, relation):
        """Return a verdict on an entry of the same unit as the dossier."""
        dossier, other = cls._submitted(relation), cls._submitted(relation)
        return dossier._record_prior_art(other, "new", "")

    @classmethod
    def _add_dossiers(cls):
        cls._add_each("emulation.initiative", cls._draft)
        drafts = cls.records["emulation.initiative"]
        cls._add_each("emulation.initiative.author", lambda of: drafts[of].author_ids)
        cls._add_each("emulation.share.log", lambda of: drafts[of].share_log_ids)
        cls._add("emulation.initiative/authored", cls._create_authored())
        link = drafts["own"].author_ids._ensure_link()
        cls._add("emulation.share.link", link)
        for line in ("benefit", "helper", "secret"):
            cls._add_each(
                f"emulation.initiative.{line}",
                lambda of, line=line: cls._lines_of(drafts[of], line),
            )
        cls._add_each("emulation.initiative.return.log", cls._returned)
        cls._add_each("emulation.initiative/submitted", cls._submitted)
        cls._add_each("emulation.prior.art", cls._judged)
        signatures = cls.env["emulation.initiative.signature"]
        cls._add(signatures._name, signatures.search([], limit=1))
        cls._add_each("emulation.evaluation", cls._received)
        received = cls.records["emulation.evaluation"]
        cls._add_each("emulation.evaluation.check", lambda of: received[of].check_ids)
        cls._add_each("emulation.evaluation/eligible", cls._eligible)

    @classmethod
    def _start_session(cls, evaluations):
        """Open a session in which one member is in conflict with every dossier."""
        session = cls._plan_session(evaluations)
        session.action_open()
        sheets = evaluations.sudo().sheet_ids
        for sheet in sheets.filtered(lambda one: one.user_id == cls.member2_user):
            cls._declare_conflict(sheet)
        return session

    @classmethod
    def _sheets_of_member(cls, evaluation):
        """Return the sheet that the role “member” has for a dossier."""
        sheets = evaluation.sudo().sheet_ids
        return sheets.filtered(lambda one: one.user_id == cls.member1_user)

    @classmethod
    def _add_appraised(cls, state, evaluations):
        """Keep all that appraisal makes of dossiers, as it is in a state.

        :param state: state of their session, part of the keys of the records
        :param evaluations: relation → evaluation
        """
        for model, pick in (
            ("initiative", lambda one: one.initiative_id),
            ("initiative.author", lambda one: one.initiative_id.author_ids),
            ("initiative.benefit", lambda one: one.initiative_id.benefit_ids),
            ("initiative.helper", lambda one: one.initiative_id.helper_ids),
            (
                "initiative.secret",
                lambda one: cls._lines_of(one.initiative_id, "secret"),
            ),
            ("evaluation", lambda one: one),
            ("evaluation.check", lambda one: one.check_ids),
            ("scoresheet", cls._sheets_of_member),
            ("scoresheet.line", lambda one: cls._sheets_of_member(one).line_ids),
            ("verdict", lambda one: one.verdict_ids),
            (
                "conflict",
                lambda one: one.conflict_ids.filtered(lambda c: c.kind == "interest"),
            ),
        ):
            records = {of: pick(one.sudo())[:1] for of, one in evaluations.items()}
            if all(records.values()):
                cls.records[cls._key(model, state)] = records
        session = evaluations["own"].sudo().session_id
        cls._add(cls._key("session", state), session)
        cls._add(cls._key("session.attendance", state), session.attendance_ids)
        if state == "scoring":
            own = session.declaration_ids.filtered(
                lambda one: one.user_id == cls.member1_user
            )
            cls._add("emulation.declaration", own)
            line = own.line_ids.filtered(
                lambda one: one.evaluation_id == evaluations["own"]
            )
            cls._add("emulation.declaration.line", line)

    @classmethod
    def _key(cls, model, state):
        """Return the key of records in a state; the first state is the model's own."""
        key = f"emulation.{model}"
        return key if FIRST_STATE.get(model) == state else f"{key}/{state}"

    @classmethod
    def _add_published(cls):
        """The results of five dossiers, published by a signed decision."""
        evaluations = {relation: cls._eligible(relation) for relation in RELATIONS}
        together = cls.env["emulation.evaluation"].with_user(cls.movement_user)
        together = together.browse([one.id for one in evaluations.values()])
        session = cls._close(cls._start_session(together), DEMO_SCORES["D4"])
        decision = cls._decide(session)
        cls._add_appraised("published", evaluations)
        cls._add_each(
            "emulation.complaint",
            lambda of: cls._complain(evaluations[of].sudo().verdict_ids),
        )
        letters = cls.env["emulation.letter"]._prepare(
            evaluations["own"].sudo().verdict_ids,
            lambda _verdict: cls.env.ref("emulation.mail_template_recognised"),
        )
        cls._add("emulation.letter", letters[0])
        certificates = decision.sudo().certificate_ids
        cls._add_each(
            "emulation.certificate",
            lambda of: certificates.filtered(
                lambda one: one.initiative_id == evaluations[of].initiative_id
            ),
        )

    @classmethod
    def _complain(cls, verdict):
        return cls.env["emulation.complaint"].create(
            {
                "verdict_id": verdict.id,
                "partner_id": verdict.initiative_id.author_ids.partner_id[0].id,
                "text": "Chưa xem xác nhận áp dụng",
                "answer": "Đã xem",
            }
        )

    @classmethod
    def _add_sessions(cls):
        """A session that is planned, one being scored, and one only just closed."""
        planned = cls._eligible("own")
        cls._plan_session(planned)
        cls._add_appraised("planned", {"own": planned})
        scoring = {relation: cls._eligible(relation) for relation in RELATIONS}
        together = planned.browse([one.id for one in scoring.values()])
        session = cls._start_session(together)
        cls._score_by_all(session, DEMO_SCORES["D4"])
        session.with_user(cls.secretary_user).action_mark_all_present()
        cls._add_appraised("scoring", scoring)
        cls._add_room(session, scoring["own"].sudo())
        closed = {relation: cls._eligible(relation) for relation in RELATIONS}
        together = planned.browse([one.id for one in closed.values()])
        cls._close(cls._start_session(together), DEMO_SCORES["D4"])
        cls._add_appraised("closed", closed)

    @classmethod
    def _add_room(cls, session, evaluation):
        """A deferral, a vote and a member who went out, of a session being held."""
        dispositions = cls.env["emulation.disposition"]
        cls._add(
            dispositions._name,
            dispositions.create({"evaluation_id": evaluation.id, "reason": "Thử"}),
        )
        line = session.sudo().attendance_ids[-1]
        line._leave()
        line._come_back()
        cls._add("emulation.session.absence", line.absence_ids)
        other = session.sudo().evaluation_ids - evaluation
        voter = {"evaluation_id": other[0].id, "member_id": line.member_id.id}
        roll = cls.env["emulation.ballot.roll"].create({**voter, "has_voted": True})
        cls._add(roll._name, roll)
        paper = {"evaluation_id": other[0].id, "choice": "agree"}
        cls._add("emulation.ballot", cls.env["emulation.ballot"]._put_in([paper]))

    @classmethod
    def _get_seat(cls, user):
        seats = cls.council.member_ids
        return seats.filtered(lambda seat: seat.user_id == user)

    @classmethod
    def _add_reviewers(cls):
        cls._add(
            "emulation.assignment",
            cls.env["emulation.assignment"].create(
                {
                    "evaluation_id": cls.records["emulation.evaluation/planned"][
                        "own"
                    ].id,
                    "member_id": cls._get_seat(cls.people["member"]).id,
                }
            ),
        )

    @classmethod
    def _add_log(cls):
        """What happened to the council; its end in the company of the roles."""
        logs = cls.env["emulation.log"]
        cls._add(logs._name, logs.search([("event", "=", "seat")], limit=1))
        chain = cls.env["emulation.log.chain"]
        cls._add(chain._name, chain._lock(cls.env.company))

    @classmethod
    def _create_paper(cls, relation, **vals):
        """Create an open paper; the head of district A signs those of the district."""
        unit = cls.units[relation]
        kind = cls.env["emulation.document.kind"].search([("code", "=", "QĐ")])
        issuer = {
            "unit_id": unit.id,
            "position": "CHỦ TỊCH",
            "signer_user_id": cls.people["head"].id if relation == "own" else False,
            "signer_name": "Trần Thị Thử Nghiệm",
        }
        return cls.env["emulation.document"].create(
            {
                "kind_id": kind.id,
                "unit_id": unit.id,
                "subject": f"Về việc {relation}",
                "body": "<p>Điều 1. Nội dung thử nghiệm.</p>",
                "drafter_user_id": cls.movement_user.id,
                "issuer_ids": [Command.create(issuer)],
                "recipient_ids": [Command.create({"unit_id": unit.id})],
                "annex_ids": [Command.create({"title": "Danh sách"})],
                **vals,
            }
        )

    @classmethod
    def _add_papers(cls, state, papers):
        cls._add_each(f"emulation.document{state}", papers.get)
        lines = {
            "issuer": "issuer_ids",
            "recipient": "recipient_ids",
            "annex": "annex_ids",
        }
        for line, field in lines.items():
            cls._add_each(
                f"emulation.document.{line}{state}",
                lambda of, field=field: papers[of][field],
            )

    @classmethod
    def _add_documents(cls):
        drafts = {relation: cls._create_paper(relation) for relation in RELATIONS}
        cls._add_papers("", drafts)
        signed = {relation: cls._create_paper(relation) for relation in RELATIONS}
        for paper in signed.values():
            paper.action_sign()
        cls._add_papers("/signed", signed)
        cls._add_each("emulation.document.delivery", lambda of: signed[of].delivery_ids)
        scan = signed["own"]._print_pdf() + b"\n"
        cls._add_each(
            "emulation.document.copy",
            lambda of: signed[of]._file_copy("scan", scan, "scan.pdf"),
        )
        registers = cls.env["emulation.document.register"]
        cls._add_each(
            "emulation.document.register",
            lambda of: registers.search([("unit_id", "=", cls.units[of].id)]),
        )
        session = cls.records["emulation.session/closed"]["own"]
        kept = session.with_user(cls.secretary_user)
        minutes = cls.env["emulation.document"].browse(
            kept.action_draft_minutes()["res_id"]
        )
        cls._add("emulation.document/restricted", minutes)
        cls._add("emulation.document.issuer/restricted", minutes.issuer_ids)
        cls._add(
            "emulation.document.recipient/restricted",
            minutes.sudo().recipient_ids
            or cls.env["emulation.document.recipient"].create(
                {"document_id": minutes.id, "name": "Lưu"}
            ),
        )
        cls._add(
            "emulation.document.annex/restricted",
            cls.env["emulation.document.annex"].create(
                {"document_id": minutes.id, "title": "Danh sách"}
            ),
        )
        cls._add_each(
            "emulation.round.reminder",
            lambda of: cls.env["emulation.round.reminder"].create(
                {
                    "round_id": cls.round.id,
                    "unit_id": cls.units[of].id,
                    "lateness": "dossier",
                    "date_reply": "2030-01-01",
                    "addressee_ids": [Command.set(cls.district_b.ids)],
                }
            ),
        )
