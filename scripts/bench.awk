# The table of targets, from the rounds of scripts/bench: label, size, wall s, client CPU s, peak MiB, server CPU s.
{
    wall[$1, $2] = wall[$1, $2] " " $3
    cpu[$1, $2] = cpu[$1, $2] " " $4
    peak[$1, $2] = peak[$1, $2] " " $5
    sizes[$2] = 1
}

function median(list,    n, values, i, j, value) {
    n = split(list, values, " ")
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && values[j] + 0 < values[j - 1] + 0; j--) {
            value = values[j]; values[j] = values[j - 1]; values[j - 1] = value
        }
    return n ? (values[int((n + 1) / 2)] + values[int(n / 2) + 1]) / 2 : -1
}

function line(what, figure, unit, target, detail) {
    printf "| %s | %.2f%s | ≤ %s%s | %s | %s |\n", what, figure, unit, target, unit, figure <= target ? "yes" : "no", detail
}

function ratio(what, label, size, against, of, target,    a, b) {
    a = median(wall[label, size]); b = median(wall[against, of])
    if (a > 0 && b > 0) line(what, a / b, "", target, sprintf("%.2f s against %.2f s", a, b))
}

# A ratio that no target is set for.
function untargeted(what, label, size, against, of,    a, b) {
    a = median(wall[label, size]); b = median(wall[against, of])
    if (a > 0 && b > 0) printf "| %s | %.2f | | | %.2f s against %.2f s |\n", what, a / b, a, b
}

# Time of the proof as a share of the copy without it.
function share(what, seconds,    copy) {
    copy = median(wall["unproved", "M"])
    if (copy > 0 && seconds > 0) line(what, seconds / copy, "", 0.3, sprintf("%.2f s against %.2f s", seconds, copy))
}

END {
    printf "Medians of %d interleaved rounds, %d cores, %s. CPU seconds and walls are those of a machine that may be shared.\n\n", runs, cores, day
    print "| what | this version | target | met | seconds |"
    print "| --- | --- | --- | --- | --- |"
    ratio("rows, keys, sequences of M against the floor", "rows", "M", "floor-pipe1", "M", 0.85)
    untargeted("the same with the planner's statistics, which the floor does not gather", "one-batch", "M", "floor-pipe1", "M")
    ratio("assessment, copy and proof of M against DuckDB without proof", "full", "M", "duckdb-best", "M", 1)
    ratio("the same on S", "full", "S", "duckdb-best", "S", 0.5)
    ratio("L against M, everything", "full", "L", "full", "M", 5.2)
    ratio("L against M, rows", "rows", "L", "rows", "M", 5.2)
    for (size in sizes) if (median(peak["full", size]) > most) most = median(peak["full", size])
    if (most) line("peak memory of the whole copy", most, " MiB", 48, "the largest of all sizes")
    if (median(cpu["rows", "M"]) >= 0) line("client CPU per million messages, read and encode", median(cpu["rows", "M"]), " s", 1, "without the proof")
    ratio("tables and keys there already, against none there", "existing", "M", "rows", "M", 1.15)
    share("the proof, by what it adds to the copy of M", median(wall["proved", "M"]) - median(wall["unproved", "M"]))
    share("the proof of M by itself, on the finished copy, against the copy", median(wall["alone", "M"]))
    ratio("phase 1 of M against the shell, one command after the other", "phase1", "M", "shell", "M", 1)
    untargeted("M in batches of 64 MB, each committed, against one transaction a table", "batches", "M", "one-batch", "M")
    untargeted("M on a server 5 ms away, against one at hand", "far", "M", "near", "M")
    untargeted("200 small tables on a server 5 ms away, against one at hand", "far", "T", "near", "T")
}
