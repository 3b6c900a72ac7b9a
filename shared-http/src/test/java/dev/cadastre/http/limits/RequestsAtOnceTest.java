package dev.cadastre.http.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cadastre.http.problem.ProblemException;
import dev.cadastre.http.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

class RequestsAtOnceTest {

    private final RequestsAtOnce limit = new RequestsAtOnce(1);

    private Mono<Void> request(Mono<Void> handling) {
        return limit.filter(
                MockServerWebExchange.from(MockServerHttpRequest.get("/")), exchange -> handling);
    }

    @Test
    void one_request_too_many_is_told_to_come_back() {
        request(Mono.never()).subscribe();

        assertThatThrownBy(() -> request(Mono.empty()).block())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> {
                            assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
                            assertThat(problem.retryAfter()).isPositive();
                        });
    }

    @Test
    void a_request_that_ended_or_was_given_up_makes_room() {
        request(Mono.never()).subscribe().dispose();
        request(Mono.error(new IllegalStateException())).onErrorComplete().block();

        request(Mono.empty()).block();
    }
}
