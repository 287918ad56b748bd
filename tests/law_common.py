from contextlib import contextmanager

from .common import EmulationCommon


class LawCommon(EmulationCommon):
    """Rubrics and regulations for the suites of the law room and those to its right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Messages are read in their source language, whatever the database speaks.
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))

    @classmethod
    def _create_rubric(cls, code="R", in_force=False, **vals):
        """Create a sound rubric: criteria A 60 and B 40, grades fail, pass, good."""
        rubric = cls.env["emulation.rubric"].create(
            {
                "code": code,
                "name": f"Rubric {code}",
                "date_start": "2020-01-01",
                "criterion_ids": [
                    (0, 0, {"code": "A", "name": "Novelty", "max_points": 60}),
                    (0, 0, {"code": "B", "name": "Effect", "max_points": 40}),
                ],
                "grade_ids": [
                    (0, 0, cls._grade("G", "Good", 80, 100)),
                    (0, 0, cls._grade("P", "Passed", 50, 80)),
                    (0, 0, cls._grade("F", "Fail", 0, 50, is_pass=False)),
                ],
                **vals,
            }
        )
        if in_force:
            rubric.action_put_in_force()
        return rubric

    @classmethod
    def _grade(cls, code, name, low, high, **vals):
        return {
            "code": code,
            "name": name,
            "score_from": low,
            "score_to": high,
            **vals,
        }

    @classmethod
    def _create_regulation(cls, code="Q", in_force=False, **vals):
        regulation = cls.env["emulation.regulation"].create(
            {
                "code": code,
                "name": f"Regulation {code}",
                "date_start": "2020-01-01",
                **vals,
            }
        )
        if in_force:
            regulation.action_put_in_force()
        return regulation

    @contextmanager
    def assertRefused(self, error, message):
        """Expect a refusal whose text matches, and leave nothing half-written."""
        with self.assertRaisesRegex(error, message), self.cr.savepoint():
            yield

    def _count_list_queries(self, records, user):
        """Return how many queries the list view of ``records`` costs a user, cold."""
        Model = records.with_user(user).browse()
        view = Model.get_view(view_type="list")
        names = view["models"][Model._name]
        specification = {
            name: {"fields": {"display_name": {}}}
            if Model._fields[name].relational
            else {}
            for name in names
        }
        domain = [("id", "in", records.ids)]
        Model.web_search_read(domain, specification)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        found = Model.web_search_read(domain, specification)
        self.assertEqual(found["length"], len(records))
        return self.cr.sql_log_count - before
