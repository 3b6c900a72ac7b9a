package dev.cadastre.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** Prints one line a figure, as a Markdown table: the figure, its limit, and whether it holds. */
final class Table {

    /** Whether more is better (a rate) or less (a latency, a size). */
    enum Better {
        MORE,
        LESS
    }

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
        out.println("| what | measured | limit or peer | ratio | must | aim | verdict |");
        out.println("|---|---|---|---|---|---|---|");
    }

    /** A ratio of two measurements against what it must and aims to be. */
    void ratio(
            String what,
            String unit,
            Comparison.Result result,
            Better better,
            double must,
            double aim) {
        row(
                what,
                number(result.load()) + " " + unit,
                number(result.limit()) + " " + unit,
                ratios(result),
                number(must),
                number(aim),
                verdict(result.ratio(), better, must, aim));
    }

    /** A figure that stands alone against fixed bounds. */
    void figure(String what, double value, String unit, Better better, double must, double aim) {
        row(
                what,
                number(value) + " " + unit,
                "",
                "",
                number(must),
                number(aim),
                verdict(value, better, must, aim));
    }

    /** A ratio that explains another one and has no bound of its own. */
    void statedRatio(String what, String unit, Comparison.Result result) {
        row(
                what,
                number(result.load()) + " " + unit,
                number(result.limit()) + " " + unit,
                ratios(result),
                "",
                "",
                "");
    }

    /** A figure that is only stated. */
    void stated(String what, double value, String unit) {
        row(what, number(value) + " " + unit, "", "", "", "", "");
    }

    /** The same beside a peer that does less. */
    void stated(String what, double value, double peer, String unit) {
        row(
                what,
                number(value) + " " + unit,
                number(peer) + " " + unit,
                number(value / peer),
                "",
                "",
                "");
    }

    /** What must be known to read the lines that follow. */
    void note(String text) {
        row(text, "", "", "", "", "", "");
    }

    private static String ratios(Comparison.Result result) {
        return "%s (%s to %s)"
                .formatted(
                        number(result.ratio()), number(result.lowest()), number(result.highest()));
    }

    private void row(String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
        out.flush();
    }

    private static String verdict(double value, Better better, double must, double aim) {
        boolean holds = better == Better.MORE ? value >= must : value <= must;
        boolean reaches = better == Better.MORE ? value >= aim : value <= aim;
        return reaches ? "aim" : holds ? "must" : "MISSED";
    }

    static String number(double value) {
        double size = Math.abs(value);
        String format =
                size >= 1000 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }
}
