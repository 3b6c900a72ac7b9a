package dev.cadastre.command.people.http;

import dev.cadastre.command.http.CommandRoute;
import dev.cadastre.command.http.JsonObject;
import dev.cadastre.command.people.model.PersonDetails;
import dev.cadastre.command.people.model.PersonRegistry;
import dev.cadastre.command.people.model.RegisterPerson;
import dev.cadastre.http.access.Caller;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.config.BlockingWork;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.http.problem.UnknownParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Where people are registered, and where those who may find out who an id is. */
public final class PersonRoutes {

    private static final String PEOPLE = "/api/v1/people";

    private final PersonRegistry registry;

    public PersonRoutes(PersonRegistry registry) {
        this.registry = registry;
    }

    /** The commands about people. */
    public List<CommandRoute> commands() {
        return List.of(CommandRoute.registering(PEOPLE, (_, body) -> register(body)));
    }

    private RegisterPerson register(JsonObject body) {
        body.onlyFields("name", "email");
        return registry.registration(
                PersonDetails.checked(body.text("name", 300), body.text("email", 300)));
    }

    /** The reading of one person. */
    public RouterFunction<ServerResponse> reading(BlockingWork work) {
        return RouterFunctions.route()
                .GET(
                        PEOPLE + "/{id}",
                        request -> {
                            requireReader(Caller.of(request));
                            UnknownParameters.refuse(request.queryParams().keySet(), Set.of());
                            return work.call(() -> person(request)).flatMap(PersonRoutes::answer);
                        })
                .build();
    }

    private static void requireReader(Caller caller) {
        if (!caller.has(Role.OPERATOR) && !caller.has(Role.AUDITOR)) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "Names are shown to operators and auditors only.");
        }
    }

    /** Without name and address where the person's key was destroyed. */
    private Map<String, @Nullable Object> person(ServerRequest request) {
        String id = request.pathVariable("id");
        Optional<PersonDetails> details =
                registry.details(id)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ProblemType.NOT_FOUND,
                                                "No person is registered under this id."));
        Map<String, @Nullable Object> person = new LinkedHashMap<>();
        person.put("id", id);
        details.ifPresent(
                known -> {
                    person.put("name", known.name());
                    if (known.email() != null) {
                        person.put("email", known.email());
                    }
                });
        return person;
    }

    private static Mono<ServerResponse> answer(Map<String, @Nullable Object> person) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .bodyValue(person);
    }
}
