import { Component, onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The first screen: what waits for me, what is late, what became of my work. */
export class MyWork extends Component {
    static template = "emulation.MyWork";
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.env.config?.setDisplayName?.(_t("My work"));
        onWillStart(async () => {
            this.work = await this.orm.call("emulation.my.work", "get_counters", []);
        });
    }

    get waits() {
        return this.work.sections.some((section) => section.cards.some((card) => card.count));
    }

    day(text) {
        return formatDate(deserializeDate(text));
    }

    open(card) {
        return this.action.doAction(card.action);
    }

    openRound(round) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "emulation.round",
            res_id: round.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("emulation_my_work", MyWork);
