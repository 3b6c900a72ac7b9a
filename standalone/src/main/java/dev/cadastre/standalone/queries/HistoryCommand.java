package dev.cadastre.standalone.queries;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.answers.TimeOptions;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.terminal.OutputFormat;
import dev.cadastre.standalone.terminal.Table;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What happened to one thing. */
@Command(
        name = "history",
        description = {
            "Show what happened to one thing: who recorded what, when, effective when, and why.",
            "Facts that were retracted stay, and are marked."
        },
        mixinStandardHelpOptions = true)
public final class HistoryCommand implements Callable<Integer> {

    /** By which of its times a timeline is ordered. */
    enum Order {
        RECORDED("recordedAt"),
        EFFECTIVE("effectiveAt");

        private final String parameter;

        Order(String parameter) {
            this.parameter = parameter;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private TimeOptions time = new TimeOptions();

    @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    private Kind kind = Kind.CIS;

    @Parameters(index = "1", paramLabel = "ID", description = "The thing.")
    private String id = "";

    @Option(
            names = "--by",
            paramLabel = "ORDER",
            defaultValue = "recorded",
            description =
                    "${COMPLETION-CANDIDATES}: what was believed as it was recorded, or what was"
                            + " true by what is known (default: ${DEFAULT-VALUE}).")
    private Order order = Order.RECORDED;

    @Option(
            names = "--own",
            description = "Leave out the events of others that came to point at the thing.")
    private boolean own;

    @Option(names = "--back-dated", description = "Only what was recorded after it became true.")
    private boolean backDated;

    @Option(names = "--newest-first", description = "Turn the order round.")
    private boolean newestFirst;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many events a table or a page (json) shows (table: all).")
    private @Nullable Integer limit;

    @Override
    public Integer call() {
        ApiPath path =
                time.addTo(ApiPath.of(kind.toString(), id, "timeline"))
                        .with("sort", (newestFirst ? "-" : "") + order.parameter)
                        .with("inbound", own ? "false" : null)
                        .with("backDated", backDated ? "true" : null);
        Answers answers = options.answers();
        if (options.format() != OutputFormat.TABLE) {
            answers.copy(path.with("limit", limit));
            return 0;
        }
        try (Table table = answers.table(TimelineRows.HEADINGS)) {
            answers.items(
                    path,
                    limit == null ? Integer.MAX_VALUE : limit,
                    event -> TimelineRows.of(event, table));
        }
        return 0;
    }
}
