import { Component, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What takes the cursor in a field, the best first: the button that adds a line, an input … */
const FOCUSABLE = [
    ".o_field_x2many_list_row_add a, .o_field_x2many_list_row_add button",
    "textarea:not([readonly])",
    "input:not([type=file]):not([type=hidden]):not([readonly])",
    "select",
    "button",
    "a[href]",
];

/** How many frames a page may take to be drawn. */
const PATIENCE = 120;

/**
 * What a dossier still lacks before it can be handed in, why it matters, and one
 * click to the field: it opens the page of the form and puts the cursor there.
 */
export class MissingItemsField extends Component {
    static template = "emulation.MissingItemsField";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
    }

    get items() {
        return this.props.record.data[this.props.name] || [];
    }

    async goTo(item) {
        const form = this.root.el.closest(".o_form_view, .o_form_renderer");
        if (item.page) {
            form.querySelector(`.o_notebook_headers .nav-link[name="${item.page}"]`)?.click();
        }
        // the page is drawn some frames later
        for (let frame = 0; frame < PATIENCE; frame++) {
            const field = form.querySelector(`.o_field_widget[name="${item.field}"]`);
            if (field) {
                field.scrollIntoView({ block: "center" });
                FOCUSABLE.map((selector) => field.querySelector(selector))
                    .find(Boolean)
                    ?.focus({ preventScroll: true });
                return;
            }
            await new Promise(requestAnimationFrame);
        }
    }
}

registry.category("fields").add("emulation_missing_items", {
    component: MissingItemsField,
    displayName: _t("What is missing"),
    supportedTypes: ["json"],
});
