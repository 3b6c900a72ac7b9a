package dev.cadastre.query.webhooks.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.cadastre.http.access.Caller;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.json.HttpJson;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import dev.cadastre.query.shared.http.Answer;
import dev.cadastre.query.shared.http.Query;
import dev.cadastre.query.shared.http.QueryHttp;
import dev.cadastre.query.webhooks.delivery.DeliveryStatus;
import dev.cadastre.query.webhooks.delivery.WebhookDeliveries;
import dev.cadastre.query.webhooks.signing.WebhookSecrets;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subscriptions, how their deliveries fare, and their secrets. Where events are sent is a matter of
 * evidence, so auditors may look; a secret is the administrator's.
 */
public final class WebhookRoutes {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final QueryHttp http;
    private final WebhookDeliveries deliveries;
    private final WebhookSecrets secrets;
    private final Clock clock;

    private WebhookRoutes(
            QueryHttp http, WebhookDeliveries deliveries, WebhookSecrets secrets, Clock clock) {
        this.http = http;
        this.deliveries = deliveries;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The routes below {@code path}, for example {@code /api/v1/webhooks}. */
    public static RouterFunction<ServerResponse> of(
            String path,
            QueryHttp http,
            WebhookDeliveries deliveries,
            WebhookSecrets secrets,
            Clock clock) {
        WebhookRoutes routes = new WebhookRoutes(http, deliveries, secrets, clock);
        return route().GET(path, request -> routes.answer(request, Role.AUDITOR, routes::all))
                .GET(path + "/{id}", request -> routes.answer(request, Role.AUDITOR, routes::one))
                .GET(
                        path + "/{id}/secret",
                        request -> routes.answer(request, Role.ADMINISTRATOR, routes::secret))
                .build();
    }

    private Mono<ServerResponse> answer(
            ServerRequest request, Role role, Function<Query, Answer> question) {
        return http.answerOverTime(
                request,
                List.of(),
                query -> {
                    Caller.of(request).require(role);
                    awaitKnown(query.coordinates().position());
                    try {
                        return question.apply(query);
                    } catch (UncheckedIOException e) {
                        throw notNow("Where deliveries stand cannot be read now. Ask again.", e);
                    }
                });
    }

    private void awaitKnown(long position) {
        try {
            if (deliveries.await(position, LONGEST_WAIT)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw notNow(
                "Webhooks recorded up to position " + position + " are not known yet. Ask again.",
                null);
    }

    private static ProblemException notNow(String detail, @Nullable Throwable cause) {
        return new ProblemException(ProblemType.UNAVAILABLE, detail, cause)
                .retryAfter(Duration.ofSeconds(1));
    }

    private Answer all(Query query) {
        ObjectNode page = HttpJson.mapper().createObjectNode();
        ArrayNode items = page.putArray("items");
        deliveries.all().forEach(status -> items.add(WebhookJson.of(status)));
        page.put("total", items.size());
        return Answer.jsonTagged(query.coordinates(), HttpJson.mapper().writeValueAsBytes(page));
    }

    private Answer one(Query query) {
        DeliveryStatus status = find(query);
        byte[] json = HttpJson.mapper().writeValueAsBytes(WebhookJson.of(status));
        CRC32 digest = new CRC32();
        digest.update(json);
        return Answer.json(query.coordinates(), json)
                .tagged(
                        "\""
                                + status.subscription().sequenceNumber()
                                + "."
                                + digest.getValue()
                                + "\"");
    }

    private Answer secret(Query query) {
        DeliveryStatus status = find(query);
        return new Answer.Secret(
                query.coordinates(),
                HttpJson.mapper()
                        .writeValueAsBytes(
                                WebhookJson.secret(
                                        status.subscription(), secrets, clock.instant())));
    }

    private DeliveryStatus find(Query query) {
        String id = query.request().pathVariable("id");
        return deliveries.find(id).orElseThrow(() -> missing(id));
    }

    private ProblemException missing(String id) {
        return deliveries.isUnread(id)
                ? notNow("This webhook cannot be read from the log now. Ask again.", null)
                : new ProblemException(
                                ProblemType.NOT_FOUND,
                                "There is no webhook of this id, or it has ended.")
                        .with("id", id);
    }
}
