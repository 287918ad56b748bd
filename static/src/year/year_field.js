import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { IntegerField, integerField } from "@web/views/fields/integer/integer_field";

/** A year, as one writes it: without separators, and empty where none is meant. */
export class YearField extends IntegerField {
    static template = "emulation.YearField";
    static props = { ...IntegerField.props, placeholder: { type: String, optional: true } };

    get formattedValue() {
        return this.value || "";
    }
}

registry.category("fields").add("emulation_year", {
    ...integerField,
    component: YearField,
    displayName: _t("Year, empty for none"),
    supportedOptions: [],
    isEmpty: (record, fieldName) => !record.data[fieldName],
    extractProps: ({ placeholder }) => ({ placeholder }),
});
