from contextlib import contextmanager

from odoo.tests import TransactionCase, new_test_user


class EmulationCommon(TransactionCase):
    """One world shared by all suites: a small province and a user in every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        context = dict(cls.env.context, tracking_disable=True, no_reset_password=True)
        cls.env = cls.env(context=context)
        # messages and tours are written in the source language
        cls.env["res.lang"]._activate_lang("en_US")
        cls._create_units()
        cls._create_users()

    @classmethod
    def tearDownClass(cls):
        """What must always be true holds after every class (architecture, 9)."""
        broken = cls.env["emulation.invariant"]._find_broken()
        super().tearDownClass()
        if broken:
            raise AssertionError(f"{cls.__name__} left broken invariants: {broken}")

    @classmethod
    def _create_unit(cls, code, name, kind, level, parent=None, **vals):
        return cls.env["emulation.unit"].create(
            {
                "code": code,
                "name": name,
                "kind_id": cls.env.ref(f"emulation.unit_kind_{kind}").id,
                "level_id": cls.env.ref(f"emulation.unit_level_{level}").id,
                "parent_id": parent.id if parent else False,
                **vals,
            }
        )

    @contextmanager
    def _refused(self, exception, pattern):
        """What happens inside is refused with ``pattern``, and leaves nothing."""
        with self.assertRaisesRegex(exception, pattern), self.env.cr.savepoint():
            yield

    @classmethod
    def _create_units(cls):
        """A province with two districts, three communes, a department, a school."""
        unit = cls._create_unit
        cls.province = unit(
            "T35",
            "Tỉnh Thử Nghiệm",
            "front",
            "province",
            letterhead="ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM\nTỈNH THỬ NGHIỆM",
            document_symbol="MTTQ-BTT",
            place_name="Thử Nghiệm",
        )
        cls.district_a = unit("T35A", "Huyện An", "territory", "district", cls.province)
        cls.district_b = unit(
            "T35B", "Huyện Bình", "territory", "district", cls.province
        )
        cls.commune_a1 = unit(
            "T35A1", "Xã An Một", "territory", "commune", cls.district_a
        )
        cls.commune_a2 = unit(
            "T35A2", "Xã An Hai", "territory", "commune", cls.district_a
        )
        cls.commune_b1 = unit(
            "T35B1", "Xã Bình Một", "territory", "commune", cls.district_b
        )
        cls.department = unit(
            "T35GD", "Sở Giáo dục", "department", "province", cls.province
        )
        cls.school = unit(
            "T35A1S",
            "Trường An Một",
            "school",
            "base",
            cls.commune_a1,
            managing_unit_id=cls.department.id,
        )

    @classmethod
    def _create_user(cls, login, groups="", unit=None, role="officer", **vals):
        """Create a user with groups of this addon, acting for ``unit``."""
        names = ",".join(
            ["base.group_user"]
            + [f"emulation.group_emulation_{name}" for name in groups.split()]
        )
        # an address of their own: people who share one count as the same person
        vals.setdefault("email", f"{login}@example.com")
        vals = {"lang": "en_US", **vals}
        user = new_test_user(cls.env, login=login, groups=names, **vals)
        if unit:
            cls.env["emulation.unit.officer"].create(
                {
                    "user_id": user.id,
                    "unit_id": unit.id,
                    "role": role,
                    "date_start": "2018-01-01",
                }
            )
        return user

    @classmethod
    def _create_users(cls):
        user = cls._create_user
        cls.officer_a1 = user("officer_a1", "officer", cls.commune_a1)
        cls.head_a1 = user("head_a1", "officer", cls.commune_a1, "head")
        cls.officer_a2 = user("officer_a2", "officer", cls.commune_a2)
        cls.officer_a = user("officer_a", "officer", cls.district_a)
        cls.officer_b1 = user("officer_b1", "officer", cls.commune_b1)
        cls.officer_sector = user("officer_sector", "officer", cls.department)
        cls.movement_user = user("movement_user", "movement", cls.province)
        cls.manager_user = user("manager_user", "manager", cls.province)
        cls.chair_user = user("chair_user", "council")
        cls.secretary_user = user("secretary_user", "council")
        cls.member1_user = user("member1_user", "council")
        cls.member2_user = user("member2_user", "council")
        cls.member3_user = user("member3_user", "council")
        cls.leader_user = user("leader_user", "leader")
        cls.finance_user = user("finance_user", "finance")
        cls.award_user = user("award_user", "award")
        cls.data_user = user("data_user", "data")
        cls.internal_user = user("internal_user")
