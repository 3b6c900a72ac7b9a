package dev.cadastre.command.webhooks.http;

import dev.cadastre.command.http.CommandRoute;
import dev.cadastre.command.http.JsonObject;
import dev.cadastre.command.http.PathValues;
import dev.cadastre.command.shared.Command;
import dev.cadastre.command.webhooks.model.WebhookCommand.ChangeWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.EndWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.PauseWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.ResumeWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.RollWebhookSecret;
import dev.cadastre.command.webhooks.model.WebhookCommand.SubscribeWebhook;
import dev.cadastre.events.webhook.WebhookFilter;
import dev.cadastre.eventstore.axon.TimeOrderedIdentifiers;
import dev.cadastre.eventstore.log.EventLog;
import dev.cadastre.http.access.Role;
import dev.cadastre.http.outbound.OutboundAddresses;
import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * The commands about webhook subscriptions. They send what the register holds to an address of the
 * caller's choice and have the server connect to it, so they are an administrator's.
 */
public final class WebhookRoutes {

    private static final String WEBHOOKS = "/api/v1/webhooks";
    private static final String WEBHOOK = WEBHOOKS + "/{id}";
    private static final long DEFAULT_GRACE_HOURS = 24;
    private static final long MOST_GRACE_HOURS = 168;

    private final EventLog log;
    private final WebhookUrl url;

    /**
     * @param log by whose end a position is checked
     */
    public WebhookRoutes(EventLog log, OutboundAddresses addresses) {
        this.log = log;
        this.url = new WebhookUrl(addresses);
    }

    public List<CommandRoute> commands() {
        return Stream.of(
                        CommandRoute.registering(WEBHOOKS, (_, body) -> subscribe(body)),
                        CommandRoute.of(HttpMethod.PATCH, WEBHOOK, this::change),
                        CommandRoute.of(HttpMethod.DELETE, WEBHOOK, WebhookRoutes::end),
                        CommandRoute.of(HttpMethod.POST, WEBHOOK + "/pause", WebhookRoutes::pause),
                        CommandRoute.of(HttpMethod.POST, WEBHOOK + "/resumption", this::resume),
                        CommandRoute.of(
                                HttpMethod.POST, WEBHOOK + "/secret", WebhookRoutes::rollSecret))
                .map(route -> route.forRole(Role.ADMINISTRATOR))
                .toList();
    }

    private Command subscribe(JsonObject body) {
        body.onlyFields("id", "name", "url", "filter", "after");
        String id = body.id("id");
        String address = body.text("url", WebhookUrl.LONGEST);
        if (address == null) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "Say where to send events to: \"url\":\"https://example.org/cadastre\".")
                    .at(body.at("url"));
        }
        JsonObject filter = body.object("filter");
        return new SubscribeWebhook(
                id == null ? TimeOrderedIdentifiers.next().toString() : id,
                body.name("name"),
                url.checked(body.at("url"), address),
                filter == null ? WebhookFilter.ALL : FilterBody.read(filter),
                position(body));
    }

    private Command change(PathValues path, JsonObject body) {
        body.onlyFields("name", "url", "filter");
        String address = body.text("url", WebhookUrl.LONGEST);
        if (body.isNull("url")) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "A webhook without an address cannot be. DELETE it to end it.")
                    .at(body.at("url"));
        }
        WebhookFilter filter = null;
        if (body.has("filter")) {
            filter =
                    body.isNull("filter")
                            ? WebhookFilter.ALL
                            : FilterBody.read(body.objectOrEmpty("filter"));
        }
        return new ChangeWebhook(
                path.id("id"),
                body.has("name"),
                body.name("name"),
                address == null ? null : url.checked(body.at("url"), address),
                filter);
    }

    private static Command end(PathValues path, JsonObject body) {
        body.onlyFields();
        return new EndWebhook(path.id("id"));
    }

    private static Command pause(PathValues path, JsonObject body) {
        body.onlyFields();
        return new PauseWebhook(path.id("id"));
    }

    private Command resume(PathValues path, JsonObject body) {
        body.onlyFields("after");
        return new ResumeWebhook(path.id("id"), position(body));
    }

    private static Command rollSecret(PathValues path, JsonObject body) {
        body.onlyFields("graceHours");
        Long hours = body.number("graceHours");
        if (hours != null && (hours < 0 || hours > MOST_GRACE_HOURS)) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "The old secret may go on being used for 0 to "
                                    + MOST_GRACE_HOURS
                                    + " hours.")
                    .at(body.at("graceHours"));
        }
        return new RollWebhookSecret(
                path.id("id"), 3_600 * (hours == null ? DEFAULT_GRACE_HOURS : hours));
    }

    private @Nullable Long position(JsonObject body) {
        Long position = body.number("after");
        long last = log.latestHead().size() - 1;
        if (position != null && (position < -1 || position > last)) {
            throw new ProblemException(
                            ProblemType.INVALID,
                            "after is a position from -1, which is the beginning, to that of the"
                                    + " log's last event, which is "
                                    + last
                                    + ".")
                    .at(body.at("after"))
                    .with("lastPosition", last);
        }
        return position;
    }
}
