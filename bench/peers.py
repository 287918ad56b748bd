"""As many tasks and leads as there are initiatives, for a comparison in one run."""

import generate

from odoo.fields import Command
from odoo.tools import SQL

SEEDS = 100


def tasks(env, count):
    """Create ``count`` tasks of one project; returns a user who works with them."""
    project = env["project.project"].create(
        {"name": "Bench", "privacy_visibility": "employees"}
    )
    stages = env["project.task.type"].create(
        [
            {"name": f"Bench {number}", "project_ids": [Command.set(project.ids)]}
            for number in range(4)
        ]
    )
    seeds = env["project.task"].create(
        [
            {
                "name": f"Công việc số {number}",
                "project_id": project.id,
                "stage_id": stages[number % 4].id,
            }
            for number in range(SEEDS)
        ]
    )
    generate.copies(env, seeds, count - SEEDS, name=SQL("seed.name || ' ' || copy.n"))
    generate.vacuum(env, "project_task")
    return _user(env, "bench_task", "project.group_project_user")


def leads(env, count):
    """Create ``count`` leads; returns a user who reads all of them."""
    stages = env["crm.stage"].search([], limit=4)
    seeds = env["crm.lead"].create(
        [
            {
                "name": f"Cơ hội số {number}",
                "type": "opportunity",
                "stage_id": stages[number % len(stages)].id,
            }
            for number in range(SEEDS)
        ]
    )
    generate.copies(env, seeds, count - SEEDS, name=SQL("seed.name || ' ' || copy.n"))
    generate.vacuum(env, "crm_lead")
    return _user(env, "bench_lead", "sales_team.group_sale_salesman_all_leads")


def _user(env, login, group):
    groups = [Command.link(env.ref("base.group_user").id)]
    return env["res.users"].create(
        {
            "name": login,
            "login": login,
            "group_ids": [*groups, Command.link(env.ref(group).id)],
        }
    )
