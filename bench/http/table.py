"""The measurements as a table of Markdown."""

BEGIN, END = "<!-- bench/http -->", "<!-- end of bench/http -->"
NAMES = {"village": "village clerk", "clerk": "town clerk", "reviewer": "county reviewer"}


def ms(value):
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def count(value):
    return f"{value:,.0f}".replace(",", " ")


def latencies(found):
    yield "| who | what | p50 ms | p95 ms | p99 ms | p95 against an administrator's (≤ 1.1) |"
    yield "|---|---|---|---|---|---|"
    for (who, what), (his, administrator) in found.items():
        yield f"| {NAMES[who]} | {what} | {ms(his['p50'])} | {ms(his['p95'])} | {ms(his['p99'])} | {his['p95'] / administrator['p95']:.2f} |"


def flatness(found):
    sizes = list(found)
    yield "| who | what | " + " | ".join(f"p50 ms, {count(size)}" for size in sizes) + " | last / first (≤ 1.3) |"
    yield "|---|---|" + "---|" * (len(sizes) + 1)
    for key in found[sizes[-1]]["reads"]:
        middles = [found[size]["reads"][key][0]["p50"] for size in sizes]
        yield f"| {NAMES[key[0]]} | {key[1]} | " + " | ".join(map(ms, middles)) + f" | {middles[-1] / middles[0]:.2f} |"


def creates(rates):
    yield "| clients | durable creates a second | p50 ms | p95 ms | p99 ms | against bare SQLite, one row a commit, among as many | against it, one row, empty table | against it with all rows a record has, empty tables |"
    yield "|---|---|---|---|---|---|---|---|"
    for clients, one in rates["creates"].items():
        against = " | ".join(f"{one['rate'] / rates[what]:.2f}" for what in ("one_row_full", "one_row", "all_rows"))
        yield f"| {clients} | {count(one['rate'])} | {ms(one['p50'])} | {ms(one['p95'])} | {ms(one['p99'])} | {against} |"


def whole(found, size):
    last = found[size]
    rates = last["throughput"]
    started = sorted(last["started"])
    yield "| what | wanted | measured |"
    yield "|---|---|---|"
    ours, bare = rates["create"]
    yield f"| durable creates, 16 clients, against a bare handler that flushes the same bytes | | {ours / bare:.2f} ({count(ours)} to {count(bare)} a second) |"
    listing = last["listing"]
    ours, bare = listing["ours"], listing["bare"]
    yield (f"| filtered lists with count, 16 clients, against a bare handler that gives the same {listing['bytes'] / 1024:.0f} KB | "
           f"| {ours / bare:.3f} ({count(ours)} to {count(bare)} a second) |")
    yield (f"| bare SQLite, one row a commit, among as many; into an empty table; all rows of a record a commit | | "
           f"{count(rates['one_row_full'])}; {count(rates['one_row'])}; {count(rates['all_rows'])} a second |")
    yield f"| memory after the start; after this load | ≤ 60 MB; | {last['memory_idle']:.0f} MB; {last['memory_after']:.0f} MB |"
    yield f"| start-up to the first answer, middle of {len(started)} (slowest) | ≤ 100 ms | {started[len(started) // 2] * 1000:.0f} ms ({started[-1] * 1000:.0f} ms) |"


def markdown(found):
    size = list(found)[-1]
    last = found[size]
    parts = [
        f"`bench/http/run.sh {size}`: {count(size)} made-up records of one county in 40 towns, client and server on one machine, durable writes. "
        "Times are of one client at a time, his requests and the administrator's in turn.",
        "\n".join(latencies({**last["reads"], **last["writes"]})),
    ]
    if len(found) > 1:
        parts.append("\n".join(flatness(found)))
    parts += ["\n".join(creates(last["throughput"])), "\n".join(whole(found, size))]
    return "\n\n".join(parts)


def put_into(file, text):
    """Between the marks; at the end when there are none yet."""
    old = file.read_text(encoding="utf-8")
    block = f"{BEGIN}\n{text}\n{END}"
    if BEGIN in old and END in old:
        new = old[: old.index(BEGIN)] + block + old[old.index(END) + len(END) :]
    else:
        new = old.rstrip("\n") + f"\n\n## The server under load\n\n{block}\n"
    file.write_text(new, encoding="utf-8")
