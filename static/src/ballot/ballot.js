import { Component, onWillStart, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The voting screen of one member: mark, look once more, put into the box. */
export class Ballot extends Component {
    static template = "emulation.Ballot";
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.state = useState({ paper: null, choices: {}, isSending: false });
        this.choices = [
            { code: "agree", label: _t("Agree"), look: "btn-success", icon: "fa-check" },
            { code: "disagree", label: _t("Disagree"), look: "btn-danger", icon: "fa-times" },
            { code: "blank", label: _t("Blank"), look: "btn-secondary", icon: "fa-circle-o" },
        ];
        onWillStart(() => this.load());
    }

    get sessionId() {
        return this.props.action.params.session_id;
    }

    async load() {
        this.state.paper = await this.orm.call("emulation.session", "get_ballot_paper", [
            [this.sessionId],
        ]);
        this.state.choices = {};
    }

    get openRows() {
        return this.state.paper.rows.filter((row) => !row.has_voted);
    }

    get markedCount() {
        return Object.keys(this.state.choices).length;
    }

    mark(row, code) {
        this.state.choices[row.id] = code;
    }

    markAll(code) {
        for (const row of this.openRows) {
            this.state.choices[row.id] = code;
        }
    }

    confirm() {
        const count = (code) =>
            Object.values(this.state.choices).filter((choice) => choice === code).length;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Put into the box?"),
            body: _t(
                "%(agree)s for, %(disagree)s against, %(blank)s blank. A ballot in the box is not taken out again.",
                { agree: count("agree"), disagree: count("disagree"), blank: count("blank") }
            ),
            confirmLabel: _t("Put into the box"),
            confirm: () => this.send(),
            cancel: () => {},
        });
    }

    async send() {
        if (this.state.isSending) {
            return;
        }
        this.state.isSending = true;
        try {
            await this.orm.call("emulation.session", "cast_ballots", [
                [this.sessionId],
                { ...this.state.choices },
            ]);
            this.notification.add(_t("Your ballots are in the box."), { type: "success" });
        } finally {
            // a refused ballot shows what the box knows now
            await this.load();
            this.state.isSending = false;
        }
    }

    back() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "emulation.session",
            res_id: this.sessionId,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("emulation_ballot", Ballot);
