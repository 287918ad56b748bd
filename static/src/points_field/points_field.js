import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { parseFloat } from "@web/views/fields/parsers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Points of a criterion: blank until given, so that a 0 is told from a blank. */
export class PointsField extends Component {
    static template = "emulation.PointsField";
    static props = { ...standardFieldProps };

    get shown() {
        const { is_scored, [this.props.name]: points } = this.props.record.data;
        return is_scored ? formatFloat(points, { digits: [5, 2], trailingZeros: false }) : "";
    }

    give(points) {
        return this.props.record.update({ [this.props.name]: points, is_scored: true });
    }

    onChange(ev) {
        const text = ev.target.value.trim();
        if (!text) {
            return this.props.record.update({ [this.props.name]: 0, is_scored: false });
        }
        try {
            return this.give(parseFloat(text));
        } catch {
            this.props.record.setInvalidField(this.props.name);
        }
    }

    step(difference) {
        const { max_points, [this.props.name]: points } = this.props.record.data;
        return this.give(Math.min(Math.max((points || 0) + difference, 0), max_points));
    }
}

registry.category("fields").add("emulation_points", {
    component: PointsField,
    displayName: _t("Points"),
    supportedTypes: ["float"],
    isEmpty: () => false,
});
