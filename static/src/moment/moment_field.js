import { formatDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { dateTimeField } from "@web/views/fields/datetime/datetime_field";
import { ListDateTimeField } from "@web/views/fields/datetime/list_datetime_field";

/** A day and a time as the offices write them: 05/03/2020 08:30, without seconds. */
export class MomentField extends ListDateTimeField {
    getFormattedValue(valueIndex) {
        const format = localization.dateTimeFormat.replace(":ss", "");
        return formatDateTime(this.values[valueIndex], { format });
    }
}

registry.category("fields").add("emulation_moment", {
    ...dateTimeField,
    component: MomentField,
    displayName: _t("Day and time without seconds"),
});
