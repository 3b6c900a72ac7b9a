package dev.cadastre.command.webhooks.model;

import dev.cadastre.command.shared.AggregateType;
import dev.cadastre.command.shared.Decision;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.shared.TimelineAggregate;
import dev.cadastre.command.webhooks.model.WebhookCommand.ChangeWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.EndWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.PauseWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.ResumeWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.RollWebhookSecret;
import dev.cadastre.command.webhooks.model.WebhookCommand.SubscribeWebhook;
import dev.cadastre.events.StreamId;
import dev.cadastre.events.webhook.WebhookEvent;
import dev.cadastre.events.webhook.WebhookEvent.WebhookChanged;
import dev.cadastre.events.webhook.WebhookEvent.WebhookEnded;
import dev.cadastre.events.webhook.WebhookEvent.WebhookPaused;
import dev.cadastre.events.webhook.WebhookEvent.WebhookResumed;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSecretRolled;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSubscribed;
import dev.cadastre.events.webhook.WebhookFilter;
import java.util.List;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * A webhook subscription. Whether its deliveries arrive is not its business: that is known to
 * whoever delivers, and needs no event.
 */
public final class WebhookSubscription extends TimelineAggregate<WebhookState> {

    /** The most subscriptions that may be there at once. */
    public static final int MOST = 100;

    /** How subscriptions are made and their facts add up. */
    public static final AggregateType<WebhookSubscription> TYPE =
            new AggregateType<>(
                    WebhookSubscription.class, WebhookSubscription::new, WebhookFold.INSTANCE);

    WebhookSubscription() {
        super(WebhookFold.INSTANCE);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(SubscribeWebhook command, Neighbours neighbours) {
        if (timeline().last().url() != null) {
            // The secret is derived from the id, so an id is not used for two subscriptions.
            throw new Rejection.FactsClash(
                    command.target(),
                    timeline().last().ended()
                            ? "A webhook of this id has ended. Choose another id."
                            : "There is a webhook of this id. Change that one, or choose another"
                                    + " id.",
                    List.of());
        }
        long present =
                neighbours.referencing(StreamId.WEBHOOKS).stream()
                        .filter(other -> neighbours.timeline(other).last().present())
                        .count();
        if (present >= MOST) {
            throw new Rejection.FactsClash(
                    command.target(),
                    "There are " + MOST + " webhooks, which is the most. End one of them first.",
                    List.of());
        }
        record(
                command,
                new WebhookSubscribed(
                        command.name(), command.url(), command.filter(), command.after()),
                neighbours);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ChangeWebhook command, Neighbours neighbours) {
        WebhookState now = present(command);
        String name = command.rename() ? command.name() : now.name();
        String url = command.url() == null ? Objects.requireNonNull(now.url()) : command.url();
        WebhookFilter filter = command.filter() == null ? now.filter() : command.filter();
        if (!now.equals(now.reads(name, url, filter))) {
            record(command, new WebhookChanged(name, url, filter), neighbours);
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(PauseWebhook command, Neighbours neighbours) {
        if (!present(command).paused()) {
            record(command, new WebhookPaused(), neighbours);
        }
    }

    /** Recorded in any case: it also revives a delivery that has given up. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ResumeWebhook command, Neighbours neighbours) {
        present(command);
        record(command, new WebhookResumed(command.after()), neighbours);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(RollWebhookSecret command, Neighbours neighbours) {
        record(
                command,
                new WebhookSecretRolled(present(command).generation() + 1, command.graceSeconds()),
                neighbours);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EndWebhook command, Neighbours neighbours) {
        present(command);
        record(command, new WebhookEnded(), neighbours);
    }

    private void record(WebhookCommand command, WebhookEvent event, Neighbours neighbours) {
        record(command, List.of(new Recording(event, null)), neighbours);
    }

    private WebhookState present(WebhookCommand command) {
        WebhookState now = timeline().last();
        if (!now.present()) {
            throw new Rejection.NotRegistered(
                    command.target(),
                    now.ended()
                            ? "This webhook has ended. Subscribe anew, under another id."
                            : "There is no webhook of this id.",
                    List.of());
        }
        return now;
    }

    @Override
    protected List<StreamId> check(Decision<WebhookState> decision, Neighbours neighbours) {
        return List.of();
    }
}
