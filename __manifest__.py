{
    "name": "Emulation Movements",
    "summary": "Initiatives, appraisal councils, decisions and certificates "
    "of an emulation movement",
    "version": "19.0.1.0.0",
    "category": "Services/Emulation",
    "author": "Emulation contributors",
    "license": "LGPL-3",
    "depends": ["mail", "portal", "web_hierarchy", "base_import"],
    "external_dependencies": {"python": ["weasyprint", "networkx"]},
    "data": [
        "security/emulation_groups.xml",
        "security/ir.model.access.csv",
        "security/emulation_rules.xml",
        "data/emulation_theme_data.xml",
        "data/emulation_unit_data.xml",
        "data/emulation_rubric_data.xml",
        "data/emulation_regulation_data.xml",
        "views/emulation_rubric_views.xml",
        "views/emulation_regulation_views.xml",
        "views/emulation_menus.xml",
    ],
    "application": True,
}
