from .common_appraisal import AppraisalCommon
from .common_files import SCAN


class UseRecords(AppraisalCommon):
    """What becomes of the published dossiers, for the permission matrix."""

    @classmethod
    def _add_use(cls):
        dossiers = cls.records["emulation.initiative/published"]
        for dossier in dossiers.values():
            # what is confidential is not in the library
            dossier.is_confidential = False
        cls.env.flush_all()
        entries = cls.env["emulation.initiative.entry"]
        entries.invalidate_model()
        cls._add_each(entries._name, lambda of: entries.browse(dossiers[of].id))
        cls._add_adoptions(dossiers)
        cls._add_each(
            "emulation.initiative.followup", lambda of: dossiers[of].followup_ids
        )
        steps = cls.env["emulation.initiative.development"]
        cls._add_each(
            steps._name,
            lambda of: steps.create(
                {"initiative_id": dossiers[of].id, "stage": "tested"}
            ),
        )
        cls._add_needs(dossiers)
        cls._add_remuneration(dossiers)
        cls._add_publication(dossiers)

    @classmethod
    def _add_adoptions(cls, dossiers):
        adoptions = cls.env["emulation.initiative.adoption"]

        def plan(of, **vals):
            return adoptions.with_user(cls.movement_user).create(
                {"entry_id": dossiers[of].id, "unit_id": cls.units[of].id, **vals}
            )

        cls._add_each(adoptions._name, plan)
        past = {"date_start": "2020-01-05", "date_end": "2020-12-31"}
        claimed = {of: plan(of, **past) for of in dossiers}
        for one in claimed.values():
            one.action_claim()
        cls._add_each(f"{adoptions._name}/claimed", claimed.get)

    @classmethod
    def _add_needs(cls, dossiers):
        needs, matches = cls.env["emulation.need"], cls.env["emulation.need.match"]

        def need(of):
            return needs.create(
                {
                    "name": f"Cần {of}",
                    "unit_id": cls.units[of].id,
                    "field_id": dossiers[of].field_id.id,
                    "problem": "Làm bằng tay",
                    "close_reason": "Đã mua máy",
                }
            )

        made = {of: need(of) for of in dossiers}
        cls._add_each(needs._name, made.get)
        cls._add_each(
            matches._name,
            lambda of: matches.create(
                {
                    "need_id": made[of].id,
                    "entry_id": dossiers["own" if of == "sector" else "sector"].id,
                    "reason": "Không hợp",
                }
            ),
        )

    @classmethod
    def _add_publication(cls, dossiers):
        books = cls.env["emulation.publication"]

        def book(name, unit):
            return books.create({"name": name, "year": 2019, "unit_id": unit.id})

        cls._add_each(books._name, lambda of: book(f"Sách {of}", cls.units[of]))
        written = book("Sách đang viết", cls.province)
        stories = cls.env["emulation.publication.entry"]
        cls._add_each(
            stories._name,
            lambda of: stories.create(
                {
                    "publication_id": written.id,
                    "name": f"Chuyện {of}",
                    "unit_id": cls.units[of].id,
                    "story": "<p>Một câu chuyện</p>",
                    "initiative_id": dossiers[of].id,
                    "consent_date": "2020-01-05",
                    "consent_by": "Người được viết",
                    "consent_file": SCAN,
                }
            ),
        )
        recorded = cls.records["emulation.certificate"]["own"]
        cls._add("emulation.golden.book", recorded.golden_book_id)
        misses = cls.env["emulation.check.miss"]
        misses._count("192.0.2.1")
        cls._add(misses._name, misses.search([], limit=1))

    @classmethod
    def _add_remuneration(cls, dossiers):
        schedules = cls.env["emulation.remuneration"]

        def schedule(of, **vals):
            return schedules.create(
                {
                    "initiative_id": dossiers[of].id,
                    "unit_id": cls.units[of].id,
                    "date_start": "2020-01-05",
                    **vals,
                }
            )

        agreed = {of: schedule(of) for of in dossiers}
        for one in agreed.values():
            one.action_agree()
            one.year_ids[0].benefit = 100_000_000
        cls._add_each(f"{schedules._name}/agreed", agreed.get)
        years = {of: one.year_ids[-1] for of, one in agreed.items()}
        cls._add_each("emulation.remuneration.year", years.get)
        lines = {of: one.line_ids[:1] for of, one in agreed.items()}
        cls._add_each("emulation.remuneration.line", lines.get)
        others = {"own": "below", "below": "own", "above": "own"}
        cls._add_each(
            schedules._name,
            lambda of: schedules.create(
                {
                    "initiative_id": dossiers[others.get(of, "own")].id,
                    "unit_id": cls.units[of].id,
                    "date_start": "2020-01-05",
                }
            ),
        )
