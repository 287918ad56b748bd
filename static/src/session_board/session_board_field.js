import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Dossiers × members of a session: progress before the close, results after it. */
export class SessionBoardField extends Component {
    static template = "emulation.SessionBoardField";
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
    }

    get board() {
        return this.props.record.data[this.props.name] || { members: [], rows: [] };
    }

    /** Icon, colour and words of a cell, so that colour is never the only sign. */
    look(cell) {
        const looks = {
            none: ["fa-minus text-muted", _t("No sheet yet")],
            draft: ["fa-circle-o text-warning", _t("Not handed in")],
            submitted: ["fa-check-circle text-success", _t("Handed in")],
            voided: ["fa-times text-muted", _t("Void")],
            conflict: ["fa-ban text-danger", _t("Conflict of interest")],
        };
        const [icon, label] = looks[cell.status];
        return { icon, label };
    }

    /** The signs that stand on this board, each of them explained below it. */
    get legend() {
        const shown = this.board.rows.flatMap((row) =>
            row.cells.filter((cell) => cell.total === false).map((cell) => cell.status)
        );
        return [...new Set(shown)].sort();
    }

    points(value) {
        return formatFloat(value, { digits: [5, 2] });
    }

    handedIn(member) {
        const cells = this.board.rows.map((row) =>
            row.cells.find((cell) => cell.member_id === member.id)
        );
        const expected = cells.filter(
            (cell) => !["conflict", "voided"].includes(cell.status)
        );
        const done = expected.filter((cell) => cell.status === "submitted");
        return `${done.length}/${expected.length}`;
    }

    openDossier(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "emulation.initiative",
            res_id: row.initiative_id,
            views: [[false, "form"]],
        });
    }

    openVerdict(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "emulation.verdict",
            res_id: row.verdict_id,
            views: [[false, "form"]],
        });
    }
}

registry.category("fields").add("emulation_session_board", {
    component: SessionBoardField,
    displayName: _t("Session board"),
    supportedTypes: ["json"],
});
