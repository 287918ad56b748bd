import csv
import io
import logging
import time

from odoo.tests import tagged
from odoo.tools.misc import file_open

from .succession_common import DAY, EVE, SuccessionCommon

_logger = logging.getLogger(__name__)

OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "has_headers": True,
    "date_format": "%d/%m/%Y",
    "keep_matches": False,
}


class ReformFiles(SuccessionCommon):
    """The official units of old Hà Nam and their reform, as files of the office."""

    @classmethod
    def _read(cls, name):
        with file_open(f"emulation/tests/data/{name}", "rb") as source:
            return source.read()

    @classmethod
    def _import(cls, model, name, user, refused=False, content=None):
        """Import a fixture as the dialog does: preview, take its mapping, run."""
        wizard = (
            cls.env["base_import.import"]
            .with_user(user)
            .create(
                {
                    "res_model": model,
                    "file": content or cls._read(name),
                    "file_name": name,
                    "file_type": "text/csv",
                }
            )
        )
        preview = wizard.parse_preview(dict(OPTIONS))
        fields = [
            "/".join(preview["matches"].get(index) or []) or False
            for index, _header in enumerate(preview["headers"])
        ]
        columns = [header.lower() for header in preview["headers"]]
        result = wizard.execute_import(fields, columns, dict(OPTIONS))
        assert bool(result["messages"]) == refused, result["messages"]
        return result


