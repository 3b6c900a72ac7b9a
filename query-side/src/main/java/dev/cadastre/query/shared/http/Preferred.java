package dev.cadastre.query.shared.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Which of several representations a caller likes best (RFC 9110 section 12.5.1). */
public final class Preferred {

    private Preferred() {}

    /**
     * @param offered the first is taken where the caller says nothing
     * @return empty if the caller accepts none
     */
    public static <T> Optional<T> of(
            ServerRequest request, List<T> offered, Function<T, MediaType> typeOf) {
        List<MediaType> accepted = new ArrayList<>(request.headers().accept());
        if (accepted.isEmpty()) {
            return Optional.of(offered.getFirst());
        }
        MimeTypeUtils.sortBySpecificity(accepted);
        accepted.sort(
                (one, other) -> Double.compare(other.getQualityValue(), one.getQualityValue()));
        for (MediaType wanted : accepted) {
            for (T one : offered) {
                if (wanted.getQualityValue() > 0
                        && wanted.isCompatibleWith(typeOf.apply(one).removeQualityValue())) {
                    return Optional.of(one);
                }
            }
        }
        return Optional.empty();
    }
}
