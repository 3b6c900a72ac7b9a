package dev.cadastre.standalone.terminal;

import dev.cadastre.standalone.client.Console;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table for people, written row by row. The first rows decide how wide its columns are; those in
 * which none of them has anything are left out, those with numbers only are aligned right. On a
 * terminal the widest columns give way until all fit, and what does not is cut; elsewhere nothing
 * is. Not thread-safe.
 */
public final class Table implements AutoCloseable {

    private static final int DECIDING_ROWS = 1_000;
    private static final String GAP = "  ";

    /** How narrow a column may become: a date fits. */
    private static final int READABLE = 11;

    private final OutputStream out;
    private final List<String> headers;
    private final int columns;
    private final List<List<String>> deciding = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private int[] widths = new int[0];
    private boolean[] numeric = new boolean[0];
    private boolean begun;
    private boolean growing;

    private Table(OutputStream out, List<String> headers, int columns) {
        this.out = out;
        this.headers = List.copyOf(headers);
        this.columns = columns;
    }

    /** A table on standard output; a header may be empty, and all being so there is no heading. */
    public static Table on(OutputStream out, List<String> headers) {
        return new Table(new BufferedOutputStream(out, 1 << 15), headers, Terminal.columns());
    }

    /**
     * A table whose rows are written at once, as they come about; its {@link #heading} is, when it
     * is asked for.
     *
     * @param widths how wide the columns are to begin with; a wider cell widens them from its row
     *     on, as far as there is room
     */
    public static Table following(OutputStream out, List<String> headers, int... widths) {
        Table table = new Table(out, headers, Terminal.columns());
        table.widths = widths.clone();
        table.numeric = new boolean[widths.length];
        table.begun = true;
        table.growing = true;
        table.narrow();
        return table;
    }

    /** Writes the heading of a table that writes its rows as they come about. */
    public void heading() {
        write(headers);
    }

    /** A table that may take so many columns. */
    static Table on(OutputStream out, List<String> headers, int columns) {
        return new Table(out, headers, columns);
    }

    /**
     * @param cells as many as there are headers, any text
     */
    public void row(List<String> cells) {
        List<String> plain = cells.stream().map(PlainText::of).toList();
        if (begun) {
            if (growing) {
                grow(plain);
            }
            write(plain);
            return;
        }
        deciding.add(plain);
        if (deciding.size() == DECIDING_ROWS) {
            begin();
        }
    }

    /** Writes what is left, and says which columns did not fit. */
    @Override
    public void close() {
        if (!begun && !deciding.isEmpty()) {
            begin();
        }
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!leftOut.isEmpty()) {
            Console.message(
                    "The terminal is too narrow for "
                            + String.join(", ", leftOut)
                            + "; widen it, or pipe to less -S.");
        }
    }

    private void begin() {
        begun = true;
        widths = new int[headers.size()];
        numeric = new boolean[headers.size()];
        Arrays.fill(numeric, true);
        for (List<String> row : deciding) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], PlainText.width(row.get(i)));
                numeric[i] &= row.get(i).chars().allMatch(c -> c >= '0' && c <= '9');
            }
        }
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                widths[i] = Math.max(widths[i], PlainText.width(headers.get(i)));
            }
        }
        narrow();
        if (headers.stream().anyMatch(header -> !header.isEmpty())) {
            write(headers);
        }
        deciding.forEach(this::write);
        deciding.clear();
    }

    private void grow(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                long most = widths[i] + Math.max(0, room());
                widths[i] =
                        (int) Math.max(widths[i], Math.min(most, PlainText.width(cells.get(i))));
            }
        }
    }

    /** How many columns of the terminal are free; below 0, how many are too much. */
    private long room() {
        int shown = (int) Arrays.stream(widths).filter(width -> width > 0).count();
        return (long) columns
                - (long) GAP.length() * Math.max(0, shown - 1)
                - Arrays.stream(widths).asLongStream().sum();
    }

    /**
     * Takes from the widest column, one by one, what is too much. Where that would leave nothing to
     * read, the last columns are left out.
     */
    private void narrow() {
        int[] wanted = widths.clone();
        for (long room = room(); room < 0; room = room()) {
            int widest = 0;
            int last = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
                last = widths[i] > 0 ? i : last;
            }
            if (widths[widest] > READABLE || last == 0) {
                widths[widest]--;
            } else {
                widths[last] = 0;
                leftOut.addFirst(headers.get(last));
            }
        }
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0) {
                widths[i] += (int) Math.min(room(), wanted[i] - widths[i]);
            }
        }
    }

    private void write(List<String> cells) {
        StringBuilder line = new StringBuilder(128);
        int owed = 0;
        boolean first = true;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] == 0) {
                continue;
            }
            owed += first ? 0 : GAP.length();
            first = false;
            String cell = cells.get(i);
            if (columns != Integer.MAX_VALUE) {
                cell = PlainText.cut(cell, widths[i]);
            }
            int width = PlainText.width(cell);
            int padding = Math.max(0, widths[i] - width);
            if (width > 0) {
                line.repeat(' ', numeric[i] ? owed + padding : owed).append(cell);
                owed = numeric[i] ? 0 : padding;
            } else {
                owed += padding;
            }
        }
        try {
            out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
