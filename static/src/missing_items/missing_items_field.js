import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What a dossier still lacks before it can be handed in, as a short list. */
export class MissingItemsField extends Component {
    static template = "emulation.MissingItemsField";
    static props = { ...standardFieldProps };

    get items() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("emulation_missing_items", {
    component: MissingItemsField,
    displayName: _t("What is missing"),
    supportedTypes: ["json"],
});
