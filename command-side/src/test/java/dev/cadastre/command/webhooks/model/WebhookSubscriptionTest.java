package dev.cadastre.command.webhooks.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cadastre.command.shared.KnownNeighbours;
import dev.cadastre.command.shared.Neighbours;
import dev.cadastre.command.shared.Rejection;
import dev.cadastre.command.webhooks.model.WebhookCommand.ChangeWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.EndWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.PauseWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.ResumeWebhook;
import dev.cadastre.command.webhooks.model.WebhookCommand.RollWebhookSecret;
import dev.cadastre.command.webhooks.model.WebhookCommand.SubscribeWebhook;
import dev.cadastre.events.webhook.WebhookEvent.WebhookChanged;
import dev.cadastre.events.webhook.WebhookEvent.WebhookEnded;
import dev.cadastre.events.webhook.WebhookEvent.WebhookPaused;
import dev.cadastre.events.webhook.WebhookEvent.WebhookResumed;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSecretRolled;
import dev.cadastre.events.webhook.WebhookEvent.WebhookSubscribed;
import dev.cadastre.events.webhook.WebhookFilter;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSubscriptionTest {

    private static final String ID = "mirror";
    private static final String URL = "https://example.org/in";
    private static final WebhookFilter CIS =
            new WebhookFilter(List.of(), List.of("ci"), List.of(), Map.of());
    private static final WebhookSubscribed SUBSCRIBED =
            new WebhookSubscribed("Mirror", URL, CIS, null);

    private final KnownNeighbours neighbours = new KnownNeighbours(0);
    private final AggregateTestFixture<WebhookSubscription> fixture =
            new AggregateTestFixture<>(WebhookSubscription.class);

    @BeforeEach
    void wire() {
        // The aggregate keeps what it has just recorded apart from what was committed before.
        fixture.setReportIllegalStateChange(false);
        fixture.registerInjectableResource((Neighbours) neighbours);
        fixture.registerCommandTargetResolver(
                message ->
                        new VersionedAggregateIdentifier(
                                ((WebhookCommand) message.getPayload()).target().toString(), null));
    }

    @Test
    void a_subscription_is_recorded_as_asked_for() {
        fixture.givenNoPriorActivity()
                .when(new SubscribeWebhook(ID, "Mirror", URL, CIS, 41L))
                .expectEvents(new WebhookSubscribed("Mirror", URL, CIS, 41L));
    }

    @Test
    void an_id_is_used_once_also_after_the_end() {
        fixture.given(SUBSCRIBED)
                .when(new SubscribeWebhook(ID, null, URL, CIS, null))
                .expectException(Rejection.FactsClash.class);
        fixture.given(SUBSCRIBED, new WebhookEnded())
                .when(new SubscribeWebhook(ID, null, URL, CIS, null))
                .expectException(Rejection.FactsClash.class);
    }

    @Test
    void there_are_at_most_a_hundred_at_once() {
        for (int i = 0; i < WebhookSubscription.MOST; i++) {
            neighbours.add(WebhookFold.INSTANCE, "w" + i, SUBSCRIBED, 0);
        }
        fixture.givenNoPriorActivity()
                .when(new SubscribeWebhook(ID, null, URL, CIS, null))
                .expectException(Rejection.FactsClash.class);

        neighbours.add(WebhookFold.INSTANCE, "w7", new WebhookEnded(), 0);
        fixture.givenNoPriorActivity()
                .when(new SubscribeWebhook(ID, null, URL, CIS, null))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void a_change_records_the_whole_and_nothing_where_nothing_changes() {
        fixture.given(SUBSCRIBED)
                .when(new ChangeWebhook(ID, false, null, "https://example.org/other", null))
                .expectEvents(new WebhookChanged("Mirror", "https://example.org/other", CIS));
        fixture.given(SUBSCRIBED)
                .when(new ChangeWebhook(ID, true, null, null, WebhookFilter.ALL))
                .expectEvents(new WebhookChanged(null, URL, WebhookFilter.ALL));
        fixture.given(SUBSCRIBED)
                .when(new ChangeWebhook(ID, true, "Mirror", URL, CIS))
                .expectNoEvents();
    }

    @Test
    void a_pause_is_recorded_once_and_a_resumption_always() {
        fixture.given(SUBSCRIBED).when(new PauseWebhook(ID)).expectEvents(new WebhookPaused());
        fixture.given(SUBSCRIBED, new WebhookPaused()).when(new PauseWebhook(ID)).expectNoEvents();
        fixture.given(SUBSCRIBED, new WebhookPaused())
                .when(new ResumeWebhook(ID, null))
                .expectEvents(new WebhookResumed(null));
        fixture.given(SUBSCRIBED)
                .when(new ResumeWebhook(ID, 7L))
                .expectEvents(new WebhookResumed(7L));
    }

    @Test
    void each_secret_has_the_next_generation() {
        fixture.given(SUBSCRIBED)
                .when(new RollWebhookSecret(ID, 3_600))
                .expectEvents(new WebhookSecretRolled(1, 3_600));
        fixture.given(SUBSCRIBED, new WebhookSecretRolled(1, 0))
                .when(new RollWebhookSecret(ID, 0))
                .expectEvents(new WebhookSecretRolled(2, 0));
    }

    @Test
    void of_what_is_not_there_nothing_can_be_asked() {
        for (WebhookCommand command :
                List.of(
                        new ChangeWebhook(ID, true, "n", null, null),
                        new PauseWebhook(ID),
                        new ResumeWebhook(ID, null),
                        new RollWebhookSecret(ID, 0),
                        new EndWebhook(ID))) {
            fixture.givenNoPriorActivity()
                    .when(command)
                    .expectException(Rejection.NotRegistered.class);
            fixture.given(SUBSCRIBED, new WebhookEnded())
                    .when(command)
                    .expectException(Rejection.NotRegistered.class);
        }
        fixture.given(SUBSCRIBED).when(new EndWebhook(ID)).expectEvents(new WebhookEnded());
    }

    @Test
    void no_event_says_anything_of_a_secret_but_its_generation() {
        assertThat(WebhookSecretRolled.class.getRecordComponents())
                .extracting("name")
                .containsExactly("generation", "graceSeconds");
    }
}
