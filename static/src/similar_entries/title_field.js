import { onWillStart } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { TextField, textField } from "@web/views/fields/text/text_field";
import { SimilarEntries } from "./similar_entries";
import { useSimilarSearch } from "./similar_search";

/** The title of a dossier; below it, while it is typed, the entries near to it. */
export class TitleField extends TextField {
    static template = "emulation.TitleField";
    static components = { ...TextField.components, SimilarEntries };

    setup() {
        super.setup();
        this.search = useSimilarSearch();
        onWillStart(() => {
            if (!this.props.readonly) {
                // not awaited: the form does not wait for a search
                this.search.ask(this.props.record.data[this.props.name], this.dossierId);
            }
        });
    }

    get dossierId() {
        return this.props.record.resId;
    }

    get isFound() {
        const { entries, hidden } = this.search.state;
        return !this.props.readonly && (entries.length || hidden.length);
    }

    onInput(ev) {
        this.search.askSoon(ev.target.value, this.dossierId);
    }

    onCompare() {
        return this.props.record.save();
    }
}

registry.category("fields").add("emulation_title", {
    ...textField,
    component: TitleField,
    displayName: _t("Title with similar entries"),
    supportedTypes: ["char"],
});
