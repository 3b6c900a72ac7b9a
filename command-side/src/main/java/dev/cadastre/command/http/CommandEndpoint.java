package dev.cadastre.command.http;

import dev.cadastre.command.shared.Command;
import dev.cadastre.command.shared.CommandContext;
import dev.cadastre.command.shared.Commands;
import dev.cadastre.command.shared.Precondition;
import dev.cadastre.command.shared.Recorded;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.events.StreamId;
import dev.cadastre.eventstore.log.ChangeSet;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.eventstore.log.KeyRecord;
import dev.cadastre.eventstore.log.StoredEvent;
import dev.cadastre.http.access.Caller;
import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Serves commands: reads their headers and body, checks who may send them, has them recorded once,
 * and answers when they are durable. Commands are handled on virtual threads.
 */
public final class CommandEndpoint {

    /** The largest body of one command: 1 MiB. */
    public static final int BODY_BYTES = 1 << 20;

    private static final String SOURCE = "http";

    private final Commands commands;
    private final EventLog log;
    private final BlockingWork work;
    private final ZoneId zone;
    private final Authorisation authorisation;
    private final Idempotency idempotency;

    public CommandEndpoint(
            Commands commands, EventLog log, BlockingWork work, Clock clock, ZoneId zone) {
        this.commands = commands;
        this.log = log;
        this.work = work;
        this.zone = zone;
        this.authorisation = new Authorisation(clock);
        this.idempotency = new Idempotency(log);
    }

    /** The routes of single commands. */
    public RouterFunction<ServerResponse> routes(List<CommandRoute> routes) {
        RouterFunctions.Builder builder = RouterFunctions.route();
        for (CommandRoute route : routes) {
            builder.route(
                    RequestPredicates.method(route.method())
                            .and(RequestPredicates.path(route.path())),
                    request -> single(route, request));
        }
        return builder.build();
    }

    /** The route of change sets, which take the same commands. */
    public RouterFunction<ServerResponse> changeSets(List<CommandRoute> routes) {
        ChangeSetReader reader = new ChangeSetReader(routes);
        return RouterFunctions.route()
                .route(
                        RequestPredicates.method(HttpMethod.POST)
                                .and(RequestPredicates.path(ChangeSetReader.PATH)),
                        request -> changeSet(reader, request))
                .build();
    }

    private Mono<ServerResponse> single(CommandRoute route, ServerRequest request) {
        // Before the body is looked at: what is wrong with it is no business of somebody else's.
        Authorisation.admit(Authorisation.operator(request), route);
        return CommandBody.read(request, BODY_BYTES)
                .flatMap(body -> work.call(() -> single(route, request, body)))
                .flatMap(answer -> answer.response(route.collection()));
    }

    private Answer single(CommandRoute route, ServerRequest request, byte[] body) {
        return record(
                request,
                body,
                sent -> {
                    Command command =
                            route.parser()
                                    .parse(
                                            new PathValues(request.pathVariables()),
                                            CommandBody.parse(route.method(), body, zone));
                    authorisation.check(sent.caller(), sent.context().effectiveAt(), command);
                    Recorded.Entity entity = handle(sent, command).entities().getFirst();
                    return single(route, entity, lastPosition(entity));
                },
                done -> single(route, log.event(done.lastPosition()).orElseThrow()));
    }

    private Recorded handle(Sent sent, Command command) {
        Map<String, Precondition> preconditions =
                sent.precondition() == null
                        ? Map.of()
                        : Map.of(command.target().toString(), sent.precondition());
        try {
            return commands.handle(sent.context(), List.of(command), preconditions);
        } catch (Rejection refused) {
            // Which command it was need not be said where there is but one.
            throw RejectionProblems.of(refused);
        }
    }

    private long lastPosition(Recorded.Entity entity) {
        return entity.position() != null
                ? entity.position()
                : log.streamHead(entity.stream().toString()).lastPosition();
    }

    private Answer single(CommandRoute route, Recorded.Entity entity, long lastPosition) {
        Answer answer = Answer.single(entity, lastPosition);
        return route.telling() == CommandRoute.Telling.NOTHING
                ? answer
                : answer.with(route.telling().of(log.event(answer.position()).orElseThrow()));
    }

    private Answer single(CommandRoute route, StoredEvent last) {
        return single(
                route,
                new Recorded.Entity(
                        StreamId.parse(last.envelope().stream()),
                        last.envelope().sequenceNumber(),
                        last.position()),
                last.position());
    }

    private Mono<ServerResponse> changeSet(ChangeSetReader reader, ServerRequest request) {
        return CommandBody.read(request, ChangeSetReader.BODY_BYTES)
                .flatMap(body -> work.call(() -> changeSet(reader, request, body)))
                .flatMap(answer -> answer.response(null));
    }

    private Answer changeSet(ChangeSetReader reader, ServerRequest request, byte[] body) {
        return record(
                request,
                body,
                sent -> {
                    ChangeSetReader.Request read =
                            reader.read(
                                    CommandBody.parse(HttpMethod.POST, body, zone),
                                    sent.precondition(),
                                    route -> Authorisation.admit(sent.caller(), route));
                    for (Command command : read.commands()) {
                        authorisation.check(sent.caller(), sent.context().effectiveAt(), command);
                    }
                    return ChangeSetAnswers.of(
                            commands.handle(sent.context(), read.commands(), read.preconditions()),
                            log);
                },
                done -> ChangeSetAnswers.again(done, log));
    }

    private static void refuseParameters(ServerRequest request) {
        for (String name : request.queryParams().keySet()) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "A command takes no parameters in its address. When it takes effect is"
                                    + " said by the header Effective-At.")
                    .of(name)
                    .with("known", List.of());
        }
    }

    /** An id that names nobody would stand in the log for ever, whatever it was meant to say. */
    private String actor(Caller caller, @Nullable String named) {
        String actor = Authorisation.actor(caller, named);
        if (!actor.equals(caller.principal())
                && log.streamHead(StreamId.person(actor).toString()).nextSequenceNumber() == 0) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            CommandHeaders.ACTOR
                                    + ": Nobody is registered under this id. Register the person"
                                    + " first: POST /api/v1/people.")
                    .of(CommandHeaders.ACTOR);
        }
        return actor;
    }

    /** One request, its headers read. */
    private record Sent(
            Caller caller, CommandContext context, @Nullable Precondition precondition) {}

    private Answer record(
            ServerRequest request,
            byte[] body,
            Function<Sent, Answer> handle,
            Function<KeyRecord, Answer> again) {
        Caller caller = Authorisation.operator(request);
        refuseParameters(request);
        HttpHeaders http = request.exchange().getRequest().getHeaders();
        CommandHeaders headers = CommandHeaders.read(http, zone);
        ChangeSet.Key key =
                headers.key() == null
                        ? null
                        : Idempotency.key(
                                caller.principal(),
                                headers.key(),
                                request.method().name(),
                                request.uri().getRawPath(),
                                http,
                                body);
        Sent sent =
                new Sent(
                        caller,
                        new CommandContext(
                                caller.principal(),
                                actor(caller, headers.actor()),
                                SOURCE,
                                headers.effectiveAt(),
                                headers.reason(),
                                headers.change(),
                                null,
                                headers.trace(),
                                key),
                        headers.precondition());
        return key == null
                ? handle.apply(sent)
                : idempotency.once(key, () -> handle.apply(sent), again);
    }
}