@tagged("post_install", "-at_install")
class TestSuccessionReform(ReformFiles):
    """The reform of 1 July 2025 in old Hà Nam, from one file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the units of the demo already have the names of the official file
        cls._import("emulation.unit", "ha_nam_2025.csv", cls.movement_user)
        found = cls._import(
            "emulation.unit.succession", "reform_2025-07-01.csv", cls.manager_user
        )
        cls.reform = cls.Succession.browse(found["ids"])
        cls.old = cls.env["emulation.unit"].search([("code", "in", cls._old_codes())])

    @classmethod
    def _old_codes(cls):
        rows = csv.DictReader(io.StringIO(cls._read("ha_nam_2025.csv").decode()))
        return [row["Mã đơn vị"] for row in rows]

    def _unit(self, code, living=True):
        return self.env["emulation.unit"].search(
            [("code", "=", code), ("date_end", "=" if living else "!=", False)]
        )

    def test_drafts_of_the_file(self):
        self.assertEqual(len(self.reform), 45)
        kinds = self.reform.grouped("kind")
        counts = {kind: len(events) for kind, events in kinds.items()}
        self.assertEqual(counts, {"merge": 34, "split": 5, "dissolve": 6})
        self.assertEqual(len(self.reform.predecessor_ids), 105)

    def test_whole_reform(self):
        quang_trung, ngoc_lu = self._unit("13285"), self._unit("13519")
        closed = self._add_initiative("Đã xong", quang_trung)
        self._set_state(closed, "recognised", "2020-12-20")
        still_open = self._add_initiative("Còn mở", quang_trung)
        merged = self._add_initiative("Sáp nhập", ngoc_lu)
        officer = self._create_user("officer_qt", "officer", quang_trung)
        self.reform.action_apply()
        # old communes, districts and province
        self.assertEqual(set(self.old.mapped("date_end")), {EVE})
        self.assertFalse(self.old.filtered(lambda unit: not unit.successor_ids))
        # new units
        province = self._unit("37")
        new = self.reform.successor_ids
        self.assertEqual(len(new), 34)
        self.assertEqual((new - province).parent_id, province)
        self.assertEqual(set(new.mapped("date_start")), {DAY})
        # five communes went to two successors each
        split = self.old.filtered(lambda unit: len(unit.successor_ids) > 1)
        self.assertEqual(
            sorted(split.mapped("code")), ["13285", "13324", "13354", "13357", "13363"]
        )
        phu_ly, ha_nam = self._unit("13285"), self._unit("13366")
        self.assertEqual(quang_trung.successor_ids, phu_ly | ha_nam)
        # closed records still show the old name, open ones have their successor
        self.assertEqual(closed.unit_id.name, "Phường Quang Trung")
        self.assertEqual(still_open.unit_id, phu_ly)
        self.assertEqual(phu_ly.name, "Phường Phủ Lý")
        self.assertEqual(merged.unit_id, self._unit("13540"))
        # officers see both
        self.assertEqual(officer.emulation_unit_ids, phu_ly)
        self.assertTrue(still_open.with_user(officer).in_scope)
        self.assertTrue(closed.with_user(officer).has_access("read"))
        self.assertFalse(closed.with_user(officer).has_access("write"))
        self._assert_sound()

    def test_the_preview_of_many_shows_what_moves(self):
        still_open = self._add_initiative("Còn mở", self._unit("13519"))
        action = self.reform.with_user(self.manager_user).action_preview()
        moves = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(moves.succession_id, self.reform.filtered("move_ids"))
        shown = " ".join(moves.mapped("record_name"))
        self.assertIn(still_open.name, shown)
        event = self.reform.filtered(lambda one: one.kind == "split")[:1]
        self.assertFalse(event.action_preview(), "a form shows it by itself")

    def test_old_tree_stays_as_it_was(self):
        parents = {unit.id: unit.parent_id.id for unit in self.old}
        self.reform.action_apply()
        self.assertEqual({unit.id: unit.parent_id.id for unit in self.old}, parents)
        on = self.env["emulation.unit"].search_count
        among = [("id", "in", (self.old | self.reform.successor_ids).ids)]
        self.assertEqual(on([("existing_on", "=", EVE), *among]), 105)
        self.assertEqual(on([("existing_on", "=", DAY), *among]), 34)

    def test_province_officer_reads_the_whole_past(self):
        leader = self._create_user("officer_37", "officer", self._unit("35"))
        commune = self._unit("13561")
        closed = self._add_initiative("Đã xong", commune)
        self._set_state(closed, "recognised", "2020-12-20")
        self.reform.action_apply()
        self.assertEqual(leader.emulation_unit_ids.code, "37")
        found = (
            self.env["emulation.initiative"]
            .with_user(leader)
            .search([("id", "=", closed.id)])
        )
        self.assertEqual(found, closed)

    def test_undone_as_one(self):
        before = self.old.read(["date_end", "parent_id", "successor_ids"])
        self.reform.action_apply()
        self.reform.action_undo()
        self.assertEqual(
            self.old.read(["date_end", "parent_id", "successor_ids"]), before
        )
        self.assertFalse(self._unit("37"))
        self._assert_sound()

    def test_the_unit_file_again_brings_nobody_back(self):
        self.reform.action_apply()
        count = self.env["emulation.unit"].search_count([])
        known = self.env["emulation.unit"]._import_known(["13285", "13519"])
        self.assertEqual(known["13285"], self._unit("13285").id)
        self.assertEqual(known["13519"], self._unit("13519", living=False).id)
        parent = self._unit("13285").parent_id
        result = self._import(
            "emulation.unit", "ha_nam_2025.csv", self.movement_user, refused=True
        )
        self.assertRegex(
            result["messages"][0]["message"],
            "“Phường Phủ Lý” is in use.+“Phường Quang Trung” instead of",
        )
        self.assertEqual(self.env["emulation.unit"].search_count([]), count)
        self.assertEqual(self._unit("13285").parent_id, parent)

    def test_cost_grows_with_what_moves(self):
        communes = self.old.filtered(lambda unit: unit.level_id.code == "commune")
        model = self.env["emulation.initiative"].with_context(tracking_disable=True)
        template = self._add_initiative("Mẫu").copy_data()[0]
        template.pop("attachment_ids", None)
        template.pop("author_ids", None)

        def apply_with(number):
            model.create(
                [
                    {**template, "name": f"Hồ sơ {index}", "unit_id": unit.id}
                    for unit in communes
                    for index in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            queries, start = self.env.cr.sql_log_count, time.perf_counter()
            self.reform.action_apply()
            self.env.flush_all()
            return (
                self.env.cr.sql_log_count - queries,
                time.perf_counter() - start,
                len(self.reform.sudo().move_ids),
            )

        figures = []
        for number in (1, 10):
            with self.cr.savepoint() as savepoint:
                figures.append(apply_with(number))
                savepoint.rollback()
            self.env.invalidate_all()
        (few, fast, small), (many, slow, large) = figures
        _logger.info("Reform of 45 events (queries, seconds, records): %s", figures)
        self.assertGreater(large, 9 * small - 900)
        # a handful of queries per thousand records, never one per record
        self.assertLess(many - few, (large - small) / 2, figures)
        self.assertLess(slow, max(fast, 1.0) * 10, figures)
