from odoo import http
from odoo.http import request

from ..models.emulation_initiative_draft_lines import LINES, STEP_LINES
from .portal import LIST, ONE, POST, EmulationPortal, _number

LISTS = ",".join(LINES)


class EmulationPortalLines(EmulationPortal):
    """Lists of a draft on the portal: helpers, the calculation; guardians' papers."""

    @http.route(f"{ONE}/authors/paper", **POST)
    def portal_my_initiative_paper(self, initiative_id, author_id="", **_form):
        """Attach the paper by which a guardian consents."""
        initiative = self._get_own(initiative_id)
        file = request.httprequest.files.get("paper")
        if not initiative or not file:
            raise request.not_found()
        content, name = file.read(), file.filename
        error = self._try(
            lambda: initiative._author_guardian_paper(_number(author_id), name, content)
        )
        return self._after_change(initiative, "authors", error)

    @http.route(f"{ONE}/lines/<any({LISTS}):list_name>/<any(add,remove):act>", **POST)
    def portal_my_initiative_lines(self, initiative_id, list_name, act, **form):
        """Add a line to a list of the form, or take one off."""
        initiative = self._get_own(initiative_id)
        if not initiative:
            raise request.not_found()
        acts = {
            "add": lambda: initiative._author_add_line(list_name, form),
            "remove": lambda: initiative._author_remove_line(
                list_name, _number(form.get("line_id", ""))
            ),
        }
        error = self._try(acts[act])
        step = next(one for one, lists in STEP_LINES.items() if list_name in lists)
        kept = {"typed": form, "added": list_name} if act == "add" else {}
        return self._after_change(initiative, step, error, **kept)

    # WORKERS

    def _after_change(self, initiative, step, error, **kept):
        """Go back to the step, with what is wrong and what was typed if anything."""
        if error and not initiative._can_author_edit():
            return self._too_late(initiative, kept.get("typed", {}).values(), error)
        if error:
            return self._step(initiative, step, error=error, **kept)
        return request.redirect(
            f"{LIST}/{initiative.id}/edit/{step}?notice=saved", code=303
        )
