"""Finding entries near to a new title among all, against the list and bare SQL.

Goals: the slowest twentieth of the searches at most 3 times the opening of the list,
and the original of a near copy among the first five for 95 of 100.
"""

import statistics
import time
from random import Random

import generate
import phrases
from bench_initiative_list import list_specification

from odoo.tools import SQL

from odoo.addons.emulation.tools import similarity

COPIES = 300
PAGE = 80
REPEATS = 7
SIGNED_ALONE = 1000
FILLED = 5000
TABLE = "emulation_initiative_signature"
INDEXES = {
    "index of titles": f"{TABLE}_title_bands_gin",
    "index of texts": f"{TABLE}_text_prints_gin",
}
SHOWN = 5


def run(env, units, initiatives):
    """Time search, signing and filling; count the originals found again."""
    random = Random(7)
    tree = generate.units(env, units)
    start = time.perf_counter()
    generate.initiatives(env, tree.ids, initiatives, texts=phrases)
    yield f"{initiatives} dossiers written", time.perf_counter() - start, "s"
    yield from _sign(env, initiatives)
    officer = generate.user(env, "bench_similar", "officer", tree[5])
    env["ir.config_parameter"].set_param(
        "emulation.similarity_searches_per_minute", str(10**9)
    )
    env.flush_all()
    env.cr.commit()
    yield from _search(env, random, officer)
    yield from _found_by_text(env, random, officer)
    yield from _create(env, random)


def _sign(env, initiatives):
    """Sign what the generator wrote: one title alone, the job, and how large it is."""
    titles = [phrases.title(Random(number)) for number in range(SIGNED_ALONE)]
    start = time.perf_counter()
    for title in titles:
        similarity.title_bands([similarity.words(title)])
    alone = (time.perf_counter() - start) / SIGNED_ALONE
    yield "signing one title", alone * 1000, "ms"
    yield from _fill(env, initiatives)
    for what, name in (("table of signatures", TABLE), *INDEXES.items()):
        env.cr.execute(SQL("SELECT pg_relation_size(%s)", name))
        yield what, env.cr.fetchone()[0] / 1024**2, "MB"


def _fill(env, initiatives):
    """Sign all by the nightly job: some with the indexes in place, the rest without."""
    signatures = env["emulation.initiative.signature"]
    some = env["emulation.initiative"].search([], limit=FILLED, order="id")
    start = time.perf_counter()
    signatures._sign(some)
    seconds = time.perf_counter() - start
    yield "dossiers signed a second, indexes in place", len(some) / seconds, ""
    for name in INDEXES.values():
        env.cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    start = time.perf_counter()
    signatures._cron_sign_missing()
    seconds = time.perf_counter() - start
    yield "filling the others by the job, no index", seconds, "s"
    yield "dossiers signed a second, no index", (initiatives - FILLED) / seconds, ""
    start = time.perf_counter()
    signatures.init()
    yield "making the indexes", time.perf_counter() - start, "s"
    generate.vacuum(env, TABLE)


def _search(env, random, officer):
    """Search as an officer for near copies of entries, of all units and years."""
    Initiative = env(user=officer, su=False)["emulation.initiative"]
    listing = min(_list_seconds(env, officer) for _repeat in range(REPEATS))
    yield "list opening of the officer", listing * 1000, "ms"
    seconds, bare, found, readable = [], [], 0, 0
    for original in _sample(env, random, COPIES):
        title = phrases.near_copy(random, original.name)
        env.invalidate_all()
        start = time.perf_counter()
        answer = Initiative.search_similar(title)
        seconds.append(time.perf_counter() - start)
        readable += len(answer["entries"])
        bare.append(_bare_seconds(env, title))
        hits = Initiative._find_similar(title, limit=SHOWN)
        found += original.id in [entry.id for entry, _score, _level in hits]
    yield from _figures("similar entries of a new title, officer", seconds)
    yield from _figures("bare SQL for the candidates", bare)
    slow = _slow(seconds)
    yield "similar entries, slowest twentieth : list opening", slow / listing, "times"
    yield (
        "similar entries, median : bare SQL",
        (statistics.median(seconds) / statistics.median(bare)),
        "times",
    )
    yield f"original among the first {SHOWN} (recall@{SHOWN})", found / COPIES, ""
    yield "entries open to the officer a search", readable / COPIES, ""


