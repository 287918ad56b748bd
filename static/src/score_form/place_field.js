import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Previous and next dossier, and how many of my sheets are handed in. */
export class PlaceField extends Component {
    static template = "emulation.PlaceField";
    static props = { ...standardFieldProps };

    get place() {
        return this.props.record.data[this.props.name];
    }

    get percent() {
        return Math.round((100 * this.place.handed_in) / this.place.count);
    }

    open(resId) {
        return this.props.record.model.load({ resId });
    }
}

registry.category("fields").add("emulation_place", {
    component: PlaceField,
    displayName: _t("Place among my score sheets"),
    supportedTypes: ["json"],
});
