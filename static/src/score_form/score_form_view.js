import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { formView } from "@web/views/form/form_view";

/** Buttons that need all points on the server, and every criterion filled in. */
const HANDS_IN = ["action_submit", "action_confirm"];

/** A form on which points are given: no button acts before they are kept. */
export class ScoreFormController extends formView.Controller {
    setup() {
        super.setup();
        this.entries = useService("emulation_entries");
        this.notification = useService("notification");
    }

    async beforeExecuteActionButton(clickParams) {
        if (HANDS_IN.includes(clickParams.name)) {
            const check = { isReady: true };
            this.model.bus.trigger("EMULATION_HAND_IN", check);
            if (!check.isReady) {
                return false;
            }
        }
        const { resModel, resId } = this.model.root;
        await this.entries.send();
        if (this.entries.of(resModel, resId).length) {
            const text = _t("Your points are not saved yet: there is no connection.");
            this.notification.add(text, { type: "warning" });
            return false;
        }
        const following = this.model.root.data.place?.todo;
        if (clickParams.name === "action_next" && following) {
            await this.model.load({ resId: following });
            return false;
        }
        return super.beforeExecuteActionButton(clickParams);
    }
}

registry.category("views").add("emulation_score_form", {
    ...formView,
    Controller: ScoreFormController,
});
