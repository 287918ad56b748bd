import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How many dossiers of a round stand in each step of the way. */
export class RoundFunnelField extends Component {
    static template = "emulation.RoundFunnelField";
    static props = { ...standardFieldProps };

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }

    get total() {
        return this.steps.reduce((sum, step) => sum + step.count, 0);
    }

    width(step) {
        return this.total ? Math.round((100 * step.count) / this.total) : 0;
    }
}

export const roundFunnelField = {
    component: RoundFunnelField,
    displayName: _t("Dossiers by step"),
    supportedTypes: ["json"],
};

registry.category("fields").add("emulation_round_funnel", roundFunnelField);
