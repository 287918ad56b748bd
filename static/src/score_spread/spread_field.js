import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How far the points of all members lie apart, without names, beside the bands. */
export class SpreadField extends Component {
    static template = "emulation.SpreadField";
    static props = { ...standardFieldProps };

    get criteria() {
        return this.props.record.data[this.props.name] || [];
    }

    format(points) {
        return formatFloat(points, { digits: [5, 2], trailingZeros: false });
    }

    left(criterion, points) {
        return `left: ${(100 * points) / criterion.most}%`;
    }

    width(criterion) {
        const { points, most } = criterion;
        const [low, high] = [points[0], points[points.length - 1]];
        return `left: ${(100 * low) / most}%; width: ${(100 * (high - low)) / most}%`;
    }
}

registry.category("fields").add("emulation_spread", {
    component: SpreadField,
    displayName: _t("How far points lie apart"),
    supportedTypes: ["json"],
});
