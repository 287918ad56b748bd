import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { SimilarEntries } from "./similar_entries";
import { useSimilarSearch } from "./similar_search";

/**
 * The page "Similar entries" of a dossier, or of its examination.
 *
 * `dossier` names the field that leads to the dossier where the form is another record's.
 */
export class SimilarEntriesWidget extends Component {
    static template = "emulation.SimilarEntriesWidget";
    static components = { SimilarEntries };
    static props = { ...standardWidgetProps, dossier: { type: String, optional: true } };

    setup() {
        this.search = useSimilarSearch();
        useRecordObserver((record) => this.ask(record));
    }

    get dossierId() {
        const { record, dossier } = this.props;
        return dossier ? record.data[dossier].id : record.resId;
    }

    get canJudge() {
        return Boolean(this.props.record.data.can_judge_prior_art);
    }

    title(record) {
        const { dossier } = this.props;
        return dossier ? record.data[dossier].display_name : record.data.name;
    }

    ask(record) {
        return this.search.ask(this.title(record), this.dossierId);
    }

    async onCompare() {
        return this.props.dossier ? true : this.props.record.save();
    }

    onJudged() {
        return this.props.record.load();
    }
}

registry.category("view_widgets").add("emulation_similar_entries", {
    component: SimilarEntriesWidget,
    extractProps: ({ attrs }) => ({ dossier: attrs.dossier }),
});
