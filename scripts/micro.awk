# divan's trees as one table: benchmark, median of a run, median of its throughput.
BEGIN {
    print "| benchmark | median | throughput |"
    print "| --- | --- | --- |"
}

function trimmed(text) { gsub(/^ +| +$/, "", text); return text }

function print_row() {
    if (name != "") printf "| %s | %s | %s |\n", name, median, throughput
    name = throughput = ""
}

# The first line of a tree names its program.
/ fastest / { print_row(); program = $1; next }

# A node: its name, and unless it is a group, times of which the third is the median.
/^(│| )*(├|╰)─ / {
    print_row()
    if ($0 ~ /^(├|╰)/) group = ""
    sub(/^(│| )*(├|╰)─ /, "")
    split($0, cells, "│")
    title = cells[1]
    sub(/  .*/, "", title)
    median = trimmed(cells[3])
    if (median == "") group = title " "; else name = program ": " group trimmed(title)
    next
}

# The throughput of the node above, in the same cells.
/\/s / {
    sub(/^(│| )+/, "")
    split($0, cells, "│")
    throughput = trimmed(cells[3])
}

END { print_row() }
