package dev.cadastre.standalone.streams;

import dev.cadastre.standalone.answers.AnswerOptions;
import dev.cadastre.standalone.answers.Answers;
import dev.cadastre.standalone.answers.Kind;
import dev.cadastre.standalone.answers.ScopeOptions;
import dev.cadastre.standalone.client.ApiClient;
import dev.cadastre.standalone.client.ApiPath;
import dev.cadastre.standalone.client.FacetValue;
import dev.cadastre.standalone.terminal.OutputFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows the events of the log, and those that are yet to come. */
@Command(
        name = "tail",
        description = {
            "Show the last events of the log; with -f, go on as it grows.",
            "Ends with Ctrl-C, and then says from where to go on."
        },
        mixinStandardHelpOptions = true)
public final class TailCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec command;
    @Mixin private AnswerOptions options = new AnswerOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "Only of these: ${COMPLETION-CANDIDATES}.")
    private @Nullable Kind kind;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is recorded, through lost connections too.")
    private boolean follow;

    @Option(
            names = {"-n", "--last"},
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Begin so many positions before the end of the log (default:"
                            + " ${DEFAULT-VALUE}).")
    private long last;

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Begin after this position instead; -1 is the beginning of the log.")
    private @Nullable Long after;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only events of this type, such as ci.changed; may be repeated.")
    private List<String> types = List.of();

    @Option(
            names = "--stream",
            paramLabel = "STREAM",
            description = "Only events of this thing, such as ci:web-01; may be repeated.")
    private List<String> streams = List.of();

    @Override
    public Integer call() {
        if (options.format() == OutputFormat.JSON || options.format() == OutputFormat.CSV) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "Events come as table or ndjson.");
        }
        ApiPath path =
                ApiPath.of("events")
                        .with("kind", kind == null ? null : kind.word())
                        .with("follow", follow);
        for (String type : types) {
            path = path.with("type", type);
        }
        for (String stream : streams) {
            path = path.with("stream", stream);
        }
        path = path.withAll(scope.conditions().stream().map(TailCommand::ofEvents).toList());
        Answers answers = options.answers();
        long begin = after == null ? beforeEnd(answers) : after;
        new StreamFollower(answers.client(), path, "position", Long.toString(begin), sink(answers))
                .run(follow);
        return 0;
    }

    /** In the stream of events {@code type} is that of the event, not the facet of assets. */
    private static FacetValue ofEvents(FacetValue condition) {
        return condition.facet().equals("type")
                ? new FacetValue("assetType", condition.value())
                : condition;
    }

    private StreamFollower.MessageSink sink(Answers answers) {
        return options.format() == OutputFormat.TABLE
                ? new EventRows(answers.out())
                : (line, message) -> {
                    if (isEvent(message)) {
                        answers.line(line);
                    }
                };
    }

    /** Other messages only say how far the stream is. */
    static boolean isEvent(JsonNode message) {
        return message.has("type");
    }

    /** The position after which so many events come as were asked for. */
    private long beforeEnd(Answers answers) {
        ApiPath one = ApiPath.of("events").with("follow", false).with("limit", 1);
        HttpResponse<InputStream> response =
                answers.client().open(one, OutputFormat.NDJSON.mediaType());
        try (InputStream body = response.body()) {
            body.skip(Long.MAX_VALUE);
        } catch (IOException e) {
            throw ApiClient.brokeOff(e);
        }
        long head = response.headers().firstValueAsLong("Log-Position").orElse(-1);
        return Math.max(-1, head - last);
    }
}
