package dev.cadastre.command.imports.http;

import dev.cadastre.command.imports.model.EndReason;
import dev.cadastre.command.imports.model.ImportRequest;
import dev.cadastre.command.imports.model.ImportRun;
import dev.cadastre.command.imports.model.ImportRuns;
import dev.cadastre.command.imports.model.RunIdTaken;
import dev.cadastre.command.imports.model.SourceBusy;
import dev.cadastre.command.imports.model.TooManyRuns;
import dev.cadastre.http.access.Caller;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.problem.Problem;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.problem.UnknownParameters;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code POST /api/v1/imports}. The body is read as fast as the run takes it, and no faster. A run
 * is not cancelled when its caller goes away: the body breaks off then, and the run ends by itself.
 */
final class ImportUpload {

    private static final Set<String> PARAMETERS = Set.of("profile", "source", "dryRun", "id");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int SOURCE_CHARACTERS = 200;

    /**
     * What is left of a body whose run has ended is read up to here, so that the answer arrives.
     */
    private static final long LEFT_OVER_BYTES = 64L << 20;

    private final ImportRuns runs;

    ImportUpload(ImportRuns runs) {
        this.runs = runs;
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    Mono<ServerResponse> handle(ServerRequest request) {
        Caller caller = Caller.of(request);
        caller.require(Role.IMPORTER);
        ImportRequest asked = asked(request, caller);
        Flux<DataBuffer> body = request.body(BodyExtractors.toDataBuffers());
        CompletableFuture<ImportRun> run = new CompletableFuture<>();
        Thread.ofVirtual().name("import-" + asked.id()).start(() -> run(asked, body, run));
        return Mono.fromFuture(run, true).flatMap(ImportUpload::answer);
    }

    private void run(
            ImportRequest asked, Flux<DataBuffer> body, CompletableFuture<ImportRun> answer) {
        try (InputStream stream = new ArrivingBody(body)) {
            ImportRun ended = runs.run(asked, stream);
            if (ended.problem() != null && ended.problem().reason() != EndReason.ABORTED) {
                stream.skip(LEFT_OVER_BYTES);
            }
            answer.complete(ended);
        } catch (TooManyRuns e) {
            answer.completeExceptionally(
                    new ProblemException(ProblemType.TOO_MANY_REQUESTS, e.getMessage(), e)
                            .retryAfter(Duration.ofSeconds(10)));
        } catch (SourceBusy e) {
            answer.completeExceptionally(
                    new ProblemException(ProblemType.STILL_RUNNING, e.getMessage(), e)
                            .retryAfter(Duration.ofSeconds(10)));
        } catch (RunIdTaken e) {
            answer.completeExceptionally(
                    new ProblemException(ProblemType.CONFLICT, e.getMessage(), e).of("id"));
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /**
     * A run that ended early at a broken line is answered like one that was completed: its record
     * tells. Only where the caller must act differently does the status say so.
     */
    private static Mono<ServerResponse> answer(ImportRun run) {
        URI location = URI.create(ImportRoutes.PATH + "/" + run.id());
        Map<String, Object> json = ImportJson.run(run);
        if (run.problem() != null && run.problem().reason() != EndReason.MALFORMED) {
            return problem(run.problem(), location, json);
        }
        return ServerResponse.accepted()
                .location(location)
                .header("Log-Position", Long.toString(run.position()))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json);
    }

    private static Mono<ServerResponse> problem(
            ImportRun.Problem problem, URI location, Map<String, Object> run) {
        ProblemType type = ImportJson.type(problem.reason());
        Map<String, Object> members =
                Problem.members(
                        ImportJson.exception(problem).with("run", run), location.toString());
        ServerResponse.BodyBuilder response =
                ServerResponse.status(type.status())
                        .location(location)
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (type == ProblemType.UNAVAILABLE) {
            response.header("Retry-After", "10");
        }
        return response.bodyValue(members);
    }

    private static ImportRequest asked(ServerRequest request, Caller caller) {
        UnknownParameters.refuse(request.queryParams().keySet(), PARAMETERS);
        String profile = one(request, "profile", "");
        if (!profile.equals(ImportRequest.HISTORY)) {
            throw invalid("profile", "Name a profile: profile=history is the one there is.");
        }
        String source = one(request, "source", ImportRequest.HISTORY);
        if (source.isBlank()
                || source.length() > SOURCE_CHARACTERS
                || source.chars().anyMatch(Character::isISOControl)) {
            throw invalid(
                    "source",
                    "A source has 1 to 200 characters, none of them a control character.");
        }
        String dryRun = one(request, "dryRun", "false");
        if (!dryRun.equals("true") && !dryRun.equals("false")) {
            throw invalid("dryRun", "dryRun is true or false.");
        }
        String id = one(request, "id", "");
        if (!id.isEmpty() && !isId(id)) {
            throw invalid("id", "An id is a UUID in lower case; leave it out to be given one.");
        }
        checkEncoding(request);
        return new ImportRequest(
                id.isEmpty() ? UUID.randomUUID().toString() : id,
                source,
                dryRun.equals("true"),
                caller.principal());
    }

    /** Gzip is recognised by its first bytes, whether or not the header announces it. */
    private static void checkEncoding(ServerRequest request) {
        for (String encoding : request.headers().header("Content-Encoding")) {
            if (!encoding.equalsIgnoreCase("gzip") && !encoding.equalsIgnoreCase("identity")) {
                throw new ProblemException(
                                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                "Send the file plain or compressed with gzip, not with another"
                                        + " Content-Encoding.")
                        .of("Content-Encoding");
            }
        }
    }

    private static String one(ServerRequest request, String name, String otherwise) {
        List<String> values = request.queryParams().getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw invalid(name, name + " may be given only once.");
        }
        return values.isEmpty() || values.getFirst() == null ? otherwise : values.getFirst();
    }

    private static ProblemException invalid(String parameter, String detail) {
        return new ProblemException(ProblemType.INVALID, detail).of(parameter);
    }
}
