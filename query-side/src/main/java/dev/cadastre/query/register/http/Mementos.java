package dev.cadastre.query.register.http;

import dev.cadastre.query.register.model.TimeMap;
import dev.cadastre.query.register.model.TimeMap.PastState;
import dev.cadastre.query.shared.http.Memento;
import dev.cadastre.query.shared.http.PastStates;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The past states of an entity as an answer about it links to them. */
final class Mementos {

    private static final String TIME_MAP = "/timemap";

    /** For an answer that is none of them and lies between none of them. */
    static final PastStates NONE = new PastStates(TIME_MAP, null, null, null, null);

    private Mementos() {}

    /** For an answer about an instant with what was known then. */
    static PastStates around(long instant, TimeMap map) {
        List<PastState> states = map.states();
        return states.isEmpty()
                ? NONE
                : new PastStates(
                        TIME_MAP,
                        memento(states.getFirst()),
                        memento(states.getLast()),
                        memento(map.before(instant)),
                        memento(map.after(instant)));
    }

    /** The address of the list of all, for a request about the entity. */
    static String addressOf(ServerRequest request) {
        return request.uri().getRawPath() + TIME_MAP;
    }

    private static @Nullable Memento memento(@Nullable PastState state) {
        return state == null ? null : new Memento(state.from(), state.position());
    }
}
