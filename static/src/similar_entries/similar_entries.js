import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { PassagesDialog } from "./passages_dialog";

/** The entries near to a dossier: what is open to the reader, and that there are others. */
export class SimilarEntries extends Component {
    static template = "emulation.SimilarEntries";
    static props = {
        found: Object,
        // a saved dossier can be compared; without it entries are only opened
        dossierId: { type: [Number, Boolean], optional: true },
        canJudge: { type: Boolean, optional: true },
        onJudged: { type: Function, optional: true },
        onCompare: { type: Function, optional: true },
    };

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
    }

    hiddenText({ year, ask }) {
        return _t("There is an entry of %(year)s that is not open to you. Ask: %(ask)s.", {
            year,
            ask,
        });
    }

    url(entry) {
        return `/odoo/emulation-initiatives/${entry.id}`;
    }

    async compare(entry) {
        if (this.props.onCompare && !(await this.props.onCompare())) {
            return;
        }
        this.dialog.add(PassagesDialog, {
            dossierId: this.props.dossierId,
            otherId: entry.id,
            judge: this.props.canJudge ? () => this.judge(entry) : undefined,
        });
    }

    async judge(entry) {
        const action = await this.orm.call("emulation.initiative", "action_record_prior_art", [
            [this.props.dossierId],
            entry.id,
        ]);
        await this.action.doAction(action, { onClose: () => this.props.onJudged?.() });
    }
}
