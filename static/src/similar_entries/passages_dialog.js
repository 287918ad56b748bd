import { Component, onWillStart } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Two dossiers side by side with the passages they share marked and numbered. */
export class PassagesDialog extends Component {
    static template = "emulation.PassagesDialog";
    static components = { Dialog };
    static props = {
        dossierId: Number,
        otherId: Number,
        judge: { type: Function, optional: true },
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        onWillStart(async () => {
            this.data = await this.orm.call("emulation.initiative", "get_passages", [
                [this.props.dossierId],
                this.props.otherId,
            ]);
        });
    }

    get sides() {
        return [
            { ...this.data.ours, share: this.data.share, role: _t("This dossier") },
            { ...this.data.theirs, share: this.data.other_share, role: _t("The other entry") },
        ];
    }

    shareText(share) {
        return _t("%(share)s% of it stands in the other one", { share });
    }

    judge() {
        this.props.close();
        this.props.judge();
    }
}
