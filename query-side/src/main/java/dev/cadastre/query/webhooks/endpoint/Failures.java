package dev.cadastre.query.webhooks.endpoint;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import reactor.core.Exceptions;

/** What an operator is told of a failure, with what to do about it where that is known. */
final class Failures {

    private Failures() {}

    static String words(Throwable failure, URI url, EndpointLimits limits) {
        Throwable cause = Exceptions.unwrap(failure);
        return switch (cause) {
            case ForbiddenAddress forbidden ->
                    forbidden.getMessage()
                            + (url.getScheme().equalsIgnoreCase("https")
                                    ? " Messages go to the public internet, and to networks named"
                                            + " with --webhook-allow."
                                    : " Over http, messages go to networks named with"
                                            + " --webhook-allow only.");
            case UnknownHostException _ -> "The name " + url.getHost() + " has no address.";
            case ConnectTimeoutException _ ->
                    "It did not accept a connection within " + limits.connect().toMillis() + " ms.";
            case ReadTimeoutException _ ->
                    "It did not answer within " + limits.answer().toMillis() + " ms.";
            case TimeoutException _ ->
                    "It was not done within " + limits.total().toMillis() + " ms.";
            case ConnectException _ -> "It refuses connections.";
            case SSLException tls -> "No secure connection can be made: " + innermost(tls);
            default -> "The connection failed: " + innermost(cause);
        };
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
