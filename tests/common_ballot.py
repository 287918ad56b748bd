from .common_appraisal import DEMO_SCORES, AppraisalCommon

POINTS = DEMO_SCORES["D2"]


class BallotCommon(AppraisalCommon):
    """A session under a regulation that asks for a ballot."""

    @classmethod
    def _ask_for_ballot(cls, mode="secret", **vals):
        regulation = cls.env.ref("emulation.regulation_default").copy(
            {"code": f"QC-{mode}"}
        )
        regulation.write({"ballot_mode": mode, **vals})
        regulation.action_put_in_force()
        cls.round.regulation_id = regulation
        return regulation

    @classmethod
    def _open_voting(cls, names=("Đồ gá kẹp đa vị trí",)):
        session = cls._open_session(names)
        session.with_user(cls.secretary_user).action_mark_all_present()
        return session

    @classmethod
    def _vote(cls, session, user, choice="agree", evaluations=None):
        evaluations = evaluations or session.sudo().evaluation_ids
        session.with_user(user).cast_ballots({one.id: choice for one in evaluations})

    @classmethod
    def _finish(cls, session):
        cls._score_by_all(session, POINTS)
        session.with_user(cls.secretary_user).action_close()
        return session.sudo().evaluation_ids.verdict_ids

    @classmethod
    def _box(cls, session):
        box = cls.env["emulation.ballot"].sudo()
        return box.search([("evaluation_id", "in", session.sudo().evaluation_ids.ids)])

    @classmethod
    def _roll(cls, session):
        roll = cls.env["emulation.ballot.roll"].sudo()
        return roll.search([("evaluation_id", "in", session.sudo().evaluation_ids.ids)])
