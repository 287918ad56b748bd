import secrets

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

LIST = "/my/initiatives"
ONE = f"{LIST}/<int:initiative_id>"
READ = {"type": "http", "auth": "user", "methods": ["GET"], "website": True}
POST = {**READ, "methods": ["POST"]}
BOTH = {**READ, "methods": ["GET", "POST"]}
JSON = {"type": "jsonrpc", "auth": "user", "methods": ["POST"]}
MAX_REASON = 2000
# tells one form of a new dossier from another
KEY_BYTES = 16
# what is typed about co-authors, to be given back when it comes too late
AUTHOR_FIELDS = ("name", "birth_date", "email", "phone", "contribution", "share")


def _number(text):
    """Return the id that a visitor sent, 0 where it is none a table could hold."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


class EmulationPortal(CustomerPortal):
    """An author's own dossiers on the portal: what became of them, and new ones.

    Controllers read what the browser sends and call one method of the model each;
    rights are those of the user. Somebody else's dossier is not found.
    """

    # LIST AND DOSSIER

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "initiative_count" in counters:
            initiatives = request.env["emulation.initiative"]
            allowed = initiatives.has_access("read")
            domain = initiatives._get_authored_domain()
            values["initiative_count"] = (
                initiatives.search_count(domain) if allowed else 0
            )
        return values

    @http.route([LIST, f"{LIST}/page/<int:page>"], **READ)
    def portal_my_initiatives(self, page=1, **_query):
        """List the user's dossiers, what they lack, and the rounds that are open."""
        initiatives = request.env["emulation.initiative"]
        if not initiatives.has_access("read"):
            raise request.not_found()
        domain = initiatives._get_authored_domain()
        pages = pager(
            url=LIST,
            total=initiatives.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        found = initiatives.search(
            domain,
            order="write_date desc, id desc",
            limit=self._items_per_page,
            offset=pages["offset"],
        )
        values = {
            **self._prepare_portal_layout_values(),
            "initiatives": found,
            "rounds": initiatives._get_offered("round_id"),
            "page_name": "initiatives",
            "pager": pages,
            "default_url": LIST,
        }
        return request.render("emulation.portal_my_initiatives", values)

    @http.route(ONE, **READ)
    def portal_my_initiative(self, initiative_id, notice="", **_query):
        """Show one dossier: where it stands, what it lacks, what became of it."""
        initiative = self._get_own(initiative_id)
        if not initiative:
            raise request.not_found()
        return self._dossier(initiative, notice=notice)

    @http.route(f"{ONE}/files/<int:attachment_id>", **READ)
    def portal_my_initiative_file(self, initiative_id, attachment_id, **_query):
        """Download one file of the evidence; it is never shown within the site."""
        initiative = self._get_own(initiative_id)
        file = initiative and initiative._get_author_file(attachment_id)
        if not file:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(file)
        response = stream.get_response(as_attachment=True)
        response.headers["Content-Disposition"] = content_disposition(file.name)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @http.route(f"{ONE}/<any(submit,withdraw,confirm,object,complain):act>", **POST)
    def portal_my_initiative_act(self, initiative_id, act, reason="", **_form):
        """Hand in, take back, agree to the own share or object; dispute a result."""
        initiative = self._get_own(initiative_id)
        if not initiative:
            raise request.not_found()
        if act == "submit" and initiative.state == "submitted":
            # a second tap on the button: what was asked for is done
            return request.redirect(f"{LIST}/{initiative.id}?notice={act}", code=303)
        acts = {
            "submit": initiative.action_submit,
            "withdraw": lambda: initiative.action_withdraw(
                reason.strip()[:MAX_REASON] or None
            ),
            "confirm": initiative._author_agree,
            "object": lambda: initiative._author_object(reason[:MAX_REASON]),
            "complain": lambda: initiative._author_complain(reason[:MAX_REASON]),
        }
        error = self._try(acts[act])
        if error:
            if act == "submit" and initiative._can_author_edit():
                return self._step(initiative, "check", error=error)
            return self._dossier(initiative, error=error, kept=[reason])
        return request.redirect(f"{LIST}/{initiative.id}?notice={act}", code=303)

    # A NEW DOSSIER

    @http.route(f"{LIST}/new", **BOTH)
    def portal_my_initiative_new(self, **form):
        """Show the first step of a new dossier; begin the draft when it is sent."""
        if request.httprequest.method != "POST":
            key = secrets.token_urlsafe(KEY_BYTES)
            return self._new({"round_id": form.get("round_id", ""), "draft_key": key})
        created = []
        initiatives = request.env["emulation.initiative"]
        error = self._try(lambda: created.append(initiatives._author_create(form)))
        if error:
            return self._new(form, error=error)
        return request.redirect(f"{LIST}/{created[0].id}/edit/idea", code=303)

    @http.route(f"{LIST}/units", readonly=True, **JSON)
    def portal_my_initiative_units(self, text=""):
        """Return the units found by what was typed, without diacritics."""
        initiatives = request.env["emulation.initiative"]
        initiatives.check_access("create")
        return initiatives._search_units(str(text)[:100])

    # FILLING IN

    @http.route(f"{ONE}/edit/<string:step>", **BOTH)
    def portal_my_initiative_edit(self, initiative_id, step, notice="", **form):
        """Show a step of the form; save it as a whole when it is sent."""
        initiative = self._get_own(initiative_id)
        if not initiative or step not in initiative.sudo()._get_steps():
            raise request.not_found()
        sent = request.httprequest.method == "POST"
        if not initiative._can_author_edit():
            if sent:
                return self._too_late(initiative, initiative._list_texts(form))
            return request.redirect(f"{LIST}/{initiative.id}")
        if sent:
            return self._save_step(initiative, step, form)
        return self._step(initiative, step, notice=notice)

    def _too_late(self, initiative, kept=(), error=""):
        """Give back what was typed into a form that has closed meanwhile."""
        error = error or initiative._get_late_words()
        return self._dossier(initiative, error=error, kept=kept)

    def _save_step(self, initiative, step, form):
        """Save a step and go on; without script this is all there is."""
        find = initiative.sudo()._find_cell
        # ticked boxes of one name are sent one by one
        sent = request.httprequest.form
        typed = {name: ",".join(sent.getlist(name)) for name in form if find(name)}
        marks = {name: form.get(f"mark_{name}") for name in typed}
        answers = []
        error = self._try(lambda: answers.append(initiative._author_save(typed, marks)))
        answer = answers[0] if answers else {}
        if error or answer["errors"] or answer["conflicts"]:
            return self._step(initiative, step, error=error, typed=typed, answer=answer)
        steps = initiative.sudo()._get_steps()
        onward = steps[min(steps.index(step) + 1, len(steps) - 1)]
        return request.redirect(f"{LIST}/{initiative.id}/edit/{onward}", code=303)

    @http.route(f"{ONE}/save", **JSON)
    def portal_my_initiative_save(self, initiative_id, typed=None, marks=None):
        """Save what was typed, field by field; see ``_author_save``.

        What comes too late is answered with ``late``: why, and what to do.
        """
        initiative = self._get_own(initiative_id)
        typed, marks = typed or {}, marks or {}
        if not initiative or not isinstance(typed, dict) or not isinstance(marks, dict):
            raise AccessError(
                request.env._(
                    "This draft is not yours to fill in any more. Copy what you typed, "
                    "then open “My initiatives”."
                )
            )
        if not initiative._can_author_edit():
            return {"late": initiative._get_late_words()}
        return initiative._author_save(typed, marks)

    @http.route(f"{ONE}/authors/<any(add,share,equal,remove,ask):act>", **POST)
    def portal_my_initiative_authors(self, initiative_id, act, **form):
        """Add, change, take off or ask co-authors."""
        initiative = self._get_own(initiative_id)
        if not initiative:
            raise request.not_found()
        line_id = form.get("author_id", "")
        asked = []
        acts = {
            "add": lambda: initiative._author_add(form),
            "share": lambda: initiative._author_share(
                self._read_lines(form), form.get("version")
            ),
            "equal": initiative._author_share_equally,
            "remove": lambda: initiative._author_remove(_number(line_id)),
            "ask": lambda: asked.extend(initiative._author_ask()),
        }
        error = self._try(acts[act])
        if error and not initiative._can_author_edit():
            return self._too_late(initiative, self._list_typed(form), error)
        if error:
            kept = form if act == "add" else {}
            return self._step(initiative, "authors", error=error, typed=kept)
        if asked and asked[2]:
            return self._step(initiative, "authors", error="\n".join(asked[2]))
        notice = "asked_some" if asked and asked[1] else act
        return request.redirect(
            f"{LIST}/{initiative.id}/edit/authors?notice={notice}", code=303
        )

    @http.route(f"{ONE}/files", **POST)
    def portal_my_initiative_attach(self, initiative_id, script="", **_form):
        """Attach the files sent, each accepted or refused on its own."""
        initiative = self._get_own(initiative_id)
        if not initiative:
            raise request.not_found()
        errors = []
        for file in request.httprequest.files.getlist("files"):
            content = file.read()
            errors.append(
                self._try(
                    lambda file=file, content=content: initiative._author_attach(
                        file.filename, content
                    )
                )
            )
        error = "\n".join(filter(None, errors))
        if script:
            return request.make_json_response({"error": error})
        if error and not initiative._can_author_edit():
            return self._too_late(initiative, error=error)
        if error:
            return self._step(initiative, "files", error=error)
        return request.redirect(f"{LIST}/{initiative.id}/edit/files", code=303)

    @http.route(f"{ONE}/files/remove", **POST)
    def portal_my_initiative_detach(self, initiative_id, attachment_id="", **_form):
        """Take a file off the draft."""
        initiative = self._get_own(initiative_id)
        if not initiative or not _number(attachment_id):
            raise request.not_found()
        error = self._try(lambda: initiative._author_detach(_number(attachment_id)))
        if error and not initiative._can_author_edit():
            return self._too_late(initiative, error=error)
        if error:
            return self._step(initiative, "files", error=error)
        return request.redirect(f"{LIST}/{initiative.id}/edit/files", code=303)

    # WORKERS

    def _get_own(self, initiative_id):
        """Return the user's own dossier with this number, or an empty recordset."""
        initiatives = request.env["emulation.initiative"]
        if not initiatives.has_access("read"):
            return initiatives
        own = Domain("id", "=", initiative_id) & initiatives._get_authored_domain()
        return initiatives.search(own)

    def _try(self, act):
        """Do something whole or not at all; return what is wrong, in words."""
        try:
            with request.env.cr.savepoint():
                act()
                request.env.flush_all()
        except UserError as error:
            request.env.invalidate_all(flush=False)
            return error.args[0]
        return ""

    def _read_lines(self, form):
        """Return line id → typed values, from inputs called ``share_7``."""
        lines = {}
        for key, text in form.items():
            name, _sign, number = key.partition("_")
            if name in ("share", "contribution") and number.isdecimal():
                lines.setdefault(number, {})[name] = text
        return lines

    def _list_typed(self, form):
        """Return what was typed about authors, as lines to copy from."""
        return [
            text
            for key, text in form.items()
            if key.partition("_")[0] in AUTHOR_FIELDS or key in AUTHOR_FIELDS
        ]

    def _dossier(self, initiative, **values):
        own = initiative.sudo()._get_own_lines(request.env.user)
        return request.render(
            "emulation.portal_my_initiative",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "initiatives",
                "initiative": initiative,
                "dossier": initiative.sudo(),
                "own_line": own,
                "missing": initiative._get_author_missing()
                if initiative._can_author_edit()
                else [],
                "ended": initiative._get_author_end(),
                "results": initiative._get_author_results(),
                "awards": initiative._get_author_awards(),
                "complaints": initiative._get_author_complaints(),
                "can_complain": bool(initiative._get_disputable()),
                **values,
                "kept": [text for text in values.get("kept", ()) if text],
            },
        )

    def _new(self, typed, **values):
        initiatives = request.env["emulation.initiative"]
        if not initiatives.has_access("create"):
            raise request.not_found()
        dossier = initiatives.sudo().new()
        unit = request.env.user.partner_id.sudo().emulation_unit_id
        unit_id = typed.get("unit_id") or str(unit.id or "")
        chosen = unit.browse(_number(unit_id))
        return request.render(
            "emulation.portal_initiative_new",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "initiatives",
                "dossier": dossier,
                "hints": initiatives._get_hints(),
                "typed": {**typed, "unit_id": unit_id},
                "unit_name": chosen.exists().name or "",
                **values,
            },
        )

    def _step(self, initiative, step, **values):
        dossier = initiative.sudo()
        answer = values.pop("answer", None) or {}
        steps = dossier._get_steps()
        number = steps.index(step)
        return request.render(
            "emulation.portal_initiative_step",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "initiatives",
                "initiative": initiative,
                "dossier": dossier,
                "step": step,
                "steps": steps,
                "before": steps[number - 1] if number else "",
                "after": steps[number + 1] if number + 1 < len(steps) else "",
                "lists": dossier._get_step_lines(step),
                "step_fields": dossier._get_step_fields(step),
                "hints": initiative._get_hints(),
                "missing": initiative._get_author_missing(),
                "similar": initiative._get_author_similar() if step == "check" else [],
                "errors": answer.get("errors", {}),
                "conflicts": answer.get("conflicts", {}),
                "typed": {},
                "intake": initiative._get_intake_notice(),
                **values,
            },
        )