def _found_by_text(env, random, officer):
    """Two sentences of a description under another title."""
    Initiative = env(user=officer, su=False)["emulation.initiative"]
    seconds, found = [], 0
    for original in _sample(env, random, COPIES):
        sentences = (original.solution or "").split(". ")
        text = ". ".join(random.sample(sentences, min(2, len(sentences))))
        env.invalidate_all()
        start = time.perf_counter()
        hits = Initiative._find_similar(phrases.title(random), [text], limit=SHOWN)
        seconds.append(time.perf_counter() - start)
        found += original.id in [entry.id for entry, _score, _level in hits]
    yield from _figures("similar entries of a title and a text", seconds)
    yield f"two copied sentences, original among {SHOWN}", found / COPIES, ""


def _create(env, random):
    """100 dossiers in one call, with their signatures and without."""
    vals_list = [
        {**one.copy_data()[0], "name": phrases.title(random)}
        for one in _sample(env, random, 100)
    ]
    signatures = type(env["emulation.initiative.signature"])
    sign = signatures._sign
    with_, without = [], []
    for times, method in ((without, lambda *_args: None), (with_, sign)):
        signatures._sign = method
        for _repeat in range(REPEATS):
            with env.cr.savepoint() as savepoint:
                start = time.perf_counter()
                env["emulation.initiative"].create(vals_list)
                env.flush_all()
                times.append(time.perf_counter() - start)
                savepoint.rollback()
            env.invalidate_all()
    yield "create 100 dossiers", min(with_) * 1000, "ms"
    yield "create 100 dossiers, signed : not signed", min(with_) / min(without), "times"


def _sample(env, random, count):
    """Return some entries, archived ones too, with their texts."""
    env.cr.execute("SELECT MIN(id), MAX(id) FROM emulation_initiative")
    first, last = env.cr.fetchone()
    ids = {random.randint(first, last) for _number in range(count * 2)}
    records = env["emulation.initiative"].browse(sorted(ids)).exists()
    return env["emulation.initiative"].browse(random.sample(records.ids, count))


def _list_seconds(env, officer):
    model = env(user=officer, su=False)["emulation.initiative"]
    specification = list_specification(env)
    env.invalidate_all()
    start = time.perf_counter()
    model.web_search_read([], specification, limit=PAGE, count_limit=10001)
    return time.perf_counter() - start


def _bare_seconds(env, title):
    """Seconds of the index alone: the best candidates by shared bands, nothing else."""
    (bands,) = similarity.title_bands([similarity.words(title)])
    env.cr.execute("SET LOCAL enable_seqscan TO off")
    start = time.perf_counter()
    env.cr.execute(
        SQL(
            "SELECT initiative_id, COUNT(*) FROM emulation_initiative_signature,"
            " UNNEST(title_bands) AS band"
            " WHERE title_bands && %(bands)s::int[] AND band = ANY (%(bands)s)"
            " GROUP BY initiative_id ORDER BY 2 DESC LIMIT 50",
            bands=bands,
        )
    )
    env.cr.fetchall()
    seconds = time.perf_counter() - start
    env.cr.execute("SET LOCAL enable_seqscan TO on")
    return seconds


def _slow(seconds):
    return statistics.quantiles(seconds, n=20)[-1]


def _figures(what, seconds):
    yield f"{what}, median", statistics.median(seconds) * 1000, "ms"
    yield f"{what}, slowest twentieth", _slow(seconds) * 1000, "ms"
