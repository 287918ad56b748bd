import { Component, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const REFRESH_MS = 5000;

/** The room's screen: how far the council is, and never what anybody gave. */
export class RoomBoard extends Component {
    static template = "emulation.RoomBoard";
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ board: null, isStale: false });
        onWillStart(() => this.load());
        this.timer = browser.setInterval(() => this.refresh(), REFRESH_MS);
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get sessionId() {
        return this.props.action.params.session_id;
    }

    async load() {
        this.state.board = await this.orm.silent.call("emulation.session", "get_room_board", [
            [this.sessionId],
        ]);
    }

    /** A broken line must not empty the screen: it says that it is old. */
    async refresh() {
        try {
            await this.load();
            this.state.isStale = false;
        } catch {
            this.state.isStale = true;
        }
    }

    get current() {
        return this.state.board.rows.find((row) => row.id === this.state.board.current);
    }

    back() {
        this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: "emulation.session",
                res_id: this.sessionId,
                views: [[false, "form"]],
                target: "main",
            },
            { clearBreadcrumbs: true }
        );
    }
}

registry.category("actions").add("emulation_room_board", RoomBoard);
