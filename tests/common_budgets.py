from lxml import etree

from .common_appraisal import AppraisalCommon

COUNTS = (1, 3, 30)


class BudgetCommon(AppraisalCommon):
    """A screen asks the database as often for 30 records as for one."""

    def _specification(self, model, arch):
        """Return what the client asks for a view, nested lists included."""
        specification = {}
        for node in arch.xpath(".//field[not(ancestor::field)]"):
            field = self.env[model]._fields[node.get("name")]
            inner = {}
            if field.type == "many2one":
                inner = {"fields": {"display_name": {}}}
            elif field.relational:
                lists = node.xpath("./list | ./kanban")
                fields = {"display_name": {}}
                if lists:
                    fields = self._specification(field.comodel_name, lists[0])
                inner = {"fields": fields, "limit": 40}
            specification[field.name] = inner
        return specification

    def _count(self, question):
        """Return the number of queries of ``question`` when no record is cached.

        The least of some runs: what the registry caches is filled by the first.
        """
        numbers = []
        for _run in range(3):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            question()
            numbers.append(self.cr.sql_log_count - before)
        return min(numbers)

    def _assert_flat(self, model, user, view_types, domain=(), first=None, **more):
        """Compare 1, 3 and 30 records; ``first`` is the fullest one, in each count.

        :param more: ``view`` (xmlid) for another view than the first of its type;
            ``dated=False`` where a model does not know when its records were made
        """
        Model = self.env[model].with_user(user)
        view_id = more.get("view") and self.env.ref(more["view"]).id
        if more.get("dated", True):
            # only what this class made: a demo has records in every state
            domain = [*domain, ("create_date", ">=", self.env.cr.now())]
        everything = Model.search(domain)
        self.assertGreaterEqual(len(everything), COUNTS[-1], model)
        everything = (first or everything[:1]).with_user(user) | everything
        for view_type in view_types:
            view = Model.get_views([(view_id, view_type)])["views"][view_type]
            specification = self._specification(model, etree.fromstring(view["arch"]))
            numbers = []
            for count in COUNTS:
                records = everything[:count]
                if view_type == "form":
                    ask = records.web_read
                    args = (specification,)
                else:
                    ask = Model.web_search_read
                    args = (domain, specification, 0, count)
                numbers.append(self._count(lambda ask=ask, args=args: ask(*args)))
            if first:
                # the others are in other states, which may cost a query or two, once
                numbers[0] = min(numbers[0] + 2, numbers[1])
            with self.subTest(model, view=view_type, role=user.login):
                self.assertEqual(len(set(numbers)), 1, f"for 1, 3, 30: {numbers}")
