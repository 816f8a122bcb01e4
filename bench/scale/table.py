"""The measurements as tables of Markdown."""

BEGIN, END = "<!-- bench/scale -->", "<!-- end of bench/scale -->"


def count(value):
    return f"{value:,.0f}".replace(",", " ")


def ms(value):
    return f"{value:.1f}" if value < 10 else f"{value:.0f}"


def asked(one):
    yield "| node | one figure of the year, p50 / p99 ms | all figures, p50 / p99 ms | with changes of half a second waiting | added up from the counties, p50: one, all |"
    yield "|---|---|---|---|---|"
    for level, risen in one["asked"]["risen"].items():
        waiting = one["asked"]["waiting"][level]
        added = one["added_up"].get(level)
        yield (f"| {level} | {ms(risen['one'][0])} / {ms(risen['one'][1])} | {ms(risen['all'][0])} / {ms(risen['all'][1])} | "
               f"{ms(waiting['one'][0])} / {ms(waiting['one'][1])}, {ms(waiting['all'][0])} / {ms(waiting['all'][1])} | "
               + (f"{ms(added['one'][0])}, {ms(added['all'][0])}" if added else "") + " |")


def sums(found):
    yield "| towns | rows of figures | counties | GB | filled by COPY, s | sums above the counties made anew, s (< 60) | memory of the process, MB (< 1 000) | changes risen, in ms |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in found:
        yield (f"| {count(one['towns'])} | {count(one['rows'])} | {count(one['counties'])} | {one['bytes'] / 1e9:.1f} | {one['fill_s']:.0f} | {one['rebuild_s']:.1f} | "
               f"{one['memory_mb']:.0f} | {count(one['raised'])} in {ms(one['raise_ms'])} |")


def kept(found):
    yield "| records | a second, created singly in batches | against bare INSERT of the same rows (≥ 0.5) | bulk, a second | against bare COPY (≥ 0.33) | steps a second | µs a record, against the first (≤ 1.5) | a county's due list, p50 / p99 ms (< 50) |"
    yield "|---|---|---|---|---|---|---|---|"
    first = found["sizes"][0]["create_us"]
    for one in found["sizes"]:
        yield (f"| {count(one['records'])} | {count(1e6 / one['create_us'])} | {one['insert_us'] / one['create_us']:.2f} | {count(1e6 / one['bulk_us'])} | "
               f"{one['copy_us'] / one['bulk_us']:.2f} | {count(1e6 / one['act_us'])} | {one['create_us']:.0f}, {one['create_us'] / first:.2f} | "
               f"{ms(one['due'][0])} / {ms(one['due'][1])} |")


def markdown(found):
    parts = []
    for one in found["figures"]:
        parts.append(f"{count(one['towns'])} made-up towns × {one['indicators']} figures × {one['months']} months, in milliseconds; one client on the machine of the server:")
        parts.append("\n".join(asked(one)))
    if found["figures"]:
        parts.append("\n".join(sums(found["figures"])))
    if found["records"]:
        parts.append("\n".join(kept(found["records"])))
    parts.append("Load of the machine when it began (1, 5, 15 minutes): " + ", ".join(f"{one:.1f}" for one in found["load"]) + ".")
    return "\n\n".join(parts)


def put_into(file, text):
    """Between the marks; at the end when there are none yet."""
    old = file.read_text(encoding="utf-8")
    block = f"{BEGIN}\n{text}\n{END}"
    if BEGIN in old and END in old:
        new = old[: old.index(BEGIN)] + block + old[old.index(END) + len(END):]
    else:
        new = old.rstrip("\n") + f"\n\n## A nation\n\n{block}\n"
    file.write_text(new, encoding="utf-8")
